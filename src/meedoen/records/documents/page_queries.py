"""Of which document a published page is. For everyone."""

from collections.abc import Collection, Mapping
from uuid import UUID

from meedoen.records.documents.models import Document
from meedoen.rules.documents.words import DocumentKind


def kinds_and_years(document_keys: Collection[UUID]) -> Mapping[UUID, tuple[DocumentKind, int]]:
    """Return the kind and the year of the documents that were adopted with these keys."""
    if not document_keys:
        return {}
    rows = Document.objects.filter(key__in=document_keys).values_list("key", "kind", "year")
    return {key: (DocumentKind(kind), year) for key, kind, year in rows}


def kind_and_year(document_key: UUID) -> tuple[DocumentKind, int] | None:
    """Return the kind and the year of the document that was adopted with this key."""
    return kinds_and_years([document_key]).get(document_key)
