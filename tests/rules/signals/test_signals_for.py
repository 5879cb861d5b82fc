from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.signals.facts import Dated, PersonFacts, PlacementFacts, PlanFacts
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import rules_on, shipped_rules
from meedoen.rules.signals.signals_for import signals_for
from meedoen.rules.vocabulary import PlacementState, PlanState

TODAY = date(2026, 9, 1)
RULES = rules_on(shipped_rules(), TODAY)
INTERVALS = shipped_intervals()
QUIET = PersonFacts(
    benefit_since=date(2026, 1, 1),
    first_spoken_on=date(2026, 8, 20),
    spoken_on=date(2026, 8, 20),
    measured_on=date(2026, 8, 20),
)
NEVER = PersonFacts(benefit_since=date(2026, 1, 1))


def found(facts, on=TODAY):
    return [
        (one.kind.value, one.subject, one.due_on)
        for one in signals_for(facts, rules=RULES, intervals=INTERVALS, on=on)
    ]


def kinds(facts, on=TODAY):
    return [kind for kind, _subject, _due in found(facts, on)]


def placement(**changes):
    known = {"subject": "p", "state": PlacementState.ACTIVE, "since": date(2026, 8, 1)} | changes
    came = {"came": ((known["since"], date.max),)}
    return replace(QUIET, placements=(PlacementFacts(**(came | known)),))


def plan(**changes):
    known = {"subject": "plan", "state": PlanState.AGREED, "drafted_on": date(2026, 8, 1)}
    return replace(QUIET, plan=PlanFacts(**(known | changes)))


def test_who_is_in_sight_and_measured_asks_for_nothing():
    assert found(QUIET) == []


@pytest.mark.parametrize(
    ("facts", "last_quiet_day", "kind", "due_on"),
    [
        (NEVER, date(2026, 1, 14), "never_spoken", date(2026, 1, 15)),
        (
            replace(QUIET, spoken_on=date(2026, 3, 15), measured_on=date(2026, 8, 20)),
            date(2026, 9, 14),
            "no_contact",
            date(2026, 9, 15),
        ),
        (
            replace(QUIET, next_steps=(Dated("7", date(2026, 9, 3)),)),
            date(2026, 9, 3),
            "next_step_overdue",
            date(2026, 9, 4),
        ),
        (
            replace(QUIET, ask_again_on=date(2026, 9, 3)),
            date(2026, 9, 2),
            "ask_again",
            date(2026, 9, 3),
        ),
        (
            plan(evaluations=(Dated("3", date(2026, 9, 20)),)),
            date(2026, 9, 5),
            "plan_evaluation",
            date(2026, 9, 20),
        ),
        (
            plan(actions=(Dated("3", date(2026, 9, 20)),)),
            date(2026, 9, 20),
            "plan_action_overdue",
            date(2026, 9, 21),
        ),
        (plan(state=PlanState.DRAFT), date(2026, 8, 28), "plan_not_agreed", date(2026, 8, 29)),
        (
            placement(state=PlacementState.PROPOSED),
            date(2026, 8, 7),
            "placement_waits",
            date(2026, 8, 8),
        ),
        (
            placement(planned_end_on=date(2026, 10, 27)),
            date(2026, 8, 31),
            "placement_ends_soon",
            date(2026, 10, 27),
        ),
    ],
)
def test_a_signal_comes_on_its_day_and_not_a_day_before(facts, last_quiet_day, kind, due_on):
    assert kind not in kinds(facts, last_quiet_day)
    the_next = found(facts, last_quiet_day + timedelta(days=1))
    assert [(one[0], one[2]) for one in the_next] == [(kind, due_on)]


def test_a_planned_end_that_is_over_takes_the_place_of_one_that_comes():
    facts = placement(planned_end_on=date(2026, 9, 1))
    assert kinds(facts, date(2026, 9, 1)) == ["placement_ends_soon"]
    assert found(facts, date(2026, 9, 2)) == [("placement_past_end", "p", date(2026, 9, 2))]


def test_measuring_is_due_for_who_was_spoken_to_and_domains_for_who_was_measured_on_them():
    later = date(2028, 1, 1)
    assert "ladder_due" not in kinds(NEVER, later)
    assert "ladder_due" in kinds(QUIET, later)
    assert "domains_due" not in kinds(QUIET, later)
    assert "domains_due" in kinds(replace(QUIET, domains_measured_on=date(2026, 8, 20)), later)


