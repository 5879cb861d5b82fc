"""Signals in words: their names, why each is there, and what can be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.signals.queries import SignalCard
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.shared.figures import day_text, month_text

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
    SignalKind.PLACEMENT_PAST_END: gettext_lazy("Plaatsing loopt langer dan afgesproken"),
    SignalKind.PLACEMENT_ENDS_SOON: gettext_lazy("Plaatsing loopt bijna af"),
    SignalKind.FOUND_PLACE_TO_VERIFY: gettext_lazy("Gevonden plek wacht op een oordeel"),
    SignalKind.PARTNER_WORRY: gettext_lazy("Organisatie maakt zich zorgen"),
    SignalKind.PARTNER_SAYS_STOPPED: gettext_lazy("Organisatie meldt: gestopt"),
    SignalKind.MONTH_NOT_CONFIRMED: gettext_lazy("Maand niet bevestigd"),
    SignalKind.PLACE_ASKS: gettext_lazy("Plek die kan passen"),
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
    SignalKind.PLACEMENT_PAST_END: gettext_lazy("Einddatum aanpassen of stoppen"),
    SignalKind.PLACEMENT_ENDS_SOON: gettext_lazy("Plaatsing bekijken"),
    SignalKind.FOUND_PLACE_TO_VERIFY: gettext_lazy("Gevonden plek bekijken"),
    SignalKind.PARTNER_WORRY: gettext_lazy("Gesprek opschrijven"),
    SignalKind.PARTNER_SAYS_STOPPED: gettext_lazy("Plaatsing stoppen"),
    SignalKind.MONTH_NOT_CONFIRMED: gettext_lazy("Plaatsing bekijken"),
    SignalKind.PLACE_ASKS: gettext_lazy("Samen plekken zoeken"),
}
"""What can be done about a signal, as the button says it."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a sentence is made of: how many days late (or to go, below 0), the day, the subject.

    `month` is the one before the day, and `said` what the organisation wrote.
    """

    days: int
    day: str
    month: str
    about: str
    organisation: str
    said: str


def why(card: SignalCard, today: date) -> str:
    """Return why a signal is there, in a sentence; what was typed in it is marked as Dutch."""
    telling = _Telling(
        days=(today - card.counts_from).days,
        day=day_text(card.counts_from),
        month=month_text(card.counts_from - timedelta(days=1)),
        about=format_html('<span lang="nl">{}</span>', card.about) if card.about else "",
        organisation=card.organisation,
        said=format_html(' “<span lang="nl">{}</span>”', card.said) if card.said else "",
    )
    return SENTENCES[card.kind](telling)


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
    SignalKind.PLACEMENT_PAST_END: _past_end,
    SignalKind.PLACEMENT_ENDS_SOON: _ends_soon,
    SignalKind.FOUND_PLACE_TO_VERIFY: _found_place,
    SignalKind.PARTNER_WORRY: _worry,
    SignalKind.PARTNER_SAYS_STOPPED: _says_stopped,
    SignalKind.MONTH_NOT_CONFIRMED: _month_not_confirmed,
    SignalKind.PLACE_ASKS: _place_asks,
}
