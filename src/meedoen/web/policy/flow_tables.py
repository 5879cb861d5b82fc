"""The tables of the pages about flows, and the same tables as a file.

What a page shows and what its file holds come from the same rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.counting import marks_in
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import number_text


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A number under the name of its column; `text` is as it was counted."""

    column: str
    text: str

    @property
    def shown(self) -> str:
        """Return the text as people read it: "1.234", "<10", "x" or "+3"."""
        return number_text(int(self.text)) if self.text.isdecimal() else self.text


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A line; `is_whole` is that of everything together."""

    name: str
    cells: Sequence[FlowCell]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table of numbers; `first` is what stands above the names of its lines."""

    caption: str
    first: str
    columns: Sequence[str]
    rows: Sequence[FlowRow]

    @property
    def tells_nothing(self) -> bool:
        """Tell whether no number in it may be shown: then a sentence says more than its marks."""
        texts = [cell.text for line in self.rows for cell in line.cells]
        return bool(texts) and not any(text.isdecimal() for text in texts)


def row(
    name: str,
    columns: Sequence[str],
    counts: Iterable[int | Shown],
    *,
    is_whole: bool = False,
) -> FlowRow:
    """Make a line of counts, one for each column."""
    texts = [one.text if isinstance(one, Shown) else str(one) for one in counts]
    pairs = zip(columns, texts, strict=True)
    return FlowRow(name, [FlowCell(column, text) for column, text in pairs], is_whole)


def marks_of(tables: Iterable[FlowTable], beside: Iterable[Shown] = ()) -> dict[str, str]:
    """Return which marks of protected numbers occur in the tables and `beside`, for the legend."""
    texts = [cell.text for table in tables for line in table.rows for cell in line.cells]
    return marks_in([*texts, *(one.text for one in beside)])


def as_file(request: HttpRequest, name: str, tables: Iterable[FlowTable]) -> HttpResponse:
    """Return every number of the tables as a file, a line each. Raises Http404 for no such kind."""
    way = request.GET.get("soort", "")
    if way not in WAYS:
        raise Http404
    headings: list[Cell] = [_("Tabel"), _("Regel"), _("Wat"), _("Aantal")]
    return WAYS[way](name, headings, list(_lines(tables)))


def _lines(tables: Iterable[FlowTable]) -> Iterator[Sequence[Cell]]:
    for table in tables:
        for line in table.rows:
            for cell in line.cells:
                count: Cell = int(cell.text) if cell.text.isdecimal() else cell.text
                yield [table.caption, line.name, cell.column, count]
