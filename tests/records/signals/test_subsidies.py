"""A wage-cost subsidy warns in time, and is quiet when it was worked out."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.sheltered.actions import take_step
from meedoen.records.sheltered.job_actions import SubsidyTerms, fix_wage_subsidy
from meedoen.records.signals.actions import catch_up, refresh
from meedoen.records.signals.queries import signals_about
from meedoen.records.signals.subsidy_facts import subsidy_dates_of
from meedoen.rules.sheltered.words import ShelteredReason, ShelteredState
from meedoen.rules.signals.kinds import SignalKind
from tests.records.sheltered.scenes import BEGAN, employed, on
from tests.town import Town

OURS = {
    SignalKind.LOONWAARDE_DUE,
    SignalKind.SUBSIDY_DECISION_DUE,
    SignalKind.SUBSIDY_RECALCULATION_DUE,
}
LAST_FLAT, AUTUMN = date(2026, 9, 1), date(2026, 12, 1)


def fix(town: Town, key: Any, starts_on: date, loonwaarde: str | None) -> None:
    fix_wage_subsidy(
        town.anna,
        key=key,
        terms=SubsidyTerms(
            starts_on=starts_on,
            minimum_wage=Decimal(2300),
            week_hours=Decimal(28),
            full_week_hours=Decimal(36),
            loonwaarde=Decimal(loonwaarde) if loonwaarde else None,
        ),
    )


def signals(town: Town, day: date) -> list[tuple[SignalKind, date]]:
    """Return what stands open for Roos on a day, after the night before."""
    with on(day):
        refresh(town.system, pseudonym_ids=[town.roos_file.pseudonym_id])
        cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [(one.kind, one.due_on) for one in cards if one.kind in OURS]


def test_a_job_without_subsidy_asks_for_nothing(town: Town) -> None:
    employed(town)
    assert signals(town, AUTUMN) == []


def test_from_the_fixed_part_to_the_loonwaarde_to_another_year(town: Town) -> None:
    key = employed(town)
    with on(BEGAN):
        fix(town, key, BEGAN, None)
    assert signals(town, date(2026, 7, 20)) == []
    assert signals(town, date(2026, 7, 21)) == [(SignalKind.LOONWAARDE_DUE, LAST_FLAT)]
    after = LAST_FLAT + timedelta(days=1)
    assert signals(town, after) == [(SignalKind.SUBSIDY_DECISION_DUE, date(2026, 10, 6))]
    with on(after):
        fix(town, key, after, "0.4")
        catch_up(town.system)
    assert signals(town, after) == []
    assert signals(town, AUTUMN) == [(SignalKind.SUBSIDY_RECALCULATION_DUE, date(2027, 1, 1))]
    with on(AUTUMN):
        fix(town, key, date(2027, 1, 1), "0.5")
    assert signals(town, AUTUMN) == []


def test_working_it_out_settles_the_signal_at_once(town: Town) -> None:
    key = employed(town)
    with on(BEGAN):
        fix(town, key, BEGAN, None)
    after = LAST_FLAT + timedelta(days=1)
    assert len(signals(town, after)) == 1
    with on(after):
        fix(town, key, after, "0.4")
        catch_up(town.system)
        cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert not OURS & {one.kind for one in cards}


def test_a_job_that_ended_asks_for_nothing_any_more(town: Town) -> None:
    key = employed(town)
    with on(BEGAN):
        fix(town, key, BEGAN, "0.4")
    assert len(signals(town, AUTUMN)) == 1
    with on(AUTUMN):
        why = ShelteredReason.CONTRACT_ENDED
        take_step(town.anna, key=key, to=ShelteredState.WAITING, on=AUTUMN, reason=why)
    assert signals(town, AUTUMN) == []


def test_another_job_begins_without_the_subsidy_of_the_one_before(town: Town) -> None:
    key = employed(town)
    with on(BEGAN):
        fix(town, key, BEGAN, None)
    with on(AUTUMN):
        why = ShelteredReason.CONTRACT_ENDED
        take_step(town.anna, key=key, to=ShelteredState.WAITING, on=date(2026, 5, 1), reason=why)
        take_step(
            town.anna,
            key=key,
            to=ShelteredState.EMPLOYED,
            on=date(2026, 11, 2),
            week_hours=Decimal(20),
        )
    assert signals(town, AUTUMN) == []


def test_a_stranger_learns_no_dates(town: Town) -> None:
    key = employed(town)
    people = [town.roos_file.pseudonym_id]
    with on(BEGAN):
        fix(town, key, BEGAN, None)
    assert subsidy_dates_of(town.anna, pseudonym_ids=people, on=AUTUMN)
    for stranger in (town.carla, town.otto):
        assert not subsidy_dates_of(stranger, pseudonym_ids=people, on=AUTUMN)


def test_as_many_questions_for_many_people_as_for_one(town: Town) -> None:
    everyone = [town.roos_file, town.sam]
    for person in everyone:
        key = employed(town, person)
        with on(BEGAN):
            fix(town, key, BEGAN, "0.4")
    asked = []
    for people in (everyone[:1], everyone):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = subsidy_dates_of(
                town.system, pseudonym_ids=[one.pseudonym_id for one in people], on=AUTUMN
            )
        assert len(found) == len(people)
        asked.append(len(queries))
    assert asked == [2, 2]
