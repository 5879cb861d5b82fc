"""Leaving the benefit while a placement still runs: somebody keeps sight of it until it ends.

All ends here lie before the first day of aftercare (catalogue/places/aftercare.toml), which keeps
somebody in sight longer: see tests/records/following/test_in_sight.py.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.queries import counted_now
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.benefit_actions import Resumption, resume_benefits
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.records.people.models import Responsibility
from meedoen.records.people.queries import resident
from meedoen.records.placements.actions import (
    NewPlacement,
    end,
    place_all,
    set_planned_end,
    withdraw,
    withdraw_all,
)
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.queries import open_signals
from meedoen.rules.vocabulary import MoveReason, Outcome
from tests.records.figures.scenes import crowd, wide_place
from tests.town import LONG_AGO
from tests.web.coach.scenes import on, proposed, started

LEFT = date(2026, 5, 1)
PLANNED_END = date(2026, 6, 1)
TODAY = date(2026, 6, 15)
TOMORROW = TODAY + timedelta(days=1)


def leave(town, person, day=LEFT, today=LEFT):
    with on(today):
        end_benefits(town.system, ends=[BenefitEnd(person.pseudonym_id, day)])


def left_with_a_placement(town):
    """Let Roos leave the benefit half-way her placement and return its key."""
    key = started(town)
    with on(date(2026, 3, 10)):
        set_planned_end(town.anna, key=key, on=PLANNED_END)
    leave(town, town.roos_file)
    return key


def sees(viewer, person, day):
    with on(day):
        return resident(viewer, key=person.key) is not None


def stretches(town, person):
    rows = Responsibility.objects.visible_to(town.system).filter(pseudonym_id=person.pseudonym_id)
    return list(rows.order_by("starts_on").values_list("coach_id", "starts_on", "ends_on"))


def test_who_leaves_during_a_placement_stays_in_sight_with_the_signal_that_it_runs_on(town):
    left_with_a_placement(town)
    with on(TODAY):
        refresh_all(town.system)
        for viewer, coach_id in [(town.anna, town.anna.membership_id), (town.lea, None)]:
            found = open_signals(viewer, coach_id=coach_id).cards
            [roos] = [card for card in found if card.pseudonym_id == town.roos_file.pseudonym_id]
            assert "placement_past_end" in [signal.kind for signal in roos.signals]
        assert resident(town.carla, key=town.roos_file.key) is None


def test_the_coach_ends_the_placement_and_then_the_responsibility_is_over(town):
    key = left_with_a_placement(town)
    with on(TODAY):
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert sees(town.anna, town.roos_file, TODAY)
    assert not sees(town.anna, town.roos_file, TOMORROW)
    assert not sees(town.lea, town.roos_file, TOMORROW)
    assert stretches(town, town.roos_file) == [(town.anna.membership_id, LONG_AGO, TOMORROW)]


def test_a_proposal_that_does_not_go_on_ends_it_too(town):
    key = proposed(town)
    leave(town, town.roos_file)
    assert sees(town.anna, town.roos_file, TODAY)
    with on(TODAY):
        withdraw(
            town.anna,
            key=key,
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.GAVE_NO_REASON,
        )
    assert not sees(town.anna, town.roos_file, TOMORROW)


def test_a_start_that_is_taken_back_is_a_proposal_again_and_stays_in_sight(town):
    key = left_with_a_placement(town)
    with on(TODAY):
        take_back_start(town.anna, key=key)
    assert sees(town.anna, town.roos_file, TOMORROW)


def test_the_last_of_two_placements_ends_it(town):
    key = left_with_a_placement(town)
    with on(TODAY):
        [other] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    place_id=town.repair,
                    proposed_on=TODAY,
                )
            ],
        )
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert sees(town.anna, town.roos_file, TOMORROW)
    with on(TOMORROW):
        other_key = Placement.objects.visible_to(town.anna).get(pk=other).key
        withdraw(
            town.anna,
            key=other_key,
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.GAVE_NO_REASON,
        )
    assert not sees(town.anna, town.roos_file, TOMORROW + timedelta(days=1))


def test_who_leaves_without_a_placement_or_after_it_is_gone_as_before(town):
    key = started(town)
    with on(date(2026, 5, 1)):
        end(town.anna, key=key, last_day=date(2026, 4, 30), outcome=Outcome.GOAL_REACHED)
    for person in (town.roos_file, town.sam):
        leave(town, person)
        assert sees(town.anna, person, LEFT - timedelta(days=1))
        assert not sees(town.anna, person, LEFT)


def test_who_is_on_benefit_keeps_the_coach_when_a_placement_ends(town):
    key = started(town)
    with on(TODAY):
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert stretches(town, town.roos_file) == [(town.anna.membership_id, LONG_AGO, STILL_OPEN)]


def test_a_placement_that_ends_before_the_benefit_leaves_the_coach_until_then(town):
    key = started(town)
    leave(town, town.roos_file, day=date(2026, 6, 20))
    with on(TODAY):
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert sees(town.anna, town.roos_file, date(2026, 6, 19))
    assert not sees(town.anna, town.roos_file, date(2026, 6, 20))


def test_a_placement_that_begins_before_a_known_end_keeps_the_coach_beyond_it(town):
    leave(town, town.roos_file, today=date(2026, 3, 1))
    key = started(town)
    assert sees(town.anna, town.roos_file, TODAY)
    with on(TODAY):
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert not sees(town.anna, town.roos_file, TOMORROW)


def test_another_coach_takes_it_over_up_to_the_same_end(town):
    key = left_with_a_placement(town)
    with on(date(2026, 5, 18)):
        handover = HandOver(
            town.roos_file.pseudonym_id,
            town.bram.membership_id,
            date(2026, 5, 18),
            "Anna gaat weg.",
        )
        hand_over_all(town.lea, handovers=[handover])
    with on(TODAY):
        end(town.bram, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert stretches(town, town.roos_file) == [
        (town.anna.membership_id, LONG_AGO, date(2026, 5, 18)),
        (town.bram.membership_id, date(2026, 5, 18), TOMORROW),
    ]


@pytest.mark.parametrize("same", [True, False])
def test_who_is_on_benefit_again_meanwhile_has_one_coach_who_stays(town, same):
    key = left_with_a_placement(town)
    back = date(2026, 5, 18)
    coach = town.anna if same else town.carla
    with on(back):
        resume_benefits(
            town.system,
            resumptions=[
                Resumption(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    starts_on=back,
                    district_id=town.north,
                    coach_id=coach.membership_id,
                )
            ],
        )
    with on(TODAY):
        end(coach, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    anna = town.anna.membership_id
    assert stretches(town, town.roos_file) == (
        [(anna, LONG_AGO, STILL_OPEN)]
        if same
        else [(anna, LONG_AGO, back), (town.carla.membership_id, back, STILL_OPEN)]
    )


def test_figures_of_closed_periods_do_not_move(town):
    key = started(town)
    quarter_end, known_at = date(2026, 3, 31), datetime(2026, 4, 15, tzinfo=UTC)

    def figures():
        found = counted_now(town.connie, on=quarter_end, known_at=known_at)
        return {one.code: one.value for one in found}

    before = figures()
    assert before["participation_jobs"] == 1
    leave(town, town.roos_file)
    with on(TODAY):
        end(town.anna, key=key, last_day=PLANNED_END, outcome=Outcome.GOAL_REACHED)
    assert figures() == before


def test_many_leave_and_end_with_as_many_questions_as_few(town):
    people = crowd(town, 210)
    place_id = wide_place(town)

    def questions(act, some):
        with on(TODAY), CaptureQueriesContext(connection) as asked:
            act(some)
        # Rows are written a batch at a time; what is asked does not grow with the people.
        return len([one for one in asked if one["sql"].startswith("SELECT")])

    def placed(some):
        new = [
            NewPlacement(pseudonym_id=person, place_id=place_id, proposed_on=TODAY)
            for person in some
        ]
        place_all(town.system, placements=new)

    def left(some):
        end_benefits(town.system, ends=[BenefitEnd(person, TOMORROW) for person in some])

    def withdrawn(some):
        from_these = Placement.objects.visible_to(town.system).filter(pseudonym_id__in=some)
        changes = [
            Change(
                placement_id=pk,
                on=TODAY,
                outcome=Outcome.STOPPED_BY_RESIDENT,
                reason=MoveReason.GAVE_NO_REASON,
            )
            for pk in from_these.values_list("pk", flat=True)
        ]
        withdraw_all(town.system, changes=changes)

    few, many = people[:10], people[10:]
    for act in (placed, left, withdrawn):
        assert questions(act, few) == questions(act, many), act.__name__
    rows = Responsibility.objects.visible_to(town.system).filter(pseudonym_id__in=people)
    assert set(rows.values_list("ends_on", flat=True)) == {TOMORROW}
