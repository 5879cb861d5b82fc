"""Documents that wait for the viewer, who may adopt them because somebody else offered them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from meedoen.records.documents.models import Document, DocumentStep
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.words import DocumentMove, DocumentState


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document that was offered and not decided on."""

    key: UUID
    title: str
    offered_at: datetime


def waiting_for_adoption(viewer: Viewer) -> Sequence[WaitingDocument]:
    """Return what waits for the viewer, the oldest offer first; in one question.

    Four eyes: who offered a document does not adopt it, so it does not wait for them.
    """
    if not viewer.may(Permission.ADOPT_DOCUMENTS):
        return []
    offers = DocumentStep.objects.filter(
        document=OuterRef("pk"), move=DocumentMove.OFFERED.value
    ).order_by("-pk")
    rows = (
        Document.objects.filter(
            municipality_id=viewer.municipality_id, state=DocumentState.OFFERED.value
        )
        .annotate(
            offered_at=Subquery(offers.values("at")[:1]),
            offered_by=Subquery(offers.values("by__account")[:1]),
        )
        .filter(Q(offered_by=None) | ~Q(offered_by=viewer.account_id))
        .order_by("offered_at", "pk")
        .values_list("key", "title", "offered_at")
    )
    return [WaitingDocument(*row) for row in rows]
