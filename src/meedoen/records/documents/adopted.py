"""Figures of a document from the moment of its adoption: copies that never move again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.models import AdoptedFigure, Chapter, Document
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.quotes import Quoted
from meedoen.rules.documents.words import DocumentKind, DocumentState, QuotedKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.vocabulary import PlaceKind


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
        organisation=None,
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


@dataclass(frozen=True, slots=True)
class RectificationCard:
    """What an adopted figure was rectified to, by whom, when and why."""

    shown: Shown
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AdoptedCard:
    """A figure as it stands in an adopted document; `code` is that of the goal it stands with.

    `definition_version` and `known_at` are those by which it was counted, None when it was not.
    """

    adopted_id: int
    code: str
    indicator: str
    kind: QuotedKind
    year: int | None
    reference_date: date | None
    part: str
    district_id: int | None
    district: str
    place_kind: PlaceKind | None
    shown: Shown
    figure_id: int | None
    definition_version: date | None
    known_at: datetime | None
    rectifications: Sequence[RectificationCard]

    @property
    def is_counted(self) -> bool:
        """Tell whether it was counted; a district in which nobody is was, and has no figure."""
        return self.kind is QuotedKind.ACHIEVED


@dataclass(frozen=True, slots=True)
class AdoptedDocument:
    """The figures of an adopted document, in the order in which they stand in it."""

    key: UUID
    title: str
    kind: DocumentKind
    year: int
    number: int
    reference_date: date
    figures: Sequence[AdoptedCard]


@dataclass(frozen=True, slots=True)
class AdoptedLine:
    """An adopted document in a list to choose from."""

    key: UUID
    title: str
    kind: DocumentKind
    year: int
    number: int


def may_see_adopted(viewer: Viewer) -> bool:
    """Return whether the viewer sees what stands in adopted documents beside what is known now."""
    return may_read(viewer) and viewer.may(Permission.SEE_FIGURES)


def adopted_documents(viewer: Viewer) -> list[AdoptedLine]:
    """Return the adopted documents, the newest year first."""
    if not may_see_adopted(viewer):
        return []
    rows = Document.objects.filter(
        municipality_id=viewer.municipality_id, state=DocumentState.ADOPTED.value
    )
    return [
        AdoptedLine(row.key, row.title, DocumentKind(row.kind), row.year, row.number)
        for row in rows.order_by("-year", "-pk")
    ]


def adopted_figure(
    viewer: Viewer, *, adopted_id: int
) -> tuple[AdoptedDocument, AdoptedCard] | None:
    """Return one figure of an adopted document, with that document; None when it is not there."""
    row = AdoptedFigure.objects.filter(pk=adopted_id, municipality_id=viewer.municipality_id)
    key = row.values_list("document__key", flat=True).first()
    document = None if key is None else adopted_document(viewer, key=key)
    if document is None:
        return None
    return document, next(one for one in document.figures if one.adopted_id == adopted_id)


def adopted_document(viewer: Viewer, *, key: UUID) -> AdoptedDocument | None:
    """Return an adopted document with its figures; None when there is none for this viewer."""
    if not may_see_adopted(viewer):
        return None
    document = Document.objects.filter(
        municipality_id=viewer.municipality_id, key=key, state=DocumentState.ADOPTED.value
    ).first()
    if document is None:
        return None
    rows = document.adopted_figures.select_related(
        "chapter__goal", "district", "figure__measuring"
    ).prefetch_related("rectifications__by__account")
    return AdoptedDocument(
        key=document.key,
        title=document.title,
        kind=DocumentKind(document.kind),
        year=document.year,
        number=document.number,
        reference_date=document.reference_date,
        figures=[_card(row) for row in rows.order_by("position")],
    )


def _card(row: AdoptedFigure) -> AdoptedCard:
    figure = row.figure
    return AdoptedCard(
        adopted_id=row.pk,
        code=row.chapter.goal.code,
        indicator=row.indicator,
        kind=QuotedKind(row.kind),
        year=row.year,
        reference_date=row.reference_date,
        part=row.part,
        district_id=row.district_id,
        district=row.district.name if row.district else "",
        place_kind=PlaceKind(row.place_kind) if row.place_kind else None,
        shown=Shown(row.text, hidden=row.hidden),
        figure_id=row.figure_id,
        definition_version=figure.definition_version if figure else None,
        known_at=figure.measuring.known_at if figure else None,
        rectifications=[
            RectificationCard(
                shown=Shown(one.text, hidden=one.hidden),
                reason=one.reason,
                at=one.at,
                by=one.by.account.name if one.by else "",
            )
            for one in sorted(row.rectifications.all(), key=lambda each: each.pk)
        ],
    )
