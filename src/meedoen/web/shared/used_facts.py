"""What matching knew of somebody when a list was made, as labels with values, to that person.

Every fact of a person has its line here; a test fails for one that has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.proposals.explanation_queries import ExplanationCard
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.match_words import GUIDANCE_WANTED, TRAVEL
from meedoen.web.shared.reasons import half_days_text, interest_name
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.words import (
    FUNCTIONAL_DEMANDS,
    LANGUAGE_LEVELS,
    PLACE_KINDS,
    listed,
    mid_sentence,
)

METRES_IN_A_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that was used: what it is called and what it was."""

    label: str
    value: str


def used_facts(card: ExplanationCard) -> list[Used]:
    """Return what was known, in the order in which people tell it."""
    lines = (line(card) for line in LINES.values())
    return [Used(label, value) for label, value in lines if value]


def not_asked(card: ExplanationCard) -> list[str]:
    """Return what nobody asked or knew, so that it counted for nothing and against nothing."""
    lines = (line(card) for name, line in LINES.items() if name in ASKED)
    return [label for label, value in lines if not value]


def _kinds(card: ExplanationCard, name: str) -> str:
    codes = card.facts.get(name) or ()
    return listed(mid_sentence(PLACE_KINDS[PlaceKind(code)]) for code in codes)


def _wished_kinds(card: ExplanationCard) -> tuple[str, str]:
    return _("Soort plek die u wilt"), _kinds(card, "wished_kinds")


def _wished_places(card: ExplanationCard) -> tuple[str, str]:
    numbers = card.facts.get("wished_places") or ()
    label = (
        _("Plekken die u zelf koos")
        if card.wished_by_resident
        else _("Plekken die u graag wilt, zoals uw coach opschreef")
    )
    return label, listed(_title(card, number) for number in numbers)


def _title(card: ExplanationCard, number: int) -> str:
    return card.titles.get(number, _("een plek die er niet meer is"))


def _allowed_kinds(card: ExplanationCard) -> tuple[str, str]:
    return _("Soorten plek die volgens de wet voor u kunnen"), _kinds(card, "allowed_kinds")


def _interests(card: ExplanationCard) -> tuple[str, str]:
    codes = card.facts.get("interests") or ()
    return _("Wat u graag doet"), listed(sorted(mid_sentence(interest_name(one)) for one in codes))


def _half_days(card: ExplanationCard) -> tuple[str, str]:
    mask = card.facts.get("half_days")
    return _("Wanneer u kunt"), half_days_text(half_days.codes(mask)) if mask else ""


def _most_half_days(card: ExplanationCard) -> tuple[str, str]:
    most = card.facts.get("most_half_days")
    label = _("Hoeveel tijd u wilt geven")
    if most is None:
        return label, ""
    words = ngettext(
        "hooguit %(most)s dagdeel per week", "hooguit %(most)s dagdelen per week", most
    )
    return label, words % {"most": most}


def _district(card: ExplanationCard) -> tuple[str, str]:
    return _("Uw wijk"), _district_name(card, card.facts.get("district") or "")


def _district_name(card: ExplanationCard, code: str) -> str:
    return card.shown.districts.get(code, code)


def _reachable(card: ExplanationCard) -> tuple[str, str]:
    label, reach = _("Wijken waar u kunt komen"), card.facts.get("reachable_districts")
    if reach is None:
        # How far somebody gets takes the place of districts.
        by_distance = card.facts.get("reach_metres") is not None
        return label, "" if by_distance else _("de hele gemeente")
    return label, listed(_district_name(card, code) for code in reach) or _("alleen uw eigen wijk")


def _start(card: ExplanationCard) -> tuple[str, str]:
    there = card.facts.get("start") is not None
    return _("Vanwaar wij de afstand meten"), _("het midden van uw wijk") if there else ""


def _reach(card: ExplanationCard) -> tuple[str, str]:
    label, metres = _("Hoe u reist, en hoe ver"), card.facts.get("reach_metres")
    travel = card.shown.asked.travel
    if metres is None:
        return label, ""
    words = {"far": number_text(metres / METRES_IN_A_KILOMETRE, 1)}
    if travel is None:
        # A division knows how far, not by what.
        return label, _("tot %(far)s kilometer") % words
    words["by"] = str(TRAVEL[travel])
    return label, _("%(by)s: tot %(far)s kilometer") % words


def _language(card: ExplanationCard) -> tuple[str, str]:
    level = card.facts.get("language_level")
    value = "" if level is None else str(LANGUAGE_LEVELS[LanguageLevel(level)])
    return _("Hoeveel Nederlands u spreekt"), value


def _limits(card: ExplanationCard) -> tuple[str, str]:
    codes = card.facts.get("functional_limits") or ()
    limits = (mid_sentence(FUNCTIONAL_DEMANDS[FunctionalDemand(code)]) for code in codes)
    return _("Wat voor u niet gaat"), listed(limits)


def _legal_tasks(card: ExplanationCard) -> tuple[str, str]:
    codes = card.facts.get("legal_tasks") or ()
    label = _("Wetten waarvoor wij uw gegevens mogen gebruiken")
    return label, listed(LEGAL_TASKS[LegalTask(code)] for code in codes)


def _guidance(card: ExplanationCard) -> tuple[str, str]:
    wanted = card.facts.get("guidance_needed")
    value = str(GUIDANCE_WANTED[Guidance(wanted)]) if wanted else ""
    return _("Hoeveel hulp u wilt"), value


def _step(card: ExplanationCard) -> tuple[str, str]:
    return _("Wat past bij de volgende stap in uw plan"), _kinds(card, "step_kinds")


def _earlier(card: ExplanationCard) -> tuple[str, str]:
    return _("Soorten plek die u al kent"), _kinds(card, "earlier_kinds")


def _paused(card: ExplanationCard) -> tuple[str, str]:
    paused = card.facts.get("paused_until") or {}
    words = (
        _("%(place)s tot %(day)s")
        % {"place": _title(card, int(number)), "day": day_text(date.fromisoformat(until))}
        for number, until in paused.items()
    )
    return _("Plekken die eerder zijn geweigerd"), listed(words)


LINES: Mapping[str, Callable[[ExplanationCard], tuple[str, str]]] = {
    "wished_places": _wished_places,
    "wished_kinds": _wished_kinds,
    "interests": _interests,
    "half_days": _half_days,
    "most_half_days": _most_half_days,
    "district": _district,
    "reachable_districts": _reachable,
    "start": _start,
    "reach_metres": _reach,
    "language_level": _language,
    "functional_limits": _limits,
    "guidance_needed": _guidance,
    "step_kinds": _step,
    "earlier_kinds": _earlier,
    "paused_until": _paused,
    "allowed_kinds": _allowed_kinds,
    "legal_tasks": _legal_tasks,
}
"""By name of the fact in `PersonFacts`: its label, and its value, empty when it is not known."""

ASKED = frozenset(
    {
        *("wished_kinds", "interests", "half_days", "most_half_days", "reach_metres"),
        *("language_level", "functional_limits", "guidance_needed", "step_kinds"),
    }
)
"""What people are asked. Of the others an empty value is an answer: nothing was picked."""
