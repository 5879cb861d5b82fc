"""A premium follows from its basis, and from that basis alone once more."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.law.values import Confidence
from meedoen.rules.participation_job.premium import (
    PremiumFacts,
    PremiumPeriod,
    WhyPremium,
    as_json,
    from_json,
    premium_for,
    premium_periods,
    worked_out,
)
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from tests.rules.participation_job.people import changed_on, day, instead, job, person

PERIOD = PremiumPeriod(1, day("2026-01-15"), day("2026-07-15"), 6)
ON = day("2026-07-20")


def facts(hours="20", *, cooperated=True, unbroken=6):
    return PremiumFacts(cooperated, Decimal(hours), unbroken)


def outcome(given_facts, period=PERIOD, table=None):
    found = premium_for(period, given_facts, on=ON, table=table)
    return found.cents, [reason.value for reason in found.because]


@pytest.mark.parametrize(
    ("hours", "cents", "because"),
    [
        ("20", 15_000, "whole"),
        ("32", 15_000, "whole"),
        ("10", 7_500, "part"),
        ("19.5", 14_625, "part"),
        ("6.66", 4_995, "part"),
        # 3.525 and 3.45 cents: half a cent and more goes up.
        ("0.0047", 4, "part"),
        ("0.0046", 3, "part"),
        ("0", 0, "too_few_hours"),
    ],
)
def test_the_amount_by_hours(hours, cents, because):
    assert outcome(facts(hours)) == (cents, [because])


def test_where_no_part_is_given_fewer_hours_give_nothing():
    table = instead("premium_prorated", "false")
    assert outcome(facts("19.5"), table=table) == (0, ["too_few_hours"])
    assert outcome(facts("20"), table=table) == (15_000, ["whole"])


def test_where_no_hours_are_asked_all_get_the_whole():
    assert outcome(facts("0"), table=instead("premium_hours_per_week", 0)) == (15_000, ["whole"])


@pytest.mark.parametrize(
    ("given_facts", "period", "because"),
    [
        (facts(cooperated=False), PERIOD, ["did_not_cooperate"]),
        (facts(unbroken=5), PERIOD, ["broken"]),
        (facts(), replace(PERIOD, months=5), ["period_too_short"]),
        (
            facts("0", cooperated=False, unbroken=0),
            replace(PERIOD, months=5),
            ["did_not_cooperate", "period_too_short", "broken", "too_few_hours"],
        ),
    ],
)
def test_why_there_is_no_premium_all_at_once(given_facts, period, because):
    assert outcome(given_facts, period) == (0, because)


def test_where_no_unbroken_months_are_asked_a_break_does_no_harm():
    assert outcome(facts(unbroken=0), table=instead("premium_unbroken_months", 0))[0] == 15_000


def test_a_premium_is_not_decided_on_before_the_six_months_are_over():
    with pytest.raises(ClockError) as caught:
        premium_for(PERIOD, facts(), on=day("2026-07-14"))
    assert caught.value.problems == (ClockProblem.PERIOD_NOT_OVER,)
    assert premium_for(PERIOD, facts(), on=day("2026-07-15")).cents == 15_000


@pytest.mark.parametrize(
    ("ends_on", "cents"), [("2026-12-31", 15_000), ("2027-01-01", 20_000), ("2027-02-01", 20_000)]
)
def test_another_amount_from_1_january_is_that_of_the_day_on_which_the_months_are_full(
    ends_on, cents
):
    table = changed_on("2027-01-01", "premium_cents", 20_000)
    period = PremiumPeriod(2, day("2026-06-15"), day(ends_on), 6)
    assert premium_for(period, facts(), on=day("2027-03-01"), table=table).cents == cents


def test_months_that_have_begun_keep_their_length():
    table = changed_on("2026-07-01", "premium_every_months", 9)
    assert outcome(facts(), table=table) == (15_000, ["whole"])
    later = PremiumPeriod(1, day("2026-07-01"), day("2027-01-01"), 6)
    found = premium_for(later, facts(), on=day("2027-01-01"), table=table)
    assert found.because == (WhyPremium.PERIOD_TOO_SHORT,)


def test_every_number_says_where_it_comes_from():
    basis = premium_for(PERIOD, facts(), on=ON).basis
    assert [(one.name, one.value, one.confidence) for one in basis.sources] == [
        ("premium_every_months", "6", Confidence.HIGH),
        ("premium_cents", "15000", Confidence.OWN),
        ("premium_hours_per_week", "20", Confidence.OWN),
        ("premium_prorated", "True", Confidence.OWN),
        ("premium_unbroken_months", "6", Confidence.OWN),
    ]
    assert all(one.address.startswith("https://wetten.overheid.nl/") for one in basis.sources)
    assert (basis.decided_on, basis.full_cents, basis.hours_asked) == (ON, 15_000, 20)


@given(
    st.decimals(0, 40, places=2),
    st.booleans(),
    st.integers(0, 12),
    st.integers(0, 7),
)
def test_what_was_kept_reads_back_and_gives_the_same_again(hours, cooperated, unbroken, months):
    period = PremiumPeriod(3, day("2026-01-15"), day("2026-07-15"), months)
    found = premium_for(period, PremiumFacts(cooperated, hours, unbroken), on=date(2028, 1, 1))
    kept = json.dumps(as_json(found))
    read = from_json(json.loads(kept))
    assert read == found
    assert worked_out(read.basis) == found
    assert 0 <= found.cents <= found.basis.full_cents
    assert bool(found.cents) <= (found.because[0] in {WhyPremium.WHOLE, WhyPremium.PART})


@pytest.mark.parametrize(
    ("key", "value"), [("decided_on", "yesterday"), ("hours_per_week", None), ("surprise", 1)]
)
def test_something_else_than_a_kept_basis_is_not_read(key, value):
    data = as_json(premium_for(PERIOD, facts(), on=ON))
    data["basis"][key] = value
    with pytest.raises((ValueError, TypeError)):
        from_json(data)


@pytest.mark.parametrize(
    ("stretches", "periods"),
    [
        (
            [job("2026-01-15")],
            "2026-01-15 2026-07-15 2027-01-15 2027-07-15 2028-01-15",
        ),
        (
            [job("2026-08-31")],
            "2026-08-31 2027-02-28 2027-08-31 2028-02-29 2028-08-31",
        ),
        # Two months of work, three of nothing.
        (
            [job("2026-01-01", "2026-03-01"), job("2026-06-01")],
            "2026-01-01 2026-10-01 2027-04-03 2027-10-01 2028-04-02",
        ),
    ],
)
def test_the_months_of_each_premium_follow_on_each_other(stretches, periods):
    found = premium_periods(person(*stretches), on=day("2026-02-01"))
    days = [found[0].starts_on, *(one.ends_on for one in found)]
    assert " ".join(map(str, days)) == periods
    assert [one.number for one in found] == [1, 2, 3, 4]
    enough = [premium_for(one, facts(), on=day("2029-01-01")).cents for one in found]
    assert enough == [15_000] * 4


@given(st.dates(date(2007, 1, 1), date(2060, 1, 1)))
def test_the_months_of_a_premium_are_never_too_short(start):
    for period in premium_periods(person(job(start.isoformat())), on=start):
        found = premium_for(period, facts(), on=date(2070, 1, 1))
        assert found.because == (WhyPremium.WHOLE,)


def test_who_stops_has_whole_months_up_to_the_end_only():
    found = premium_periods(person(job("2026-01-15", "2026-12-20")), on=day("2026-12-21"))
    assert [one.months for one in found] == [6, 5, 0, 0]
    assert premium_for(found[1], facts(), on=day("2027-02-01")).because == (
        WhyPremium.PERIOD_TOO_SHORT,
    )
