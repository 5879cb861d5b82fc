"""Stretches of days on which people, events, asks or placements count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.stretches import Numbers, Pieces, Rows


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Spells:
    """Half-open stretches of days on which people count; arrays of equal length."""

    person: NDArray[np.int64]
    """Who or what counts once: a person, an event, a placement; of referrals an ask, a pair…"""
    district: NDArray[np.int32]
    kind: NDArray[np.int8]
    """`code_of` the PlaceKind; 0 where there is none."""
    organisation: NDArray[np.int32]
    """Number of the organisation of the place; 0 where there is none."""
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    part: NDArray[np.int64]
    """Place in the parts of the word; 0 where it has none."""
    about: NDArray[np.int64] | None = None
    """The person it is about, where `person` is something else that counts once."""
    days: NDArray[np.int64] | None = None
    """Of what a median is taken; only with that form."""

    def kept(self, wanted: NDArray[np.bool_] | Rows) -> "Spells":
        """Return some of the stretches."""
        rows = np.flatnonzero(wanted) if wanted.dtype == np.bool_ else wanted
        return Spells(
            person=self.person.take(rows),
            district=self.district.take(rows),
            kind=self.kind.take(rows),
            organisation=self.organisation.take(rows),
            starts=self.starts.take(rows),
            ends=self.ends.take(rows),
            part=self.part.take(rows),
            about=None if self.about is None else self.about.take(rows),
            days=None if self.days is None else self.days.take(rows),
        )

    def in_part(self, part: int) -> "Spells":
        """Return all stretches as another part of a figure."""
        return replace(self, part=np.full(len(self.person), part, dtype=np.int64))

    def on_days(self, pieces: Pieces) -> "Spells":
        """Return pieces of these stretches."""
        return replace(self.kept(pieces.row), starts=pieces.starts, ends=pieces.ends)


def spells_about(
    columns: KnownColumns,
    rows: Rows,
    starts: Numbers,
    ends: Numbers,
    part: Numbers | None = None,
) -> Spells:
    """Return stretches that count the people of these statements, where these say they are."""
    return Spells(
        person=columns.person[rows],
        district=columns.district[rows],
        kind=columns.place_kind[rows],
        organisation=columns.organisation[rows],
        starts=starts,
        ends=ends,
        part=np.zeros(len(rows), dtype=np.int64) if part is None else part,
    )


def together(first: Spells, second: Spells) -> Spells:
    """Return the stretches of both, of things that count alike; no median is taken of these."""
    about = None
    if first.about is not None and second.about is not None:
        about = np.concatenate([first.about, second.about])
    return Spells(
        person=np.concatenate([first.person, second.person]),
        district=np.concatenate([first.district, second.district]),
        kind=np.concatenate([first.kind, second.kind]),
        organisation=np.concatenate([first.organisation, second.organisation]),
        starts=np.concatenate([first.starts, second.starts]),
        ends=np.concatenate([first.ends, second.ends]),
        part=np.concatenate([first.part, second.part]),
        about=about,
    )


def in_districts(spells: Spells, districts: Sequence[int]) -> Spells:
    """Return what counts in these districts; none in particular is all."""
    return spells.kept(np.isin(spells.district, districts)) if districts else spells
