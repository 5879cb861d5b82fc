"""Lists a page at a time, and long lists in groups that a database can take."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

C = TypeVar("C")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[C]):
    """One page of a list: its cards, and where it stands in the whole (`number` from 1)."""

    cards: Sequence[C]
    total: int
    number: int
    pages: int

    @property
    def previous(self) -> int | None:
        """Return the number of the page before, or None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Return the number of the page after, or None on the last."""
        return self.number + 1 if self.number < self.pages else None


def page_of(
    rows: QuerySet[M, Any],
    to_cards: Callable[[Sequence[Any]], Sequence[C]],
    *,
    number: int,
    size: int = 25,
) -> Page[C]:
    """Return one page of the rows as cards; a number that does not exist gives the nearest page."""
    paginator = Paginator(rows, size)
    page = paginator.get_page(number)
    return Page(
        cards=to_cards(list(page.object_list)),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
    )


def in_groups(values: Sequence[C], size: int = 500) -> Iterator[Sequence[C]]:
    """Cut a long list into groups: a database takes a limited number of values in one question."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
