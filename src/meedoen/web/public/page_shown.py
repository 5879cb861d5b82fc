"""What a published page shows, on the screen and on paper: the same texts in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicPage
from meedoen.records.documents.council_queries import council_questions_of
from meedoen.records.documents.rectifying import PublicRectification, rectifications_of
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.language import Catalogue
from meedoen.web.public.counted_otherwise import counted_otherwise_notes
from meedoen.web.public.known_then import known_notes
from meedoen.web.public.own_table import document_name, own_table, source_line
from meedoen.web.shared.budget_table import (
    budget_table,
    courses,
    district_table,
    kind_table,
    organisation_table,
)
from meedoen.web.shared.counting import indicator_name, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import PLACE_KINDS

Section = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rectified:
    """A number that was put right: of what it is, what it was and is, when and why.

    `reason` is as it was written, and so Dutch.
    """

    name: str
    was: str
    now: str
    day: str
    reason: str


def page_shown(page: PublicPage) -> dict[str, object]:
    """Return what the templates of the page and of the paper need of it."""
    before, heading, after = _around_table(page.sections)
    return {
        "page": page,
        "before_table": before,
        "table_section": heading,
        "after_table": after,
        "document": document_name(page),
        "own": own_table(page),
        "source": source_line(page),
        "table_notes": [*known_notes(page), *counted_otherwise_notes(page)],
        "table": budget_table(page.rows),
        "courses": courses(page.rows),
        "districts": district_table(page.rows),
        "kinds": kind_table(page.rows),
        "organisations": organisation_table(page.rows),
        "rectified": rectified_of(page),
        "questions": council_questions_of(page.publication_id),
    }


def _around_table(
    sections: Sequence[Section],
) -> tuple[Sequence[Section], Section, Sequence[Section]]:
    """Return the sections above the table, the one it stands in, and those below it."""
    for at, section in enumerate(sections):
        if section["kind"] == "indicators":
            return sections[:at], section, sections[at + 1 :]
    return sections, {"heading": _("Indicatoren"), "paragraphs": (), "items": ()}, []


def rectified_of(page: PublicPage) -> list[Rectified]:
    """Return what was put right of the numbers of a page, oldest first."""
    if page.document_key is None:
        return []
    found = rectifications_of(document_key=page.document_key, goal_id=page.goal_id)
    known = catalogue_of(page.municipality_id)
    return [
        Rectified(
            name=_of_what(one, known),
            was=shown_text(one.was),
            now=shown_text(one.now),
            day=day_text(one.at),
            reason=one.reason,
        )
        for one in found
    ]


def _of_what(one: PublicRectification, known: Catalogue) -> str:
    """Name a number with where and when it is of."""
    parts = [indicator_name(one.indicator, known=known, on=one.reference_date), one.district]
    parts.append(str(PLACE_KINDS[one.place_kind]) if one.place_kind else "")
    when = day_text(one.reference_date) if one.reference_date else str(one.year or "")
    return ", ".join(part for part in (*parts, when) if part)
