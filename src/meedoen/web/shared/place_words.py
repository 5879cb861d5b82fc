"""What is said of places, locations and contacts, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.schedule.rhythm import Rhythm
from meedoen.rules.vocabulary import (
    Accessibility,
    ContactRole,
    FreshnessAnswer,
    Guidance,
    PlaceStatus,
    StartWindow,
)
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import Words

LEVELS_SPOKEN: Mapping[LanguageLevel, Words] = {
    LanguageLevel.BELOW_A1: _("Ik spreek nog bijna geen Nederlands"),
    LanguageLevel.A1: _("Ik ken losse woorden en korte zinnen (A1)"),
    LanguageLevel.A2: _("Ik kan praten over gewone dingen (A2)"),
    LanguageLevel.B1: _("Ik red mij in de meeste gesprekken (B1)"),
    LanguageLevel.B2: _("Ik spreek het goed (B2 of hoger)"),
}

GUIDANCES: Mapping[Guidance, Words] = {
    Guidance.NONE: _("Geen begeleiding"),
    Guidance.NOW_AND_THEN: _("Af en toe: er is iemand om vragen aan te stellen"),
    Guidance.ALWAYS_NEAR: _("Altijd: er is steeds iemand dichtbij"),
}

START_WINDOWS: Mapping[StartWindow, Words] = {
    StartWindow.ANY_TIME: _("Iemand kan altijd binnenlopen"),
    StartWindow.BY_APPOINTMENT: _("Na een afspraak"),
    StartWindow.FIXED_DAY: _("Op een vaste dag"),
}

PLACE_STATUSES: Mapping[PlaceStatus, Words] = {
    PlaceStatus.PROPOSED: _("Zelf gevonden, nog niet bekeken"),
    PlaceStatus.LISTED: _("Staat in de lijst van plekken"),
    PlaceStatus.REFUSED: _("Bekeken en niet opgenomen"),
}

ACCESSIBILITIES: Mapping[Accessibility, Words] = {
    Accessibility.WHEELCHAIR: _("Goed bereikbaar met een rolstoel"),
    Accessibility.LIFT: _("Er is een lift"),
    Accessibility.ACCESSIBLE_TOILET: _("Er is een toilet voor een rolstoel"),
    Accessibility.HEARING_LOOP: _("Er is een ringleiding voor een hoorapparaat"),
    Accessibility.QUIET_ROOM: _("Er is een rustige kamer"),
    Accessibility.PARKING_NEAR: _("Parkeren kan dichtbij"),
    Accessibility.BUS_STOP_NEAR: _("De bus stopt dichtbij"),
}

CONTACT_ROLES: Mapping[ContactRole, Words] = {
    ContactRole.COORDINATOR: _("Coördinator: houdt plekken bij en ontvangt mensen"),
    ContactRole.GUIDANCE: _("Begeleider op de plek"),
    ContactRole.ADMINISTRATION: _("Administratie: afspraken, verzekering en geld"),
    ContactRole.RECEPTION: _("Algemeen: voor iedereen"),
}

CONTACT_ROLE_NAMES: Mapping[ContactRole, Words] = {
    ContactRole.COORDINATOR: _("Coördinator"),
    ContactRole.GUIDANCE: _("Begeleider"),
    ContactRole.ADMINISTRATION: _("Administratie"),
    ContactRole.RECEPTION: _("Algemeen"),
}

FRESHNESS_ANSWERS: Mapping[FreshnessAnswer, Words] = {
    FreshnessAnswer.STILL_RIGHT: _("Klopt nog"),
    FreshnessAnswer.FULL: _("Is vol"),
    FreshnessAnswer.STOPPED: _("Is gestopt"),
    FreshnessAnswer.CHANGED: _("Is veranderd"),
}

RHYTHMS: Mapping[Rhythm, Words] = {
    Rhythm.WEEKLY: _("Elke week"),
    Rhythm.EVERY_OTHER_WEEK: _("Om de week"),
    Rhythm.FIRST_OF_MONTH: _("De eerste van elke maand"),
    Rhythm.SECOND_OF_MONTH: _("De tweede van elke maand"),
    Rhythm.THIRD_OF_MONTH: _("De derde van elke maand"),
    Rhythm.FOURTH_OF_MONTH: _("De vierde van elke maand"),
    Rhythm.LAST_OF_MONTH: _("De laatste van elke maand"),
}
"""Chosen beside days of the week: "de eerste van elke maand", on Monday, is the first Monday."""


def seats_text(free: int, capacity: int) -> str:
    """Tell how many of the seats of a place are free, in a sentence."""
    if free <= 0:
        sentence = ngettext(
            "De enige plaats is bezet.", "Alle %(capacity)s plaatsen zijn bezet.", capacity
        )
    elif free >= capacity:
        sentence = ngettext(
            "De enige plaats is vrij.", "Alle %(capacity)s plaatsen zijn vrij.", capacity
        )
    else:
        sentence = ngettext(
            "%(free)s van de %(capacity)s plaatsen is vrij.",
            "%(free)s van de %(capacity)s plaatsen zijn vrij.",
            free,
        )
    return sentence % {"free": number_text(free), "capacity": number_text(capacity)}


def closing_text(people: int) -> str:
    """Tell what it means for who takes part that their place got a last day."""
    return ngettext(
        "Er doet hier nog %(number)s mens mee. De plek stopt ook voor deze mens: de coach krijgt "
        "op tijd een signaal.",
        "Er doen hier nog %(number)s mensen mee. De plek stopt ook voor hen: hun coach krijgt "
        "op tijd een signaal.",
        people,
    ) % {"number": people}
