"""Figures of a document from the moment of its adoption: copies that never move again."""

from collections.abc import Sequence

from meedoen.records.documents.models import AdoptedFigure, Chapter, Document
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.quotes import Quoted


def adopt_figures(viewer: Viewer, document: Document, quotes: Sequence[Quoted]) -> None:
    """Keep the figures that a document quotes, in their order, as they read at this moment.

    Not an action of its own: the action that adopts a document calls this in its transaction. What
    is kept is what was shown, with small numbers protected, and which measured figure it is.
    Raises ValueError for a chapter of another document, and for a figure that is not what is
    quoted: such a document would say something that nobody counted.
    """
    chapters = set(Chapter.objects.filter(document=document).values_list("pk", flat=True))
    if strange := {quote.chapter_id for quote in quotes} - chapters:
        raise ValueError(f"chapters {sorted(strange)} are not in document {document.pk}")
    _check_figures(viewer, quotes)
    AdoptedFigure.objects.bulk_create(
        AdoptedFigure(
            municipality_id=viewer.municipality_id,
            document=document,
            chapter_id=quote.chapter_id,
            position=position,
            indicator=quote.indicator,
            kind=quote.kind,
            year=quote.year,
            reference_date=quote.reference_date,
            part=quote.part,
            district_id=quote.district_id,
            place_kind=quote.place_kind,
            text=quote.text,
            hidden=quote.hidden,
            figure_id=quote.figure_id,
        )
        for position, quote in enumerate(quotes)
    )


def _check_figures(viewer: Viewer, quotes: Sequence[Quoted]) -> None:
    """Raise ValueError for a quote whose figure is of something else, or not counted yet."""
    asked = {quote.figure_id for quote in quotes if quote.figure_id is not None}
    rows = Figure.objects.filter(
        pk__in=asked,
        municipality_id=viewer.municipality_id,
        measuring__in=Measuring.objects.done(),
    )
    there = {figure.pk: figure for figure in rows.select_related("measuring")}
    for quote in quotes:
        if quote.figure_id is not None and _said(quote) != _kept(there.get(quote.figure_id)):
            raise ValueError(f"figure {quote.figure_id} is not what is quoted as {quote.text}")


def _said(quote: Quoted) -> tuple[object, ...]:
    where = (quote.part, quote.district_id, quote.place_kind)
    return (quote.indicator, quote.reference_date, *where)


def _kept(figure: Figure | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    where = (figure.part, figure.district_id, figure.place_kind)
    return (figure.indicator, figure.measuring.reference_date, *where)
