"""How parties and measures are called on the page about the network."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.indicators.referral_statements import MUNICIPALITY, RESIDENT
from meedoen.rules.network.picture import NO_DISTRICT, NetworkPicture


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the network: its indicator, how it is called, and the sentence of its line."""

    indicator: str
    name: Promise
    course: Promise


MEASURES: Mapping[str, Measure] = {
    "pairs": Measure(
        "referral_pairs",
        gettext_lazy("Paren die verwijzen"),
        gettext_lazy("Paren: van %(first)s in het %(begin)s naar %(last)s in het %(end)s."),
    ),
    "pairs_between_partners": Measure(
        "referral_pairs_between_partners",
        gettext_lazy("Paren van partners onderling"),
        gettext_lazy("Paren: van %(first)s in het %(begin)s naar %(last)s in het %(end)s."),
    ),
    "both_ways": Measure(
        "referral_reciprocity",
        gettext_lazy("Twee kanten op (%)"),
        gettext_lazy("Van %(first)s %% in het %(begin)s naar %(last)s %% in het %(end)s."),
    ),
    "answered_in_time": Measure(
        "referrals_answered_in_time",
        gettext_lazy("Op tijd antwoord (%)"),
        gettext_lazy("Van %(first)s %% in het %(begin)s naar %(last)s %% in het %(end)s."),
    ),
    "days_to_answer": Measure(
        "referral_days_to_answer",
        gettext_lazy("Dagen tot antwoord (mediaan)"),
        gettext_lazy("Dagen: van %(first)s in het %(begin)s naar %(last)s in het %(end)s."),
    ),
    "with_feedback": Measure(
        "referrals_with_feedback",
        gettext_lazy("Op tijd bericht terug (%)"),
        gettext_lazy("Van %(first)s %% in het %(begin)s naar %(last)s %% in het %(end)s."),
    ),
    "not_connected": Measure(
        "partners_not_connected",
        gettext_lazy("Organisaties zonder verwijzing"),
        gettext_lazy("Organisaties: van %(first)s in het %(begin)s naar %(last)s in het %(end)s."),
    ),
}
"""By the name of the field of `NetworkFigures`, in the order of the page."""


def measure_name(field: str) -> str:
    """Return how a measure is called, with its unit."""
    return str(MEASURES[field].name)


def party_names(picture: NetworkPicture, names: Mapping[int, str]) -> dict[str, str]:
    """Return how every node of the picture is called, by its code."""
    return {node.code: party_name(node.party, names) for node in picture.nodes}


def party_name(party: int | None, names: Mapping[int, str]) -> str:
    """Return how a party is called; None is everybody without a row of their own."""
    match party:
        case None:
            return _("Alle andere samen")
        case value if value == MUNICIPALITY:
            return _("Gemeente")
        case value if value == RESIDENT:
            return _("Inwoners zelf")
        case number:
            # A name that a resident typed is not told before somebody looked at it.
            return names.get(number, _("Een organisatie die nog niet is nagekeken"))


def district_name(district: int, names: Mapping[int, str]) -> str:
    """Return how a district is called."""
    return _("Geen wijk") if district == NO_DISTRICT else names[district]
