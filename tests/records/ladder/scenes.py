"""Measurements as tests make them."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from meedoen.records.ladder.domain_actions import NewDomainMeasurement, measure_domains_all
from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.ladder.life_domains import LifeDomain
from tests.town import Person

MONEY, HOUSE, WORK = LifeDomain.FINANCES, LifeDomain.HOUSING, LifeDomain.WORK_AND_EDUCATION


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def on(day: date) -> Any:
    """Live through noon of a day."""
    return clock.at(noon(day))


def steps(
    person: Person, day: date, scores: Mapping[LifeDomain, int], **more: Any
) -> NewDomainMeasurement:
    """Return steps to record, as if they were written down on their own day."""
    return NewDomainMeasurement(
        pseudonym_id=person.pseudonym_id,
        measured_on=day,
        scores=scores,
        **{"recorded_at": noon(day), **more},
    )


def measure_steps(
    viewer: Viewer, person: Person, day: date, scores: Mapping[LifeDomain, int], **more: Any
) -> uuid.UUID:
    """Set steps for somebody and return the key of the measurement."""
    with on(day):
        measure_domains_all(viewer, measurements=[steps(person, day, scores, **more)])
    cards = domain_measurements_of(viewer, pseudonym_id=person.pseudonym_id)
    return next(card.key for card in cards if card.measured_on == day)
