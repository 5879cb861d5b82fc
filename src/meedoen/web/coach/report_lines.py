"""What an organisation reported of a placement, as lines for coach/parts/reports.html."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.report_queries import reports_of
from meedoen.web.shared.report_words import answer_text, reported_text, reporter_text


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report: what, by whom and when, and the answer, which is empty while it waits."""

    reported: str
    reporter: str
    answer: str
    url: str


def report_lines(viewer: Viewer, *, key: uuid.UUID) -> list[ReportLine]:
    """Return what was reported of a placement, the newest first."""
    return [
        ReportLine(
            reported=reported_text(one),
            reporter=reporter_text(one),
            answer=answer_text(one.answer) if one.answer else "",
            url=reverse("coach:report", args=[one.key]),
        )
        for one in reports_of(viewer, key=key)
    ]
