"""In which published pages an indicator stood, and with which text. For who may see figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.budget.models import PublishedCell
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.page import CellKind

MOST_LINES = 50
"""Older ones are found on the pages themselves."""


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A counted figure as it stands on a published page, protected as it was then."""

    publication_id: int
    title: str
    published_at: datetime
    counted_on: date
    text: str


def published_with(viewer: Viewer, *, indicator: str) -> Sequence[PublishedLine]:
    """Return the counted figures of an indicator on published pages, newest first, in one question.

    Only of the day that a page is about: what else stands there is told by the page of that year.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = (
        PublishedCell.objects.filter(
            municipality_id=viewer.municipality_id,
            indicator=indicator,
            kind=CellKind.REALISATIE.value,
            counted_on__isnull=False,
        )
        .order_by("-publication_id", "-counted_on", "position")
        .values_list(
            "publication_id",
            "publication__title",
            "publication__published_at",
            "publication__reference_date",
            "counted_on",
            "text",
        )
    )
    found: dict[int, PublishedLine] = {}
    for number, title, at, about, on, text in rows[: MOST_LINES * 10]:
        if on == about and on is not None:
            found.setdefault(number, PublishedLine(number, title, at, on, text))
    return list(found.values())[:MOST_LINES]
