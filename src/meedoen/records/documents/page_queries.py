"""Of which year a published page is the budget. For everyone."""

from uuid import UUID

from meedoen.records.documents.models import Document
from meedoen.rules.documents.words import DocumentKind


def budget_year(document_key: UUID) -> int | None:
    """Return the year of the budget that was adopted with this key; None for another document."""
    rows = Document.objects.filter(key=document_key, kind=DocumentKind.BUDGET.value)
    return rows.values_list("year", flat=True).first()
