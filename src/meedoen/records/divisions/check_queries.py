"""Checking a division that was kept against what went in; its prices prove that it is the best.

No solver is needed, and nothing that came out is believed: who may go where, and what speaks for
it, is worked out again from the facts, the places and the rules that were kept.
"""

import logging
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from meedoen.records.divisions.dividing import seats_to_divide
from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.packing import (
    person_as_kept,
    place_as_kept,
    unpack_pairs,
    unpack_places,
)
from meedoen.records.divisions.words import RunState
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.matching.allocate import Division as Outcome
from meedoen.rules.matching.allocate import (
    NotOptimalError,
    Seats,
    Waiting,
    Worth,
    check,
)
from meedoen.rules.matching.columns import PeopleColumns, PlaceColumns, allowed_pairs
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.problem import UnusableInputError
from meedoen.rules.matching.rule_set import shipped_rule_sets

UNREADABLE = (
    *(zlib.error, ValueError, KeyError, IndexError),
    *(TypeError, AttributeError, OverflowError),
)
"""What reading raises of something that was damaged: it is neither packed nor said as it was."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckCard:
    """What checking a division again gave; no problems is that it holds and is the best."""

    people: int
    places: int
    pairs: int
    problems: Sequence[str]

    @property
    def holds(self) -> bool:
        """Return whether nothing was found against it."""
        return not self.problems


def checked_again(viewer: Viewer, *, key: uuid.UUID) -> CheckCard | None:
    """Check a division from what was kept; None when it is not there or not for this viewer.

    All lines take part, also of people who are with another team by now: of these nothing is told.
    """
    if not viewer.may(Permission.PROPOSE_PLACES):
        return None
    row = Division.objects.visible_to(viewer).filter(key=key, state=RunState.DONE).first()
    if row is None or row.day is None:
        return None
    whole = Viewer.system(viewer.municipality_id)
    lines = list(Line.objects.visible_to(whole).filter(division_id=row.pk).order_by("number"))
    try:
        return _checked(row, lines)
    except UNREADABLE as error:
        log.exception("What was kept of division %s cannot be read", row.pk)
        problem = f"What was kept cannot be read ({type(error).__name__})."
        return CheckCard(len(lines), 0, 0, (problem,))


def _checked(row: Division, lines: Sequence[Line]) -> CheckCard:
    kept = unpack_places(bytes(row.places))
    pairs = unpack_pairs(bytes(row.pairs))
    seats = Seats(
        places=tuple(place["place"] for place in kept), free=tuple(place["free"] for place in kept)
    )
    problems = [
        *_differs_in_number(row, lines),
        *_differs_from_facts(row, lines, seats, pairs),
        *_not_the_best(row, lines, seats, pairs),
    ]
    return CheckCard(len(lines), len(kept), len(pairs), problems)


def _differs_in_number(row: Division, lines: Sequence[Line]) -> list[str]:
    """Return whether there are other lines than the division says."""
    placed = sum(line.place_id is not None for line in lines)
    if (len(lines), placed) == (row.people, row.placed):
        return []
    said = f"The division says {row.people} people, {row.placed} with a place"
    return [f"{said}; there are {len(lines)} lines, {placed} with a place."]


def _differs_from_facts(
    row: Division, lines: Sequence[Line], seats: Seats, pairs: Pairs
) -> list[str]:
    """Return whether the rules give other seats or pairs for the facts that were kept."""
    rule_set = next((one for one in shipped_rule_sets() if one.version == row.rule_set), None)
    if rule_set is None or row.day is None:
        return [f"There is no rule set {row.rule_set!r} to work the pairs out again with."]
    people = [person_as_kept(line.facts) for line in lines]
    places = [
        place_as_kept({name: value for name, value in place.items() if name != "free"})
        for place in unpack_places(bytes(row.places))
    ]
    free = tuple(seats_to_divide(place, len(people), rule_set, row.day) for place in places)
    again = allowed_pairs(PeopleColumns.of(people), PlaceColumns.of(places), rule_set, row.day)
    problems = []
    if free != seats.free:
        problems.append("The seats that were divided are not those that the places had free.")
    if not all(
        np.array_equal(getattr(again, column.name), getattr(pairs, column.name))
        for column in fields(Pairs)
    ):
        problems.append("The pairs are not those that the rules give for the facts that were kept.")
    return problems


def _not_the_best(
    row: Division, lines: Sequence[Line], seats: Seats, pairs: Pairs
) -> Sequence[str]:
    """Return what is wrong with the outcome, going by the seats and the pairs that were kept."""
    if row.day is None:
        return ["The division does not say of which day it is."]
    waiting = Waiting(
        people=tuple(line.pseudonym_id for line in lines),
        days=tuple((row.day - line.since).days for line in lines),
    )
    outcome = Outcome(
        place_of=tuple(line.place_id for line in lines),
        first_wishes=row.first_wishes,
        points=row.points,
        prices=tuple(Worth(first, points) for first, points in row.prices),
    )
    try:
        check(waiting, seats, pairs, outcome)
    except (NotOptimalError, UnusableInputError) as error:
        return error.problems
    return ()
