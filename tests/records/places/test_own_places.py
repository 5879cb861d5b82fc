"""An organisation keeps its own places; a participation job is looked at first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.cards import public_places
from meedoen.records.places.detail_queries import place_page
from meedoen.records.places.details import details_of
from meedoen.records.places.find_queries import find_places
from meedoen.records.places.models import Place, PlaceConfirmation
from meedoen.records.places.own_actions import change_own_place, enter_own_place
from meedoen.records.places.proposed_actions import decide_proposed_place
from meedoen.records.places.proposed_queries import proposed_place, proposed_places
from meedoen.records.places.queries import open_places
from meedoen.records.places.wanted import PlaceFilter
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus
from tests.records.places.finds import a_job, checked
from tests.records.places.proposals import a_proposal
from tests.town import Town


def found_by_words(town: Town) -> list[str]:
    hits = find_places(town.anna, wanted=PlaceFilter(words="kas vegen"))
    return [hit.card.title for hit in hits.cards]


def status(key) -> str:
    return Place.objects.get(key=key).status


def test_volunteer_work_is_listed_at_once_and_stood_for_today(town: Town):
    new = a_proposal(town, kind=PlaceKind.VOLUNTEER_WORK)
    row = Place.objects.get(key=enter_own_place(town.petra, place=new))
    assert (row.status, row.confirmed_on) == (PlaceStatus.LISTED, clock.today())
    assert found_by_words(town) == ["Kas vegen"]


def test_a_participation_job_is_nowhere_to_be_found_until_somebody_looked(town: Town):
    key = enter_own_place(town.petra, place=a_proposal(town, is_public=True))
    assert status(key) == PlaceStatus.PROPOSED
    assert found_by_words(town) == []
    assert "Kas vegen" not in [one.title for one in open_places(town.anna)]
    assert not public_places().filter(key=key).exists()
    assert [one.card.key for one in proposed_places(town.anna)] == [key]
    with pytest.raises(ActionRefusedError, match="toets op verdringing"):
        decide_proposed_place(town.anna, place_key=key, accept=True)
    checked(town, key, day=clock.today())
    decide_proposed_place(town.anna, place_key=key, accept=True)
    assert status(key) == PlaceStatus.LISTED
    assert found_by_words(town) == ["Kas vegen"]
    assert proposed_places(town.anna) == []


def test_a_refusal_needs_a_reason_that_the_organisation_reads(town: Town):
    key = enter_own_place(town.petra, place=a_proposal(town))
    with pytest.raises(ActionRefusedError, match="De organisatie leest dit"):
        decide_proposed_place(town.anna, place_key=key, accept=False, reason=" ")
    with pytest.raises(ActionRefusedError, match="hoogstens 300 tekens"):
        decide_proposed_place(town.anna, place_key=key, accept=False, reason="x" * 301)
    decide_proposed_place(town.anna, place_key=key, accept=False, reason="Dit is betaald werk.")
    assert status(key) == PlaceStatus.REFUSED
    assert place_page(town.petra, key=key).periods[0].reason == "Dit is betaald werk."
    with pytest.raises(ActionRefusedError, match="al besloten"):
        decide_proposed_place(town.anna, place_key=key, accept=False, reason="Nog eens.")
    with pytest.raises(ActionRefusedError, match="niet opgenomen"):
        change_own_place(town.petra, change=change_of(key, capacity=3))


def change_of(key, **changes) -> PlaceChange:
    row = Place.objects.get(key=key)
    details = replace(details_of(row), **changes)
    return PlaceChange(place_id=row.pk, starts_on=clock.today(), details=details)


def test_who_changes_a_place_stands_for_it(town: Town):
    key = Place.objects.get(pk=town.garden).key
    change_own_place(town.petra, change=change_of(key, capacity=4))
    row = Place.objects.get(key=key)
    assert (row.capacity, row.confirmed_on) == (4, clock.today())
    [said] = PlaceConfirmation.objects.all()
    assert said.answered_by_id == town.petra.membership_id
    # One that stops today is no longer asked about.
    change_own_place(town.petra, change=change_of(key, closes_on=clock.today()))
    assert Place.objects.get(key=key).closes_on == clock.today()
    assert PlaceConfirmation.objects.count() == 1


def test_nothing_becomes_a_participation_job_unseen(town: Town):
    volunteers = a_proposal(town, kind=PlaceKind.VOLUNTEER_WORK)
    key = enter_own_place(town.petra, place=volunteers)
    with pytest.raises(ActionRefusedError, match="bekijkt de gemeente eerst"):
        change_own_place(town.petra, change=change_of(key, kind=PlaceKind.PARTICIPATION_JOB))
    waits = enter_own_place(town.petra, place=a_proposal(town))
    change_own_place(town.petra, change=change_of(waits, capacity=5))
    assert status(waits) == PlaceStatus.PROPOSED
    tomorrow = clock.today() + timedelta(days=1)
    assert Place.objects.get(key=waits).closes_on > tomorrow


@pytest.mark.parametrize("waits", [False, True])
def test_a_job_with_somebody_at_it_or_on_its_list_does_not_become_something_else(
    town: Town, waits: bool
):
    place_all(
        town.anna,
        placements=[
            NewPlacement(
                pseudonym_id=town.roos_file.pseudonym_id,
                place_id=town.garden,
                proposed_on=clock.today(),
                waits=waits,
            )
        ],
    )
    key = Place.objects.get(pk=town.garden).key
    other = change_of(key, kind=PlaceKind.VOLUNTEER_WORK)
    with pytest.raises(ActionRefusedError, match="er horen al mensen bij"):
        change_own_place(town.petra, change=other)
    with pytest.raises(ActionRefusedError, match="er horen al mensen bij"):
        change_places(town.anna, changes=[other])
    assert Place.objects.get(key=key).kind == PlaceKind.PARTICIPATION_JOB


def test_places_of_others_and_who_does_not_work_there_are_refused(town: Town):
    with pytest.raises(ActionRefusedError, match="Deze organisatie bestaat niet"):
        enter_own_place(town.otto, place=a_proposal(town))
    key = Place.objects.get(pk=town.repair).key
    with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
        change_own_place(town.petra, change=change_of(key, capacity=9))
    with pytest.raises(ActionRefusedError, match="Alleen de organisatie zelf"):
        enter_own_place(town.anna, place=a_proposal(town))
    for name in ("roos", "connie", "suus"):
        with pytest.raises(PermissionDenied):
            enter_own_place(town.members[name], place=a_proposal(town))


def test_only_who_looks_at_places_decides_and_found_places_go_another_way(town: Town):
    key, found = enter_own_place(town.petra, place=a_proposal(town)), a_job(town)
    for name in ("petra", "otto", "roos", "connie"):
        with pytest.raises(PermissionDenied):
            decide_proposed_place(town.members[name], place_key=key, accept=False, reason="Nee.")
        assert proposed_place(town.members[name], key=key) is None
    for viewer, one in ((town.vera, key), (town.anna, found)):
        assert proposed_place(viewer, key=one) is None
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            decide_proposed_place(viewer, place_key=one, accept=False, reason="Nee.")
