"""Placements as JSON: never more than the pages show of them to the same person."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.movable_queries import MovableCard
from meedoen.records.placements.people_queries import OwnPersonPage
from meedoen.records.placements.queries import PlacementCard, StretchCard
from meedoen.records.placements.terms_queries import TermsStretch
from meedoen.rules import half_days
from meedoen.rules.placement_states import MOVES, outcomes_for, reasons_for
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.api.placements.body import KEYS
from meedoen.web.shared.words import MOVE_REASONS, OUTCOMES, PLACE_KINDS, PLACEMENT_STATES

Json = dict[str, Any]


def line(card: MovableCard) -> Json:
    """Return a placement in a list; who it is about as the viewer may know it."""
    shown = {
        "id": str(card.key),
        "naam": card.name,
        "plek": card.title,
        "organisatie": card.organisation,
        "soort": named(card.kind, PLACE_KINDS),
        "toestand": named(card.state, PLACEMENT_STATES),
        "sinds": card.since.isoformat(),
        "afgesprokenLaatsteDag": _day(card.planned_end_on),
        "vastgehoudenTotEnMet": _day(card.held_until),
        "coach": card.coach,
    }
    if card.client_number:
        # The pages of an organisation do not say until when a seat is held.
        del shown["vastgehoudenTotEnMet"]
        shown["clientnummer"] = card.client_number
    return shown


def for_coach(card: PlacementCard, person: ResidentCard, terms: Sequence[TermsStretch]) -> Json:
    """Return one placement with its whole course and all that was agreed."""
    return {
        "id": str(card.key),
        "naam": person.name,
        "plek": card.title,
        "organisatie": card.organisation,
        "soort": named(card.kind, PLACE_KINDS),
        "zelfGevonden": card.self_found,
        "toestand": named(card.state, PLACEMENT_STATES),
        "uitkomst": named(card.outcome, OUTCOMES),
        "reden": named(card.reason, MOVE_REASONS),
        "afgesprokenLaatsteDag": _day(card.planned_end_on),
        "vastgehoudenTotEnMet": _day(card.held_until),
        "coach": person.coach,
        "verloop": [_stretch(one) for one in card.stretches if not one.withdrawn],
        "afspraken": [_terms(one) for one in terms if one.holds],
    }


def for_organisation(found: OwnPersonPage) -> Json:
    """Return one of the own people; the course before is the municipality's and is not told."""
    someone = found.person
    return {
        "id": str(someone.key),
        "naam": someone.given_name,
        "clientnummer": someone.client_number,
        "plek": someone.title,
        "soort": named(someone.kind, PLACE_KINDS),
        "toestand": named(someone.state, PLACEMENT_STATES),
        "sinds": someone.since.isoformat(),
        "eersteDag": _day(someone.first_day),
        "afgesprokenLaatsteDag": _day(someone.planned_end_on),
        "coach": someone.coach,
        "dagdelen": list(half_days.codes(found.half_days)),
    }


def moves(state: PlacementState, onward: Sequence[PlacementState]) -> list[Json]:
    """Return moves from a state, each with the outcomes and reasons that fit it."""
    return [_move(state, to) for to in onward]


def named(word: StrEnum | None, words: Mapping[Any, object]) -> Json | None:
    """Return a word for software and the same for people."""
    return None if word is None else {"code": word.value, "naam": str(words[word])}


def made(state: PlacementState, keys: Sequence[object]) -> Json:
    """Return which placements came into a state."""
    return {
        KEYS: [str(key) for key in keys],
        "totaal": len(keys),
        "toestand": named(state, PLACEMENT_STATES),
    }


def _move(state: PlacementState, to: PlacementState) -> Json:
    allowed = MOVES[state, to]
    return {
        "naar": named(to, PLACEMENT_STATES),
        "uitkomstVerplicht": allowed.outcome_needed,
        "uitkomsten": [
            {
                **(named(outcome, OUTCOMES) or {}),
                "redenen": [named(one, MOVE_REASONS) for one in reasons_for(state, to, outcome)],
            }
            for outcome in outcomes_for(state, to)
        ],
        "redenen": [named(one, MOVE_REASONS) for one in reasons_for(state, to)],
    }


def _stretch(one: StretchCard) -> Json:
    return {
        "toestand": named(one.state, PLACEMENT_STATES),
        "van": one.starts_on.isoformat(),
        "totEnMet": _day(one.last_day),
        "reden": named(one.came_by, MOVE_REASONS),
    }


def _terms(one: TermsStretch) -> Json:
    card = one.card
    return {
        "van": _day(one.first_day),
        "totEnMet": _day(one.last_day),
        "urenPerWeek": None if card.hours_a_week is None else float(card.hours_a_week),
        "dagdelen": list(half_days.codes(card.half_days)),
        "begeleiding": card.guidance.value if card.guidance else None,
        "locatie": card.location or None,
        "waarom": card.why or None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
