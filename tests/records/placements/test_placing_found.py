"""Somebody begins at the place that this person found, at once; nobody else does."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.found_actions import place_found
from meedoen.records.placements.models import Placement
from meedoen.records.places.found_actions import verify_found_place
from meedoen.rules.vocabulary import FoundBy, PlacementState
from tests.records.places.finds import HANDED_IN, handed_in, place_of
from tests.town import Town
from tests.web.coach.scenes import NOBODY, on


def placed(town: Town, key, viewer=None):
    with on(HANDED_IN):
        return place_found(viewer or town.anna, place_key=key)


def place_somebody(town: Town, key, person):
    with on(HANDED_IN):
        return place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=person.pseudonym_id,
                    place_id=place_of(key).pk,
                    proposed_on=HANDED_IN,
                )
            ],
        )


def test_somebody_is_placed_at_the_own_find_before_anybody_looked_at_it(town: Town) -> None:
    key = handed_in(town)
    placed(town, key)
    placement = Placement.objects.visible_to(town.anna).get()
    assert placement.self_found
    assert placement.state == PlacementState.PROPOSED
    assert placement.pseudonym_id == town.roos_file.pseudonym_id


def test_what_a_coach_found_does_not_count_as_found_by_oneself(town: Town) -> None:
    placed(town, handed_in(town, by=town.anna, found_by=FoundBy.COACH))
    assert not Placement.objects.visible_to(town.anna).get().self_found


def test_others_are_not_placed_there_until_it_is_in_the_directory(town: Town) -> None:
    key = handed_in(town)
    with pytest.raises(ActionRefusedError, match="alleen voor wie de plek vond"):
        place_somebody(town, key, town.sam)
    with on(HANDED_IN):
        verify_found_place(town.lea, place_key=key, accept=True)
    place_somebody(town, key, town.sam)
    assert Placement.objects.visible_to(town.anna).get().pseudonym_id == town.sam.pseudonym_id


def test_nobody_is_placed_where_a_place_was_refused_and_who_is_there_goes_on(town: Town) -> None:
    key = handed_in(town, organisation="De Moestuin")
    running = placed(town, key)
    with on(HANDED_IN):
        verify_found_place(town.lea, place_key=key, accept=False, reason="Niet veilig.")
        confirm_start(town.petra, key=running, started_on=HANDED_IN)
    assert Placement.objects.visible_to(town.anna).get().state == PlacementState.ACTIVE
    for person in (town.roos_file, town.sam):
        with pytest.raises(ActionRefusedError, match="niet opgenomen"):
            place_somebody(town, key, person)
    with pytest.raises(ActionRefusedError, match="niet opgenomen"):
        placed(town, key)


def test_somebody_is_placed_once(town: Town) -> None:
    key = handed_in(town)
    placed(town, key)
    with pytest.raises(ActionRefusedError):
        placed(town, key)
    assert Placement.objects.visible_to(town.anna).count() == 1


@pytest.mark.parametrize("member", ["carla", "vera"])
def test_a_stranger_places_nobody(town: Town, member) -> None:
    key = handed_in(town)
    for asked in (key, NOBODY):
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            placed(town, asked, getattr(town, member))


def test_a_resident_hands_in_and_does_not_place(town: Town) -> None:
    key = handed_in(town)
    with pytest.raises(PermissionDenied):
        placed(town, key, town.roos)


def test_places_of_the_directory_take_no_question_more(town: Town) -> None:
    def questions(person, place_id):
        with on(HANDED_IN), CaptureQueriesContext(connection) as asked:
            place_all(
                town.anna,
                placements=[
                    NewPlacement(
                        pseudonym_id=person.pseudonym_id,
                        place_id=place_id,
                        proposed_on=HANDED_IN,
                    )
                ],
            )
        return len(asked)

    key = handed_in(town)
    listed = questions(town.sam, town.repair)
    assert questions(town.roos_file, place_of(key).pk) == listed + 1
