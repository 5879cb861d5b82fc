"""How many sheltered jobs there are on a day, and how far that is from the number of the year."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.law.sheltered import (
    CountedBy,
    YearlyNumber,
    read_counting,
    read_minimums,
    yearly_number,
)
from meedoen.rules.law.values import NoValueError, shipped_law
from meedoen.rules.periods import month_ends
from meedoen.rules.sheltered.columns import Contract, contract_columns
from meedoen.rules.sheltered.counting import (
    distance,
    hours_to_go,
    monthly,
    realised_at_year_end,
    realised_on,
)

COUNTING = shipped_law("sheltered_counting.toml")
BY_HOURS = read_counting(COUNTING.replace('"persons"', '"hours"'))
DAY = date(2018, 12, 31)


def contract(person, starts_on, ends_on, hours):
    return Contract(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        week_hours=None if hours is None else Decimal(hours),
    )


def contracts_of(*hours, starts_on=date(2018, 1, 1)):
    people = count(1)
    return [contract(next(people), starts_on, None, one) for one in hours]


@pytest.mark.parametrize(
    ("contracts", "persons", "hours", "jobs", "unknown"),
    [
        ([], 0, "0", "0.00", 0),
        (contracts_of("31"), 1, "31", "1.00", 0),
        (contracts_of("24", "24"), 2, "48", "1.55", 0),
        (contracts_of("40"), 1, "40", "1.29", 0),
        (contracts_of("15.5", None), 2, "15.5", "0.50", 1),
        # Two contracts of one person: one person, the hours of both.
        ([contract(7, DAY, None, "10"), contract(7, DAY, None, "21")], 1, "31", "1.00", 0),
        # The day after the last is the first that does not count.
        ([contract(1, date(2018, 1, 1), DAY, "31")], 0, "0", "0.00", 0),
        ([contract(1, date(2018, 1, 1), date(2019, 1, 1), "31")], 1, "31", "1.00", 0),
        ([contract(1, date(2019, 1, 1), None, "31")], 0, "0", "0.00", 0),
    ],
)
def test_people_and_hours_at_the_end_of_a_year(contracts, persons, hours, jobs, unknown):
    found = realised_at_year_end(contracts, 2018)
    assert (found.on, found.persons, found.hours_unknown) == (DAY, persons, unknown)
    assert (found.week_hours, found.jobs) == (Decimal(hours), Decimal(jobs))


def test_the_distance_is_given_by_persons_and_by_hours():
    found = distance(yearly_number("GM0106", 2018), realised_on(contracts_of(*["24"] * 26), DAY))
    assert (found.persons_to_go, found.jobs_to_go) == (1, Decimal("6.87"))
    assert found.duty_stops is False
    assert hours_to_go(found) == 27 * 31 - 26 * 24


@pytest.mark.parametrize(
    ("hours", "table", "stops"),
    [
        (["31"] * 27, None, True),
        (["24"] * 27, None, True),
        (["24"] * 27, BY_HOURS, False),
        (["40"] * 21, None, False),
        (["40"] * 21, BY_HOURS, True),
        # 26.995 jobs are shown as 27.00, and are not 27.
        (["31"] * 26 + ["30.85"], BY_HOURS, False),
    ],
)
def test_the_duty_stops_once_the_number_is_realised(hours, table, stops):
    realised = realised_on(contracts_of(*hours), DAY, table)
    assert distance(yearly_number("GM0106", 2018), realised).duty_stops is stops


def test_without_an_established_number_nothing_is_said_of_the_distance():
    found = distance(yearly_number("GM0193", 2018), realised_on(contracts_of("31"), DAY))
    assert found.persons_to_go is None
    assert found.jobs_to_go is None
    assert found.duty_stops is None
    assert hours_to_go(found) is None
    assert found.realised.persons == 1


def test_more_than_the_number_is_no_negative_distance():
    required = YearlyNumber("GM0106", 2017, yearly_number("GM0106", 2017).minister)
    found = distance(required, realised_on(contracts_of(*["40"] * 30), DAY))
    assert (found.persons_to_go, found.jobs_to_go, hours_to_go(found)) == (0, 0, 0)


def test_each_month_is_counted_as_the_law_of_its_last_day_says():
    later = COUNTING.replace("value = 31\nvalid_from = 2015-01-01", "VALUE").replace(
        "VALUE", "value = 31\nvalid_from = 2015-01-01\nvalid_to = 2027-01-01"
    )
    block = COUNTING[COUNTING.rindex("[[values]]") :]
    later += "\n" + block.replace("value = 31", "value = 25").replace("2015-01-01", "2027-01-01")
    table = read_counting(later)
    columns = contract_columns(contracts_of("31", starts_on=date(2026, 12, 1)))
    series = monthly(columns, date(2026, 11, 1), date(2027, 1, 31), table)
    assert [(one.on.month, one.persons, one.hours_norm, one.jobs) for one in series] == [
        (11, 0, 31, Decimal("0.00")),
        (12, 1, 31, Decimal("1.00")),
        (1, 1, 25, Decimal("1.24")),
    ]


def test_a_day_before_the_first_law_has_no_answer():
    with pytest.raises(NoValueError, match="not established on 2014-12-31"):
        realised_on([], date(2014, 12, 31))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (contract(1, DAY, DAY, "31"), "give a later end"),
        (contract(1, DAY, None, "-1"), "give 0 to 168"),
        (contract(1, DAY, None, "169"), "give 0 to 168"),
        (contract(1, DAY, None, "31.125"), "at most two decimals"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        realised_on([wrong], DAY)


DAYS = st.dates(date(2016, 1, 1), date(2019, 12, 31))
CONTRACTS = st.lists(
    st.builds(
        lambda person, starts, length, hours: Contract(
            person=person,
            starts_on=starts,
            ends_on=None if length is None else starts + timedelta(days=length),
            week_hours=hours,
        ),
        st.integers(1, 5),
        DAYS,
        st.none() | st.integers(1, 900),
        st.none() | st.decimals(0, 40, places=2),
    ),
    max_size=12,
)


@given(CONTRACTS, st.sampled_from([None, BY_HOURS]))
def test_the_columns_count_what_plain_python_counts(contracts, table):
    first, last = date(2016, 1, 1), date(2019, 12, 31)
    series = monthly(contract_columns(contracts), first, last, table)
    assert [one.on for one in series] == list(month_ends(first, last))
    for found in series:
        running = [
            one
            for one in contracts
            if one.starts_on <= found.on and (one.ends_on is None or found.on < one.ends_on)
        ]
        known = [one.week_hours for one in running if one.week_hours is not None]
        assert found.persons == len({one.person for one in running})
        assert found.week_hours == sum(known)
        assert found.hours_unknown == len(running) - len(known)
        assert found.counted_by is (CountedBy.HOURS if table else CountedBy.PERSONS)


MINIMUM = shipped_law("sheltered_minimum.toml")


@pytest.mark.parametrize(
    ("municipality", "year", "number"),
    [
        ("GM0014", 2017, 44),
        ("GM0034", 2017, 28),
        ("GM0150", 2017, 28),
        ("GM0153", 2017, 32),
        ("GM0080", 2017, 22),
        ("GM0141", 2017, 21),
        ("GM0114", 2017, 20),
        ("GM0106", 2017, 15),
        ("GM0014", 2018, 70),
        ("GM0034", 2018, 50),
        ("GM0114", 2018, 35),
        ("GM0080", 2018, 34),
        ("GM0106", 2018, 27),
        ("GM0150", 2018, None),
        ("GM0014", 2016, None),
        ("GM0014", 2019, None),
        ("GM0014", 2026, None),
        ("GM0193", 2017, None),
    ],
)
def test_the_number_of_a_year_is_what_the_staatscourant_says_or_not_established(
    municipality, year, number
):
    found = yearly_number(municipality, year)
    assert found.number == number
    assert found.is_established is (number is not None)
    assert found.line is None or found.line.address.startswith("https://zoek.officiele")


def minimum(kind, number, year=2017):
    return f"""
