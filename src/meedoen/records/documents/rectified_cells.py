"""What a rectification shows to everyone, kept with the page of its document as a public number.

So what is measured and published later of that day is compared with it too (decision 0029).
"""

from uuid import UUID

from meedoen.records.budget.day_tables import day_tables
from meedoen.records.budget.models import Publication, PublishedCell
from meedoen.records.budget.quoted_cells import QUOTED, QuotedCell, keep_quoted
from meedoen.records.documents.models import AdoptedFigure, Rectification
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.published_table import Cell


def keep_rectified(viewer: Viewer, made: Rectification) -> None:
    """Keep a counted figure as it may be shown beside all that is public of its day.

    Nothing is kept, and so nothing shown, while figures that hang together differ from what is
    public by a few people, and of a cell in which nobody is: that has no figure to remember.
    """
    adopted, on = made.adopted, made.adopted.reference_date
    page = Publication.objects.filter(
        municipality_id=viewer.municipality_id,
        goal_id=adopted.chapter.goal_id,
        document_key=adopted.document.key,
    ).order_by("pk")
    publication_id = page.values_list("pk", flat=True).last()
    if made.figure_id is None or on is None or publication_id is None:
        return
    # What is public of a day is looked up first, as for a page.
    Municipality.objects.select_for_update().get(pk=viewer.municipality_id)
    cell = cell_of(adopted)
    table = next((one for one in day_tables(viewer, on=on) if one.reference_date == on), None)
    if table is None or table.figure_ids.get(cell) != made.figure_id or table.shown[cell].hidden:
        return
    kept = QuotedCell(
        indicator=adopted.indicator,
        counted_on=on,
        text=table.shown[cell].text,
        hidden=False,
        district_id=adopted.district_id,
        place_kind=adopted.place_kind,
        figure_id=made.figure_id,
    )
    keep_quoted(viewer, publication_id=publication_id, cells=[kept])


def cell_of(adopted: AdoptedFigure) -> Cell:
    """Return of whom an adopted figure is."""
    return Cell(adopted.indicator, adopted.part, adopted.district_id, adopted.place_kind)


def rectified_texts(*, document_key: UUID, goal_id: int) -> dict[tuple[Cell, int | None], str]:
    """Return what texts and rectifications of a goal's pages show, for everyone.

    By cell and figure: a district in which nobody is, is named with the figure of its whole.
    """
    rows = PublishedCell.objects.filter(
        publication__document_key=document_key,
        publication__goal_id=goal_id,
        kind=QUOTED,
        hidden=False,
    ).order_by("pk")
    return {
        (Cell(code, "", district, kind), figure_id): text
        for code, district, kind, figure_id, text in rows.values_list(
            "indicator", "district_id", "place_kind", "figure_id", "text"
        )
    }
