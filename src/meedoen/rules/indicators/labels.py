"""How the words of the trade are called in a sentence about a figure."""

from collections.abc import Mapping

from meedoen.rules.indicators.people_words import GrowthClass, SinceStart
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState, Theme

KINDS: Mapping[EntryKind, Text] = {
    EntryKind.BENEFIT: Text("uitkering van de gemeente", "benefit from the municipality"),
    EntryKind.ATTEMPT: Text("poging om iemand te bereiken", "attempt to reach somebody"),
    EntryKind.CONVERSATION: Text("gesprek", "conversation"),
    EntryKind.MEASUREMENT: Text(
        "meting op de participatieladder", "measurement on the participation ladder"
    ),
    EntryKind.PLACEMENT: Text("plaatsing", "placement"),
    EntryKind.LIFE_DOMAIN: Text("stap in een leefgebied", "step in a life domain"),
    EntryKind.PLAN: Text("plan van aanpak", "plan"),
    EntryKind.TRAINING: Text("cursus of opleiding", "course or training"),
    EntryKind.SHELTERED_PROCESS: Text(
        "lopend traject naar nieuw beschut werk", "track to new sheltered work that goes on"
    ),
}
PLACE_KINDS: Mapping[PlaceKind, Text] = {
    PlaceKind.PARTICIPATION_JOB: Text("participatiebaan", "participation job"),
    PlaceKind.VOLUNTEER_WORK: Text("vrijwilligerswerk", "volunteer work"),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: Text("wijkactiviteit", "neighbourhood activity"),
    PlaceKind.DAY_ACTIVITY: Text("dagbesteding", "day activity"),
    PlaceKind.SHELTERED_WSW: Text("beschut werk (Wsw)", "sheltered work (Wsw)"),
    PlaceKind.SHELTERED_NEW: Text(
        "beschut werk (Participatiewet)", "sheltered work (Participation Act)"
    ),
    PlaceKind.TRIAL: Text("proefplaats", "trial placement"),
    PlaceKind.LANGUAGE_POINT: Text("taalpunt", "language point"),
    PlaceKind.TRAINING: Text("scholing", "training"),
    PlaceKind.OTHER: Text("andere plek", "another place"),
}
STATES: Mapping[PlacementState, Text] = {
    PlacementState.WAITING: Text("op de wachtlijst", "on the waiting list"),
    PlacementState.PROPOSED: Text("voorgesteld", "proposed"),
    PlacementState.INTRODUCED: Text("kennisgemaakt", "introduced"),
    PlacementState.TRIAL: Text("op proef", "on trial"),
    PlacementState.ACTIVE: Text("begonnen en niet gestopt", "started and not ended"),
    PlacementState.PAUSED: Text("even gepauzeerd", "paused"),
    PlacementState.ENDED: Text("gestopt", "ended"),
    PlacementState.WITHDRAWN: Text("ingetrokken", "withdrawn"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.REACHED: Text("bereikt", "reached"),
    Outcome.NO_ANSWER: Text("geen antwoord", "no answer"),
    Outcome.NO_SHOW: Text("niet gekomen", "did not come"),
    Outcome.NO_CONTACT_WANTED: Text("wil geen contact", "wants no contact"),
    Outcome.GOAL_REACHED: Text("doel bereikt", "goal reached"),
    Outcome.MOVED_ON_TO_PAID_WORK: Text("naar betaald werk", "moved on to paid work"),
    Outcome.MOVED_ON_TO_SUPPORTED_WORK: Text(
        "naar betaald werk met steun", "moved on to supported work"
    ),
    Outcome.MOVED_ON_TO_OTHER_PLACE: Text("naar een andere plek", "moved on to another place"),
    Outcome.MOVED_ON_TO_OWN_VOLUNTEERING: Text(
        "vrijwilliger zonder de gemeente", "volunteers without the municipality"
    ),
    Outcome.MOVED_ON_TO_TRAINING: Text("naar een opleiding", "moved on to training"),
    Outcome.STOPPED_BY_RESIDENT: Text("gestopt door de inwoner", "stopped by the resident"),
    Outcome.STOPPED_BY_PARTNER: Text("gestopt door de organisatie", "stopped by the partner"),
    Outcome.STOPPED_BY_MUNICIPALITY: Text(
        "gestopt door de gemeente", "stopped by the municipality"
    ),
    Outcome.MOVED_AWAY: Text("verhuisd", "moved away"),
    Outcome.DIED: Text("overleden", "died"),
}
GROWTH_CLASSES: Mapping[GrowthClass, Text] = {
    GrowthClass.GROWTH: Text("groei", "growth"),
    GrowthClass.DECLINE: Text("daling", "decline"),
    GrowthClass.EQUAL: Text("gelijk gebleven", "stayed equal"),
    GrowthClass.MEASURED_ONCE: Text("één meting", "measured once"),
}
SINCE_START: Mapping[SinceStart, Text] = {
    SinceStart.GROWTH: Text("groei", "growth"),
    SinceStart.DECLINE: Text("daling", "decline"),
    SinceStart.EQUAL: Text("gelijk gebleven", "stayed equal"),
    SinceStart.NO_BASELINE: Text("geen meting voor de start", "no measurement before the start"),
    SinceStart.NOT_MEASURED_AGAIN: Text(
        "geen meting na de start", "no measurement after the start"
    ),
}
THEMES: Mapping[Theme, Text] = {
    Theme.PARTICIPATION: Text("meedoen", "participation"),
    Theme.LANGUAGE: Text("taal", "language"),
    Theme.DEBT: Text("schulden en geld", "debt and money"),
    Theme.HEALTH: Text("gezondheid", "health"),
    Theme.COMPANY: Text("gezelschap", "company"),
    Theme.DAY_ACTIVITY: Text("dagbesteding", "day activity"),
    Theme.WORK: Text("werk", "work"),
    Theme.VOLUNTEERS: Text("vrijwilligers", "volunteers"),
}
LEGAL_TASKS: Mapping[LegalTask, Text] = {
    LegalTask.PARTICIPATION: Text("de Participatiewet", "the Participation Act"),
    LegalTask.SOCIAL_SUPPORT: Text("de Wmo 2015", "the Social Support Act 2015"),
    LegalTask.DEBT_HELP: Text(
        "de Wet gemeentelijke schuldhulpverlening", "the Municipal Debt Counselling Act"
    ),
    LegalTask.INTEGRATION: Text("de Wet inburgering 2021", "the Civic Integration Act 2021"),
}
MONTHS: tuple[Text, ...] = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("maart", "March"),
    Text("april", "April"),
    Text("mei", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augustus", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
