"""Checking a division that was kept: no solver is needed, its prices prove that it is the best."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.packing import unpack_pairs, unpack_places
from meedoen.records.divisions.words import RunState
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.rules.matching.allocate import Division as Outcome
from meedoen.rules.matching.allocate import (
    NotOptimalError,
    Seats,
    Waiting,
    Worth,
    check,
)
from meedoen.rules.matching.problem import UnusableInputError


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
    whole = Viewer(municipality_id=viewer.municipality_id, role=Role.SYSTEM)
    lines = Line.objects.visible_to(whole).filter(division_id=row.pk).order_by("number")
    kept = list(lines.values_list("pseudonym_id", "since", "place_id"))
    places = unpack_places(bytes(row.places))
    pairs = unpack_pairs(bytes(row.pairs))
    waiting = Waiting(
        people=tuple(pseudonym_id for pseudonym_id, _since, _place in kept),
        days=tuple((row.day - since).days for _pseudonym, since, _place in kept),
    )
    seats = Seats(
        places=tuple(place["place"] for place in places),
        free=tuple(place["free"] for place in places),
    )
    outcome = Outcome(
        place_of=tuple(place for _pseudonym, _since, place in kept),
        first_wishes=row.first_wishes,
        points=row.points,
        prices=tuple(Worth(first, points) for first, points in row.prices),
    )
    try:
        check(waiting, seats, pairs, outcome)
    except (NotOptimalError, UnusableInputError) as error:
        return CheckCard(len(kept), len(places), len(pairs), error.problems)
    return CheckCard(len(kept), len(places), len(pairs), ())
