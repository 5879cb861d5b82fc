"""A place that stops: who takes part there stays, and their coach hears of it in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from meedoen.records.following.endings import Ending, EndsBy, running
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.placements.organisation_leaving import let_leave
from meedoen.records.placements.place_closing import answer_about_place, change_with_people
from meedoen.records.places.actions import PlaceChange
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.records.signals.actions import catch_up, refresh_all
from meedoen.records.signals.models import Signal
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceKind, PlacementState
from tests.asked import change_place

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """It is the first of September in Testveld."""
    with clock.at(NOON):
        yield


@pytest.fixture
def tim_there(town) -> int:
    """Tim takes part in the repair shop since July, until further notice."""
    [placement_id] = place_all(
        town.carla,
        placements=[
            NewPlacement(
                pseudonym_id=town.tim.pseudonym_id,
                place_id=town.repair,
                proposed_on=date(2026, 6, 20),
            )
        ],
    )
    confirm_all(town.otto, changes=[Change(placement_id=placement_id, on=date(2026, 7, 1))])
    refresh_all(town.system)
    return placement_id


def say(town, answer: FreshnessAnswer) -> None:
    key = Place.objects.get(pk=town.repair).key
    answer_about_place(town.otto, place_key=key, answer=answer)
    catch_up(town.system)


def about_the_end(town, viewer) -> list[tuple[str, date]]:
    rows = Signal.objects.visible_to(viewer).filter(
        pseudonym_id=town.tim.pseudonym_id,
        ended_at__isnull=True,
        kind__in=[SignalKind.PLACEMENT_ENDS_SOON, SignalKind.PLACEMENT_PAST_END],
    )
    return list(rows.values_list("kind", "due_on"))


def test_the_coach_of_who_takes_part_hears_at_once_that_the_place_stops(town, tim_there):
    assert about_the_end(town, town.carla) == []
    say(town, FreshnessAnswer.STOPPED)
    [(kind, _day)] = about_the_end(town, town.carla)
    assert kind == SignalKind.PLACEMENT_ENDS_SOON
    assert about_the_end(town, town.anna) == []
    placement = Placement.objects.visible_to(town.system).get(pk=tim_there)
    assert placement.state == PlacementState.ACTIVE
    with clock.at(NOON + timedelta(days=2)):
        refresh_all(town.system)
        [(kind, _day)] = about_the_end(town, town.carla)
        assert kind == SignalKind.PLACEMENT_PAST_END


def test_the_signal_goes_when_the_place_goes_on_after_all(town, tim_there):
    say(town, FreshnessAnswer.STOPPED)
    change_place(town, town.repair, closes_on=None)
    refresh_all(town.system)
    assert about_the_end(town, town.carla) == []


def test_the_coach_hears_that_the_organisation_takes_part_no_more(town, tim_there):
    key = Organisation.objects.get(pk=town.otto.organisation_id).key
    let_leave(town.carla, key=key, left_on=date(2026, 9, 15), reason="Geen geld meer")
    catch_up(town.system)
    [(kind, _day)] = about_the_end(town, town.carla)
    assert kind == SignalKind.PLACEMENT_ENDS_SOON


@pytest.mark.parametrize("answer", [FreshnessAnswer.STILL_RIGHT, FreshnessAnswer.FULL])
def test_any_other_answer_says_nothing_of_who_takes_part(town, tim_there, answer):
    say(town, answer)
    assert about_the_end(town, town.carla) == []


def change_of(place_id: int, **what) -> PlaceChange:
    details = replace(details_of(Place.objects.get(pk=place_id)), **what)
    return PlaceChange(place_id=place_id, starts_on=clock.today(), details=details)


@pytest.mark.parametrize("who", ["anna", "otto"])
def test_a_place_that_is_set_to_close_closes_for_who_takes_part_too(town, tim_there, who):
    """Whoever writes it down hears for how many people, and their coach gets a signal."""
    viewer = getattr(town, who)
    ending = change_with_people(viewer, change=change_of(town.repair, closes_on=date(2026, 9, 15)))
    assert ending == 1
    catch_up(town.system)
    [(kind, _day)] = about_the_end(town, town.carla)
    assert kind == SignalKind.PLACEMENT_ENDS_SOON
    found = running(town.carla, pseudonym_ids=[town.tim.pseudonym_id])
    assert found[tim_there].ending == Ending(date(2026, 9, 14), EndsBy.PLACE_CLOSES)
    # What changed nothing about the last day tells nothing.
    assert change_with_people(viewer, change=change_of(town.repair, title="Anders")) == 0
    change_with_people(viewer, change=change_of(town.repair, closes_on=None))
    catch_up(town.system)
    assert about_the_end(town, town.carla) == []


def test_nobody_hears_of_an_end_where_nobody_takes_part(town):
    closing = change_of(town.garden, closes_on=date(2026, 9, 15))
    assert change_with_people(town.petra, change=closing) == 0


def test_a_change_that_is_refused_tells_and_changes_nothing(town, tim_there):
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        change_with_people(town.petra, change=change_of(town.repair, closes_on=date(2026, 9, 15)))
    catch_up(town.system)
    assert about_the_end(town, town.carla) == []


def test_a_place_of_a_kind_that_takes_nobody_new_is_closed_for_newcomers_only(town, tim_there):
    """Old kinds of places take nobody new, and whoever is there stays for years."""
    Place.objects.filter(pk=town.repair).update(kind=PlaceKind.SHELTERED_WSW)
    closing = change_of(town.repair, closes_on=date(2026, 9, 3))
    assert change_with_people(town.anna, change=closing) == 0
    refresh_all(town.system)
    assert about_the_end(town, town.carla) == []
