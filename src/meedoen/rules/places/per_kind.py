"""Tables of catalogue/places with lines for every kind of place."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from meedoen.rules.dated_tables import Dated, DatedTableError, in_order, wrong_together
from meedoen.rules.vocabulary import PlaceKind


class OfKind(Dated, Protocol):
    """A dated line about one kind of place."""

    @property
    def kind(self) -> PlaceKind:
        """Return the kind."""


L = TypeVar("L", bound=OfKind)


def of_each_kind(lines: Sequence[L], file_name: str) -> Mapping[PlaceKind, tuple[L, ...]]:
    """Return the lines of each kind in order of date, without gaps.

    Raises DatedTableError with every gap, overlap and kind that is missing, at once.
    """
    found = {kind: in_order(line for line in lines if line.kind is kind) for kind in PlaceKind}
    problems = [
        f"{file_name}, {kind.value}: {what}."
        for kind, of_kind in found.items()
        for what in wrong_together(of_kind)
    ]
    if problems:
        raise DatedTableError(problems)
    return found