def test_who_wants_no_contact_is_left_alone_until_the_day_to_ask_again():
    pause = replace(
        QUIET,
        spoken_on=date(2020, 1, 1),
        measured_on=None,
        domains_measured_on=date(2020, 1, 1),
        next_steps=(Dated("7", date(2026, 8, 1)),),
        ask_again_on=date(2026, 12, 1),
    )
    assert kinds(pause) == []
    assert kinds(pause, date(2026, 12, 1)) == ["ask_again"]
    assert kinds(replace(NEVER, ask_again_on=date(2026, 12, 1))) == []


def test_a_talk_on_or_after_the_day_to_ask_again_is_the_answer():
    asked = replace(QUIET, ask_again_on=date(2026, 8, 20))
    assert kinds(asked) == []
    assert kinds(replace(asked, ask_again_on=date(2026, 8, 21))) == ["ask_again"]


def test_an_appointment_that_is_near_counts_as_in_sight_and_one_far_away_does_not():
    near = replace(NEVER, next_steps=(Dated("7", TODAY + timedelta(days=56)),))
    far = replace(NEVER, next_steps=(Dated("7", TODAY + timedelta(days=57)),))
    assert kinds(near) == []
    assert kinds(far) == ["never_spoken"]
    assert kinds(near, TODAY + timedelta(days=57)) == ["next_step_overdue", "never_spoken"]


def test_without_a_benefit_only_placements_ask_for_something():
    everything = replace(
        placement(planned_end_on=date(2026, 8, 1)),
        spoken_on=None,
        ask_again_on=date(2026, 1, 1),
        next_steps=(Dated("7", date(2026, 8, 1)),),
        plan=plan(evaluations=(Dated("3", date(2026, 1, 1)),)).plan,
    )
    assert len(kinds(everything)) > 1
    assert kinds(replace(everything, benefit_since=None)) == ["placement_past_end"]


def test_the_most_urgent_comes_first_and_each_says_the_day_it_counts_from():
    facts = replace(
        placement(state=PlacementState.PROPOSED),
        next_steps=(Dated("9", date(2026, 8, 3)), Dated("8", date(2026, 8, 3))),
    )
    signals = signals_for(facts, rules=RULES, intervals=INTERVALS, on=TODAY)
    assert [(one.kind.value, one.subject, one.facts["since"]) for one in signals] == [
        ("next_step_overdue", "8", "2026-08-03"),
        ("next_step_overdue", "9", "2026-08-03"),
        ("placement_waits", "p", "2026-08-01"),
    ]


DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 1))
PEOPLE = st.builds(
    PersonFacts,
    benefit_since=st.none() | DAYS,
    first_spoken_on=st.none() | DAYS,
    spoken_on=st.none() | DAYS,
    ask_again_on=st.none() | DAYS,
    next_steps=st.lists(st.builds(Dated, st.sampled_from("abc"), DAYS), max_size=3).map(tuple),
    measured_on=st.none() | DAYS,
    domains_measured_on=st.none() | DAYS,
    placements=st.lists(
        st.builds(
            PlacementFacts,
            subject=st.sampled_from("pq"),
            state=st.sampled_from(PlacementState),
            since=DAYS,
            planned_end_on=st.none() | DAYS,
        ),
        max_size=2,
    ).map(tuple),
)


@given(facts=PEOPLE, on=DAYS)
def test_a_signal_shows_from_its_day_on_and_is_never_of_an_unknown_kind(facts, on):
    for one in signals_for(facts, rules=RULES, intervals=INTERVALS, on=on):
        assert one.kind in SignalKind
        assert RULES.timing(one.kind).shows_from(one.due_on) <= on


@given(facts=PEOPLE, on=DAYS)
def test_no_contact_is_asked_for_while_someone_wants_none(facts, on):
    about_contact = {"never_spoken", "no_contact", "next_step_overdue", "ladder_due", "domains_due"}
    day, spoken = facts.ask_again_on, facts.spoken_on
    if day is not None and (spoken is None or spoken < day):
        assert not about_contact & set(kinds(facts, on))


def test_a_place_that_somebody_found_asks_for_a_look_at_once_also_without_a_benefit():
    facts = replace(QUIET, found_places=(Dated("place", date(2026, 9, 1)),))
    assert found(facts, date(2026, 8, 31)) == []
    assert found(facts) == [("found_place_to_verify", "place", date(2026, 9, 8))]
    assert kinds(replace(facts, benefit_since=None)) == ["found_place_to_verify"]


