"""What comes next is chosen before the end, and what follows from it is done in one go."""

from dataclasses import replace
from datetime import date

import pytest

from meedoen.records.conversations.models import NextStep
from meedoen.records.following.endings import EndsBy
from meedoen.records.following.models import NextStepChoice
from meedoen.records.following.next_step_actions import choose_next_step
from meedoen.records.following.queries import choosable, next_step_of, own_following
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import set_planned_end
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.models import Place
from meedoen.records.plans.queries import running_plan
from meedoen.rules.vocabulary import (
    ActionOwner,
    PlaceKind,
    PlacementState,
    Preference,
    WhatFollows,
)
from tests.records.following.scenes import LAST_DAY, new_choice, over, running
from tests.records.plans.scenes import agreed
from tests.town import LONG_AGO, MORNINGS, Town
from tests.web.coach.scenes import on

NOW = date(2027, 4, 5)


def choices(town: Town):
    return NextStepChoice.objects.visible_to(town.system).order_by("pk")


def steps(town: Town):
    return [(row.planned_on, row.what) for row in NextStep.objects.visible_to(town.system)]


def at_the_garden(town: Town):
    """Let Roos have a participation job at the garden until the last day."""
    return running(town, place_id=town.garden, last_day=LAST_DAY)


def volunteers_at_the_garden(town: Town, capacity: int = 1) -> int:
    garden = Place.objects.get(pk=town.garden)
    [place_id] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=garden.organisation_id,
                district_id=town.north,
                kind=PlaceKind.VOLUNTEER_WORK,
                title="Tuinvrijwilliger",
                capacity=capacity,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    return place_id


