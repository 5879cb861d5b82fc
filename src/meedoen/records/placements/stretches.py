"""The stretches in which people came and took part, as questions."""

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_states import COMES, TAKES_PART
from meedoen.rules.vocabulary import MonthAnswer


def last_stretches(viewer: Viewer, *, since: date, until: date) -> QuerySet[StatePeriod]:
    """Return of each placement the last stretch with somebody coming in these days, both included.

    A trial that became more, or a pause in between, gives several stretches of one placement.
    """
    rows = stretches_of_coming(viewer, since=since, until=until)
    later = rows.filter(placement_id=OuterRef("placement_id"), starts_on__gt=OuterRef("starts_on"))
    return rows.filter(~Exists(later))


def stretches_of_coming(viewer: Viewer, *, since: date, until: date) -> QuerySet[StatePeriod]:
    """Return every stretch with somebody coming in these days, both included."""
    return StatePeriod.objects.visible_to(viewer).filter(
        state__in=COMES, withdrawn=False, starts_on__lte=until, ends_on__gt=since
    )


def takes_part_on(viewer: Viewer, day: date) -> Exists:
    """Return the condition that the placement of a row goes on on a day, paused or not."""
    rows = _taking_part(viewer).filter(placement_id=OuterRef("placement_id"))
    return Exists(rows.filter(starts_on__lte=day, ends_on__gt=day))


def first_day(viewer: Viewer) -> Subquery:
    """Return the first day on which somebody took part, for rows about placements; may be None.

    A trial counts: what follows on it is no new start.
    """
    rows = _taking_part(viewer).filter(placement_id=OuterRef("placement_id"))
    return Subquery(
        rows.order_by("starts_on").values("starts_on")[:1], output_field=DateField(null=True)
    )


def overtaken(viewer: Viewer) -> Q:
    """Return the condition that a word about a month tells of a stop that is over.

    Whoever was said to have stopped went on after it, or began anew: we heard so later, and of a
    day after the last one that was told.
    """
    later = _taking_part(viewer).filter(
        placement_id=OuterRef("placement_id"),
        starts_on__gt=OuterRef("last_day"),
        entry__recorded_at__gt=OuterRef("answered_at"),
    )
    return Q(answer=MonthAnswer.STOPPED) & Q(Exists(later))


def _taking_part(viewer: Viewer) -> QuerySet[StatePeriod]:
    return StatePeriod.objects.visible_to(viewer).filter(state__in=TAKES_PART, withdrawn=False)
