"""What organisations reported of placements, and what coaches did with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements.models import PartnerReport, ReportAnswer
from meedoen.records.placements.names import first_names
from meedoen.rules.placement_states import HOLDS_A_SEAT, leaving_state
from meedoen.rules.vocabulary import (
    MoveReason,
    PartnerReportKind,
    PlacementState,
    ReportFollowUp,
)

ANSWERS_SHOWN_DAYS = 14
"""So long an answer stands on the desk of the organisation; with the placement it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard:
    """What a coach did with a report, and the words for the organisation."""

    follow_up: ReportFollowUp
    text: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """A worry about a placement, or a proposal to end it; `answer` is None while it waits.

    `last_day` and `reason` go with a proposal, the day only when somebody began. `reported_by` is
    empty for who reported with a link, without an account.
    """

    key: uuid.UUID
    kind: PartnerReportKind
    text: str
    last_day: date | None
    reason: MoveReason | None
    reported_at: datetime
    reported_by: str
    answer: AnswerCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToAnswer:
    """A report with the placement that it is about, for the coach.

    `leaves_by` is how the placement would stop from where it stands; None when it is over.
    """

    report: ReportCard
    placement_key: uuid.UUID
    state: PlacementState
    leaves_by: PlacementState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """A report with whom it is about, for the organisation that made it.

    `is_there` is whether there is still a page about the person at the organisation.
    """

    report: ReportCard
    placement_key: uuid.UUID
    given_name: str
    client_number: str
    title: str
    is_there: bool


def reports_of(viewer: Viewer, *, key: uuid.UUID) -> Sequence[ReportCard]:
    """Return what was reported of a placement, the newest first; empty for others.

    For the organisation and for who may open the file alike.
    """
    rows = _in_full(PartnerReport.objects.visible_to(viewer).filter(placement__key=key))
    return [_card(row) for row in rows]


def report_to_answer(viewer: Viewer, *, key: uuid.UUID) -> ReportToAnswer | None:
    """Return a report, answered or not; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    rows = _in_full(PartnerReport.objects.visible_to(viewer).filter(key=key))
    row = rows.select_related("placement").first()
    if row is None:
        return None
    state = PlacementState(row.placement.state)
    return ReportToAnswer(
        report=_card(row),
        placement_key=row.placement.key,
        state=state,
        leaves_by=leaving_state(state),
    )


def own_reports(viewer: Viewer) -> Sequence[OwnReport]:
    """Return what the own organisation reported: what waits, and what was answered just now.

    What was answered comes first, also of who is not there any more; then what waits longest.
    """
    if viewer.role not in PARTNERS:
        return []
    since = clock.now() - timedelta(days=ANSWERS_SHOWN_DAYS)
    rows = PartnerReport.objects.visible_to(viewer).filter(
        Q(answer__isnull=True, placement__state__in=HOLDS_A_SEAT) | Q(answer__answered_at__gt=since)
    )
    found = list(_in_full(rows).select_related("placement__place"))
    found.sort(key=lambda row: (_answer(row) is None, row.reported_at, row.pk))
    names = first_names(viewer, [row.placement_id for row in found])
    pairs = [(row.placement.pseudonym_id, row.placement.place.organisation_id) for row in found]
    numbers = client_numbers(viewer, pairs=pairs)
    return [
        OwnReport(
            report=_card(row),
            placement_key=row.placement.key,
            given_name=names[row.placement_id],
            client_number=numbers[pair],
            title=row.placement.place.title,
            is_there=row.placement.state in HOLDS_A_SEAT,
        )
        for row, pair in zip(found, pairs, strict=True)
    ]


def _in_full(rows: QuerySet[PartnerReport]) -> QuerySet[PartnerReport]:
    """Return reports with their answers and who wrote both, the newest first."""
    whole = rows.select_related("reported_by__account", "answer__answered_by__account")
    return whole.order_by("-reported_at", "-pk")


def _card(row: PartnerReport) -> ReportCard:
    return ReportCard(
        key=row.key,
        kind=PartnerReportKind(row.kind),
        text=row.text,
        last_day=row.last_day,
        reason=MoveReason(row.reason) if row.reason else None,
        reported_at=row.reported_at,
        reported_by=row.reported_by.account.name if row.reported_by else "",
        answer=_answer(row),
    )


def _answer(row: PartnerReport) -> AnswerCard | None:
    answer: ReportAnswer | None = getattr(row, "answer", None)
    if answer is None:
        return None
    return AnswerCard(
        follow_up=ReportFollowUp(answer.follow_up),
        text=answer.text,
        answered_at=answer.answered_at,
        answered_by=answer.answered_by.account.name if answer.answered_by else "",
    )