def test_the_choice_is_kept_with_what_the_resident_finds_and_contact_is_planned(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        assert next_step_of(town.anna, key=key).chosen is None
        choose_next_step(town.anna, new=new_choice(key))
        found = next_step_of(town.bram, key=key)
    assert (found.ending.last_day, found.ending.by) == (LAST_DAY, EndsBy.AGREEMENT)
    assert (found.chosen.follows, found.chosen.preference) == (
        WhatFollows.OTHER_PLACE,
        Preference.WANTS_THIS,
    )
    assert found.chosen.resident_said == "Ik wil graag verder."
    assert steps(town) == [(date(2027, 4, 12), "Samen plekken bekijken")]


def test_a_volunteer_place_there_is_proposed_at_once(town: Town):
    key, place_id = at_the_garden(town), volunteers_at_the_garden(town)
    with on(NOW):
        [offered] = choosable(town.anna, key=key).places
        assert (offered.place_id, offered.free) == (place_id, 1)
        new = new_choice(key, follows=WhatFollows.VOLUNTEER_SAME_PLACE, place_id=place_id)
        choose_next_step(town.anna, new=new)
        found = next_step_of(town.anna, key=key)
        # It is theirs now, so that it is no longer offered.
        assert choosable(town.anna, key=key).places == ()
    proposed = Placement.objects.visible_to(town.system).get(place_id=place_id)
    assert (proposed.state, proposed.key) == (PlacementState.PROPOSED, found.chosen.new_placement)
    assert Place.objects.get(pk=place_id).taken == 1
    assert Placement.objects.visible_to(town.system).get(key=key).state == PlacementState.ACTIVE


def test_a_place_that_filled_up_meanwhile_is_told_and_nothing_is_kept(town: Town):
    key, place_id = at_the_garden(town), volunteers_at_the_garden(town)
    running(town, town.sam, place_id=place_id)
    new = new_choice(key, follows=WhatFollows.VOLUNTEER_SAME_PLACE, place_id=place_id)
    with on(NOW):
        assert choosable(town.anna, key=key).places == ()
        with pytest.raises(ActionRefusedError, match="intussen vol of weg"):
            choose_next_step(town.anna, new=new)
    assert not choices(town).exists()
    assert steps(town) == []


def test_a_place_goes_with_volunteer_work_only_and_of_the_same_organisation(town: Town):
    key = at_the_garden(town)
    with on(NOW):
        with pytest.raises(ActionRefusedError, match="alleen bij vrijwilligerswerk"):
            choose_next_step(town.anna, new=new_choice(key, place_id=town.repair))
        elsewhere = new_choice(key, follows=WhatFollows.VOLUNTEER_SAME_PLACE, place_id=town.repair)
        with pytest.raises(ActionRefusedError, match="vol of weg"):
            choose_next_step(town.anna, new=elsewhere)


def test_it_becomes_an_action_of_the_plan_for_the_organisation_that_is_asked(town: Town):
    key = at_the_garden(town)
    agreed(town)
    with on(NOW):
        options = choosable(town.anna, key=key)
        goal_id, _words = options.goals[0]
        new = new_choice(
            key,
            follows=WhatFollows.VOLUNTEER_SAME_PLACE,
            follow_up="Vragen of dat kan",
            goal_id=goal_id,
            plan_version=options.plan_version,
        )
        choose_next_step(town.anna, new=new)
        plan = running_plan(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    added = plan.goals[0].actions[-1]
    assert (added.what, added.owner) == ("Vragen of dat kan", ActionOwner.PARTNER)
    assert added.organisation == "De Moestuin"
    assert added.due_on == date(2027, 4, 12)
    assert steps(town) == []


def test_when_the_plan_changed_meanwhile_nothing_is_kept(town: Town):
    key = at_the_garden(town)
    agreed(town)
    with on(NOW):
        goal_id, _words = choosable(town.anna, key=key).goals[0]
        new = new_choice(key, goal_id=goal_id, plan_version=99)
        with pytest.raises(ActionRefusedError):
            choose_next_step(town.anna, new=new)
    assert not choices(town).exists()


def test_only_aftercare_needs_nothing_to_be_done_now(town: Town):
    key = running(town, last_day=LAST_DAY)
    nothing = {"follow_up": "", "follow_up_on": None}
    with on(NOW):
        with pytest.raises(ActionRefusedError, match="Schrijf op wat u nu gaat doen"):
            choose_next_step(town.anna, new=new_choice(key, **nothing))
        only = new_choice(key, follows=WhatFollows.AFTERCARE_ONLY, **nothing)
        choose_next_step(town.anna, new=only)
    assert choices(town).count() == 1
    assert steps(town) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"resident_said": "  "}, "wat de inwoner er zelf van vindt"),
        ({"resident_said": "x" * 501}, "hoogstens 500 tekens"),
        ({"follow_up": "x" * 201}, "hoogstens 200 tekens"),
        ({"follow_up": ""}, "en kies de dag"),
        ({"follow_up_on": None}, "en kies de dag"),
        ({"follow_up_on": date(2027, 4, 4)}, "vanaf vandaag"),
        ({"follow_up_on": date(2029, 4, 6)}, "hoogstens twee jaar vooruit"),
        ({"resident_said": "Ik heb een depressie."}, "ziekte, diagnose of behandeling"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(town: Town, changes, said):
    key = running(town, last_day=LAST_DAY)
    with on(NOW), pytest.raises(ActionRefusedError, match=said):
        choose_next_step(town.anna, new=replace(new_choice(key), **changes))
    assert not choices(town).exists()
    assert steps(town) == []


def test_without_a_last_day_or_after_the_end_there_is_nothing_to_choose(town: Town):
    without, ended = running(town), over(town, town.sam, place_id=town.garden)
    with on(NOW):
        for key in (without, ended):
            assert next_step_of(town.anna, key=key).may_choose is False
            with pytest.raises(ActionRefusedError, match="een laatste dag heeft"):
                choose_next_step(town.anna, new=new_choice(key))


def test_the_term_of_the_law_is_a_last_day_too(town: Town):
    key = running(town, place_id=town.garden)
    with on(NOW):
        found = next_step_of(town.anna, key=key)
    assert (found.ending.last_day, found.ending.by) == (date(2029, 1, 3), EndsBy.LAW)
    assert found.may_choose


def test_the_newest_choice_holds_and_the_earlier_one_stays_to_be_read(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(town.anna, new=new_choice(key))
        seen = next_step_of(town.anna, key=key).seen
        other = new_choice(key, follows=WhatFollows.TRAINING, seen=seen)
        choose_next_step(town.anna, new=other)
        choose_next_step(town.anna, new=other)
        found = next_step_of(town.anna, key=key)
    assert found.chosen.follows is WhatFollows.TRAINING
    assert [one.follows for one in found.earlier] == [WhatFollows.OTHER_PLACE]
    assert choices(town).count() == 2


def test_what_a_colleague_chose_meanwhile_is_not_passed_over_unseen(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(town.anna, new=new_choice(key, seen=0))
        other = new_choice(key, follows=WhatFollows.TRAINING, seen=0)
        with pytest.raises(ActionRefusedError, match="Een collega koos intussen"):
            choose_next_step(town.bram, new=other)
    assert choices(town).count() == 1


def test_who_stays_longer_chooses_anew_and_who_stops_earlier_does_not(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(town.anna, new=new_choice(key))
        set_planned_end(town.anna, key=key, on=date(2027, 5, 31), seen=LAST_DAY)
        assert next_step_of(town.anna, key=key).chosen is not None
        set_planned_end(town.anna, key=key, on=date(2027, 12, 31), seen=date(2027, 5, 31))
        found = next_step_of(town.anna, key=key)
    assert found.chosen is None
    assert len(found.earlier) == 1


def test_the_resident_sees_the_own_next_step_and_nobody_elses(town: Town):
    key = running(town, last_day=LAST_DAY)
    running(town, town.sam, place_id=town.garden, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(town.anna, new=new_choice(key))
        [own] = own_following(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
        assert own_following(town.roos, pseudonym_id=town.sam.pseudonym_id) == []
        assert own_following(town.carla, pseudonym_id=town.roos_file.pseudonym_id) == []
    assert (own.title, own.last_day) == ("Fietsen maken", LAST_DAY)
    assert own.chosen.follows is WhatFollows.OTHER_PLACE


def test_it_is_for_the_team_only(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        for stranger in (town.carla, town.vera):
            assert next_step_of(stranger, key=key) is None
            assert choosable(stranger, key=key).places == ()
            with pytest.raises(ActionRefusedError, match="niet voor u"):
                choose_next_step(stranger, new=new_choice(key))
    assert not choices(town).exists()
