"""Numbers that a text of a published page names: as public as those in its tables.

They stand in no table of the page. They are kept with it so that what is published later of the
same day is compared with them too, and what was hidden in a text stays hidden in every table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.budget.models import PublishedCell
from meedoen.records.organisations.viewer import Viewer

QUOTED = "genoemd"
"""The kind of such a cell."""


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """What a text says of a day: `text` with small numbers protected, and the measured figure.

    `district_id` is None and `place_kind` empty for the whole. The figure of a cell in which nobody
    is, is that of its whole.
    """

    indicator: str
    counted_on: date
    text: str
    hidden: bool
    district_id: int | None
    place_kind: str
    figure_id: int


def keep_quoted(viewer: Viewer, *, publication_id: int, cells: Sequence[QuotedCell]) -> None:
    """Keep what the texts of a page name, behind its cells, or what was rectified in them later.

    Within the transaction in which it becomes public.
    """
    first = PublishedCell.objects.filter(publication_id=publication_id).count()
    PublishedCell.objects.bulk_create(
        PublishedCell(
            municipality_id=viewer.municipality_id,
            publication_id=publication_id,
            position=position,
            row_position=first,
            year=cell.counted_on.year,
            kind=QUOTED,
            text=cell.text,
            hidden=cell.hidden,
            indicator=cell.indicator,
            counted_on=cell.counted_on,
            district_id=cell.district_id,
            place_kind=cell.place_kind,
            figure_id=cell.figure_id,
        )
        for position, cell in enumerate(cells, start=first)
    )
