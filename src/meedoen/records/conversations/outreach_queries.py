"""What is planned with people, who wants no contact, and how often somebody was tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from meedoen.records.conversations.models import Attempt, ContactPause, NextStep
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import Channel, Outcome


@dataclass(frozen=True, slots=True)
class NextStepCard:
    """Contact that is planned and was not made yet."""

    planned_on: date
    what: str
    planned_by: str


@dataclass(frozen=True, slots=True)
class PauseCard:
    """A time in which somebody wants no contact; `ended_on` None while nobody ended it."""

    pause_id: int
    since: date
    ask_again_on: date
    reason: str
    noted_by: str
    ended_on: date | None

    @property
    def last_day(self) -> date:
        """Return the day on which it was or will be over."""
        return self.ended_on or self.ask_again_on


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """The last time that somebody was tried."""

    made_on: date
    channel: Channel
    outcome: Outcome


def next_steps_with(viewer: Viewer, *, pseudonym_id: int) -> Sequence[NextStepCard]:
    """Return what is planned with someone, the first day first."""
    return [_step_card(row) for row in _open_steps(viewer, [pseudonym_id])]


def first_steps(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, NextStepCard]:
    """Return the first thing that is planned with each of these people."""
    found: dict[int, NextStepCard] = {}
    for row in _open_steps(viewer, pseudonym_ids):
        found.setdefault(row.pseudonym_id, _step_card(row))
    return found


def _open_steps(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Sequence[NextStep]:
    rows = NextStep.objects.visible_to(viewer).filter(done_on__isnull=True)
    rows = rows.filter(pseudonym_id__in=pseudonym_ids).select_related("planned_by__account")
    return list(rows.order_by("planned_on", "pk"))


def _step_card(row: NextStep) -> NextStepCard:
    by = row.planned_by.account.name if row.planned_by else ""
    return NextStepCard(planned_on=row.planned_on, what=row.what, planned_by=by)


def pauses_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[PauseCard]:
    """Return the times in which someone wants or wanted no contact, newest first."""
    rows = ContactPause.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    return [
        PauseCard(
            pause_id=row.pk,
            since=row.since,
            ask_again_on=row.ask_again_on,
            reason=row.reason,
            noted_by=row.noted_by.account.name if row.noted_by else "",
            ended_on=row.ended_on,
        )
        for row in rows.select_related("noted_by__account").order_by("-since", "-pk")
    ]


def running_pause(viewer: Viewer, *, pseudonym_id: int) -> PauseCard | None:
    """Return the time without contact that runs today; None when contact is welcome."""
    today = clock.today()
    return next(
        (
            pause
            for pause in pauses_of(viewer, pseudonym_id=pseudonym_id)
            if pause.ended_on is None and pause.ask_again_on > today
        ),
        None,
    )


def attempts_since_talk(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, int]:
    """Return how often each of these people was tried after the last talk; 0 is left out."""
    rows = Attempt.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    spoken = "pseudonym__resident__last_spoken_on"
    rows = rows.filter(Q(**{f"{spoken}__isnull": True}) | Q(made_on__gt=F(spoken)))
    counted = rows.values("pseudonym_id").annotate(count=Count("pk")).order_by()
    return {row["pseudonym_id"]: row["count"] for row in counted}


def last_attempts(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], since: date
) -> dict[int, LastAttempt]:
    """Return the last time each of these people was tried on or after a day."""
    rows = Attempt.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, made_on__gte=since
    )
    found: dict[int, LastAttempt] = {}
    for row in rows.order_by("-made_on", "-pk"):
        last = LastAttempt(row.made_on, Channel(row.channel), Outcome(row.outcome))
        found.setdefault(row.pseudonym_id, last)
    return found
