"""Of which document a published page is. For everyone."""

from uuid import UUID

from meedoen.records.documents.models import Document
from meedoen.rules.documents.words import DocumentKind


def kind_and_year(document_key: UUID) -> tuple[DocumentKind, int] | None:
    """Return the kind and the year of the document that was adopted with this key."""
    row = Document.objects.filter(key=document_key).values_list("kind", "year").first()
    return None if row is None else (DocumentKind(row[0]), row[1])
