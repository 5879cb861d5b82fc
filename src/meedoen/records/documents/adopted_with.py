"""In which adopted documents an indicator stood. For who may read documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from meedoen.records.documents.models import AdoptedFigure, DocumentStep
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.words import DocumentMove, QuotedKind

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class AdoptedLine:
    """A figure as it was adopted: `text` is what was shown then."""

    document_key: UUID
    title: str
    adopted_at: datetime
    kind: QuotedKind
    year: int | None
    reference_date: date | None
    text: str


def adopted_with(viewer: Viewer, *, indicator: str) -> Sequence[AdoptedLine]:
    """Return what adopted documents say of an indicator as a whole, newest first.

    Each text of a document is there once. In one question.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    adoption = DocumentStep.objects.filter(
        document=OuterRef("document"), move=DocumentMove.ADOPTED.value
    ).order_by("-pk")
    rows = (
        AdoptedFigure.objects.filter(
            municipality_id=viewer.municipality_id,
            indicator=indicator,
            part="",
            district=None,
            place_kind="",
        )
        .annotate(adopted_at=Subquery(adoption.values("at")[:1]))
        .order_by("-adopted_at", "document_id", "position")
        .values_list(
            "document__key",
            "document__title",
            "adopted_at",
            "kind",
            "year",
            "reference_date",
            "text",
        )
    )
    found = {
        AdoptedLine(key, title, at, QuotedKind(kind), year, on, text): None
        for key, title, at, kind, year, on, text in rows
    }
    return list(found)[:MOST_LINES]
