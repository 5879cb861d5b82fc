"""How people moved over a period, for policy advisers: counts only, small numbers protected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from meedoen.records.figures.models import Measuring
from meedoen.records.flows.participating import told
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.flows.fall_back import fall_back
from meedoen.rules.flows.flows import kind_flow
from meedoen.rules.flows.ladder import ladder
from meedoen.rules.flows.reconciliation import Question, Unit
from meedoen.rules.flows.shown_fall_back import ShownFallBack, protect_fall_back
from meedoen.rules.flows.shown_ladder import protect_ladder
from meedoen.rules.flows.told_balances import ToldBalances, tell_balances
from meedoen.rules.flows.told_flow import ToldFlow, tell_flow, told_of
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.people_words import GrowthClass


@dataclass(frozen=True, slots=True)
class FlowCard:
    """From where to where people went, between kinds of places and between rungs.

    `measured_once` are the people whose rung was measured a single time, so that it went nowhere.
    """

    kinds: ToldFlow
    rungs: ToldFlow
    measured_once: Shown


@dataclass(frozen=True, slots=True)
class BalanceCard:
    """A reconciliation, with the names of the districts by number.

    `published_at` is the moment as known at which the start was counted; None for as known now.
    `measured_at` is the moment as known at which was measured on the day of the start, if it was.
    """

    told: ToldBalances
    districts: Mapping[int, str]
    published_at: datetime | None
    measured_at: datetime | None


def flows(viewer: Viewer, *, start: date, end: date, threshold: int) -> FlowCard | None:
    """Count from what people did on the first day to what they did on the last.

    None for who may not see figures. Raises ValueError for a period that does not end after its
    start. As many questions for many people as for a few.
    """
    history = told(viewer)
    if history is None:
        return None
    kinds = kind_flow(history.known_at(None), start, end)
    # A measurement of the first day was before the period: growth of a year counts the same.
    moved = ladder(history.columns.known_at(None), start + timedelta(days=1), end)
    # The page of the ladder shows the same people: what is hidden there is hidden here.
    rungs = protect_ladder(moved, threshold)
    return FlowCard(
        kinds=tell_flow(kinds, threshold),
        rungs=told_of(rungs.flow),
        measured_once=rungs.classes[GrowthClass.MEASURED_ONCE],
    )


def reconciliation(
    viewer: Viewer, *, start: date, end: date, unit: Unit, known_on: date | None, threshold: int
) -> BalanceCard | None:
    """Count start, new, ended and end of a period: the whole, per kind and per district.

    With `known_on` the start is counted as it was known at the end of that day, or at the moment
    of a measuring of that day about the start. None for who may not see figures. Raises
    ValueError as `flows` does.
    """
    history = told(viewer)
    if history is None:
        return None
    measured_at = _measured_at(viewer, start)
    published_at = None if known_on is None else _moment(known_on, measured_at)
    now = history.known_at(None)
    before = now if published_at is None else history.known_at(published_at)
    question = Question(start=start, end=end, unit=unit)
    districts = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return BalanceCard(
        told=tell_balances(before, now, question, threshold),
        districts=dict(districts.values_list("pk", "name")),
        published_at=published_at,
        measured_at=measured_at,
    )


def fallen_back(viewer: Viewer, *, start: date, end: date, threshold: int) -> ShownFallBack | None:
    """Count where people are after the placements that ended in a period.

    None for who may not see figures. Raises ValueError as `flows` does.
    """
    history = told(viewer)
    if history is None:
        return None
    known = history.columns.known_at(None)
    counted = fall_back(history.known_at(None), known, start=start, end=end, on=clock.today())
    return protect_fall_back(counted, threshold)


def _measured_at(viewer: Viewer, on: date) -> datetime | None:
    """Return what the newest measuring on a day knew."""
    done = Measuring.objects.done()
    rows = done.filter(municipality_id=viewer.municipality_id, reference_date=on)
    return rows.order_by("-known_at").values_list("known_at", flat=True).first()


def _moment(known_on: date, measured_at: datetime | None) -> datetime:
    if measured_at is not None and timezone.localdate(measured_at) == known_on:
        return measured_at
    return clock.end_of(known_on)