[[minimums]]
municipality = "GM0014"
year = {year}
kind = "{kind}"
number = {number}
article = "artikel 10b"
address = "https://example.org"
confidence = "H"
says = "Zin."
"""


def test_a_higher_number_of_the_council_decides_and_both_are_kept():
    lines = read_minimums(
        minimum("minister", 44) + minimum("council", 50) + minimum("council", 9, 2020)
    )
    found = yearly_number("GM0014", 2017, lines)
    assert (found.number, found.minister.number, found.council.number) == (50, 44, 50)
    assert yearly_number("GM0014", 2020, lines).number == 9
    assert yearly_number("GM0014", 2018, lines).number is None


def test_zero_is_a_number_and_is_not_the_same_as_not_established():
    found = yearly_number("GM0014", 2017, read_minimums(minimum("minister", 0)))
    assert found.is_established
    assert found.number == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            minimum("minister", 44) + minimum("minister", 45),
            "x.toml: GM0014 has 2 lines of the minister for 2017; keep one.",
        ),
        (
            minimum("minister", 44) + minimum("council", 44),
            (
                "x.toml: the council of GM0014 sets 44 for 2017 and the Minister 44; "
                "a council may only set a higher number."
            ),
        ),
        (
            minimum("minister", 44).replace("GM0014", "14"),
            "x.toml, minimums 1: municipality is '14'; write GM and four digits, such as GM0014.",
        ),
        (
            minimum("minister", -1),
            "x.toml, minimums 1: number is -1; write a whole number from 0 to 100000.",
        ),
        (
            minimum("queen", 1),
            "x.toml, minimums 1: kind is 'queen'; use minister or council.",
        ),
        (
            minimum("minister", 1).replace('article = "artikel 10b"', ""),
            "x.toml, minimums 1: article is missing; write it between quotes.",
        ),
    ],
)
def test_a_mistake_in_the_yearly_numbers_is_a_sentence(text, said):
    with pytest.raises(ValueError, match=r"x\.toml") as caught:
        read_minimums(text, "x.toml")
    assert caught.value.problems == (said,)


def test_a_slip_in_a_code_is_not_answered_with_not_established():
    with pytest.raises(ValueError, match="GM and four digits"):
        yearly_number("0014", 2017)
