"""Signals in words: their names, why each is there, and what can be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.signals.queries import SignalCard
from meedoen.records.signals.subjects import placement_and_months
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.shared.figures import day_text, month_text
from meedoen.web.shared.words import listed

SIGNALS: Mapping[SignalKind, Promise] = {
    SignalKind.NEVER_SPOKEN: gettext_lazy("Nog nooit gesproken"),
    SignalKind.NO_CONTACT: gettext_lazy("Lang niet gesproken"),
    SignalKind.NEXT_STEP_OVERDUE: gettext_lazy("Volgende stap is voorbij"),
    SignalKind.ASK_AGAIN: gettext_lazy("Opnieuw vragen om contact"),
    SignalKind.LADDER_DUE: gettext_lazy("Trede meten"),
    SignalKind.DOMAINS_DUE: gettext_lazy("Leefgebieden meten"),
    SignalKind.PLAN_EVALUATION: gettext_lazy("Plan samen bespreken"),
    SignalKind.PLAN_ACTION_OVERDUE: gettext_lazy("Afspraak uit het plan is te laat"),
    SignalKind.PLAN_NOT_AGREED: gettext_lazy("Plan wacht op akkoord"),
    SignalKind.PLACEMENT_WAITS: gettext_lazy("Plaatsing wacht op de organisatie"),
    SignalKind.HOLD_LAPSED: gettext_lazy("Plaats niet meer vrijgehouden"),
    SignalKind.WAITS_IN_VAIN: gettext_lazy("Wacht op een plek die er niet meer is"),
    SignalKind.PLACEMENT_PAST_END: gettext_lazy("Plaatsing loopt langer dan afgesproken"),
    SignalKind.PLACEMENT_ENDS_SOON: gettext_lazy("Plaatsing loopt bijna af"),
    SignalKind.FOUND_PLACE_TO_VERIFY: gettext_lazy("Gevonden plek wacht op een oordeel"),
    SignalKind.PARTNER_WORRY: gettext_lazy("Organisatie maakt zich zorgen"),
    SignalKind.PARTNER_SAYS_STOPPED: gettext_lazy("Organisatie meldt: gestopt of stoppen"),
    SignalKind.MONTH_NOT_CONFIRMED: gettext_lazy("Maand niet bevestigd"),
    SignalKind.PLACE_ASKS: gettext_lazy("Plek die kan passen"),
    SignalKind.EVALUATION_DUE: gettext_lazy("Plaatsing samen bespreken"),
    SignalKind.NEXT_STEP_NOT_CHOSEN: gettext_lazy("Wat hierna komt is nog niet gekozen"),
    SignalKind.AFTERCARE_DUE: gettext_lazy("Nazorg"),
    SignalKind.JOB_WITHOUT_PLACEMENT: gettext_lazy("Baan in beschut werk zonder plaatsing"),
    SignalKind.PLACEMENT_WITHOUT_JOB: gettext_lazy("Beschut werk zonder besluit of baan"),
    SignalKind.LOONWAARDE_DUE: gettext_lazy("Loonwaarde vaststellen"),
    SignalKind.SUBSIDY_DECISION_DUE: gettext_lazy("Besluiten over loonkostensubsidie"),
    SignalKind.SUBSIDY_RECALCULATION_DUE: gettext_lazy("Loonkostensubsidie opnieuw berekenen"),
    SignalKind.REFERRAL_RECEIVED: gettext_lazy("Verwijzing wacht op antwoord"),
    SignalKind.REFERRAL_CAME_BACK: gettext_lazy("Verwijzing kwam terug"),
    SignalKind.REFERRAL_NOT_ANSWERED: gettext_lazy("Geen antwoord op een verwijzing"),
    SignalKind.REFERRAL_WITHOUT_WORD: gettext_lazy("Niets gehoord na een verwijzing"),
    SignalKind.JOB_MUST_END: gettext_lazy("Participatiebaan moet stoppen"),
    SignalKind.JOB_CHANCE: gettext_lazy("Kans op werk beoordelen"),
    SignalKind.JOB_EXTENSION: gettext_lazy("Verlenging beoordelen"),
    SignalKind.JOB_SCHOOLING: gettext_lazy("Besluit over scholing"),
    SignalKind.JOB_PREMIUM: gettext_lazy("Besluit over de premie"),
    SignalKind.JOB_LOOK_AHEAD: gettext_lazy("Vooruitkijken: wat komt hierna?"),
    SignalKind.JOB_FACTS_WRONG: gettext_lazy("Termijnen van de wet kloppen niet"),
}

LABELS: Mapping[SignalKind, Promise] = {
    SignalKind.NEVER_SPOKEN: gettext_lazy("Gesprek opschrijven"),
    SignalKind.NO_CONTACT: gettext_lazy("Gesprek opschrijven"),
    SignalKind.NEXT_STEP_OVERDUE: gettext_lazy("Opschrijven hoe het ging"),
    SignalKind.ASK_AGAIN: gettext_lazy("Opnieuw vragen"),
    SignalKind.LADDER_DUE: gettext_lazy("Gesprek met meting opschrijven"),
    SignalKind.DOMAINS_DUE: gettext_lazy("Leefgebieden meten"),
    SignalKind.PLAN_EVALUATION: gettext_lazy("Plan bespreken"),
    SignalKind.PLAN_ACTION_OVERDUE: gettext_lazy("Plan bekijken"),
    SignalKind.PLAN_NOT_AGREED: gettext_lazy("Plan bekijken"),
    SignalKind.PLACEMENT_WAITS: gettext_lazy("Plaatsing bekijken"),
    SignalKind.HOLD_LAPSED: gettext_lazy("Plaatsing bekijken"),
    SignalKind.WAITS_IN_VAIN: gettext_lazy("Plaatsing bekijken"),
    SignalKind.PLACEMENT_PAST_END: gettext_lazy("Einddatum aanpassen of stoppen"),
    SignalKind.PLACEMENT_ENDS_SOON: gettext_lazy("Kiezen wat hierna komt"),
    SignalKind.FOUND_PLACE_TO_VERIFY: gettext_lazy("Gevonden plek bekijken"),
    SignalKind.PARTNER_WORRY: gettext_lazy("Gesprek opschrijven"),
    SignalKind.PARTNER_SAYS_STOPPED: gettext_lazy("Plaatsing stoppen"),
    SignalKind.MONTH_NOT_CONFIRMED: gettext_lazy("Plaatsing bekijken"),
    SignalKind.PLACE_ASKS: gettext_lazy("Samen plekken zoeken"),
    SignalKind.EVALUATION_DUE: gettext_lazy("Evaluatie opschrijven"),
    SignalKind.NEXT_STEP_NOT_CHOSEN: gettext_lazy("Kiezen wat hierna komt"),
    SignalKind.AFTERCARE_DUE: gettext_lazy("Opschrijven hoe het gaat"),
    SignalKind.JOB_WITHOUT_PLACEMENT: gettext_lazy("Beschut werk bekijken"),
    SignalKind.PLACEMENT_WITHOUT_JOB: gettext_lazy("Beschut werk bekijken"),
    SignalKind.LOONWAARDE_DUE: gettext_lazy("Beschut werk bekijken"),
    SignalKind.SUBSIDY_DECISION_DUE: gettext_lazy("Beschut werk bekijken"),
    SignalKind.SUBSIDY_RECALCULATION_DUE: gettext_lazy("Beschut werk bekijken"),
    SignalKind.REFERRAL_RECEIVED: gettext_lazy("Verwijzing beantwoorden"),
    SignalKind.REFERRAL_CAME_BACK: gettext_lazy("Kiezen wat er nu gebeurt"),
    SignalKind.REFERRAL_NOT_ANSWERED: gettext_lazy("Verwijzing bekijken"),
    SignalKind.REFERRAL_WITHOUT_WORD: gettext_lazy("Verwijzing bekijken"),
    SignalKind.JOB_MUST_END: gettext_lazy("Termijnen bekijken"),
    SignalKind.JOB_CHANCE: gettext_lazy("Kans op werk beoordelen"),
    SignalKind.JOB_EXTENSION: gettext_lazy("Verlenging beoordelen"),
    SignalKind.JOB_SCHOOLING: gettext_lazy("Over scholing besluiten"),
    SignalKind.JOB_PREMIUM: gettext_lazy("Over de premie besluiten"),
    SignalKind.JOB_LOOK_AHEAD: gettext_lazy("Termijnen bekijken"),
    SignalKind.JOB_FACTS_WRONG: gettext_lazy("Termijnen bekijken"),
}
"""What can be done about a signal, as the button says it."""
ANSWER_REPORT = gettext_lazy("Melding beantwoorden")
"""The same for what an organisation reported and waits for an answer."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a sentence is made of: how many days late (or to go, below 0), the day, the subject.

    `month` is the one before the day, and `said` what the organisation wrote. `after_months` is
    after how many months in a participation job the day falls.
    """

    days: int
    day: str
    month: str
    about: str
    organisation: str
    said: str
    after_months: str = ""


def why(card: SignalCard, today: date) -> str:
    """Return why a signal is there, in a sentence; what was typed in it is marked as Dutch."""
    telling = _Telling(
        days=(today - card.counts_from).days,
        day=day_text(card.counts_from),
        month=month_text(card.counts_from - timedelta(days=1)),
        about=format_html('<span lang="nl">{}</span>', card.about) if card.about else "",
        organisation=card.organisation,
        said=format_html(' “<span lang="nl">{}</span>”', card.said) if card.said else "",
        after_months=placement_and_months(card.subject)[1],
    )
    if card.report and card.kind is SignalKind.PARTNER_SAYS_STOPPED:
        return _proposes_end(telling)
    return SENTENCES[card.kind](telling)


def also_on(cards: Sequence[SignalCard]) -> str:
    """Return on which later days the same is asked, in a sentence; empty without such days."""
    if not cards:
        return ""
    days = listed(day_text(card.counts_from) for card in cards)
    sentence = ngettext(
        "Dat geldt ook voor {days}.",
        "Dat geldt ook voor {count} andere datums: {days}.",
        len(cards),
    )
    return format_html(sentence, days=days, count=len(cards))


def _never_spoken(told: _Telling) -> str:
    return format_html(
        _("Met deze inwoner is nog nooit gesproken. De uitkering begon op {day}."), day=told.day
    )


def _no_contact(told: _Telling) -> str:
    return format_html(_("Het laatste gesprek was op {day}."), day=told.day)


def _next_step(told: _Telling) -> str:
    if not told.about:
        return format_html(_("Er was contact gepland op {day}."), day=told.day)
    return format_html(
        _("Er was contact gepland op {day}: {about}."), day=told.day, about=told.about
    )


def _ask_again(told: _Telling) -> str:
    return format_html(_("De inwoner wilde geen contact tot {day}."), day=told.day)


def _ladder(told: _Telling) -> str:
    return _measuring(
        told,
        late=_("De meting van de trede was aan de beurt op {day}."),
        soon=_("De meting van de trede is aan de beurt op {day}."),
    )


def _domains(told: _Telling) -> str:
    return _measuring(
        told,
        late=_("De meting van de leefgebieden was aan de beurt op {day}."),
        soon=_("De meting van de leefgebieden is aan de beurt op {day}."),
    )


def _measuring(told: _Telling, *, late: str, soon: str) -> str:
    return format_html(late if told.days > 0 else soon, day=told.day)


def _evaluation(told: _Telling) -> str:
    if told.days > 0:
        return format_html(_("Het plan zou samen besproken worden op {day}."), day=told.day)
    return format_html(_("Het plan wordt samen besproken op {day}."), day=told.day)


def _plan_action(told: _Telling) -> str:
    return format_html(
        _("Een afspraak uit het plan zou klaar zijn op {day}: {about}."),
        day=told.day,
        about=told.about,
    )


def _not_agreed(told: _Telling) -> str:
    return format_html(
        _("Het plan is opgezet op {day}. De inwoner heeft nog niet ingestemd."), day=told.day
    )


def _waits(told: _Telling) -> str:
    sentence = ngettext(
        "{organisation} heeft de start bij {about} al {days} dag niet bevestigd.",
        "{organisation} heeft de start bij {about} al {days} dagen niet bevestigd.",
        told.days,
    )
    return format_html(sentence, organisation=told.organisation, about=told.about, days=told.days)


def _hold_lapsed(told: _Telling) -> str:
    return format_html(
        _("De plaats bij {about} werd vrijgehouden tot {day}. De inwoner wacht nu weer."),
        about=told.about,
        day=told.day,
    )


def _waits_in_vain(told: _Telling) -> str:
    return format_html(
        _("De inwoner wacht op {about}, maar die plek is er sinds {day} niet meer."),
        about=told.about,
        day=told.day,
    )


def _past_end(told: _Telling) -> str:
    return format_html(
        _("De plaatsing bij {about} zou stoppen op {day}, maar loopt nog."),
        about=told.about,
        day=told.day,
    )


def _ends_soon(told: _Telling) -> str:
    return format_html(
        _("De plaatsing bij {about} stopt op {day}. Bespreek wat daarna komt."),
        about=told.about,
        day=told.day,
    )


def _found_place(told: _Telling) -> str:
    return format_html(
        _("Op {day} is een gevonden plek ingevoerd: {about} bij {organisation}. Klopt die?"),
        day=told.day,
        about=told.about,
        organisation=told.organisation,
    )


def _worry(told: _Telling) -> str:
    sentence = format_html(
        _("{organisation} maakt zich sinds {day} zorgen over hoe het gaat bij {about}."),
        organisation=told.organisation,
        day=told.day,
        about=told.about,
    )
    return format_html("{}{}", sentence, told.said)


def _says_stopped(told: _Telling) -> str:
    sentence = format_html(
        _("{organisation} meldt dat het bij {about} is gestopt. De laatste dag was {day}."),
        organisation=told.organisation,
        day=told.day,
        about=told.about,
    )
    return format_html("{}{}", sentence, told.said)


def _proposes_end(told: _Telling) -> str:
    sentence = format_html(
        _("{organisation} stelde op {day} voor om te stoppen bij {about}. U beslist."),
        organisation=told.organisation,
        day=told.day,
        about=told.about,
    )
    return format_html("{}{}", sentence, told.said)


def _month_not_confirmed(told: _Telling) -> str:
    return format_html(
        _("{organisation} liet nog niet weten hoe het in {month} ging bij {about}."),
        organisation=told.organisation,
        month=told.month,
        about=told.about,
    )


def _place_asks(told: _Telling) -> str:
    return format_html(
        _(
            "{organisation} vroeg op {day} of iemand past bij {about}. Deze plek kan passen bij "
            "deze inwoner. De organisatie weet niet om wie het gaat."
        ),
        organisation=told.organisation,
        day=told.day,
        about=told.about,
    )


def _job_must_end(told: _Telling) -> str:
    if told.days > 0:
        return format_html(
            _("De participatiebaan bij {about} mocht duren tot en met {day}, maar loopt nog."),
            about=told.about,
            day=told.day,
        )
    return format_html(
        _("De participatiebaan bij {about} mag duren tot en met {day}. Bespreek wat daarna komt."),
        about=told.about,
        day=told.day,
    )


def _job_chance(told: _Telling) -> str:
    return format_html(
        _(
            "Heeft de participatiebaan bij {about} de kans op werk vergroot? Beoordeel dat "
            "uiterlijk op {day}, na {months} maanden."
        ),
        about=told.about,
        day=told.day,
        months=told.after_months,
    )


def _job_extension(told: _Telling) -> str:
    return format_html(
        _(
            "Maakt een jaar langer bij een participatiebaan de kans op werk veel beter? "
            "Beoordeel dat uiterlijk op {day}. Nu is het {about}."
        ),
        about=told.about,
        day=told.day,
    )


def _job_schooling(told: _Telling) -> str:
    late = _(
        "Op {day} was iemand {months} maanden bezig bij {about}. Zonder startkwalificatie moet "
        "de gemeente dan scholing aanbieden."
    )
    soon = _(
        "Op {day} is iemand {months} maanden bezig bij {about}. Zonder startkwalificatie biedt "
        "de gemeente dan scholing aan."
    )
    return format_html(
        late if told.days > 0 else soon,
        about=told.about,
        day=told.day,
        months=told.after_months,
    )


def _job_premium(told: _Telling) -> str:
    late = _("Op {day} waren {months} maanden bij {about} vol. Besluit nu over de premie.")
    soon = _("Op {day} zijn {months} maanden bij {about} vol. Besluit dan over de premie.")
    return format_html(
        late if told.days > 0 else soon,
        about=told.about,
        day=told.day,
        months=told.after_months,
    )


def _job_look_ahead(told: _Telling) -> str:
    late = _("Op {day} duurde de participatiebaan bij {about} {months} maanden. Wat komt hierna?")
    soon = _("Op {day} duurt de participatiebaan bij {about} {months} maanden. Wat komt hierna?")
    return format_html(
        late if told.days > 0 else soon,
        about=told.about,
        day=told.day,
        months=told.after_months,
    )


def _job_facts_wrong(told: _Telling) -> str:
    return format_html(
        _(
            "Wat is vastgelegd over de participatiebaan bij {about}, past niet bij de wet. "
            "Daarom zijn er nu geen termijnen. De inwoner begon op {day}."
        ),
        about=told.about,
        day=told.day,
    )


def _evaluation_due(told: _Telling) -> str:
    late = _("Hoe het gaat bij {about} zou u samen bespreken op {day}.")
    soon = _("Op {day} bespreekt u samen hoe het gaat bij {about}.")
    return format_html(late if told.days > 0 else soon, about=told.about, day=told.day)


def _not_chosen(told: _Telling) -> str:
    return format_html(
        _("De laatste dag bij {about} is {day}. Er is nog niet gekozen wat daarna komt."),
        about=told.about,
        day=told.day,
    )


def _aftercare_due(told: _Telling) -> str:
    late = _("Na {about} zou u vragen hoe het gaat op {day}.")
    soon = _("Op {day} vraagt u hoe het gaat, na {about}.")
    return format_html(late if told.days > 0 else soon, about=told.about, day=told.day)


def _job_without_placement(told: _Telling) -> str:
    return format_html(
        _(
            "De plaatsing bij {about} stopte op {day}, maar de baan in beschut werk loopt nog. "
            "Stop ook de baan, of plaats de inwoner op de nieuwe werkplek."
        ),
        about=told.about,
        day=told.day,
    )


def _placement_without_job(told: _Telling) -> str:
    return format_html(
        _(
            "Sinds {day} werkt de inwoner bij {about} zonder besluit over beschut werk of baan "
            "in de Wsw. Leg dat vast, of laat de plaatsing stoppen."
        ),
        about=told.about,
        day=told.day,
    )


def _loonwaarde(told: _Telling) -> str:
    return format_html(
        _(
            "De vaste loonkostensubsidie duurt tot en met {day}. Laat voor die tijd de loonwaarde "
            "vaststellen (Participatiewet, artikel 10d, vijfde lid)."
        ),
        day=told.day,
    )


def _subsidy_decision(told: _Telling) -> str:
    late = _(
        "Over de loonkostensubsidie na de eerste maanden moest op {day} besloten zijn "
        "(Participatiewet, artikel 10d, twaalfde lid)."
    )
    soon = _(
        "De vaste loonkostensubsidie is voorbij. Besluit uiterlijk {day} met de loonwaarde wat er "
        "volgt (Participatiewet, artikel 10d, twaalfde lid)."
    )
    return format_html(late if told.days > 0 else soon, day=told.day)


def _subsidy_recalculation(told: _Telling) -> str:
    late = _(
        "De loonkostensubsidie moest per {day} opnieuw berekend zijn "
        "(Participatiewet, artikel 10d, zevende lid)."
    )
    soon = _(
        "Per {day} wordt de loonkostensubsidie opnieuw berekend "
        "(Participatiewet, artikel 10d, zevende lid)."
    )
    return format_html(late if told.days > 0 else soon, day=told.day)


def _referral_received(told: _Telling) -> str:
    late = _("Een verwijzing aan u moest uiterlijk {day} antwoord hebben.")
    soon = _("Een verwijzing aan u wacht op antwoord, uiterlijk {day}.")
    return format_html(late if told.days > 0 else soon, day=told.day)


def _referral_came_back(told: _Telling) -> str:
    late = _("Een verwijzing kwam terug. U zou uiterlijk {day} kiezen wat er nu gebeurt.")
    soon = _("Een verwijzing kwam terug. Kies uiterlijk {day} wat er nu gebeurt.")
    return format_html(late if told.days > 0 else soon, day=told.day)


def _referral_not_answered(told: _Telling) -> str:
    return format_html(
        _("Op een verwijzing kwam geen antwoord. Dat moest uiterlijk {day}. Bel de ontvanger."),
        day=told.day,
    )


def _referral_without_word(told: _Telling) -> str:
    return format_html(
        _(
            "Bij een verwijzing is ja gezegd. Wat ervan kwam, moest uiterlijk {day} verteld zijn. "
            "Bel de ontvanger."
        ),
        day=told.day,
    )


SENTENCES: Mapping[SignalKind, Callable[[_Telling], str]] = {
    SignalKind.NEVER_SPOKEN: _never_spoken,
    SignalKind.NO_CONTACT: _no_contact,
    SignalKind.NEXT_STEP_OVERDUE: _next_step,
    SignalKind.ASK_AGAIN: _ask_again,
    SignalKind.LADDER_DUE: _ladder,
    SignalKind.DOMAINS_DUE: _domains,
    SignalKind.PLAN_EVALUATION: _evaluation,
    SignalKind.PLAN_ACTION_OVERDUE: _plan_action,
    SignalKind.PLAN_NOT_AGREED: _not_agreed,
    SignalKind.PLACEMENT_WAITS: _waits,
    SignalKind.HOLD_LAPSED: _hold_lapsed,
    SignalKind.WAITS_IN_VAIN: _waits_in_vain,
    SignalKind.PLACEMENT_PAST_END: _past_end,
    SignalKind.PLACEMENT_ENDS_SOON: _ends_soon,
    SignalKind.FOUND_PLACE_TO_VERIFY: _found_place,
    SignalKind.PARTNER_WORRY: _worry,
    SignalKind.PARTNER_SAYS_STOPPED: _says_stopped,
    SignalKind.MONTH_NOT_CONFIRMED: _month_not_confirmed,
    SignalKind.PLACE_ASKS: _place_asks,
    SignalKind.EVALUATION_DUE: _evaluation_due,
    SignalKind.NEXT_STEP_NOT_CHOSEN: _not_chosen,
    SignalKind.AFTERCARE_DUE: _aftercare_due,
    SignalKind.JOB_WITHOUT_PLACEMENT: _job_without_placement,
    SignalKind.PLACEMENT_WITHOUT_JOB: _placement_without_job,
    SignalKind.LOONWAARDE_DUE: _loonwaarde,
    SignalKind.SUBSIDY_DECISION_DUE: _subsidy_decision,
    SignalKind.SUBSIDY_RECALCULATION_DUE: _subsidy_recalculation,
    SignalKind.REFERRAL_RECEIVED: _referral_received,
    SignalKind.REFERRAL_CAME_BACK: _referral_came_back,
    SignalKind.REFERRAL_NOT_ANSWERED: _referral_not_answered,
    SignalKind.REFERRAL_WITHOUT_WORD: _referral_without_word,
    SignalKind.JOB_MUST_END: _job_must_end,
    SignalKind.JOB_CHANCE: _job_chance,
    SignalKind.JOB_EXTENSION: _job_extension,
    SignalKind.JOB_SCHOOLING: _job_schooling,
    SignalKind.JOB_PREMIUM: _job_premium,
    SignalKind.JOB_LOOK_AHEAD: _job_look_ahead,
    SignalKind.JOB_FACTS_WRONG: _job_facts_wrong,
}
