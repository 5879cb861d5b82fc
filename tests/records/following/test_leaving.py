"""Who died or moved away is known as such: their work ends, nobody calls, nobody places them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.following.leaving_actions import Left, leave_all
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.departures import departures, take_back_departures
from meedoen.records.people.models import Departure
from meedoen.records.people.queries import resident
from meedoen.records.placements.actions import NewPlacement, confirm_start, end, move_one, place_all
from meedoen.records.placements.course_actions import LatePlacement, register_late
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.sheltered.queries import wsw_of
from meedoen.records.sheltered.wsw_actions import NewWswJob, enter_wsw
from meedoen.rules.places.following import Going
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.vocabulary import Outcome, PlacementState
from tests.records.following.scenes import ENDED, over, running
from tests.records.following.test_aftercare import due
from tests.records.sheltered import scenes as sheltered
from tests.town import Town
from tests.web.coach.scenes import on

DIED = ENDED + timedelta(days=8)
MONTH_LATER = DIED + timedelta(days=30)


def leave(town: Town, day: date = DIED, outcome: Outcome = Outcome.DIED) -> Left:
    with on(day):
        return leave_all(
            town.anna, pseudonym_ids=[town.roos_file.pseudonym_id], on=day, outcome=outcome
        )


def propose(town: Town, day: date, place: int | None = None) -> int:
    new = NewPlacement(
        pseudonym_id=town.roos_file.pseudonym_id, place_id=place or town.garden, proposed_on=day
    )
    [number] = place_all(town.anna, placements=[new])
    return number


def wsw_job(town: Town, *, starts_on: date = date(2010, 1, 1)) -> None:
    enter_wsw(
        town.anna,
        job=NewWswJob(
            pseudonym_id=town.roos_file.pseudonym_id,
            starts_on=starts_on,
            week_hours=Decimal(30),
            category=WswCategory.MODERATE,
            kind=WswKind.IN_HOUSE,
        ),
    )


@pytest.mark.parametrize("outcome", [Outcome.DIED, Outcome.MOVED_AWAY])
def test_a_contract_in_sheltered_work_ends_with_a_death_or_a_move(town: Town, outcome):
    key = sheltered.employed(town)
    last_day = date(2026, 8, 20)
    with on(date(2026, 9, 1)):
        left = leave_all(
            town.anna, pseudonym_ids=[town.roos_file.pseudonym_id], on=last_day, outcome=outcome
        )
    assert left.sheltered == 1
    found = sheltered.card(town, key)
    assert [(one.starts_on, one.ends_on) for one in found.contracts] == [
        (sheltered.BEGAN, last_day + timedelta(days=1))
    ]
    assert (found.steps[-1].state, found.steps[-1].reason) == ("ended", outcome.value)


def test_a_job_that_began_after_a_death_never_was(town: Town):
    key = sheltered.employed(town)
    with on(date(2026, 9, 1)):
        leave_all(
            town.anna,
            pseudonym_ids=[town.roos_file.pseudonym_id],
            on=date(2026, 2, 20),
            outcome=Outcome.DIED,
        )
    assert sheltered.card(town, key).contracts == ()
    assert sheltered.states(town, key)[-2:] == [
        ("granted", sheltered.DECIDED),
        ("ended", date(2026, 2, 20)),
    ]


def test_an_old_job_ends_with_a_death_and_goes_on_after_another_end(town: Town):
    with on(DIED):
        wsw_job(town)
    person = town.roos_file.pseudonym_id
    assert leave(town, outcome=Outcome.MOVED_ON_TO_PAID_WORK).sheltered == 0
    assert leave(town).sheltered == 1
    with on(DIED):
        [job] = wsw_of(town.anna, pseudonym_id=person)
    assert job.ends_on == DIED + timedelta(days=1)
    assert leave(town).sheltered == 0


@pytest.mark.parametrize("outcome", [Outcome.DIED, Outcome.MOVED_AWAY])
def test_a_death_after_the_last_placement_is_kept_and_nobody_calls(town: Town, outcome):
    over(town)
    assert due(town, DIED) != {}
    assert leave(town, outcome=outcome) == Left(0, 0, 0, 0)
    assert due(town, DIED) == {}
    kept = departures(town.anna, pseudonym_ids=[town.roos_file.pseudonym_id])
    assert kept == {town.roos_file.pseudonym_id: [Going(outcome, DIED)]}
    leave(town, outcome=outcome)
    assert Departure.objects.visible_to(town.system).count() == 1


def test_nobody_looks_on_after_a_death_that_came_later(town: Town):
    over(town)
    with on(ENDED):
        end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, ENDED)])
    leave(town)
    with on(DIED):
        assert resident(town.anna, key=town.roos_file.key) is not None
    with on(DIED + timedelta(days=1)):
        assert resident(town.anna, key=town.roos_file.key) is None


def test_who_moved_away_long_ago_and_came_back_is_called_again(town: Town):
    over(
        town,
        started=date(2026, 9, 7),
        last_day=date(2026, 11, 30),
        place_id=town.garden,
        outcome=Outcome.MOVED_AWAY,
    )
    leave(town, date(2026, 12, 1), Outcome.MOVED_AWAY)
    over(town)
    assert due(town, ENDED) != {}
    with on(ENDED):
        end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, ENDED)])
    with on(MONTH_LATER):
        assert resident(town.anna, key=town.roos_file.key) is not None


def test_the_dead_are_not_placed_and_do_not_begin(town: Town):
    with on(ENDED):
        waits = propose(town, ENDED)
        key = Placement.objects.visible_to(town.anna).get(pk=waits).key
    running_key = running(town, started=ENDED)
    with on(DIED):
        end(town.anna, key=running_key, last_day=DIED, outcome=Outcome.DIED)
    with on(MONTH_LATER):
        with pytest.raises(ActionRefusedError, match="is overleden"):
            propose(town, MONTH_LATER, town.repair)
        with pytest.raises(ActionRefusedError, match="is overleden"):
            move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=MONTH_LATER)
        with pytest.raises(ActionRefusedError, match="nog niet beginnen"):
            confirm_start(town.petra, key=key, started_on=MONTH_LATER)


def test_what_the_dead_did_before_can_still_be_written_down(town: Town):
    leave(town)
    with on(MONTH_LATER):
        place = Place.objects.get(pk=town.repair)
        register_late(
            town.anna,
            new=LatePlacement(
                pseudonym_id=town.roos_file.pseudonym_id,
                place_key=place.key,
                proposed_on=ENDED,
                started_on=ENDED,
            ),
        )


def test_who_moved_away_may_come_back_and_a_wrong_death_is_taken_back(town: Town):
    leave(town, outcome=Outcome.MOVED_AWAY)
    with on(MONTH_LATER):
        propose(town, MONTH_LATER)
    leave(town, MONTH_LATER)
    with on(MONTH_LATER + timedelta(days=1)):
        with pytest.raises(PermissionDenied):
            take_back_departures(town.otto, pseudonym_id=town.roos_file.pseudonym_id)
        with pytest.raises(ActionRefusedError, match="niet genoteerd"):
            take_back_departures(town.carla, pseudonym_id=town.roos_file.pseudonym_id)
        with pytest.raises(ActionRefusedError, match="is overleden"):
            propose(town, MONTH_LATER + timedelta(days=1))
        take_back_departures(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        propose(town, MONTH_LATER + timedelta(days=1), town.repair)
    assert departures(town.anna, pseudonym_ids=[town.roos_file.pseudonym_id]) == {}
