"""What is shown of figures, remembered: one page after another asks for the figures of a day.

A figure stays as it was measured, and what is shown of it follows from the figures beside it, from
the catalogue and from what was hidden and shown earlier, and from nothing else.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown import show_published

MOST_REMEMBERED = 24
"""Days as they were published, of all municipalities; one may have ten thousands of cells."""


def show_again(
    catalogue: Catalogue,
    numbers: Mapping[Cell, int],
    protection: Protection,
    *,
    hidden: Mapping[Cell, str] | None = None,
    shown: Collection[Cell] = (),
) -> dict[Cell, Shown]:
    """Protect the figures of one day as `show_published` does, and remember it."""
    marks = tuple((hidden or {}).items())
    return dict(_shown(catalogue, tuple(numbers.items()), protection, marks, frozenset(shown)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _shown(
    catalogue: Catalogue,
    numbers: tuple[tuple[Cell, int], ...],
    protection: Protection,
    hidden: tuple[tuple[Cell, str], ...],
    shown: frozenset[Cell],
) -> dict[Cell, Shown]:
    return show_published(catalogue, dict(numbers), protection, hidden=dict(hidden), shown=shown)
