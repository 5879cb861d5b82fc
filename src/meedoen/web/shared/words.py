"""The words of the trade as people read them: one for every code that can reach a screen.

Everything here is lazy: it follows the language of the page. Sentences made of a code and
facts stand in reasons.py.
"""

from collections.abc import Iterable, Mapping

from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.places import half_day_words
from meedoen.rules.ladder.growth import GrowthClass
from meedoen.rules.ladder.questions import Question
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import (
    Channel,
    MoveReason,
    OrganisationKind,
    Outcome,
    PlaceKind,
    PlacementState,
    PostKind,
    Theme,
)
from meedoen.web.shared.figures import locale_name

Words = Promise | str

PLACE_KINDS: Mapping[PlaceKind, Words] = {
    PlaceKind.PARTICIPATION_JOB: _("Participatiebaan"),
    PlaceKind.VOLUNTEER_WORK: _("Vrijwilligerswerk"),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: _("Activiteit in de buurt"),
    PlaceKind.DAY_ACTIVITY: _("Dagbesteding"),
    PlaceKind.SHELTERED_WSW: _("Sociale werkvoorziening (Wsw)"),
    PlaceKind.SHELTERED_NEW: _("Beschut werk"),
    PlaceKind.TRIAL: _("Proefplaatsing"),
    PlaceKind.LANGUAGE_POINT: _("Taalpunt"),
    PlaceKind.TRAINING: _("Scholing"),
    PlaceKind.OTHER: _("Iets anders"),
}

PLACEMENT_STATES: Mapping[PlacementState, Words] = {
    PlacementState.WAITING: _("Wacht op een plaats"),
    PlacementState.PROPOSED: _("Voorgesteld"),
    PlacementState.INTRODUCED: _("Kennisgemaakt"),
    PlacementState.TRIAL: _("Op proef"),
    PlacementState.ACTIVE: _("Loopt"),
    PlacementState.PAUSED: _("Even niet"),
    PlacementState.ENDED: _("Gestopt"),
    PlacementState.WITHDRAWN: _("Gaat niet door"),
}

PLACEMENT_STATE_KINDS: Mapping[PlacementState, str] = {
    PlacementState.WAITING: "warning",
    PlacementState.PROPOSED: "warning",
    PlacementState.INTRODUCED: "warning",
    PlacementState.TRIAL: "success",
    PlacementState.ACTIVE: "success",
    PlacementState.PAUSED: "neutral",
    PlacementState.ENDED: "neutral",
    PlacementState.WITHDRAWN: "inactive",
}
"""The kind of status badge that goes with a state; its words say the same."""

OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.REACHED: _("Bereikt"),
    Outcome.NO_ANSWER: _("Geen gehoor"),
    Outcome.NO_SHOW: _("Niet op de afspraak gekomen"),
    Outcome.NO_CONTACT_WANTED: _("Wil geen contact"),
    Outcome.GOAL_REACHED: _("Doel bereikt"),
    Outcome.MOVED_ON_TO_PAID_WORK: _("Door naar betaald werk"),
    Outcome.MOVED_ON_TO_SUPPORTED_WORK: _("Door naar betaald werk met steun"),
    Outcome.MOVED_ON_TO_OTHER_PLACE: _("Door naar een andere plek"),
    Outcome.MOVED_ON_TO_OWN_VOLUNTEERING: _("Door als vrijwilliger, zonder de gemeente"),
    Outcome.MOVED_ON_TO_TRAINING: _("Door naar een opleiding"),
    Outcome.STOPPED_BY_RESIDENT: _("De inwoner wil niet verder"),
    Outcome.STOPPED_BY_PARTNER: _("De organisatie wil niet verder"),
    Outcome.STOPPED_BY_MUNICIPALITY: _("De gemeente wil niet verder"),
    Outcome.MOVED_AWAY: _("Verhuisd"),
    Outcome.DIED: _("Overleden"),
}

