"""Who falls off, and when, is seen a year before; whoever has another place is not falling."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.cliff import Curve, EndsBy, Support, cliff
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import PlaceKind

TODAY = date(2026, 8, 31)


def support(placement, person, planned=None, term=None, team=1, district=7):
    return Support(
        placement=placement,
        person=person,
        kind=PlaceKind.PARTICIPATION_JOB,
        team=team,
        district=district,
        planned_end=planned,
        end_of_term=term,
    )


ends = st.one_of(st.none(), st.integers(-40, 500).map(lambda later: TODAY + timedelta(days=later)))
supports = st.lists(
    st.tuples(st.integers(1, 5), ends, ends, st.integers(0, 2), st.integers(0, 2)), max_size=12
).map(lambda rows: [support(at, *row) for at, row in enumerate(rows, start=1)])


@given(supports.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_curves_are_what_plain_loops_count_whatever_the_order(both):
    found, shuffled = both
    seen = cliff(found, TODAY)
    assert cliff(shuffled, TODAY) == seen
    months, per_team, overdue, goes_on = Counter(), Counter(), 0, 0
    for person in {one.person for one in found}:
        mine = [one for one in found if one.person == person]
        last = max(mine, key=lambda one: (one.last_day or date.max, -one.placement))
        if last.last_day is None or last.last_day >= add_months(TODAY, 12):
            goes_on += 1
        elif last.last_day < TODAY:
            overdue += 1
        else:
            month = next(at for at in range(12) if last.last_day < add_months(TODAY, at + 1))
            months[month] += 1
            per_team[last.team, month] += 1
    assert seen.together.per_month == tuple(months[at] for at in range(12))
    assert {
        (team, month): count
        for team, curve in seen.per_team.items()
        for month, count in enumerate(curve.per_month)
        if count
    } == per_team
    assert (len(seen.overdue), seen.goes_on) == (overdue, goes_on)
    assert len(seen.falling) + overdue + goes_on == len({one.person for one in found})
    for curves in (seen.per_team, seen.per_district, seen.per_kind):
        totals = [
            sum(column) for column in zip(*(one.per_month for one in curves.values()), strict=True)
        ]
        assert tuple(totals or [0] * 12) == seen.together.per_month
    assert [one.last_day for one in seen.falling] == sorted(one.last_day for one in seen.falling)


def test_somebody_with_another_placement_that_goes_on_is_not_falling():
    soon = date(2026, 9, 15)
    both = [support(1, 1, planned=soon), support(2, 1)]
    assert (cliff(both, TODAY).falling, cliff(both, TODAY).goes_on) == ((), 1)
    later = [support(1, 1, planned=soon), support(2, 1, planned=date(2026, 12, 1), team=4)]
    (falling,) = cliff(later, TODAY).falling
    assert (falling.support.placement, falling.last_day) == (2, date(2026, 12, 1))
    assert list(cliff(later, TODAY).per_team) == [4]


@pytest.mark.parametrize(
    ("planned", "term", "last", "by"),
    [
        (None, None, None, None),
        (date(2026, 10, 1), None, date(2026, 10, 1), EndsBy.AGREEMENT),
        (None, date(2026, 10, 1), date(2026, 10, 1), EndsBy.LAW),
        (date(2026, 10, 1), date(2026, 11, 1), date(2026, 10, 1), EndsBy.AGREEMENT),
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 1), EndsBy.LAW),
        (date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 1), EndsBy.LAW),
    ],
)
def test_the_earlier_of_the_agreement_and_the_law_ends_it(planned, term, last, by):
    one = support(1, 1, planned, term)
    assert (one.last_day, one.ends_by) == (last, by)


def test_months_at_the_end_of_a_month_are_those_of_the_calendar_rule():
    days = [date(2026, 9, 29), date(2026, 9, 30), date(2027, 8, 30), date(2027, 8, 31)]
    found = cliff([support(at, at, day) for at, day in enumerate(days, start=1)], TODAY)
    assert found.months[:2] == (TODAY, date(2026, 9, 30))
    assert found.months[6] == date(2027, 2, 28)
    assert found.together.per_month == (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert found.goes_on == 1


def test_a_curve_tells_how_many_it_is_by_then():
    assert Curve((2, 0, 3)).by_then == (2, 2, 5)


def test_fewer_months_than_one_are_refused():
    with pytest.raises(ValueError, match="give one or more"):
        cliff([], TODAY, 0)
