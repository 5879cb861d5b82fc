"""Support that ends is shown without a way to find a few people; to a team lead it is shown."""

from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.cliff import Support, cliff
from meedoen.rules.flows.shown_cliff import protect_cliff
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
    st.tuples(ends, st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=120
).map(
    lambda drawn: [
        support(number, day, team=team, district=district, by_law=by_law)
        for number, (day, team, district, by_law) in enumerate(drawn, start=1)
    ]
)


def texts(shown):
    groups = [shown.whole, *shown.teams.values(), *shown.districts.values()]
    months = chain.from_iterable((month.ending, month.by_then) for month in shown.months)
    quarters = chain.from_iterable((*one.quarters, one.together) for one in groups)
    rest = (shown.by_law, shown.by_agreement, shown.overdue, shown.goes_on)
    return [one.text for one in (*months, *quarters, *rest)]


@given(supports)
def test_what_is_shown_is_what_was_counted_or_nothing(found):
    counted = cliff(found, TODAY)
    open_, closed = (protect_cliff(counted, threshold) for threshold in (None, 5))
    for real, shown in zip(texts(open_), texts(closed), strict=True):
        assert shown in {real, "x"}
        assert not 0 < int(real) < 5 or shown == "x"


@given(supports)
def test_a_curve_does_not_give_a_month_away(found):
    shown = protect_cliff(cliff(found, TODAY), 5).months
    before = 0
    for month in shown:
        if month.by_then.hidden:
            before = None
            continue
        if before is not None:
            assert month.ending.hidden is False
            assert int(month.by_then.text) - before == int(month.ending.text)
        before = int(month.by_then.text)


def test_who_knows_the_people_sees_every_number():
    found = [support(1, TODAY), support(2, TODAY + timedelta(days=40), team=2, by_law=True)]
    shown = protect_cliff(cliff([*found, support(3, None)], TODAY), None)
    assert [month.ending.text for month in shown.months[:3]] == ["1", "1", "0"]
    assert [month.by_then.text for month in shown.months[:3]] == ["1", "2", "2"]
    assert [one.text for one in shown.teams[2].quarters] == ["1", "0", "0", "0"]
    assert (shown.by_law.text, shown.by_agreement.text) == ("1", "1")
    assert (shown.whole.together.text, shown.goes_on.text) == ("2", "1")


def test_a_few_people_in_one_team_hide_another_team():
    found = [
        support(number, TODAY, team=1 if number < 4 else number % 2 + 2) for number in range(80)
    ]
    shown = protect_cliff(cliff(found, TODAY), 10)
    assert shown.teams[1].quarters[0].hidden
    assert sum(shown.teams[team].quarters[0].hidden for team in shown.teams) > 1


def test_months_that_fill_no_quarter_and_a_low_threshold_are_refused():
    with pytest.raises(ValueError, match="no whole quarters"):
        protect_cliff(cliff([], TODAY, months=4), 10)
    with pytest.raises(ValueError, match="under the lowest"):
        protect_cliff(cliff([], TODAY), 4)


def test_without_anybody_everything_is_zero():
    assert set(texts(protect_cliff(cliff([], TODAY), 10))) == {"0"}
