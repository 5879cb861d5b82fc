"""The placements of a coach or a team as lists: what runs, starts, ends, waits, and is overdue.

When something is soon or too late is what the rule set for signals says, so that a list and a
signal never differ.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Responsibility
from meedoen.records.people.queries import coach_names
from meedoen.records.placements.ending import closing_day, expected_last_day
from meedoen.records.placements.models import MonthConfirmation, Placement, StatePeriod
from meedoen.records.placements.months import last_of, month_before
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import BEFORE_START, COMES, TAKES_PART
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import Rules, rules_on, shipped_rules
from meedoen.rules.vocabulary import PlaceKind, PlacementState

PLACEMENTS_ON_A_PAGE = 25


class PlacementList(StrEnum):
    """Which placements to look at; one may be on several lists."""

    RUNNING = "running"
    """Somebody takes part, on trial and during a pause too."""
    STARTING = "starting"
    """Proposed, introduced or on trial: not yet sure."""
    ENDING = "ending"
    """Takes part, and the last day is near."""
    WAITING = "waiting"
    """On the waiting list of a place."""
    OVERDUE = "overdue"
    """Takes part, and something is too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFilter:
    """Which placements, in which order (a key of ORDERS).

    `words` are parts of a name; `coach_id` names one coach, `own_only` is the viewer; the
    district is the one where the person lives. `by_law` says of participation jobs, by key, on
    which last day the law ends them: see `records.participation_jobs`.
    """

    which: PlacementList = PlacementList.RUNNING
    words: str = ""
    kind: PlaceKind | None = None
    district_id: int | None = None
    organisation_id: int | None = None
    place_key: uuid.UUID | None = None
    own_only: bool = False
    coach_id: int | None = None
    order: str = "since"
    by_law: Mapping[uuid.UUID, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementLine:
    """A placement in a list; `since` is the first day of the state in which it is now.

    `last_day` is the one that was agreed on, or that of a place that stops before it, or that of
    the law when it is near and nothing else is sooner.
    `silent_month` is the first day of the last month of which the organisation should have said
    how it went and did not; None when it did, or nobody came in it. `no_contact` says that nobody
    spoke with the person for too long.
    """

    placement_id: int
    key: uuid.UUID
    name: str
    title: str
    organisation: str
    kind: PlaceKind
    state: PlacementState
    since: date
    planned_end_on: date | None
    last_day: date | None
    ends_by_law: bool
    held_until: date | None
    district: str
    coach: str
    last_spoken_on: date | None
    silent_month: date | None
    no_contact: bool

    @property
    def days(self) -> int:
        """Return for how many days it is in this state."""
        return (clock.today() - self.since).days

    @property
    def past_end(self) -> bool:
        """Return whether the last day has passed while somebody takes part."""
        over = self.last_day is not None and self.last_day < clock.today()
        return over and self.state in TAKES_PART


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation to choose placements by."""

    organisation_id: int
    name: str


_NAME = ("pseudonym__resident__family_name", "pseudonym__resident__given_name", "pk")
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "since": ("since", "pk"),
    "name": _NAME,
    "place": ("place__title", *_NAME),
    "end": (F("planned_end_on").asc(nulls_last=True), *_NAME),
    "held": (F("held_until").asc(nulls_last=True), *_NAME),
}


def placement_lines(
    viewer: Viewer,
    *,
    wanted: PlacementFilter,
    number: int = 1,
    size: int = PLACEMENTS_ON_A_PAGE,
) -> Page[PlacementLine]:
    """Return a page of a list of placements, for who sees a caseload; empty for others."""
    rows = _of_list(_filtered(viewer, wanted), viewer, wanted.which, wanted.by_law)
    in_order = _with_columns(rows, viewer).order_by(*ORDERS[wanted.order])
    return page_of(
        in_order, lambda some: _lines(viewer, some, wanted.by_law), number=number, size=size
    )


def lines_by_key(viewer: Viewer, *, keys: Sequence[uuid.UUID]) -> list[PlacementLine]:
    """Return these placements as lines, by name; those that are not for the viewer are left out."""
    rows = _with_columns(_visible(viewer).filter(key__in=keys), viewer)
    return _lines(viewer, list(rows.order_by(*_NAME)), {})


def count_lists(viewer: Viewer, *, wanted: PlacementFilter) -> dict[PlacementList, int]:
    """Return how many placements each list has with this filter."""
    rows = _filtered(viewer, wanted)
    return {which: _of_list(rows, viewer, which, wanted.by_law).count() for which in PlacementList}


def count_unfiltered(viewer: Viewer, *, wanted: PlacementFilter) -> int:
    """Return how many placements the list has of the same coaches, without the other filters."""
    whose = PlacementFilter(own_only=wanted.own_only, coach_id=wanted.coach_id)
    return _of_list(_filtered(viewer, whose), viewer, wanted.which, wanted.by_law).count()


def organisations_with_placements(viewer: Viewer) -> Sequence[OrganisationName]:
    """Return the organisations where somebody whom the viewer sees takes part, or may."""
    rows = _visible(viewer).exclude(state__in=[PlacementState.ENDED, PlacementState.WITHDRAWN])
    found = rows.order_by("place__organisation__name", "place__organisation_id")
    pairs = found.values_list("place__organisation_id", "place__organisation__name").distinct()
    return [OrganisationName(pk, name) for pk, name in pairs]


def _visible(viewer: Viewer) -> QuerySet[Placement]:
    # Who asked to be forgotten has no name, and is on no list.
    rows = Placement.objects.visible_to(viewer).filter(pseudonym__resident__isnull=False)
    return rows if viewer.may(Permission.SEE_CASELOAD) else rows.none()


def _filtered(viewer: Viewer, wanted: PlacementFilter) -> QuerySet[Placement]:
    rows = _visible(viewer)
    for word in wanted.words.split():
        rows = rows.filter(
            Q(pseudonym__resident__given_name__icontains=word)
            | Q(pseudonym__resident__family_name__icontains=word)
        )
    exact = {
        "place__kind": wanted.kind,
        "pseudonym__resident__district_id": wanted.district_id,
        "place__organisation_id": wanted.organisation_id,
        "place__key": wanted.place_key,
    }
    rows = rows.filter(**{column: value for column, value in exact.items() if value is not None})
    coach_ids = [viewer.membership_id] if wanted.own_only else []
    coach_ids += [wanted.coach_id] if wanted.coach_id is not None else []
    for coach_id in coach_ids:
        current = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
        rows = rows.filter(pseudonym_id__in=current.values("pseudonym_id"))
    return rows


def _of_list(
    rows: QuerySet[Placement],
    viewer: Viewer,
    which: PlacementList,
    by_law: Mapping[uuid.UUID, date],
) -> QuerySet[Placement]:
    match which:
        case PlacementList.RUNNING:
            return rows.filter(state__in=TAKES_PART)
        case PlacementList.STARTING:
            return rows.filter(state__in=BEFORE_START | {PlacementState.TRIAL})
        case PlacementList.WAITING:
            return rows.filter(state=PlacementState.WAITING)
        case PlacementList.ENDING:
            near = _last_day_until(_soon(), by_law)
            with_closing = rows.annotate(closing=closing_day("place"))
            return with_closing.filter(near & ~_is_true(_past_end(by_law)), state__in=TAKES_PART)
        case PlacementList.OVERDUE:
            late = _past_end(by_law) | _no_contact() | _silent(viewer)
            with_closing = rows.annotate(closing=closing_day("place"))
            return with_closing.filter(late, state__in=TAKES_PART)


def _soon() -> date:
    """Return the day up to which a last day is near."""
    ahead = _rules().timing(SignalKind.PLACEMENT_ENDS_SOON).ahead_days
    return clock.today() + timedelta(days=ahead)


def _last_day_until(day: date, by_law: Mapping[uuid.UUID, date]) -> Q:
    """Return the condition that the last day is no later than a day.

    As it was agreed on, of the place, or by the law.
    """
    ends = [key for key, last_day in by_law.items() if last_day <= day]
    return Q(planned_end_on__lte=day) | Q(closing__lte=day + timedelta(days=1)) | Q(key__in=ends)


def _past_end(by_law: Mapping[uuid.UUID, date]) -> Q:
    return _last_day_until(clock.today() - timedelta(days=1), by_law)


def _with_columns(rows: QuerySet[Placement], viewer: Viewer) -> QuerySet[Placement]:
    """Return placements with what a line tells more, as columns."""
    now = StatePeriod.objects.visible_to(viewer).filter(
        placement_id=OuterRef("pk"), ends_on=STILL_OPEN, withdrawn=False
    )
    takes_part = Q(state__in=TAKES_PART)
    return rows.annotate(
        closing=closing_day("place"),
        since=Subquery(now.values("starts_on")[:1]),
        is_silent=Case(When(takes_part & _silent(viewer), then=True), default=False),
        is_unspoken=Case(When(takes_part & _no_contact(), then=True), default=False),
    ).select_related("place__organisation", "pseudonym__resident__district")


def _rules() -> Rules:
    return rules_on(shipped_rules(), clock.today())


def _no_contact() -> Q:
    """Return the condition that nobody spoke with somebody for too long and nothing is planned.

    Who wants no contact now is left alone.
    """
    today = clock.today()
    since = add_months(today, -_rules().timing(SignalKind.NO_CONTACT).after_months)
    near = today + timedelta(days=_rules().planned_contact_within_days)
    person = "pseudonym__resident__"
    unspoken = Q(**{f"{person}last_spoken_on__isnull": True}) | Q(
        **{f"{person}last_spoken_on__lte": since}
    )
    planned = Q(**{f"{person}next_contact_on__range": (today, near)})
    alone = Q(**{f"{person}no_contact_until__gt": today})
    # With a condition on an empty column "not" is no answer, so it is asked the other way round.
    return unspoken & ~_is_true(planned) & ~_is_true(alone)


def _is_true(asked: Q) -> Q:
    return Q(Case(When(asked, then=True), default=False))


def _silent_month() -> date | None:
    """Return the last month of which organisations should have told by now; None for none yet."""
    today, rules = clock.today(), _rules()
    late = rules.timing(SignalKind.MONTH_NOT_CONFIRMED)
    month = month_before(today)
    while late.due_on(add_months(month, 1)) > today:
        month = add_months(month, -1)
    return month if month >= rules.months_asked_from else None


def _silent(viewer: Viewer) -> Q:
    """Return the condition that somebody came in that month and the organisation told nothing."""
    month = _silent_month()
    if month is None:
        return Q(pk__in=[])
    last_day = last_of(month)
    of_this = {"placement_id": OuterRef("pk")}
    told = MonthConfirmation.objects.visible_to(viewer).filter(
        **of_this, month=month, answered_at__gt=clock.end_of(last_day)
    )
    came = StatePeriod.objects.visible_to(viewer).filter(
        **of_this, state__in=COMES, withdrawn=False, starts_on__lte=last_day, ends_on__gt=month
    )
    return Q(Exists(came)) & ~Q(Exists(told))


def _lines(
    viewer: Viewer, rows: Sequence[Any], by_law: Mapping[uuid.UUID, date]
) -> list[PlacementLine]:
    coaches = coach_names(viewer, [row.pseudonym_id for row in rows])
    month = _silent_month()
    return [
        PlacementLine(
            placement_id=row.pk,
            key=row.key,
            name=str(row.pseudonym.resident),
            title=row.place.title,
            organisation=row.place.organisation.name,
            kind=PlaceKind(row.place.kind),
            state=PlacementState(row.state),
            since=row.since or clock.today(),
            planned_end_on=row.planned_end_on,
            last_day=last_day,
            ends_by_law=is_by_law,
            held_until=row.held_until,
            district=row.pseudonym.resident.district.name,
            coach=coaches.get(row.pseudonym_id, ""),
            last_spoken_on=row.pseudonym.resident.last_spoken_on,
            silent_month=month if row.is_silent else None,
            no_contact=row.is_unspoken,
        )
        for row in rows
        for last_day, is_by_law in [_last_day(row, by_law.get(row.key))]
    ]


def _last_day(row: Any, by_law: date | None) -> tuple[date | None, bool]:
    """Return the last day to tell, and whether it is that of the law."""
    expected = expected_last_day(row.planned_end_on, row.closing)
    if by_law is None or by_law > _soon() or (expected is not None and expected <= by_law):
        return expected, False
    return by_law, True