MOVE_REASONS: Mapping[MoveReason, Words] = {
    MoveReason.CANNOT_COME_NOW: _("Kan nu even niet komen"),
    MoveReason.AGREED_BREAK: _("Afgesproken pauze, zoals vakantie"),
    MoveReason.PLACE_CLOSED_FOR_NOW: _("De plek is een tijd dicht"),
    MoveReason.NO_GUIDANCE_NOW: _("Er is nu geen begeleiding"),
    MoveReason.OTHER_STEP_FIRST: _("Eerst is iets anders nodig"),
    MoveReason.HOLD_LAPSED: _("De plaats werd niet langer vastgehouden"),
    MoveReason.NO_ROOM_AFTER_ALL: _("Er is toch geen plaats"),
    MoveReason.NOT_WHAT_WAS_EXPECTED: _("Het was anders dan verwacht"),
    MoveReason.ASKS_TOO_MUCH: _("Het vraagt te veel"),
    MoveReason.ASKS_TOO_LITTLE: _("Het is te weinig of te makkelijk"),
    MoveReason.TIMES_OR_TRAVEL: _("De tijden of de reis passen niet"),
    MoveReason.NEEDED_AT_HOME: _("Is thuis nodig"),
    MoveReason.GAVE_NO_REASON: _("Wil of kan geen reden geven"),
    MoveReason.PLACE_CLOSES: _("De plek stopt"),
    MoveReason.NO_GUIDANCE_ANY_MORE: _("Er is geen begeleiding meer"),
    MoveReason.WORK_IS_DONE: _("Het werk is klaar"),
    MoveReason.DID_NOT_WORK_OUT: _("Het ging niet goed samen"),
    MoveReason.DID_NOT_COME: _("Kwam vaak niet"),
    MoveReason.TERM_OF_THE_LAW: _("De termijn van de wet is om"),
    MoveReason.CHANCES_DID_NOT_GROW: _("De kans op werk groeide niet"),
    MoveReason.NOT_ADDITIONAL_WORK: _("Het werk is geen extra werk"),
    MoveReason.BENEFIT_ENDED: _("De uitkering is gestopt"),
    MoveReason.NOT_SAFE: _("Het is niet veilig"),
}
"""Why a placement pauses, waits again or stops; the same words for every side."""

CHANNELS: Mapping[Channel, Words] = {
    Channel.IN_PERSON: _("Persoonlijk contact"),
    Channel.HOME_VISIT: _("Huisbezoek"),
    Channel.PHONE: _("Telefoon"),
    Channel.LETTER: _("Brief"),
    Channel.MESSAGE: _("Bericht (mail, sms of app)"),
}

ORGANISATION_KINDS: Mapping[OrganisationKind, Words] = {
    OrganisationKind.SUBSIDISED_INSTITUTION: _("Gesubsidieerde instelling"),
    OrganisationKind.ASSOCIATION: _("Vereniging"),
    OrganisationKind.PRIVATE_INITIATIVE: _("Initiatief van inwoners"),
    OrganisationKind.EMPLOYER: _("Werkgever"),
    OrganisationKind.MUNICIPAL_TEAM: _("Team van de gemeente"),
}

POST_KINDS: Mapping[PostKind, Words] = {
    PostKind.NOTE: _("Een tip of ervaring"),
    PostKind.QUESTION: _("Een vraag"),
    PostKind.REPLY: _("Een antwoord"),
}

THEMES: Mapping[Theme, Words] = {
    Theme.PARTICIPATION: _("Meedoen"),
    Theme.LANGUAGE: _("Taal"),
    Theme.DEBT: _("Schulden en geld"),
    Theme.HEALTH: _("Gezondheid"),
    Theme.COMPANY: _("Gezelschap"),
    Theme.DAY_ACTIVITY: _("Dagbesteding"),
    Theme.WORK: _("Werk"),
    Theme.VOLUNTEERS: _("Vrijwilligers"),
}

RUNGS: Mapping[Rung, Words] = {
    Rung.ISOLATED: _("Geïsoleerd"),
    Rung.CONTACTS_OUTSIDE_HOME: _("Sociale contacten buitenshuis"),
    Rung.ORGANISED_ACTIVITIES: _("Deelname aan georganiseerde activiteiten"),
    Rung.UNPAID_WORK: _("Onbetaald werk"),
    Rung.PAID_WORK_WITH_SUPPORT: _("Betaald werk met ondersteuning"),
    Rung.PAID_WORK: _("Betaald werk"),
}

RUNG_SENTENCES: Mapping[Rung, Words] = {
    Rung.ISOLATED: _("Heeft buiten het huishouden bijna geen contact met andere mensen."),
    Rung.CONTACTS_OUTSIDE_HOME: _("Ontmoet elke week mensen van buiten het eigen huis."),
    Rung.ORGANISED_ACTIVITIES: _("Doet elke week mee aan een cursus, club of activiteit."),
    Rung.UNPAID_WORK: _("Heeft elke week onbetaalde taken waar anderen op rekenen."),
    Rung.PAID_WORK_WITH_SUPPORT: _("Heeft betaald werk en krijgt daar hulp bij."),
    Rung.PAID_WORK: _("Heeft betaald werk zonder hulp daarbij."),
}

