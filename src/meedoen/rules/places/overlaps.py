"""Which placements of one person cannot go together, and from when to when they do.

The pairs of kinds stand in catalogue/places/overlaps.toml, dated; they are choices of Meedoen's
own. Several placements at once are fine otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations

from meedoen.rules.dated_tables import DatedTableError, Row, in_order, rows_of
from meedoen.rules.vocabulary import PlaceKind

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOverlap:
    """Two kinds that do not go together during a stretch; `reason` is Dutch, as it is published.

    With `from_start` that counts from the day on which somebody takes part at both.
    """

    first: PlaceKind
    second: PlaceKind
    valid_from: date
    valid_to: date | None
    from_start: bool
    reason: str

    @property
    def kinds(self) -> frozenset[PlaceKind]:
        """Return the kinds it is about: two, or one."""
        return frozenset({self.first, self.second})

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch in which somebody holds a seat; `ends_on` is the first day on which not any more.

    `key` is the same for all stretches of one placement. With `is_job` it is the job itself that
    somebody has in a kind of work, and a placement of that kind is where they do it.
    """

    key: int
    kind: PlaceKind
    takes_part: bool
    starts_on: date
    ends_on: date
    is_job: bool = False

    def is_same_work(self, other: "Stay") -> bool:
        """Say whether both tell of the same work: one placement, or a job and where it is done."""
        return self.key == other.key or (self.kind is other.kind and self.is_job != other.is_job)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two stretches that do not go together on a day, the first on which they do not, and why."""

    first: Stay
    second: Stay
    on: date
    reason: str


def clashes(stays: Iterable[Stay], table: Sequence[NoOverlap] | None = None) -> tuple[Clash, ...]:
    """Return everything that does not go together in the stretches of one person."""
    lines = shipped_overlaps() if table is None else table
    return tuple(
        clash
        for first, second in combinations(stays, 2)
        if not first.is_same_work(second)
        for clash in _clash(first, second, lines)
    )


def kinds_apart(table: Sequence[NoOverlap] | None = None) -> frozenset[PlaceKind]:
    """Return the kinds that do not go together with some kind, on any day."""
    lines = shipped_overlaps() if table is None else table
    return frozenset(kind for line in lines for kind in line.kinds)


def _clash(first: Stay, second: Stay, lines: Sequence[NoOverlap]) -> Iterator[Clash]:
    begins = max(first.starts_on, second.starts_on)
    ends = min(first.ends_on, second.ends_on)
    for line in lines:
        if line.kinds != {first.kind, second.kind}:
            continue
        if line.from_start and not (first.takes_part and second.takes_part):
            continue
        on = max(begins, line.valid_from)
        if on < min(ends, line.valid_to or ends):
            yield Clash(first, second, on, line.reason)
            return


@cache
def shipped_overlaps() -> tuple[NoOverlap, ...]:
    """Read the pairs that come with the package, once. Raises DatedTableError."""
    path = files("meedoen").joinpath("catalogue", "places", "overlaps.toml")
    return read_overlaps(path.read_text(encoding="utf-8"), "overlaps.toml")


def read_overlaps(text: str, file_name: str) -> tuple[NoOverlap, ...]:
    """Read the pairs from TOML. Raises DatedTableError with every mistake at once.

    A pair may have days on which nothing holds: then the two go together. It may not have two
    lines that hold on one day.
    """
    problems: list[str] = []
    lines = in_order([_line(row) for row in rows_of(text, file_name, "overlaps", problems)])
    problems = problems or [f"{file_name}: {what}." for what in _twice(lines)]
    if problems:
        raise DatedTableError(problems)
    return lines


def _twice(lines: Sequence[NoOverlap]) -> Iterator[str]:
    for line, after in combinations(lines, 2):
        if line.kinds == after.kinds and line.holds(after.valid_from):
            yield (
                f"two lines about {line.first} and {line.second} hold on {after.valid_from}; "
                "close the earlier one that day"
            )


def _line(row: Row) -> NoOverlap:
    row.refuse_unknown(field.name for field in fields(NoOverlap))
    valid_from, valid_to = row.dates()
    return NoOverlap(
        first=PlaceKind(row.word("first", PlaceKind)),
        second=PlaceKind(row.word("second", PlaceKind)),
        valid_from=valid_from,
        valid_to=valid_to,
        from_start=row.flag("from_start"),
        reason=row.text("reason", LONGEST_TEXT),
    )