def told(**changes):
    return placement(**({"told_until": date(2026, 9, 1)} | changes))


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_worry_shows_until_a_talk_that_was_written_down_after_it():
    worry = told(worried_at=at(date(2026, 8, 30)))
    assert kinds(worry) == ["partner_worry"]
    spoken = replace(worry, spoken_on=date(2026, 8, 30))
    assert kinds(replace(spoken, talk_noted_at=at(date(2026, 8, 30), 13))) == []
    assert kinds(replace(spoken, talk_noted_at=at(date(2026, 8, 30), 11))) == ["partner_worry"]
    # An older talk that is written down late is not about it.
    late = replace(worry, spoken_on=date(2026, 8, 29), talk_noted_at=at(date(2026, 8, 31)))
    assert kinds(late) == ["partner_worry"]
    assert kinds(replace(worry, spoken_on=date(2026, 8, 31))) == ["partner_worry"]


def test_a_stop_shows_by_the_last_day_and_silences_the_question_about_months():
    stopped = told(stopped_on=date(2026, 8, 28), told_until=None)
    assert found(stopped, date(2026, 9, 3)) == [
        ("partner_says_stopped", "p", date(2026, 8, 28)),
    ]
    assert "month_not_confirmed" not in kinds(stopped, date(2028, 1, 1))


@pytest.mark.parametrize(
    ("since", "told_until", "due_on"),
    [
        # Nothing is missed before organisations were asked.
        (date(2026, 8, 1), None, date(2027, 1, 15)),
        (date(2026, 12, 31), None, date(2027, 1, 15)),
        (date(2027, 1, 1), None, date(2027, 2, 15)),
        (date(2026, 8, 1), date(2027, 1, 1), date(2027, 2, 15)),
        (date(2026, 8, 1), date(2027, 3, 1), date(2027, 4, 15)),
    ],
)
def test_a_month_without_a_word_is_due_two_weeks_after_it_is_over(since, told_until, due_on):
    quiet = placement(since=since, told_until=told_until)
    last_quiet_day = due_on - timedelta(days=1)
    assert "month_not_confirmed" not in kinds(quiet, last_quiet_day)
    assert ("month_not_confirmed", "p", due_on) in found(quiet, due_on)


@pytest.mark.parametrize(
    ("came", "told_until", "due_on"),
    [
        # A trial in December that became more in January: December is asked first.
        (
            ((date(2026, 12, 20), date(2027, 1, 5)), (date(2027, 1, 5), date.max)),
            None,
            date(2027, 1, 15),
        ),
        # Away from the middle of January until March: February is not asked.
        (
            ((date(2026, 12, 1), date(2027, 1, 15)), (date(2027, 3, 2), date.max)),
            date(2027, 2, 1),
            date(2027, 4, 15),
        ),
        # Away since the first day of January: not a day of it.
        (((date(2026, 12, 1), date(2027, 1, 1)),), date(2027, 1, 1), None),
        ((), None, None),
    ],
)
def test_a_month_is_asked_once_and_not_when_somebody_was_away_all_of_it(came, told_until, due_on):
    quiet = placement(since=date(2026, 12, 1), came=came, told_until=told_until)
    due = [due for kind, _p, due in found(quiet, date(2027, 12, 1)) if "month" in kind]
    assert due == ([due_on] if due_on else [])


@pytest.mark.parametrize("state", [PlacementState.PROPOSED, PlacementState.PAUSED])
def test_a_report_shows_from_its_day_until_it_is_answered_whatever_the_talks(state):
    reported = told(state=state, worry_reported_on=TODAY, end_proposed_on=TODAY)
    spoken = replace(reported, spoken_on=TODAY, talk_noted_at=at(TODAY, 23))
    assert {"partner_worry", "partner_says_stopped"} <= set(kinds(spoken))
    assert not {"partner_worry", "partner_says_stopped"} & set(kinds(told(state=state)))


def test_what_was_told_twice_is_one_signal_by_the_oldest():
    both = told(
        worried_at=at(date(2026, 8, 30)),
        worry_reported_on=date(2026, 8, 20),
        stopped_on=date(2026, 8, 28),
        end_proposed_on=date(2026, 8, 31),
    )
    told_of = [(kind, due) for kind, _subject, due in found(both) if "partner" in kind]
    assert told_of == [
        ("partner_says_stopped", date(2026, 8, 28)),
        ("partner_worry", date(2026, 8, 20)),
    ]
