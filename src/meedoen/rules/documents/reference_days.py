"""Which reference dates a document of the budget cycle can have."""

from datetime import date

from meedoen.rules.documents.words import DocumentKind

OLDEST_ACHIEVED = 3
"""A page of a budget looks back three years (budget of Groningen for 2017, 1.1.3: 2014 to 2017)."""


def reference_days(kind: DocumentKind, year: int) -> tuple[date, date]:
    """Return the first and last day of which the figures of a document can be.

    A budget is written before its year, with figures of the years that it shows. A report and an
    account tell of the year itself, from how it began: what stood on the eve of it.
    """
    last = date(year, 12, 31)
    if kind is DocumentKind.BUDGET:
        return date(year - OLDEST_ACHIEVED, 1, 1), last
    return date(year - 1, 12, 31), last


def is_account_of_part(kind: DocumentKind, year: int, on: date) -> bool:
    """Tell whether an account has figures of another day than the last of its year."""
    return kind is DocumentKind.ACCOUNT and on != date(year, 12, 31)
