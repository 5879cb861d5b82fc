"""Months of placements: which still wait for a word of the organisation, and what was said."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements.as_agreed import half_days_at, hours_at
from meedoen.records.placements.attendance_queries import hours_noted
from meedoen.records.placements.models import (
    AT_AN_ORGANISATION,
    MonthConfirmation,
    StatePeriod,
)
from meedoen.records.placements.months import last_of, month_before
from meedoen.records.placements.names import first_names
from meedoen.records.placements.stretches import (
    first_day,
    last_stretches,
    overtaken,
    takes_part_on,
)
from meedoen.records.placements.terms_queries import terms_of
from meedoen.rules.vocabulary import MonthAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSaid:
    """What an organisation said last about a month; `month` is the first day of it.

    `answered_by` is empty for who answered with a link, without an account.
    """

    confirmation_id: int
    month: date
    answer: MonthAnswer
    hours: Decimal | None
    last_day: date | None
    note: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A placement that ran in a month and waits for a word about it.

    `started_on` is the first day of taking part, also when that was a trial. `half_days`, a mask,
    and `hours_per_week` are as agreed for this person, else as the place says; `hours_noted` is
    what attendance adds up to, None where nothing was noted. `said` is what was told before the
    month was over, such as a worry. `seen` goes with the answer, so that nobody writes over what
    a colleague said in the meantime.
    """

    placement_id: int
    key: uuid.UUID
    given_name: str
    client_number: str
    title: str
    month: date
    started_on: date
    planned_end_on: date | None
    half_days: int
    half_days_needed: int
    hours_per_week: Decimal | int | None
    hours_noted: Decimal | None
    said: MonthSaid | None

    @property
    def seen(self) -> int:
        """The number of the newest word about this month that the page shows; 0 for none."""
        return self.said.confirmation_id if self.said else 0


def months_to_confirm(viewer: Viewer) -> Sequence[MonthLine]:
    """Return who took part at the own organisation until the end of last month and waits for it.

    Not who was reported to have stopped: that waits for the coach. By place and name.
    """
    if viewer.role not in AT_AN_ORGANISATION:
        return []
    month = month_before(clock.today())
    return _lines(viewer, _unconfirmed(viewer, month), month)


def month_lines(viewer: Viewer, *, month: date, keys: Sequence[uuid.UUID]) -> Sequence[MonthLine]:
    """Return these placements that ran in a month, also when something was said of it already.

    For a page that was sent: nothing that was typed gets lost because a colleague was first.
    """
    if viewer.role not in AT_AN_ORGANISATION:
        return []
    return _lines(viewer, _running_in(viewer, month).filter(placement__key__in=keys), month)


def _lines(viewer: Viewer, stretches: QuerySet[StatePeriod], month: date) -> list[MonthLine]:
    rows = list(stretches.annotate(first_day=first_day(viewer)).select_related("placement__place"))
    if not rows:
        return []
    names = first_names(viewer, [row.placement_id for row in rows])
    rows.sort(key=lambda row: (row.placement.place.title, names[row.placement_id], row.pk))
    numbers = client_numbers(
        viewer,
        pairs=[(row.placement.pseudonym_id, row.placement.place.organisation_id) for row in rows],
    )
    placement_ids = [row.placement_id for row in rows]
    said = newest_words(viewer, placement_ids=placement_ids, months=[month])
    hours = hours_noted(viewer, placement_ids=placement_ids, since=month, until=last_of(month))
    agreed = terms_of(viewer, placement_ids=placement_ids, on=last_of(month))
    return [
        MonthLine(
            placement_id=row.placement_id,
            key=row.placement.key,
            given_name=names[row.placement_id],
            client_number=numbers[row.placement.pseudonym_id, row.placement.place.organisation_id],
            title=row.placement.place.title,
            month=month,
            started_on=row.first_day,
            planned_end_on=row.placement.planned_end_on,
            half_days=half_days_at(row.placement.place, agreed.get(row.placement_id)),
            half_days_needed=row.placement.place.half_days_needed,
            hours_per_week=hours_at(row.placement.place, agreed.get(row.placement_id)),
            hours_noted=hours.get(row.placement_id),
            said=said.get((row.placement_id, month)),
        )
        for row in rows
    ]


def count_to_confirm(viewer: Viewer) -> int:
    """Return how many placements wait for a word about last month."""
    if viewer.role not in AT_AN_ORGANISATION:
        return 0
    return int(_unconfirmed(viewer, month_before(clock.today())).count())


def months_of(viewer: Viewer, *, key: uuid.UUID) -> Sequence[MonthSaid]:
    """Return what was said last about every month of a placement, newest month first.

    For the organisation and for who may open the file alike; empty for others.
    """
    rows = MonthConfirmation.objects.visible_to(viewer).filter(placement__key=key)
    newest = {row.month: row for row in _with_names(rows)}
    return [_said(newest[month]) for month in sorted(newest, reverse=True)]


def newest_words(
    viewer: Viewer, *, placement_ids: Sequence[int], months: Iterable[date]
) -> Mapping[tuple[int, date], MonthSaid]:
    """Return what was said last about these months, by placement and month."""
    rows = MonthConfirmation.objects.visible_to(viewer).filter(month__in=list(months))
    found: dict[tuple[int, date], MonthSaid] = {}
    for group in in_groups(placement_ids):
        for row in _with_names(rows.filter(placement_id__in=group)):
            found[row.placement_id, row.month] = _said(row)
    return found


def _unconfirmed(viewer: Viewer, month: date) -> QuerySet[StatePeriod]:
    """Return the last stretch in a month of who came in it, went on after it, and waits for a word.

    Who was away for a while at the end of it came before: also that is asked. Who was away all
    the month is not, nor who stopped in it.
    """
    last_day = last_of(month)
    words = MonthConfirmation.objects.visible_to(viewer).filter(
        placement_id=OuterRef("placement_id")
    )
    # What was said while the month ran says nothing yet about the whole of it.
    of_all_of_it = words.filter(month=month, answered_at__gt=clock.end_of(last_day))
    newest = words.filter(~overtaken(viewer)).order_by("-month", "-pk")
    rows = _running_in(viewer, month).filter(takes_part_on(viewer, last_day))
    rows = rows.annotate(newest=Subquery(newest.values("answer")[:1]))
    goes_on = Q(newest__isnull=True) | ~Q(newest=MonthAnswer.STOPPED)
    return rows.filter(goes_on, ~Exists(of_all_of_it))


def _running_in(viewer: Viewer, month: date) -> QuerySet[StatePeriod]:
    """Return the last stretch of each placement in which somebody came during a month."""
    return last_stretches(viewer, since=month, until=last_of(month))


def _with_names(rows: QuerySet[MonthConfirmation]) -> QuerySet[MonthConfirmation]:
    """Return what was said with who said it, in the order in which it was said."""
    return rows.select_related("answered_by__account").order_by("pk")


def _said(row: MonthConfirmation) -> MonthSaid:
    return MonthSaid(
        confirmation_id=row.pk,
        month=row.month,
        answer=MonthAnswer(row.answer),
        hours=row.hours,
        last_day=row.last_day,
        note=row.note,
        answered_at=row.answered_at,
        answered_by=row.answered_by.account.name if row.answered_by else "",
    )
