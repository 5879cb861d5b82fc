from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.figures.queries import counted_now
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Resident
from meedoen.records.placements.actions import NewPlacement, confirm_start, end, place_all, withdraw
from meedoen.records.placements.correcting import correct_start_day, take_back_start
from meedoen.records.placements.models import Placement
from meedoen.records.placements.queries import guests, placement, placements_of
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.places.models import Place
from meedoen.records.proposals.queries import proposal
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from tests.matching import chosen, list_for


def on(day: date):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def proposed(town, person=None, place=None, day=date(2026, 3, 2)):
    """Propose someone at a place and return the placement's key."""
    person = person or town.roos_file
    with on(day):
        [pk] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=person.pseudonym_id,
                    place_id=place or town.garden,
                    proposed_on=day,
                )
            ],
        )
    return Placement.objects.visible_to(town.system).get(pk=pk).key


def figure(town, day, known_at=None, code="participation_jobs"):
    results = counted_now(town.connie, on=day, known_at=known_at)
    return {result.code: result.value for result in results}[code]


def entries(town):
    rows = Entry.objects.visible_to(town.connie).filter(kind="placement").order_by("pk")
    return [
        (
            row.state,
            row.starts_on,
            None if row.ends_on == STILL_OPEN else row.ends_on,
            row.withdrawn,
        )
        for row in rows
    ]


def test_from_proposal_to_running_place(town):
    with on(date(2026, 3, 2)):
        key = list_for(town)
        shown = proposal(town.anna, key=key)
        titles = [offer.place.title for offer in shown.offers]
        assert titles[0] in {"Moestuin", "Fietsen maken"}
        [times] = shown.fallen
        assert [fallen.place.title for fallen in times.nearest] == ["Zondagsoos"]
        placed = chosen(town, key)
    assert [guest.given_name for guest in guests(town.petra, state=PlacementState.PROPOSED)] == [
        "Roos"
    ]
    assert guests(town.otto, state=PlacementState.PROPOSED) == []
    with on(date(2026, 3, 10)):
        confirm_start(town.petra, key=placed, started_on=date(2026, 3, 9))
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.state is PlacementState.ACTIVE
    assert figure(town, date(2026, 3, 8)) == 0
    assert figure(town, date(2026, 3, 9)) == 1
    assert figure(town, date(2026, 3, 8), code="participation_jobs_in_process") == 1


def test_history_says_each_state_with_its_stretch(town):
    key = proposed(town)
    with on(date(2026, 4, 20)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
        end(town.anna, key=key, last_day=date(2026, 4, 19), outcome=Outcome.GOAL_REACHED)
    assert entries(town) == [
        ("proposed", date(2026, 3, 2), None, False),
        ("proposed", date(2026, 3, 2), date(2026, 3, 9), False),
        ("active", date(2026, 3, 9), None, False),
        ("active", date(2026, 3, 9), date(2026, 4, 20), False),
    ]
    assert figure(town, date(2026, 4, 19)) == 1
    assert figure(town, date(2026, 4, 20)) == 0


def test_a_correction_takes_it_back_and_the_earlier_figure_stays_findable(town):
    key = proposed(town)
    with on(date(2026, 3, 10)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
    with on(date(2026, 5, 4)):
        take_back_start(town.anna, key=key)
    day = date(2026, 3, 31)
    assert figure(town, day) == 0
    assert figure(town, day, datetime(2026, 4, 1, tzinfo=UTC)) == 1
    assert figure(town, day, code="participation_jobs_in_process") == 1
    with on(date(2026, 5, 5)):
        confirm_start(town.petra, key=key, started_on=date(2026, 4, 1))
    assert figure(town, day) == 0
    assert figure(town, date(2026, 4, 1)) == 1


def test_a_wrong_start_day_is_corrected_on_both_sides(town):
    key = proposed(town)
    with on(date(2026, 3, 30)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
        correct_start_day(town.anna, key=key, started_on=date(2026, 3, 16))
    assert figure(town, date(2026, 3, 15)) == 0
    assert figure(town, date(2026, 3, 15), code="participation_jobs_in_process") == 1
    assert figure(town, date(2026, 3, 16)) == 1
    stretches = placement(town.anna, key=key).stretches
    assert [(one.state, one.starts_on) for one in stretches] == [
        (PlacementState.PROPOSED, date(2026, 3, 2)),
        (PlacementState.ACTIVE, date(2026, 3, 16)),
    ]


def test_starting_on_the_day_of_the_proposal_leaves_no_empty_stretch(town):
    key = proposed(town)
    with on(date(2026, 3, 2)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 2))
        assert figure(town, date(2026, 3, 2), code="participation_jobs_in_process") == 0
        assert figure(town, date(2026, 3, 2)) == 1
        correct_start_day(town.anna, key=key, started_on=date(2026, 3, 2))
        take_back_start(town.anna, key=key)
    assert figure(town, date(2026, 3, 2), code="participation_jobs_in_process") == 1


def test_a_place_is_never_given_to_more_people_than_it_has_room_for(town):
    proposed(town, town.roos_file, town.repair)
    with pytest.raises(PlaceFullError):
        proposed(town, town.sam, town.repair)
    assert Place.objects.get(pk=town.repair).taken == 1
    assert placements_of(town.anna, pseudonym_id=town.sam.pseudonym_id) == []


def test_a_withdrawn_proposal_gives_its_seat_back(town):
    key = proposed(town, town.roos_file, town.repair)
    with on(date(2026, 3, 5)):
        withdraw(
            town.anna,
            key=key,
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.GAVE_NO_REASON,
        )
    assert Place.objects.get(pk=town.repair).taken == 0
    proposed(town, town.sam, town.repair, date(2026, 3, 6))


def test_the_same_person_does_not_get_the_same_place_twice(town):
    proposed(town)
    with pytest.raises(ActionRefusedError, match="al"):
        proposed(town)
    assert Place.objects.get(pk=town.garden).taken == 1


@pytest.mark.parametrize("who", ["otto", "carla", "vera", "anna", "connie"])
def test_only_the_own_organisation_confirms(town, who):
    key = proposed(town)
    with on(date(2026, 3, 10)), pytest.raises((ActionRefusedError, PermissionDenied)):
        confirm_start(getattr(town, who), key=key, started_on=date(2026, 3, 9))


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_a_coach_of_others_cannot_place_or_end(town, who):
    stranger = getattr(town, who)
    key = proposed(town)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        withdraw(
            stranger, key=key, outcome=Outcome.STOPPED_BY_PARTNER, reason=MoveReason.GAVE_NO_REASON
        )
    new = NewPlacement(
        pseudonym_id=town.sam.pseudonym_id, place_id=town.garden, proposed_on=date(2026, 3, 2)
    )
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        place_all(stranger, placements=[new])


@pytest.mark.parametrize("days", [-1, 400])
def test_a_start_before_the_proposal_or_in_the_future_is_refused(town, days):
    key = proposed(town)
    with on(date(2026, 3, 10)), pytest.raises(ActionRefusedError, match="datum"):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 2) + timedelta(days=days))


