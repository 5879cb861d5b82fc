"""The wage-cost subsidy of article 10d: worked examples, its borders, and what always holds."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.law.values import NoValueError, shipped_law
from meedoen.rules.law.wage_subsidy import read_wage_subsidy, wage_subsidy_on
from meedoen.rules.wage_subsidy.calculate import (
    BasisCode,
    JobFacts,
    SubsidyError,
    SubsidyKind,
    SubsidyProblem,
    calculate,
    subsidy_from_json,
    to_cents,
)

SHIPPED = shipped_law("wage_subsidy.toml")
ON = date(2026, 3, 1)
# A minimum wage with which sums are easily done by hand: 2.160 euros with 8% holiday allowance.
JOB = JobFacts(
    started_on=date(2026, 1, 1),
    minimum_wage=Decimal(2000),
    week_hours=Decimal(36),
    full_week_hours=Decimal(36),
    loonwaarde=Decimal("0.5"),
)


def job(**other):
    return replace(
        JOB,
        **{
            name: Decimal(value) if isinstance(value, str) else value
            for name, value in other.items()
        },
    )


@pytest.mark.parametrize(
    ("facts", "subsidy", "costs"),
    [
        # 2.160 - 1.080
        (job(), "1080.00", "253.80"),
        # 2.160 - 648 is 1.512: exactly 70%
        (job(loonwaarde="0.3"), "1512.00", "355.32"),
        # 2.160 - 432 is 1.728, and 70% is the most
        (job(loonwaarde="0.2"), "1512.00", "355.32"),
        (job(loonwaarde="0"), "1512.00", "355.32"),
        (job(loonwaarde="1"), "0.00", "0.00"),
        # a week of 24 hours is two thirds of 36
        (job(week_hours="24"), "720.00", "169.20"),
        # a longer week gives more, up to full employment in such jobs
        (job(week_hours="40", full_week_hours="40"), "1200.00", "282.00"),
        (job(week_hours="40", full_week_hours="38"), "1140.00", "267.90"),
        (job(week_hours="40", full_week_hours="32"), "960.00", "225.60"),
        # 70% of 1,35 is 0,945: half a cent goes up
        (job(minimum_wage="1.25", loonwaarde="0.3"), "0.95", "0.22"),
        # not yet fixed: half of 2.160
        (job(loonwaarde=None), "1080.00", "253.80"),
        (job(loonwaarde=None, week_hours="18"), "540.00", "126.90"),
    ],
)
def test_worked_examples_of_a_month(facts, subsidy, costs):
    found = calculate(facts, on=ON)
    assert (found.subsidy, found.employer_costs) == (Decimal(subsidy), Decimal(costs))
    assert found.total == Decimal(subsidy) + Decimal(costs)
    flat, by_loonwaarde = SubsidyKind.FLAT, SubsidyKind.BY_LOONWAARDE
    assert found.kind is (flat if facts.loonwaarde is None else by_loonwaarde)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("1.015", "1.02"), ("1.025", "1.03")],
)
def test_half_a_cent_goes_up(amount, cents):
    assert to_cents(Decimal(amount)) == Decimal(cents)


def test_on_1_january_2018_another_part_for_the_employer_holds():
    facts = job(started_on=date(2017, 1, 1))
    days = [date(2017, 12, 31), date(2018, 1, 1)]
    assert [calculate(facts, on=day).employer_costs for day in days] == [
        Decimal("248.40"),
        Decimal("253.80"),
    ]


def test_every_number_is_kept_with_its_article():
    basis = calculate(job(loonwaarde="0.2", week_hours="24"), on=ON).basis
    assert [(line.code.value, line.value) for line in basis] == [
        ("minimum_wage", 2000),
        ("holiday_part", Decimal("0.08")),
        ("wage_with_holiday", 2160),
        ("loonwaarde_part", Decimal("0.2")),
        ("loonwaarde_with_holiday", 432),
        ("difference", 1728),
        ("most_part", Decimal("0.70")),
        ("most", 1512),
        ("full_subsidy", 1512),
        ("counted_hours", 24),
        ("norm_hours", 36),
        ("subsidy", 1008),
        ("employer_costs_part", Decimal("0.235")),
        ("employer_costs", Decimal("236.88")),
    ]
    given_with_the_job = {BasisCode.MINIMUM_WAGE, BasisCode.LOONWAARDE_PART}
    assert {line.code for line in basis if not line.article} == given_with_the_job


def test_the_fixed_part_names_the_fifth_paragraph():
    basis = {line.code: line for line in calculate(job(loonwaarde=None), on=ON).basis}
    assert basis[BasisCode.FLAT_PART].value == Decimal("0.50")
    for code in (BasisCode.FLAT_PART, BasisCode.FULL_SUBSIDY, BasisCode.SUBSIDY):
        assert basis[code].article == "Participatiewet, artikel 10d, vijfde lid"
    assert BasisCode.MOST not in basis


@pytest.mark.parametrize(
    ("facts", "on", "problems"),
    [
        (job(is_wsw=True), ON, [SubsidyProblem.WSW]),
        (job(minimum_wage="0"), ON, [SubsidyProblem.WAGE_NOT_POSITIVE]),
        (job(week_hours="0"), ON, [SubsidyProblem.HOURS_NOT_POSITIVE]),
        (job(full_week_hours="-1"), ON, [SubsidyProblem.HOURS_NOT_POSITIVE]),
        (job(full_week_hours="40.01"), ON, [SubsidyProblem.FULL_WEEK_TOO_LONG]),
        (job(loonwaarde="1.01"), ON, [SubsidyProblem.LOONWAARDE_OUT_OF_RANGE]),
        (job(loonwaarde="-0.01"), ON, [SubsidyProblem.LOONWAARDE_OUT_OF_RANGE]),
        (job(), date(2025, 12, 31), [SubsidyProblem.BEFORE_START]),
        (job(loonwaarde=None), date(2026, 7, 1), [SubsidyProblem.FLAT_IS_OVER]),
        (
            job(is_wsw=True, minimum_wage="-1", loonwaarde="2"),
            ON,
            [
                SubsidyProblem.WSW,
                SubsidyProblem.WAGE_NOT_POSITIVE,
                SubsidyProblem.LOONWAARDE_OUT_OF_RANGE,
            ],
        ),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_every_reason(facts, on, problems):
    with pytest.raises(SubsidyError) as caught:
        calculate(facts, on=on)
    assert list(caught.value.problems) == problems
    assert len(str(caught.value).splitlines()) == len(problems)


def test_the_fixed_part_ends_after_six_months_and_a_loonwaarde_goes_on():
    assert calculate(job(loonwaarde=None), on=date(2026, 6, 30)).subsidy == 1080
    assert calculate(job(), on=date(2026, 7, 1)).subsidy == 1080


def test_a_day_before_the_law_has_no_answer():
    with pytest.raises(NoValueError, match="not established on 2014-12-31"):
        calculate(job(started_on=date(2014, 1, 1)), on=date(2014, 12, 31))


WAGES = st.decimals("0.01", 9999, places=2)
HOURS = st.decimals("0.5", 60, places=2)
FULL_WEEKS = st.decimals("0.5", 40, places=2)
PARTS = st.decimals(0, 1, places=4)
JOBS = st.builds(
    JobFacts,
    started_on=st.just(date(2026, 1, 1)),
    minimum_wage=WAGES,
    week_hours=HOURS,
    full_week_hours=FULL_WEEKS,
    loonwaarde=st.none() | PARTS,
)
CENT = Decimal("0.01")


@given(JOBS)
def test_never_above_70_percent_and_never_below_zero(facts):
    found = calculate(facts, on=ON)
    hours = min(facts.week_hours, facts.full_week_hours)
    whole = facts.minimum_wage * Decimal("1.08") * hours / 36
    assert 0 <= found.subsidy <= whole * Decimal("0.70") + CENT / 2
    assert 0 <= found.employer_costs <= found.subsidy * Decimal("0.235") + CENT


@given(JOBS, PARTS, PARTS)
def test_who_is_worth_more_gets_no_more_subsidy(facts, one, other):
    less, more = sorted((one, other))
    lower = calculate(replace(facts, loonwaarde=less), on=ON)
    higher = calculate(replace(facts, loonwaarde=more), on=ON)
    assert lower.subsidy >= higher.subsidy
    assert lower.total >= higher.total


@given(JOBS, HOURS)
def test_more_hours_never_give_less_and_not_more_than_a_full_week(facts, extra):
    longer = replace(facts, week_hours=facts.week_hours + extra)
    full = replace(facts, week_hours=facts.full_week_hours)
    assert calculate(facts, on=ON).total <= calculate(longer, on=ON).total
    assert calculate(longer, on=ON).total <= calculate(full, on=ON).total or (
        longer.week_hours < facts.full_week_hours
    )


@given(JOBS)
def test_what_is_kept_comes_back_the_same(facts):
    found = calculate(facts, on=ON)
    assert subsidy_from_json(json.loads(json.dumps(found.as_json()))) == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_to = 2018-01-01", "valid_to = 2017-01-01", "no line holds on 2017-01-01"),
        ("valid_to = 2018-01-01", "valid_to = 2019-01-01", "two lines hold on 2018-01-01"),
        ('value = "0.70"', "value = 0.70", 'write it as "0.70"'),
        ('value = "0.70"', 'value = "1.70"', 'from "0" to "1"'),
        ('name = "flat_months"', 'name = "months"', "flat_months: there is no line; add one"),
        ("value = 5\n", "value = 0\n", "write a whole number from 1 to 52"),
        ('article = "Participatiewet, artikel 10c, tweede lid"\n', "", "article is missing"),
    ],
)
def test_a_mistake_in_the_file_is_named(old, new, said):
    assert old in SHIPPED
    with pytest.raises(DatedTableError) as caught:
        read_wage_subsidy(SHIPPED.replace(old, new))
    assert any(said in sentence for sentence in caught.value.problems)


def test_the_days_on_which_a_value_changes_are_known():
    assert read_wage_subsidy(SHIPPED).changes == (date(2018, 1, 1),)
    assert wage_subsidy_on(ON).norm_hours.value == 36
