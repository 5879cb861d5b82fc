"""Flows counted from the history of the town are those of plain loops, and protected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.actions import measure
from meedoen.records.flows.participating import told
from meedoen.records.flows.queries import fallen_back, flows, reconciliation
from meedoen.records.history.queries import columns, columns_with_replaced
from meedoen.records.organisations import clock
from meedoen.rules.flows.reconciliation import Correction, Group, Unit
from meedoen.rules.flows.shown_balances import WHOLE
from meedoen.rules.flows.told_balances import REST_OF_DISTRICTS, REST_OF_KINDS
from meedoen.rules.flows.told_flow import REST
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, date_of
from meedoen.rules.vocabulary import Outcome
from tests.records.figures.scenes import crowd, stranger, take_part
from tests.records.flows.scenes import EVE, JOB, LAST, VOLUNTEER, end, history_of, live_a_year
from tests.rules.flows.reference import balance, took_part
from tests.town import ON_RUNG_2, ON_RUNG_4, talk

PERIOD = {"start": EVE, "end": LAST, "threshold": 10}


def balances(viewer, unit=Unit.PLACEMENTS, known_on=None, **period):
    return reconciliation(viewer, **(PERIOD | period), unit=unit, known_on=known_on)


def texts(line):
    names = ("published", "difference", "start", "new", "ended", "end")
    return [getattr(line, name).text for name in names]


def test_what_is_read_is_the_history_row_by_row_as_known_at_every_moment(town):
    live_a_year(town)
    history = history_of(town)
    moments = sorted({each.recorded_at for _placement, each in history})
    found = told(town.connie)
    for moment in (None, *moments):
        read = found.known_at(moment)
        expected = [row for row in took_part(history, moment) if row.placement]
        assert read.placement.tolist() == [row.placement for row in expected]
        assert read.person.tolist() == [row.person for row in expected]
        assert [date_of(one) for one in read.starts.tolist()] == [row.starts for row in expected]
        assert [None if one == FAR_FUTURE_DAY else date_of(one) for one in read.ends.tolist()] == [
            row.ends for row in expected
        ]


def test_the_columns_come_with_what_each_entry_replaces(town):
    live_a_year(town)
    found, replaces = columns_with_replaced(town.connie)
    assert found.entry.tolist() == columns(town.connie).entry.tolist()
    assert replaces.tolist() == [each.replaces or 0 for _one, each in history_of(town)]


def test_people_go_between_kinds_and_small_flows_are_told_together(town):
    live_a_year(town)
    told_flow = flows(town.connie, **PERIOD).kinds
    links = {
        source.source: (source.people, [(link.target, link.people) for link in source.links])
        for source in told_flow.sources
    }
    # On the eve 15 had a participation job; 3 got paid work, 3 volunteer, one does both.
    assert told_flow.total.text == "35"
    assert links == {
        "nothing": (20, [(REST, 20)]),
        JOB: (15, [(REST, 15)]),
    }


@pytest.mark.parametrize("unit", list(Unit))
def test_each_line_closes_and_is_what_plain_loops_count(town, unit):
    live_a_year(town)
    rows = [row for row in took_part(history_of(town), None) if row.placement]
    start, new, ended, last = balance(rows, EVE, LAST, people=unit is Unit.PEOPLE)
    line = balances(town.connie, unit).told.shown.lines[WHOLE]
    expected = [start, start, new, sum(ended.values()), last]
    shown = [line.published, line.start, line.new, line.ended, line.end]
    assert start + new - sum(ended.values()) == last
    for count, one in zip(expected, shown, strict=True):
        assert one.text == ("x" if one.hidden else str(count))
    assert not line.start.hidden


def test_a_kind_with_few_is_told_of_with_others_and_districts_too(town):
    live_a_year(town)
    card = balances(town.connie)
    assert card.told.joins_kinds
    assert set(card.told.shown.lines) <= {
        WHOLE,
        REST_OF_KINDS,
        REST_OF_DISTRICTS,
        Group(VOLUNTEER),
        Group(district=town.north),
    }
    assert card.districts == {town.north: "Noord", town.south: "Zuid"}


def test_what_was_published_is_explained_by_what_was_corrected_since(town):
    placed = take_part(town, crowd(town, 24), on=date(2023, 10, 2))
    measure(town.connie, on=EVE)
    end(town, placed[:1], date(2023, 12, 1), Outcome.GOAL_REACHED)
    end(town, placed[1:12], date(2024, 3, 1), Outcome.GOAL_REACHED)
    now = balances(town.connie)
    assert (now.published_at, texts(now.told.shown.lines[WHOLE])) == (
        None,
        ["23", "0", "23", "0", "11", "12"],
    )
    then = balances(town.connie, known_on=clock.today())
    assert then.published_at == now.measured_at is not None
    assert texts(then.told.shown.lines[WHOLE]) == ["24", "-1", "23", "0", "11", "12"]
    assert {name: one.text for name, one in then.told.shown.corrections.items()} == {
        Correction.LATE_END: "-1"
    }
    long_ago = balances(town.connie, known_on=date(2020, 1, 1))
    assert long_ago.published_at == clock.end_of(date(2020, 1, 1))
    assert texts(long_ago.told.shown.lines[WHOLE])[0] == "0"


def test_after_an_end_it_is_followed_where_somebody_is(town):
    people = crowd(town, 24)
    for person in people[:12]:
        talk_on(town, person, date(2024, 1, 8), ON_RUNG_4)
    placed = take_part(town, people, on=date(2024, 1, 15))
    end(town, placed, date(2024, 3, 1), Outcome.GOAL_REACHED)
    take_part(town, people[:10], on=date(2024, 5, 1), kind=VOLUNTEER)
    for person in people[:12]:
        talk_on(town, person, date(2024, 6, 3), ON_RUNG_2)
    found = fallen_back(town.connie, **PERIOD)
    assert found.ends.text == "24"
    first = found.windows[0]
    assert (first.first_day, first.last_day) == (0, 180)
    assert [one.text for one in (first.followed, first.active, first.no_activity)] == [
        "24",
        "10",
        "14",
    ]
    assert [one.text for one in (first.compared, first.lower, first.fell_back)] == [
        "12",
        "12",
        "24",
    ]
    with clock.at(clock.end_of(date(2024, 7, 1))):
        not_over = fallen_back(town.connie, **PERIOD).windows[0]
    assert (not_over.followed.text, not_over.not_followed.text) == ("0", "24")


def talk_on(town, person, on, answers):
    talk(town.anna, replace(town.sam, pseudonym_id=person), on, answers)


def test_a_few_people_are_in_no_number(town):
    placed = take_part(town, crowd(town, 8), on=date(2024, 2, 1))
    end(town, placed[:3], date(2024, 5, 1), Outcome.GOAL_REACHED)
    card = flows(town.connie, **PERIOD)
    assert (card.kinds.total.text, card.kinds.sources) == ("<10", ())
    lines = balances(town.connie).told.shown.lines.values()
    assert {text for line in lines for text in texts(line)} <= {"x", "0"}
    found = fallen_back(town.connie, **PERIOD)
    assert found.ends.text == "x"


@pytest.mark.parametrize("name", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_who_may_not_count_gets_nothing(town, name):
    viewer = getattr(town, name)
    assert told(viewer) is None
    assert flows(viewer, **PERIOD) is None
    assert balances(viewer) is None
    assert fallen_back(viewer, **PERIOD) is None


def test_another_municipality_counts_its_own(town):
    take_part(town, crowd(town, 24), on=date(2024, 2, 1))
    assert flows(stranger(town), **PERIOD).kinds.total.text == "0"
    assert texts(balances(stranger(town)).told.shown.lines[WHOLE])[2:] == ["0", "0", "0", "0"]


def test_a_period_that_does_not_end_after_its_start_is_refused(town):
    turned = {"start": LAST, "end": LAST, "threshold": 10}
    for ask in (flows, fallen_back):
        with pytest.raises(ValueError, match="give a day after"):
            ask(town.connie, **turned)
    with pytest.raises(ValueError, match="give a day after"):
        balances(town.connie, **turned)


def test_many_people_cost_as_many_questions_as_a_few(town):
    def asked():
        with CaptureQueriesContext(connection) as found:
            flows(town.connie, **PERIOD)
            balances(town.connie, known_on=LAST)
            fallen_back(town.connie, **PERIOD)
        return len(found)

    people = crowd(town, 200)
    take_part(town, people[:10])
    few = asked()
    take_part(town, people[10:], on=EVE + timedelta(days=40))
    assert asked() == few
