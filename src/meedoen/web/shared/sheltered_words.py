"""The words of sheltered work, new and old, and of the wage-cost subsidy, as people read them."""

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_currency, format_percent
from django.utils.translation import gettext_lazy as _

from meedoen.rules.sheltered.words import (
    ObjectionState,
    ShelteredParty,
    ShelteredReason,
    ShelteredState,
    WswCategory,
    WswKind,
)
from meedoen.rules.wage_subsidy.calculate import BasisCode, SubsidyKind
from meedoen.web.shared.figures import locale_name, number_text
from meedoen.web.shared.words import Words

SHELTERED_STATES: Mapping[ShelteredState, Words] = {
    ShelteredState.REQUESTED: _("Aangevraagd"),
    ShelteredState.IN_RESEARCH: _("UWV onderzoekt"),
    ShelteredState.ADVICE_POSITIVE: _("Advies van UWV: wel beschut werk"),
    ShelteredState.ADVICE_NEGATIVE: _("Advies van UWV: geen beschut werk"),
    ShelteredState.GRANTED: _("Toegekend door de gemeente"),
    ShelteredState.REFUSED: _("Afgewezen door de gemeente"),
    ShelteredState.WAITING: _("Wacht op een baan"),
    ShelteredState.BRIDGING: _("Overbrugging tot de baan begint"),
    ShelteredState.EMPLOYED: _("In dienst"),
    ShelteredState.ENDED: _("Gestopt"),
}

SHELTERED_STATE_KINDS: Mapping[ShelteredState, str] = {
    ShelteredState.REQUESTED: "warning",
    ShelteredState.IN_RESEARCH: "warning",
    ShelteredState.ADVICE_POSITIVE: "warning",
    ShelteredState.ADVICE_NEGATIVE: "warning",
    ShelteredState.GRANTED: "warning",
    ShelteredState.REFUSED: "neutral",
    ShelteredState.WAITING: "warning",
    ShelteredState.BRIDGING: "warning",
    ShelteredState.EMPLOYED: "success",
    ShelteredState.ENDED: "neutral",
}
"""The kind of status badge that goes with a state; its words say the same."""

SHELTERED_STEPS: Mapping[ShelteredState, Words] = {
    ShelteredState.REQUESTED: _("Beschut werk aanvragen"),
    ShelteredState.IN_RESEARCH: _("UWV begon met onderzoek"),
    ShelteredState.ADVICE_POSITIVE: _("Positief advies van UWV noteren"),
    ShelteredState.ADVICE_NEGATIVE: _("Negatief advies van UWV noteren"),
    ShelteredState.GRANTED: _("Besluit vastleggen: toegekend"),
    ShelteredState.REFUSED: _("Besluit vastleggen: afgewezen"),
    ShelteredState.WAITING: _("Op de wachtlijst zetten"),
    ShelteredState.BRIDGING: _("Overbrugging begint"),
    ShelteredState.EMPLOYED: _("De baan begint"),
    ShelteredState.ENDED: _("Het traject stopt"),
}
"""What somebody does who writes a step down."""

SHELTERED_DAYS: Mapping[ShelteredState, Words] = {
    ShelteredState.REQUESTED: _("Dag van de aanvraag"),
    ShelteredState.IN_RESEARCH: _("Dag waarop UWV begon"),
    ShelteredState.ADVICE_POSITIVE: _("Dag van het advies"),
    ShelteredState.ADVICE_NEGATIVE: _("Dag van het advies"),
    ShelteredState.GRANTED: _("Dag van het besluit"),
    ShelteredState.REFUSED: _("Dag van het besluit"),
    ShelteredState.WAITING: _("Eerste dag op de wachtlijst"),
    ShelteredState.BRIDGING: _("Eerste dag van de overbrugging"),
    ShelteredState.EMPLOYED: _("Eerste dag in dienst"),
    ShelteredState.ENDED: _("Eerste dag na het traject"),
}

SHELTERED_PARTIES: Mapping[ShelteredParty, Words] = {
    ShelteredParty.RESIDENT: _("de inwoner"),
    ShelteredParty.UWV: _("UWV"),
    ShelteredParty.MUNICIPALITY: _("de gemeente"),
    ShelteredParty.EMPLOYER: _("de werkgever"),
}