RUNG_SENTENCES_FOR_RESIDENT: Mapping[Rung, Words] = {
    Rung.ISOLATED: _("U ziet nu weinig andere mensen. Samen kijken we wat u prettig vindt."),
    Rung.CONTACTS_OUTSIDE_HOME: _("U ontmoet elke week mensen van buiten uw huis."),
    Rung.ORGANISED_ACTIVITIES: _("U doet elke week mee aan een cursus, club of activiteit."),
    Rung.UNPAID_WORK: _("U doet elke week onbetaald werk waar anderen op rekenen."),
    Rung.PAID_WORK_WITH_SUPPORT: _("U heeft betaald werk en krijgt daar hulp bij."),
    Rung.PAID_WORK: _("U heeft betaald werk. Hulp is daar niet bij nodig."),
}

QUESTIONS: Mapping[Question, Words] = {
    Question.HAS_CONTRACT: _("Heeft u een arbeidscontract of een eigen bedrijf?"),
    Question.HAS_SUPPORT: _("Krijgt u hulp bij dat betaalde werk?"),
    Question.UNPAID_TASKS_WITH_RESPONSIBILITY: _(
        "Doet u elke week onbetaald werk waar anderen op rekenen?"
    ),
    Question.ORGANISED_ACTIVITY_WEEKLY: _(
        "Gaat u elke week naar een cursus, club of andere activiteit?"
    ),
    Question.CONTACTS_OUTSIDE_WEEKLY: _("Ontmoet u elke week mensen die niet bij u in huis wonen?"),
}

QUESTION_HELP: Mapping[Question, Words] = {
    Question.HAS_CONTRACT: "",
    Question.HAS_SUPPORT: _(
        "Zoals een jobcoach, een aanvullende uitkering, beschut werk of leren naast het werk. "
        "Sla deze vraag over als er geen betaald werk is."
    ),
    Question.UNPAID_TASKS_WITH_RESPONSIBILITY: _(
        "Zoals vrijwilligerswerk of een participatiebaan. "
        "Sla deze vraag en de volgende over als er betaald werk is."
    ),
    Question.ORGANISED_ACTIVITY_WEEKLY: _(
        "Alleen wat u met anderen op een plek doet, niet op een scherm. "
        "Sla deze vraag en de volgende over na een ja hierboven."
    ),
    Question.CONTACTS_OUTSIDE_WEEKLY: _(
        "Een winkel, dokter of hulpverlener telt niet mee. Sla deze vraag over na een ja hierboven."
    ),
}

LADDER_REASONS: Mapping[str, Words] = {
    "has_contract_yes": _("Er is een arbeidscontract of een eigen bedrijf."),
    "has_contract_no": _("Er is geen arbeidscontract en geen eigen bedrijf."),
    "has_support_yes": _("Bij het betaalde werk hoort hulp."),
    "has_support_no": _("Bij het betaalde werk hoort geen hulp."),
    "unpaid_tasks_with_responsibility_yes": _(
        "Er is elke week onbetaald werk waar anderen op rekenen."
    ),
    "unpaid_tasks_with_responsibility_no": _(
        "Er is geen onbetaald werk waar anderen elke week op rekenen."
    ),
    "organised_activity_weekly_yes": _("Er is elke week een cursus, club of andere activiteit."),
    "organised_activity_weekly_no": _("Er is geen cursus, club of andere activiteit elke week."),
    "contacts_outside_weekly_yes": _("Er is elke week contact met mensen van buiten het huis."),
    "contacts_outside_weekly_no": _("Er is niet elke week contact met mensen van buiten het huis."),
}
"""By the code of a reason in rules.ladder.assess: a question and the answer to it."""

GROWTH: Mapping[GrowthClass, Words] = {
    GrowthClass.GROWTH: _("Gegroeid"),
    GrowthClass.DECLINE: _("Gedaald"),
    GrowthClass.EQUAL: _("Gelijk gebleven"),
    GrowthClass.MEASURED_ONCE: _("Eén keer gemeten"),
}

LANGUAGE_LEVELS: Mapping[LanguageLevel, Words] = {
    LanguageLevel.BELOW_A1: _("Nog geen A1: spreekt bijna geen Nederlands"),
    LanguageLevel.A1: _("A1: losse woorden en korte zinnen"),
    LanguageLevel.A2: _("A2: eenvoudig gesprek over gewone dingen"),
    LanguageLevel.B1: _("B1: redt zich in de meeste gesprekken"),
    LanguageLevel.B2: _("B2: spreekt vlot en duidelijk"),
    LanguageLevel.C1: _("C1: spreekt bijna zonder moeite"),
    LanguageLevel.C2: _("C2: spreekt als de beste"),
}

