"""A team lead asks for a division, calls it off, puts it in the queue again; others do not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.divisions.actions import (
    STOPPED_AFTER,
    ask_division,
    call_off_division,
    carry_on_division,
)
from meedoen.records.divisions.models import Division
from meedoen.records.divisions.queries import division, divisions
from meedoen.records.divisions.words import RunFault, RunState
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District, Membership
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import PlaceKind
from tests.records.divisions.scenes import divided, new_place, row_of, waiting, work_out
from tests.work import work_off


def test_a_division_waits_until_a_worker_has_done_it(town):
    waiting(town, 2)
    new_place(town, "Koffie schenken")
    key = ask_division(town.lea)
    assert division(town.lea, key=key).state is RunState.WAITING
    work_off()
    card = division(town.lea, key=key)
    assert (card.state, card.people, card.placed) == (RunState.DONE, 2, 2)
    assert card.asked_by == "Lea Testema"


def test_it_places_nobody(town):
    waiting(town, 2)
    divided(town)
    assert not Placement.objects.visible_to(town.system).exists()


@pytest.mark.parametrize("who", ["anna", "petra", "roos", "connie", "suus", "priya", "ab"])
def test_only_a_team_lead_asks_for_one(town, who):
    with pytest.raises(PermissionDenied):
        ask_division(getattr(town, who))


def test_a_coach_of_the_team_sees_it_and_another_team_does_not(town):
    waiting(town, 1)
    key = divided(town)
    assert division(town.anna, key=key) is not None
    for stranger in (town.carla, town.vera, town.petra, town.roos, town.connie):
        assert division(stranger, key=key) is None
        assert not divisions(stranger)


def test_one_team_has_one_division_at_a_time(town):
    ask_division(town.lea, in_background=False)
    with pytest.raises(ActionRefusedError, match="Er loopt al een verdeling"):
        ask_division(town.lea, in_background=False)
    assert Division.objects.visible_to(town.system).count() == 1


def test_another_team_does_not_wait_for_it(town):
    ask_division(town.lea, in_background=False)
    Membership.objects.filter(pk=town.carla.membership_id).update(role=Role.TEAM_LEAD)
    from dataclasses import replace

    assert ask_division(replace(town.carla, role=Role.TEAM_LEAD), in_background=False)


def test_one_that_came_to_a_stop_holds_up_nothing_for_ever(town):
    key = ask_division(town.lea, in_background=False)
    with clock.at(clock.now() + STOPPED_AFTER + timedelta(minutes=1)):
        ask_division(town.lea, in_background=False)
    card = division(town.lea, key=key)
    assert (card.state, card.fault) == (RunState.FAILED, RunFault.STOPPED)


def test_a_district_of_elsewhere_is_refused(town):
    elsewhere = District.objects.get(code="WK999101").pk
    with pytest.raises(ActionRefusedError, match="Deze wijk is er niet"):
        ask_division(town.lea, district_id=elsewhere)
    assert not Division.objects.visible_to(town.system).exists()


def test_what_it_is_narrowed_to_stays_with_it(town):
    key = ask_division(
        town.lea, kinds=[PlaceKind.TRAINING], district_id=town.south, in_background=False
    )
    card = division(town.lea, key=key)
    assert (card.kinds, card.district) == ([PlaceKind.TRAINING], "Zuid")


def test_who_calls_it_off_stops_it_before_anything_is_kept(town):
    waiting(town, 1)
    key = ask_division(town.lea)
    call_off_division(town.lea, key=key)
    work_off()
    card = division(town.lea, key=key)
    assert (card.state, card.people) == (RunState.WITHDRAWN, 0)


def test_what_is_over_cannot_be_called_off_or_carried_on(town):
    waiting(town, 1)
    key = divided(town)
    for act in (call_off_division, carry_on_division):
        with pytest.raises(ActionRefusedError, match="loopt niet meer"):
            act(town.lea, key=key)


def test_a_team_lead_of_elsewhere_calls_nothing_off(town):
    key = ask_division(town.lea, in_background=False)
    Membership.objects.filter(pk=town.carla.membership_id).update(role=Role.TEAM_LEAD)
    from dataclasses import replace

    with pytest.raises(ActionRefusedError):
        call_off_division(replace(town.carla, role=Role.TEAM_LEAD), key=key)
    assert row_of(town, key).state == RunState.WAITING


def test_what_stopped_is_put_in_the_queue_again_and_done_once(town):
    waiting(town, 1)
    key = ask_division(town.lea, in_background=False)
    carry_on_division(town.lea, key=key)
    carry_on_division(town.lea, key=key)
    work_off()
    assert division(town.lea, key=key).people == 1
    work_out(town, key)
    assert division(town.lea, key=key).people == 1


def test_a_division_that_was_begun_too_often_is_given_up(town):
    waiting(town, 1)
    key = ask_division(town.lea, in_background=False)
    Division.objects.visible_to(town.system).update(tries=4, state=RunState.RUNNING)
    work_out(town, key)
    card = division(town.lea, key=key)
    assert (card.state, card.fault) == (RunState.FAILED, RunFault.STOPPED)