def test_confirming_twice_is_refused_and_changes_nothing(town):
    key = proposed(town)
    with on(date(2026, 3, 10)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
        before = entries(town)
        with pytest.raises(ActionRefusedError):
            confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
    assert entries(town) == before


def test_a_place_that_closes_after_the_list_was_made_is_refused(town):
    with on(date(2026, 3, 2)):
        key = list_for(town)
        Place.objects.filter(pk=town.garden).update(closes_on=date(2026, 3, 1))
        with pytest.raises(ActionRefusedError, match="niet open"):
            chosen(town, key)
    assert proposal(town.anna, key=key).chosen_place_id is None


def test_a_choice_needs_the_voice_of_the_resident(town):
    with on(date(2026, 3, 2)):
        key = list_for(town)
        with pytest.raises(ActionRefusedError, match="inwoner"):
            chosen(town, key, said="  ")


def test_nobody_is_placed_up_to_a_day_that_lies_before_the_proposal(town):
    day = date(2026, 3, 2)
    for last_day, refused in ((date(2020, 1, 1), True), (date(2026, 3, 1), True), (day, False)):
        new = NewPlacement(
            pseudonym_id=town.roos_file.pseudonym_id,
            place_id=town.garden,
            proposed_on=day,
            planned_end_on=last_day,
        )
        with on(day):
            if refused:
                with pytest.raises(ActionRefusedError, match="laatste dag ligt voor"):
                    place_all(town.anna, placements=[new])
            else:
                place_all(town.anna, placements=[new])


def born(town, person, day):
    rows = Resident.objects.visible_to(town.system)
    rows.filter(pseudonym_id=person.pseudonym_id).update(birth_date=day)


def test_nobody_begins_in_a_participation_job_before_the_age_of_the_law(town):
    born(town, town.roos_file, date(1999, 3, 9))
    key = proposed(town)
    with on(date(2026, 3, 10)):
        with pytest.raises(ActionRefusedError, match="pas vanaf 27 jaar"):
            confirm_start(town.system, key=key, started_on=date(2026, 3, 8))
        # How old somebody is, is not told to an organisation.
        with pytest.raises(ActionRefusedError, match="Overleg met de gemeente"):
            confirm_start(town.petra, key=key, started_on=date(2026, 3, 8))
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
        with pytest.raises(ActionRefusedError, match="pas vanaf 27 jaar"):
            correct_start_day(town.anna, key=key, started_on=date(2026, 3, 8))


def test_other_kinds_of_places_know_no_age(town):
    born(town, town.roos_file, date(2007, 1, 1))
    key = proposed(town, place=town.repair)
    with on(date(2026, 3, 10)):
        confirm_start(town.system, key=key, started_on=date(2026, 3, 9))
    assert placement(town.anna, key=key).state is PlacementState.ACTIVE
