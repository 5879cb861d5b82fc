"""Old sheltered work: a stock that nobody new comes into, in people, years and standard units."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.law.sheltered import read_wsw
from meedoen.rules.law.values import shipped_law
from meedoen.rules.periods import last_day_of_month
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.sheltered.wsw import (
    WswEntryError,
    WswJob,
    WswProblem,
    check_entry,
    stock_on,
    wsw_columns,
    wsw_year,
)

SHIPPED = shipped_law("sheltered_wsw.toml")
FAR = date(2999, 1, 1)


def contract(starts_on, ends_on=None, hours="36", person=1):
    return Contract(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        week_hours=None if hours is None else Decimal(hours),
    )


def job(starts_on, ends_on=None, hours="36", *, person=1, severe=False, kind=WswKind.IN_HOUSE):
    return WswJob(
        contract=contract(starts_on, ends_on, hours, person),
        category=WswCategory.SEVERE if severe else WswCategory.MODERATE,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("starts_on", "earlier"),
    [
        (date(2014, 12, 31), []),
        (date(2015, 1, 1), [contract(date(2010, 1, 1), date(2015, 1, 1))]),
        (date(2019, 5, 1), [contract(date(2010, 1, 1), date(2018, 1, 1))]),
        (date(2019, 5, 1), [contract(date(2014, 12, 31))]),
    ],
)
def test_who_had_a_job_the_day_before_2015_may_begin_again(starts_on, earlier):
    assert check_entry(starts_on, earlier) is None


def test_who_left_too_long_ago_does_not_come_back():
    left = contract(date(2010, 1, 1), date(2016, 1, 1))
    assert check_entry(date(2019, 1, 1), [left]) is None
    for starts_on in (date(2019, 1, 2), date(2026, 1, 1)):
        with pytest.raises(WswEntryError) as caught:
            check_entry(starts_on, [left])
        assert caught.value.problem is WswProblem.TOO_LONG_AGO


@pytest.mark.parametrize(
    ("starts_on", "earlier"),
    [
        (date(2015, 1, 1), []),
        (date(2026, 1, 1), []),
        (date(2015, 1, 1), [contract(date(2010, 1, 1), date(2014, 12, 31))]),
        (date(2019, 5, 1), [contract(date(2015, 1, 1), date(2018, 1, 1))]),
    ],
)
def test_nobody_new_comes_in_since_2015(starts_on, earlier):
    with pytest.raises(WswEntryError, match="Ask for new sheltered work instead") as caught:
        check_entry(starts_on, earlier)
    assert caught.value.problem is WswProblem.NO_INFLOW
    assert caught.value.starts_on == starts_on


@pytest.mark.parametrize(
    ("jobs", "years", "units"),
    [
        ([job(date(2010, 1, 1))], "1.00", "1.00"),
        ([job(date(2010, 1, 1), hours="18")], "0.50", "0.50"),
        ([job(date(2010, 1, 1), severe=True)], "1.00", "1.25"),
        # Six month ends: January up to and including June.
        ([job(date(2010, 1, 1), date(2020, 7, 1))], "0.50", "0.50"),
        # The last day is not part of it, so the end of June does not count.
        ([job(date(2010, 1, 1), date(2020, 6, 30))], "0.42", "0.42"),
        # A leap day is a month end.
        ([job(date(2020, 2, 29), date(2020, 3, 1))], "0.08", "0.08"),
        ([job(date(2020, 3, 1), date(2020, 3, 31))], "0.00", "0.00"),
        ([job(date(2010, 1, 1)), job(date(2010, 1, 1), person=2, severe=True)], "2.00", "2.25"),
        ([], "0.00", "0.00"),
    ],
)
def test_a_working_year_is_the_average_of_twelve_month_ends(jobs, years, units):
    found = wsw_year(wsw_columns(jobs), 2020, known_until=FAR)
    assert (found.person_years, found.standard_units) == (Decimal(years), Decimal(units))
    assert found.is_complete
    assert len(found.month_ends) == 12


def test_a_year_that_runs_gives_the_average_so_far_and_says_so():
    columns = wsw_columns([job(date(2010, 1, 1)), job(date(2020, 3, 1), person=2)])
    found = wsw_year(columns, 2020, known_until=date(2020, 4, 29))
    assert [end.on for end in found.month_ends] == [
        date(2020, 1, 31),
        date(2020, 2, 29),
        date(2020, 3, 31),
    ]
    assert found.person_years == Decimal("1.33")
    assert not found.is_complete
    with pytest.raises(ValueError, match="no month of 2020 ended by 2020-01-30"):
        wsw_year(columns, 2020, known_until=date(2020, 1, 30))


def test_people_are_counted_once_and_kinds_stand_side_by_side():
    columns = wsw_columns(
        [
            job(date(2010, 1, 1), hours="18"),
            job(date(2010, 1, 1), hours="9", kind=WswKind.GUIDED_WORK),
            job(date(2010, 1, 1), person=2, kind=WswKind.SECONDED_IN_GROUP),
        ]
    )
    found = stock_on(columns, date(2020, 1, 1))
    assert (found.persons, found.full_weeks) == (2, Fraction(7, 4))
    assert found.full_weeks_by_kind == {
        WswKind.IN_HOUSE: Fraction(1, 2),
        WswKind.SECONDED_ALONE: 0,
        WswKind.SECONDED_IN_GROUP: 1,
        WswKind.GUIDED_WORK: Fraction(1, 4),
    }


def test_hours_that_are_missing_are_not_counted_as_nothing():
    with pytest.raises(ValueError, match="1 contracts have no hours"):
        wsw_columns([job(date(2010, 1, 1), hours=None), job(date(2010, 1, 1))])


DAYS = st.dates(date(2018, 6, 1), date(2022, 6, 1))
JOBS = st.lists(
    st.builds(
        lambda person, starts, length, hours, severe, kind: job(
            starts,
            None if length is None else starts + timedelta(days=length),
            hours,
            person=person,
            severe=severe,
            kind=kind,
        ),
        st.integers(1, 6),
        DAYS,
        st.none() | st.integers(1, 1000),
        st.decimals(0, 40, places=2),
        st.booleans(),
        st.sampled_from(WswKind),
    ),
    max_size=10,
)


def reference(jobs, year, weight):
    total = Fraction(0)
    for month in range(1, 13):
        day = last_day_of_month(year, month)
        for one in jobs:
            ends = one.contract.ends_on
            if one.contract.starts_on <= day and (ends is None or day < ends):
                total += Fraction(one.contract.week_hours) / 36 * weight(one) / 12
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@given(JOBS)
def test_working_years_equal_what_plain_python_counts(jobs):
    found = wsw_year(wsw_columns(jobs), 2020, known_until=FAR)
    severe = WswCategory.SEVERE
    assert found.person_years == reference(jobs, 2020, lambda _: 1)
    assert found.standard_units == reference(
        jobs, 2020, lambda one: Fraction(5, 4) if one.category is severe else 1
    )
    for kind in WswKind:
        assert found.person_years_by_kind[kind] == reference(
            jobs, 2020, lambda one, kind=kind: int(one.kind is kind)
        )
    assert found.person_years <= found.standard_units


def test_another_weight_holds_from_its_own_day():
    old = SHIPPED.replace(
        'value = "1.25"\nvalid_from = 2008-01-01',
        'value = "1.25"\nvalid_from = 2008-01-01\nvalid_to = 2020-07-01',
    )
    new = SHIPPED[SHIPPED.rindex("[[values]]") :].replace("1.25", "2").replace("2008", "2020")
    table = read_wsw(old + "\n" + new.replace("2020-01-01", "2020-07-01"))
    found = wsw_year(
        wsw_columns([job(date(2010, 1, 1), severe=True)]), 2020, known_until=FAR, table=table
    )
    assert found.standard_units == Decimal("1.63")
    assert found.person_years == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"1.25"', "1.25", 'value is 1.25; write it as "0.70"'),
        ("value = 36", "value = 61", "write a whole number from 1 to 60"),
        ('"severe_weight"', '"heavy_weight"', "severe_weight: there is no line; add one"),
        ('confidence = "OWN"', 'confidence = "SURE"', "confidence is 'SURE'"),
        (
            "valid_from = 2008-01-01",
            "valid_from = 2008-01-01\nvalid_to = 2020-01-01",
            "no line holds on 2020-01-01",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named(old, new, said):
    assert old in SHIPPED
    with pytest.raises(DatedTableError) as caught:
        read_wsw(SHIPPED.replace(old, new))
    assert any(said in sentence for sentence in caught.value.problems)


def test_two_lines_on_one_day_are_refused():
    with pytest.raises(DatedTableError, match="two lines hold on 2008-01-01"):
        read_wsw(SHIPPED + SHIPPED[SHIPPED.rindex("[[values]]") :])
