"""Lists about measuring: what is due and why, and how a caseload changed."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.ladder.actions import NewMeasurement, correct_measurement, measure_all
from meedoen.records.ladder.domain_actions import NewDomainMeasurement, measure_domains_all
from meedoen.records.ladder.due_queries import due_measurements, page_of_due
from meedoen.records.ladder.growth_queries import (
    PeriodWanted,
    ladder_growth,
    page_of_ladder_growth,
    page_of_step_growth,
    step_growths,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.rules.ladder.due import Instrument
from meedoen.rules.ladder.growth import GrowthClass
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.ladder.step_growth import StepGrowthClass
from tests.records.ladder.scenes import HOUSE, MONEY, measure_steps, noon, on
from tests.town import ON_RUNG_2, ON_RUNG_4, Person, Town, talk
from tests.web.coach.scenes import register_crowd

MARCH, JUNE, NOVEMBER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 11, 2)
THIS_YEAR = PeriodWanted(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31), own_only=False)


def due(viewer: Viewer, *, own_only: bool = False) -> dict[tuple[str, Instrument], date]:
    cards = due_measurements(viewer, own_only=own_only)
    return {(card.name.split()[0], card.instrument): card.due_on for card in cards}


def test_the_first_measurement_follows_the_first_talk_and_the_next_the_last(town: Town) -> None:
    with on(MARCH):
        talk(town.anna, town.roos_file, MARCH, ON_RUNG_2)
        found = due(town.anna)
    assert found == {
        # Nobody spoke with Sam yet: who was never spoken to cannot be measured.
        ("Roos", Instrument.LADDER): date(2026, 9, 2),
    }


def test_life_domains_are_due_for_who_was_measured_on_them_before(town: Town) -> None:
    with on(MARCH):
        measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
        found = due(town.anna)
    assert found[("Roos", Instrument.LIFE_DOMAINS)] == date(2026, 9, 2)
    assert ("Sam", Instrument.LIFE_DOMAINS) not in found


def test_a_line_holds_all_that_says_why(town: Town) -> None:
    with on(MARCH):
        talk(town.anna, town.roos_file, MARCH, ON_RUNG_2)
        cards = due_measurements(town.anna, own_only=True)
    [roos_ladder] = cards
    assert (roos_ladder.last_measured_on, roos_ladder.interval.every_months) == (MARCH, 6)
    assert roos_ladder.first_spoken_on == MARCH


def test_only_people_on_benefit_whose_file_one_may_open_are_due(town: Town) -> None:
    with on(MARCH):
        for coach, person in (
            (town.anna, town.roos_file),
            (town.anna, town.sam),
            (town.carla, town.tim),
        ):
            talk(coach, person, MARCH)
    assert {name for name, _ in due(town.carla)} == {"Tim"}
    assert not due(town.bram, own_only=True)
    assert not due(town.petra)
    assert not due(town.connie)
    end_benefits(
        town.system,
        ends=[BenefitEnd(pseudonym_id=town.sam.pseudonym_id, ends_on=date(2026, 2, 1))],
    )
    assert {name for name, _ in due(town.system)} == {"Roos", "Tim"}


def measure(town: Town, person: Person, day: date, answers: object) -> int:
    [row_id] = measure_all(
        town.system,
        measurements=[
            NewMeasurement(
                pseudonym_id=person.pseudonym_id,
                measured_on=day,
                answers=answers,
                recorded_at=noon(day),
            )
        ],
    )
    return row_id


def ladder(viewer: Viewer, wanted: PeriodWanted = THIS_YEAR) -> dict[str, GrowthClass | None]:
    return {card.name.split()[0]: card.kind for card in ladder_growth(viewer, wanted=wanted)}


def test_everyone_of_the_caseload_gets_a_class_for_the_ladder(town: Town) -> None:
    measure(town, town.roos_file, MARCH, ON_RUNG_2)
    measure(town, town.roos_file, JUNE, ON_RUNG_4)
    assert ladder(town.lea) == {"Roos": GrowthClass.GROWTH, "Sam": None}
    assert ladder(town.carla) == {"Tim": None}
    assert ladder(town.petra) == ladder(town.connie) == {}
    [roos, _sam] = ladder_growth(town.anna, wanted=THIS_YEAR)
    assert (roos.first.rung, roos.first.day) == (Rung.CONTACTS_OUTSIDE_HOME, MARCH)
    assert (roos.last.rung, roos.last.day) == (Rung.UNPAID_WORK, JUNE)


def test_the_period_and_whose_people_are_the_callers_choice(town: Town) -> None:
    measure(town, town.roos_file, date(2025, 5, 1), ON_RUNG_4)
    measure(town, town.roos_file, MARCH, ON_RUNG_2)
    over_both = PeriodWanted(first_day=date(2025, 5, 1), last_day=MARCH, own_only=True)
    assert ladder(town.anna, over_both)["Roos"] is GrowthClass.DECLINE
    assert ladder(town.anna)["Roos"] is GrowthClass.MEASURED_ONCE
    assert ladder(town.bram, over_both) == {}


def test_a_correction_takes_the_place_of_the_wrong_measurement_in_the_overview(town: Town) -> None:
    measure(town, town.roos_file, MARCH, ON_RUNG_2)
    wrong = measure(town, town.roos_file, JUNE, ON_RUNG_4)
    correct_measurement(
        town.anna,
        measurement_id=wrong,
        corrected=NewMeasurement(
            pseudonym_id=town.roos_file.pseudonym_id, measured_on=JUNE, answers=ON_RUNG_2
        ),
        reason="Verkeerd antwoord.",
    )
    assert ladder(town.anna)["Roos"] is GrowthClass.EQUAL


def test_not_measured_are_those_on_benefit_in_the_period(town: Town) -> None:
    end_benefits(
        town.system,
        ends=[BenefitEnd(pseudonym_id=town.sam.pseudonym_id, ends_on=date(2026, 1, 1))],
    )
    assert ladder(town.system) == {"Roos": None, "Tim": None}
    before = PeriodWanted(first_day=date(2025, 1, 1), last_day=date(2025, 12, 31), own_only=False)
    assert ladder(town.system, before) == {"Roos": None, "Sam": None, "Tim": None}


def test_steps_are_classed_apart_from_the_ladder(town: Town) -> None:
    measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2, HOUSE: 4})
    measure_steps(town.anna, town.roos_file, JUNE, {MONEY: 3, HOUSE: 3})
    [roos, sam] = step_growths(town.anna, wanted=THIS_YEAR)
    assert (roos.kind, sam.kind) == (StepGrowthClass.MIXED, None)
    assert [(one.domain, one.first, one.last) for one in roos.domains] == [
        (MONEY, 2, 3),
        (HOUSE, 4, 3),
    ]
    assert ladder(town.anna)["Roos"] is None
    assert step_growths(town.petra, wanted=THIS_YEAR) == []


@pytest.mark.parametrize("own_only", [True, False])
def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(
    town: Town, own_only: bool
) -> None:
    wanted = PeriodWanted(
        first_day=THIS_YEAR.first_day, last_day=THIS_YEAR.last_day, own_only=own_only
    )

    def questions() -> tuple[Counter[str], int]:
        with on(NOVEMBER), CaptureQueriesContext(connection) as asked:
            found = due_measurements(town.anna, own_only=own_only)
            page_of_due(town.anna, found, number=1)
            growth = ladder_growth(town.anna, wanted=wanted)
            page_of_ladder_growth(town.anna, growth, number=1)
            steps = step_growths(town.anna, wanted=wanted)
            page_of_step_growth(town.anna, steps, number=1)
        return Counter(str(card.kind) for card in steps), len(asked)

    measure_crowd(town, register_crowd(town, 10))
    kinds, few = questions()
    assert kinds["growth"] == 10
    measure_crowd(town, register_crowd(town, 190, after=10))
    kinds, many = questions()
    assert kinds["growth"] == 200
    assert many == few


def measure_crowd(town: Town, pseudonym_ids: list[int]) -> None:
    for day, answers, score in ((MARCH, ON_RUNG_2, 2), (JUNE, ON_RUNG_4, 3)):
        measure_all(
            town.system,
            measurements=[
                NewMeasurement(
                    pseudonym_id=one, measured_on=day, answers=answers, recorded_at=noon(day)
                )
                for one in pseudonym_ids
            ],
        )
        measure_domains_all(
            town.system,
            measurements=[
                NewDomainMeasurement(
                    pseudonym_id=one,
                    measured_on=day,
                    scores={MONEY: score, HOUSE: 4},
                    recorded_at=noon(day),
                )
                for one in pseudonym_ids
            ],
        )
