"""Support that ends is told without a way to find a few people; a team lead is told it in full."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.cliff import Support, cliff
from meedoen.rules.flows.told_cliff import tell_cliff
from meedoen.rules.vocabulary import PlaceKind

TODAY = date(2026, 3, 1)


def support(number, last_day, *, team=1, district=1, by_law=False):
    return Support(
        placement=number,
        person=number,
        kind=PlaceKind.PARTICIPATION_JOB,
        team=team,
        district=district,
        planned_end=None if by_law else last_day,
        end_of_term=last_day if by_law else None,
    )


ends = st.one_of(st.none(), st.integers(-30, 400).map(lambda n: TODAY + timedelta(days=n)))
supports = st.lists(
    st.tuples(ends, st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=150
).map(
    lambda drawn: [
        support(number, day, team=team, district=district, by_law=by_law)
        for number, (day, team, district, by_law) in enumerate(drawn, start=1)
    ]
)


@given(supports)
def test_what_is_told_adds_up_and_is_never_small(found):
    counted = cliff(found, TODAY)
    told = tell_cliff(counted, 5)
    count = len(counted.falling)
    assert told.falling.text == (str(count) if count == 0 or count >= 5 else "<5")
    if not count >= 5:
        assert not [*told.stretches, *told.teams.rows, *told.districts.rows]
        return
    assert sum(one.months for one in told.stretches) == 12
    assert told.stretches[-1].by_then == count
    small = [one.ending for one in told.stretches if 0 < one.ending < 5]
    assert not small
    for way, curves in ((told.teams, counted.per_team), (told.districts, counted.per_district)):
        rows = [*way.rows.values(), *([way.rest] if way.rest else [])]
        columns = [sum(column) for column in zip(*rows, strict=True)]
        assert sum(columns) == count
        assert not any(0 < number < 5 for row in rows for number in row)
        # Between the end of a column and the end of a stretch there is nothing to work out.
        done, ends_of_stretches = 0, []
        for one in told.stretches:
            done += one.months
            ends_of_stretches.append(done)
        assert {told.step * (at + 1) for at in range(len(columns))} <= set(ends_of_stretches)
        for name, row in way.rows.items():
            assert sum(row) == sum(curves[name].per_month)
    if told.by_law is not None:
        assert not 0 < told.by_law < 5
        assert not 0 < count - told.by_law < 5


@given(supports)
def test_who_knows_the_people_is_told_every_number(found):
    counted = cliff(found, TODAY)
    told = tell_cliff(counted, None)
    if counted.falling:
        assert [one.ending for one in told.stretches] == list(counted.together.per_month)
        assert [one.by_then for one in told.stretches] == list(counted.together.by_then)
        assert told.teams.rest is told.districts.rest is None
        assert {team: sum(row) for team, row in told.teams.rows.items()} == {
            team: sum(curve.per_month) for team, curve in counted.per_team.items()
        }
    assert (told.overdue.text, told.goes_on.text) == (
        str(len(counted.overdue)),
        str(counted.goes_on),
    )


def test_months_with_few_people_are_told_with_those_after_them():
    months = {0: 12, 3: 4, 4: 7, 8: 11, 11: 3}
    days = [TODAY + timedelta(days=31 * month) for month, n in months.items() for _ in range(n)]
    told = tell_cliff(cliff([support(n, day) for n, day in enumerate(days)], TODAY), 10)
    assert [(one.months, one.ending) for one in told.stretches if one.ending] == [
        (1, 12),
        (2, 11),
        (4, 14),
    ]
    assert told.step == 6


def test_teams_are_told_per_quarter_where_that_is_possible_and_together_where_one_is_small():
    found = [
        support(100 * month + n, TODAY + timedelta(days=31 * month), team=n % 3 if n < 36 else 9)
        for month in (0, 3, 6, 9)
        for n in range(38)
    ]
    told = tell_cliff(cliff(found, TODAY), 10)
    assert told.step == 3
    assert len(told.teams.rows) == 2
    assert set(told.teams.rows.values()) == {(12, 12, 12, 12)}
    assert told.teams.rest == (14, 14, 14, 14)


def test_that_a_few_end_by_law_is_not_told():
    law = [support(n, TODAY, by_law=True) for n in range(12)]
    rest = [support(n, TODAY) for n in range(20, 40)]
    assert tell_cliff(cliff([*law, *rest], TODAY), 10).by_law == 12
    assert tell_cliff(cliff([*law[:3], *rest], TODAY), 10).by_law is None
    assert tell_cliff(cliff([*law[:3], *rest], TODAY), None).by_law == 3
    assert tell_cliff(cliff(rest, TODAY), 10).by_law == 0


def test_months_that_fill_no_year_and_a_low_threshold_are_refused():
    with pytest.raises(ValueError, match="no whole years"):
        tell_cliff(cliff([], TODAY, months=3), 10)
    with pytest.raises(ValueError, match="under the lowest"):
        tell_cliff(cliff([], TODAY), 4)


def test_without_anybody_everything_is_zero():
    told = tell_cliff(cliff([], TODAY), 10)
    assert (told.falling.text, told.overdue.text, told.goes_on.text) == ("0", "0", "0")
    assert told.stretches == ()
