"""Placements in which people took part, and stretches of taking part, out of statements.

A placement is in several states after one another; here trial, active and paused are one stretch,
so that a pause is no end and no beginning.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of, is_one_of
from meedoen.rules.indicators.people_words import EVERYTHING, Filters
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sorting import distinct, places_among
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.stretches import Rows, Runs, held, runs_of
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState

KINDS = len(PlaceKind) + 1
"""How many codes a kind of place can have, that of none included."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Participations:
    """Placements in which somebody took part, one row each, in order of number.

    Kind and district are those at the beginning: moving house in between is no end.
    """

    placement: NDArray[np.int64]
    person: NDArray[np.int64]
    kind: NDArray[np.int64]
    """`code_of` a PlaceKind."""
    district: NDArray[np.int64]
    starts: NDArray[np.int64]
    """First day, counted from 1970-01-01."""
    ends: NDArray[np.int64]
    """First day on which it was over; FAR_FUTURE_DAY when it is not."""
    outcome: NDArray[np.int64]
    """`code_of` an Outcome, 0 for none; that of the stretch that ended last."""

    def __len__(self) -> int:
        return len(self.placement)


def placement_rows(
    columns: KnownColumns, states: frozenset[PlacementState], where: Filters
) -> Rows:
    """Return the statements about placements in these states, by all filters but districts."""
    counted = columns.kind == code_of(EntryKind.PLACEMENT)
    if states:
        counted &= is_one_of(columns.state, states)
    return np.flatnonzero(counted & passing(columns, where))


def passing(columns: KnownColumns, where: Filters) -> NDArray[np.bool_]:
    """Tell which statements pass all filters but districts."""
    passes = np.ones(len(columns), dtype=np.bool_)
    if where.place_kinds:
        passes &= is_one_of(columns.place_kind, where.place_kinds)
    if where.self_found is not None:
        passes &= columns.self_found == where.self_found
    if where.organisations:
        passes &= np.isin(columns.organisation, where.organisations)
    if where.legal_tasks:
        passes &= is_one_of(columns.legal_task, where.legal_tasks)
    return passes


def runs_of_people(columns: KnownColumns, rows: Rows) -> Runs:
    """Put the stretches of each person together; `opened` and `closed` are rows of the columns."""
    return _of_rows(rows, columns, columns.person[rows])


def runs_at_one_place(columns: KnownColumns, rows: Rows) -> Runs:
    """Put the stretches of each person with one kind of place and one organisation together."""
    person, partner = columns.person[rows], columns.organisation[rows]
    partners = distinct(partner)
    group = places_among(distinct(person), person) * KINDS + columns.place_kind[rows]
    group = group * max(len(partners), 1) + places_among(partners, partner)
    return _of_rows(rows, columns, group)


def _of_rows(rows: Rows, columns: KnownColumns, group: NDArray[np.int64]) -> Runs:
    runs = runs_of(
        group, columns.starts[rows].astype(np.int64), columns.ends[rows].astype(np.int64)
    )
    return Runs(runs.group, runs.starts, runs.ends, rows[runs.opened], rows[runs.closed])


@shared
def taking_part_in(columns: KnownColumns, where: Filters) -> KnownColumns:
    """Keep the statements from which `taking_part` follows."""
    wanted = np.zeros(len(columns), dtype=np.bool_)
    wanted[placement_rows(columns, TAKES_PART, where)] = True
    return columns.kept(wanted)


@shared
def taking_part(columns: KnownColumns, where: Filters) -> Runs:
    """Return the stretches of taking part of each person in what the filters name."""
    return runs_of_people(columns, placement_rows(columns, TAKES_PART, where))


@shared
def every_participation(columns: KnownColumns) -> tuple[Runs, Participations]:
    """Return all runs of taking part at one place, and those same as placements."""
    runs = runs_at_one_place(columns, placement_rows(columns, TAKES_PART, EVERYTHING))
    return runs, participations_of(columns, runs)


def at_places(found: Spells, columns: KnownColumns, where: Filters) -> Spells:
    """Keep what begins on a day on which the person takes part at a place that the filters name.

    Without filters on places that is everything.
    """
    if not where.about_places:
        return found
    runs = taking_part(columns, where)
    person = found.person if found.about is None else found.about
    return found.kept(held(runs, person, found.starts))


def participations_of(columns: KnownColumns, runs: Runs) -> Participations:
    """Return runs at one place as placements; their numbers are the order of the runs."""
    return Participations(
        placement=np.arange(1, len(runs.group) + 1),
        person=columns.person[runs.opened],
        kind=columns.place_kind[runs.opened].astype(np.int64),
        district=columns.district[runs.opened].astype(np.int64),
        starts=runs.starts,
        ends=runs.ends,
        outcome=columns.outcome[runs.closed].astype(np.int64),
    )
