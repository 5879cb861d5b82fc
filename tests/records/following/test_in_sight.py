"""Who left the benefit stays in sight for aftercare, and no longer than that."""

from datetime import date, timedelta

import pytest

from meedoen.records.following.aftercare_actions import correct_aftercare, note_aftercare
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.benefit_actions import Resumption, resume_benefits
from meedoen.records.people.models import Responsibility
from meedoen.records.people.queries import resident
from meedoen.records.placements.actions import end
from meedoen.rules.vocabulary import AftercareFinding, Outcome
from tests.records.following.scenes import ENDED, new_aftercare, over, running
from tests.town import LONG_AGO, Town
from tests.web.coach.scenes import on

LEFT = date(2027, 5, 1)
UNTIL = date(2028, 3, 31) + timedelta(days=3 * 14)
"""The last moment of aftercare after the end, and three times two weeks to try again."""


def leave(town: Town, day: date = LEFT) -> None:
    with on(day):
        end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, day)])


def sees(viewer, town: Town, day: date) -> bool:
    with on(day):
        return resident(viewer, key=town.roos_file.key) is not None


def stretches(town: Town):
    rows = Responsibility.objects.visible_to(town.system).filter(
        pseudonym_id=town.roos_file.pseudonym_id
    )
    return list(rows.order_by("starts_on").values_list("coach_id", "starts_on", "ends_on"))


def test_who_found_work_stays_in_sight_until_the_last_aftercare(town: Town):
    over(town)
    leave(town)
    assert sees(town.anna, town, UNTIL)
    assert not sees(town.anna, town, UNTIL + timedelta(days=1))
    assert not sees(town.carla, town, LEFT)


def test_so_does_who_left_during_a_placement_that_ended_later(town: Town):
    key = running(town)
    leave(town, date(2027, 3, 1))
    assert sees(town.anna, town, ENDED)
    with on(ENDED):
        end(town.anna, key=key, last_day=ENDED, outcome=Outcome.MOVED_ON_TO_PAID_WORK)
    assert sees(town.anna, town, UNTIL)
    assert not sees(town.anna, town, UNTIL + timedelta(days=1))


@pytest.mark.parametrize("outcome", [Outcome.DIED, Outcome.MOVED_AWAY])
def test_nobody_looks_on_after_a_death_or_a_move(town: Town, outcome):
    over(town, outcome=Outcome.GOAL_REACHED, last_day=date(2027, 2, 1))
    over(town, place_id=town.garden, outcome=outcome)
    leave(town)
    assert not sees(town.anna, town, LEFT)


def test_what_ended_before_there_was_aftercare_keeps_nobody_in_sight(town: Town):
    over(town, started=date(2026, 4, 6), last_day=date(2026, 6, 30))
    leave(town)
    assert not sees(town.anna, town, LEFT)


def test_who_wants_no_aftercare_is_left_alone_from_tomorrow_on(town: Town):
    key = over(town)
    leave(town)
    day = date(2027, 5, 10)
    with on(day):
        new = new_aftercare(key, day, finding=AftercareFinding.WANTS_NO_AFTERCARE, words="")
        note_aftercare(town.anna, new=new)
    assert sees(town.anna, town, day)
    assert not sees(town.anna, town, day + timedelta(days=1))


def test_a_slip_in_that_can_be_put_right_the_same_day(town: Town):
    key = over(town)
    leave(town)
    day = date(2027, 5, 10)
    with on(day):
        slip = new_aftercare(key, day, finding=AftercareFinding.WANTS_NO_AFTERCARE, words="")
        wrong = note_aftercare(town.anna, new=slip)
        correct_aftercare(town.anna, contact_key=wrong, new=new_aftercare(key, day))
    assert sees(town.anna, town, UNTIL)


def test_who_is_on_benefit_keeps_the_coach_when_aftercare_is_done(town: Town):
    key = over(town)
    day = date(2027, 5, 10)
    with on(day):
        new = new_aftercare(key, day, finding=AftercareFinding.WANTS_NO_AFTERCARE, words="")
        note_aftercare(town.anna, new=new)
    assert stretches(town) == [(town.anna.membership_id, LONG_AGO, STILL_OPEN)]


@pytest.mark.parametrize("same", [True, False])
def test_who_comes_back_during_aftercare_has_one_coach_again(town: Town, same: bool):
    over(town)
    leave(town)
    back = date(2027, 9, 1)
    coach = town.anna if same else town.bram
    with on(back):
        resume_benefits(
            town.system,
            resumptions=[
                Resumption(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    starts_on=back,
                    district_id=town.north,
                    coach_id=coach.membership_id or 0,
                )
            ],
        )
    anna, bram = town.anna.membership_id, town.bram.membership_id
    if same:
        assert stretches(town) == [(anna, LONG_AGO, STILL_OPEN)]
    else:
        assert stretches(town) == [(anna, LONG_AGO, back), (bram, back, STILL_OPEN)]
