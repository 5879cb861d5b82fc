"""Of which document a published page is. For everyone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from meedoen.records.documents.models import Document
from meedoen.rules.documents.words import DocumentKind


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which document it is: its kind and year, and the number of an interim report."""

    kind: DocumentKind
    year: int
    number: int


def occasions(document_keys: Collection[UUID]) -> Mapping[UUID, Occasion]:
    """Return which documents were adopted with these keys."""
    if not document_keys:
        return {}
    rows = Document.objects.filter(key__in=document_keys)
    return {row.key: Occasion(DocumentKind(row.kind), row.year, row.number) for row in rows}


def occasion(document_key: UUID) -> Occasion | None:
    """Return which document was adopted with this key."""
    return occasions([document_key]).get(document_key)
