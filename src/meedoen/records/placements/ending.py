"""When a placement that goes on is expected to end: as agreed, or when its place closes."""

from datetime import date, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, When

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.places.models import PlaceConfirmation
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceKind

TAKES_NOBODY_NEW = frozenset({PlaceKind.SHELTERED_WSW})
"""Closed since 2015 for who is new, while whoever was there stays: Wsw, as changed by the
Invoeringswet Participatiewet."""


def closing_day(place: str) -> Case:
    """Return, as a column, the first day on which the place of a row is closed; else nothing.

    `place` names the column with the place: its last day is that of who is there. Places of a
    kind that takes nobody new are closed for newcomers only: there it counts when the organisation
    said that the place stops, or takes part no more itself.
    """
    stopped = PlaceConfirmation.objects.filter(
        place_id=OuterRef(f"{place}_id"), answer=FreshnessAnswer.STOPPED
    )
    leaves = Q(**{f"{place}__organisation__left_on__isnull": False})
    closes = ~Q(**{f"{place}__kind__in": TAKES_NOBODY_NEW})
    return Case(When(closes | leaves | Exists(stopped), then=F(f"{place}__closes_on")))


def expected_last_day(planned: date | None, closes_on: date | None) -> date | None:
    """Return the last day of a placement: as agreed, or that of a place that stops before it."""
    if closes_on is None or closes_on == STILL_OPEN:
        return planned
    last_day = closes_on - timedelta(days=1)
    return last_day if planned is None else min(planned, last_day)
