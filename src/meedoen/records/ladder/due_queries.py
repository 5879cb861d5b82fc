"""Which measurements are due, for whom, and why."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from meedoen.records.conversations.models import Conversation
from meedoen.records.ladder.caseload_rows import (
    CaseloadRow,
    caseload_rows,
    page_of_rows,
    residents,
)
from meedoen.records.ladder.models import DomainMeasurement, Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.ladder.due import Instrument, Interval, interval_on, next_due, shipped_intervals


@dataclass(frozen=True, slots=True)
class DueCard:
    """Somebody whose next measurement is due on a day, with all that says why.

    `first_spoken_on` is the day of the first conversation; None for who was measured without one.
    When someone wants no contact until a
    later day, the measurement waits until then: `paused_until`.
    """

    pseudonym_id: int
    key: uuid.UUID
    name: str
    district: str
    instrument: Instrument
    due_on: date
    last_measured_on: date | None
    first_spoken_on: date | None
    paused_until: date | None
    interval: Interval


def due_measurements(viewer: Viewer, *, own_only: bool) -> Sequence[DueCard]:
    """Return the next measurement by each instrument of everyone on benefit, soonest first.

    As with the signals: who was never spoken to cannot be measured on the ladder yet, and life
    domains are measured again of who was measured on them before.

    Four questions to the database, however many people there are.
    """
    today = clock.today()
    intervals = shipped_intervals()
    people = [
        row
        for row in caseload_rows(viewer, own_only=own_only)
        if row.benefit_starts_on <= today < row.benefit_ends_on
    ]
    spoken = _first_spoken(viewer, own_only=own_only)
    cards = [
        _card(row, instrument, last.get(row.pseudonym_id), spoken.get(row.pseudonym_id), intervals)
        for instrument in Instrument
        for last in [last_measured(viewer, instrument, own_only=own_only)]
        for row in people
        if row.pseudonym_id in last
        or (instrument is Instrument.LADDER and row.pseudonym_id in spoken)
    ]
    # Python keeps the order of names for those who are due on one day.
    return sorted(cards, key=lambda card: card.due_on)


def page_of_due(
    viewer: Viewer, cards: Sequence[DueCard], *, number: int
) -> Page[tuple[DueCard, str]]:
    """Return one page of due measurements, each with the coach who is responsible."""
    return page_of_rows(
        viewer,
        cards,
        pseudonym_id=lambda card: card.pseudonym_id,
        to_card=lambda card, coach: (card, coach),
        number=number,
    )


def last_measured(
    viewer: Viewer, instrument: Instrument, *, own_only: bool = False
) -> Mapping[int, date]:
    """Return the day of the last measurement by an instrument, by pseudonym, of who was measured.

    Measurements that were corrected later do not count.
    """
    table = Measurement if instrument is Instrument.LADDER else DomainMeasurement
    rows = table.objects.visible_to(viewer).filter(replaced_by__isnull=True)
    if own_only:
        people = residents(viewer, own_only=True).values("pseudonym_id")
        rows = rows.filter(pseudonym_id__in=people)
    return dict(
        rows.values("pseudonym_id")
        .annotate(last=Max("measured_on"))
        .values_list("pseudonym_id", "last")
    )


def _first_spoken(viewer: Viewer, *, own_only: bool) -> Mapping[int, date]:
    rows = Conversation.objects.visible_to(viewer).filter(replaced_by__isnull=True)
    if own_only:
        people = residents(viewer, own_only=True).values("pseudonym_id")
        rows = rows.filter(pseudonym_id__in=people)
    return dict(
        rows.values("pseudonym_id")
        .annotate(first=Min("held_on"))
        .values_list("pseudonym_id", "first")
    )


def _card(
    row: CaseloadRow,
    instrument: Instrument,
    last_measured_on: date | None,
    first_spoken_on: date | None,
    intervals: Sequence[Interval],
) -> DueCard:
    today = clock.today()
    due_on = next_due(
        instrument,
        last_measured_on=last_measured_on,
        known_since=first_spoken_on or today,
        on=today,
        intervals=intervals,
    )
    paused = row.no_contact_until
    waits = paused is not None and paused > today and paused > due_on
    return DueCard(
        pseudonym_id=row.pseudonym_id,
        key=row.key,
        name=row.name,
        district=row.district,
        instrument=instrument,
        due_on=paused if paused is not None and waits else due_on,
        last_measured_on=last_measured_on,
        first_spoken_on=first_spoken_on,
        paused_until=paused if waits else None,
        interval=interval_on(instrument, today, intervals),
    )