SHELTERED_REASONS: Mapping[ShelteredReason, Words] = {
    ShelteredReason.NEW_FACTS: _("De gemeente weet iets dat UWV niet wist"),
    ShelteredReason.ADVICE_NOT_CAREFUL: _("Het advies is niet zorgvuldig gemaakt"),
    ShelteredReason.OBJECTION_UPHELD: _("De inwoner kreeg gelijk met een bezwaar"),
    ShelteredReason.NO_PLACE_YET: _("Er is nog geen baan die past"),
    ShelteredReason.NUMBER_REALISED: _(
        "Het aantal van dit jaar is gehaald (artikel 10b, zesde lid)"
    ),
    ShelteredReason.CONTRACT_ENDED: _("Het contract liep af"),
    ShelteredReason.STOPPED_BY_RESIDENT: _("De inwoner wil niet verder"),
    ShelteredReason.STOPPED_BY_EMPLOYER: _("De werkgever wil niet verder"),
    ShelteredReason.NO_LONGER_NEEDED: _("Opnieuw bekeken: beschut is niet meer nodig"),
    ShelteredReason.MOVED_ON_TO_PAID_WORK: _("Door naar gewoon betaald werk"),
    ShelteredReason.PENSION_AGE: _("De inwoner kreeg de leeftijd voor AOW"),
    ShelteredReason.MOVED_AWAY: _("Verhuisd naar een andere gemeente"),
    ShelteredReason.DIED: _("Overleden"),
}

OBJECTION_STATES: Mapping[ObjectionState, Words] = {
    ObjectionState.RECEIVED: _("Bezwaar ontvangen"),
    ObjectionState.UPHELD: _("De inwoner kreeg gelijk"),
    ObjectionState.REJECTED: _("Het bezwaar is afgewezen"),
    ObjectionState.WITHDRAWN: _("De inwoner trok het bezwaar in"),
}

WSW_CATEGORIES: Mapping[WswCategory, Words] = {
    WswCategory.MODERATE: _("Matig"),
    WswCategory.SEVERE: _("Ernstig"),
}

WSW_KINDS: Mapping[WswKind, Words] = {
    WswKind.IN_HOUSE: _("Bij de gemeente of het werkbedrijf"),
    WswKind.SECONDED_ALONE: _("Gedetacheerd, alleen"),
    WswKind.SECONDED_IN_GROUP: _("Gedetacheerd, in een groep"),
    WswKind.GUIDED_WORK: _("Begeleid werken bij een gewone werkgever"),
}

SUBSIDY_KINDS: Mapping[SubsidyKind, Words] = {
    SubsidyKind.BY_LOONWAARDE: _("Naar loonwaarde"),
    SubsidyKind.FLAT: _("Vast deel, zolang de loonwaarde niet vaststaat"),
}

SUBSIDY_BASIS: Mapping[BasisCode, Words] = {
    BasisCode.MINIMUM_WAGE: _("Minimumloon per maand"),
    BasisCode.HOLIDAY_PART: _("Vakantiebijslag"),
    BasisCode.WAGE_WITH_HOLIDAY: _("Minimumloon met vakantiebijslag"),
    BasisCode.LOONWAARDE_PART: _("Loonwaarde"),
    BasisCode.LOONWAARDE_WITH_HOLIDAY: _("Loonwaarde met vakantiebijslag"),
    BasisCode.DIFFERENCE: _("Verschil tussen die twee"),
    BasisCode.MOST_PART: _("Hoogste deel"),
    BasisCode.MOST: _("Hoogste bedrag"),
    BasisCode.FLAT_PART: _("Vast deel"),
    BasisCode.FULL_SUBSIDY: _("Subsidie bij een week van de norm"),
    BasisCode.COUNTED_HOURS: _("Uren per week die tellen"),
    BasisCode.NORM_HOURS: _("Uren per week van de norm"),
    BasisCode.SUBSIDY: _("Subsidie per maand"),
    BasisCode.EMPLOYER_COSTS_PART: _("Erbij voor kosten van de werkgever"),
    BasisCode.EMPLOYER_COSTS: _("Kosten van de werkgever per maand"),
}

_PARTS = frozenset(
    {
        BasisCode.HOLIDAY_PART,
        BasisCode.LOONWAARDE_PART,
        BasisCode.MOST_PART,
        BasisCode.FLAT_PART,
        BasisCode.EMPLOYER_COSTS_PART,
    }
)
_HOURS = frozenset({BasisCode.COUNTED_HOURS, BasisCode.NORM_HOURS})


def euros_text(amount: Decimal) -> str:
    """Write an amount of euros as people read it: "€ 1.159,20"."""
    return format_currency(amount, "EUR", locale=locale_name())


def part_text(part: Decimal) -> str:
    """Write a part of one as a percentage: "23,5%"."""
    return format_percent(part, format="#,##0.##%", locale=locale_name())


def basis_text(code: BasisCode, value: Decimal) -> str:
    """Write a number of a basis by what it is: a part, hours, or an amount."""
    if code in _PARTS:
        return part_text(value)
    if code in _HOURS:
        return number_text(value)
    return euros_text(value)