LANGUAGE_LEVEL_NAMES: Mapping[LanguageLevel, Words] = {
    LanguageLevel.BELOW_A1: _("lager dan A1"),
    LanguageLevel.A1: "A1",
    LanguageLevel.A2: "A2",
    LanguageLevel.B1: "B1",
    LanguageLevel.B2: "B2",
    LanguageLevel.C1: "C1",
    LanguageLevel.C2: "C2",
}

FUNCTIONAL_DEMANDS: Mapping[FunctionalDemand, Words] = {
    FunctionalDemand.STANDING_LONG: _("Lang staan"),
    FunctionalDemand.WALKING_FAR: _("Ver lopen"),
    FunctionalDemand.CLIMBING_STAIRS: _("Trappen lopen"),
    FunctionalDemand.LIFTING: _("Tillen"),
    FunctionalDemand.WORKING_OUTDOORS: _("Buiten werken"),
    FunctionalDemand.BUSY_SURROUNDINGS: _("In een drukke omgeving zijn"),
    FunctionalDemand.WORKING_ALONE: _("Alleen werken"),
    FunctionalDemand.KEEPING_PACE: _("Een tempo volhouden"),
    FunctionalDemand.READING_AND_WRITING: _("Lezen en schrijven"),
    FunctionalDemand.WORKING_ON_A_SCREEN: _("Op een scherm werken"),
}

DAYS: Mapping[str, Words] = half_day_words.DAYS
PARTS: Mapping[str, Words] = half_day_words.PARTS
HALF_DAYS: Mapping[str, Words] = half_day_words.HALF_DAYS
"""By the code of rules.half_days; actions say them too."""

PAGES_READ: Mapping[str, Words] = {
    "file": _("Dossier"),
    "conversation": _("Gesprek opschrijven"),
    "attempt": _("Poging opschrijven"),
    "pause": _("Geen contact"),
    "note": _("Notitie"),
    "correction": _("Gesprek verbeteren"),
    "sharing": _("Wat mag worden gedeeld"),
    "proposal": _("Voorstel van plekken"),
    "division": _("Voorstel uit een verdeling"),
    "placement": _("Plaatsing"),
    "found_place": _("Gevonden plek"),
    "agreement": _("Overeenkomst afgedrukt"),
    "agreement_pdf": _("Overeenkomst als PDF"),
    "domains": _("Leefgebieden"),
    "path": _("Pad in beeld"),
    "measurement": _("Meting verbeteren"),
    "plan": _("Plan van aanpak"),
    "sheltered": _("Beschut werk"),
    "training": _("Scholing"),
    "allowance": _("Vergoeding als vrijwilliger"),
    "plan_print": _("Plan van aanpak afgedrukt"),
    "plan_pdf": _("Plan van aanpak als PDF"),
    "snooze": _("Signaal uitstellen"),
    "start": _("Start bevestigen"),
    "guest": _("Persoon bij de organisatie"),
    "explanation": _("Uitleg bij een lijst van plekken"),
    "month": _("Hoe een maand ging"),
    "report": _("Melding van een organisatie"),
    "waiting": _("Wachten op een plek"),
    "referral": _("Verwijzing"),
    "leaving": _("Alles van een inwoner stopt"),
}
"""What somebody opened about a person, by the code that the log of readings keeps."""


def page_read(code: str) -> Words:
    """Return how a page in the log of readings is called; a code without a word stays itself."""
    return PAGES_READ.get(code, code)


def mid_sentence(word: Words) -> str:
    """Return a word as it stands inside a sentence: without its first capital.

    Dutch leaves the accent off a capital, so that "Eén" becomes "één".
    """
    text = str(word)
    if text[1:2].isdigit() or text[:2].isupper():
        # "A2" and "BSN" have no capital because of the sentence.
        return text
    if text.startswith("Eén"):
        return "é" + text[1:]
    return text[:1].lower() + text[1:]


def listed(words: Iterable[Words]) -> str:
    """Return words as a list for people: "koken, bakken en tuinieren"."""
    return format_list([str(word) for word in words], locale=locale_name())


def why_text(outcome: Outcome | None, reason: MoveReason | None) -> str:
    """Return why a placement stopped or pauses: who wanted it, and the reason, if any."""
    words = [OUTCOMES[outcome]] if outcome else []
    words += [MOVE_REASONS[reason]] if reason else []
    return ": ".join(map(str, words))
