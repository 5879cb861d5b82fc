"""The places that somebody picked: in order, only added to, first in every list."""

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.places.actions import enter_places
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.models import WishList
from meedoen.records.proposals.queries import proposal
from meedoen.records.proposals.wish_actions import MOST_WISHES, drop, pick, put_forward
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus
from tests.matching import list_for
from tests.town import MORNINGS, Town, _place


@pytest.fixture
def open_to_all(town: Town) -> None:
    """Make every place of Testveld public."""
    Place.objects.filter(municipality_id=town.anna.municipality_id).update(is_public=True)


def wished(town: Town, viewer=None) -> list[str]:
    card = place_wishes_of(viewer or town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [wish.title for wish in card.wishes]


def test_a_resident_picks_orders_and_drops(town: Town, open_to_all: None) -> None:
    me = town.roos_file.pseudonym_id
    for place in (town.garden, town.repair, town.far, town.garden):
        pick(town.roos, pseudonym_id=me, place_id=place)
    assert wished(town) == ["Moestuin", "Fietsen maken", "Zondagsoos"]
    put_forward(town.roos, pseudonym_id=me, place_id=town.far)
    assert wished(town) == ["Moestuin", "Zondagsoos", "Fietsen maken"]
    put_forward(town.roos, pseudonym_id=me, place_id=town.garden)
    drop(town.roos, pseudonym_id=me, place_id=town.garden)
    drop(town.roos, pseudonym_id=me, place_id=town.garden)
    assert wished(town, town.roos) == ["Zondagsoos", "Fietsen maken"]
    card = place_wishes_of(town.anna, pseudonym_id=me)
    assert (card.by_resident, card.noted_by) == (True, "Roos Testema")
    # What changed nothing left no trace, and what was said before stays.
    assert [row.places for row in WishList.objects.visible_to(town.system).order_by("pk")] == [
        [town.garden],
        [town.garden, town.repair],
        [town.garden, town.repair, town.far],
        [town.garden, town.far, town.repair],
        [town.far, town.repair],
    ]


def test_what_was_picked_comes_first_whatever_else_speaks(town: Town) -> None:
    list_for(town)
    me = town.roos_file.pseudonym_id
    pick(town.anna, pseudonym_id=me, place_id=town.repair)
    card = proposal(town.anna, key=propose(town.anna, pseudonym_id=me))
    assert card is not None
    assert [offer.place.title for offer in card.offers] == ["Fietsen maken", "Moestuin"]
    assert "own_wish_place" in {reason.text for reason in card.offers[0].reasons}


def test_a_resident_picks_only_what_everyone_may_see_a_coach_what_is_listed(town: Town) -> None:
    me = town.roos_file.pseudonym_id
    with pytest.raises(ActionRefusedError, match=r"niet .meer."):
        pick(town.roos, pseudonym_id=me, place_id=town.garden)
    pick(town.anna, pseudonym_id=me, place_id=town.garden)
    card = place_wishes_of(town.roos, pseudonym_id=me)
    assert (card.by_resident, card.noted_by) == (False, "Anna Testema")
    Place.objects.filter(pk=town.repair).update(status=PlaceStatus.PROPOSED)
    with pytest.raises(ActionRefusedError, match=r"niet .meer."):
        pick(town.anna, pseudonym_id=me, place_id=town.repair)
    assert wished(town) == ["Moestuin"]


def test_a_place_that_closed_stays_a_wish_and_says_so(town: Town, open_to_all: None) -> None:
    me = town.roos_file.pseudonym_id
    pick(town.roos, pseudonym_id=me, place_id=town.garden)
    Place.objects.filter(pk=town.garden).update(closes_on="2020-01-01")
    [wish] = place_wishes_of(town.roos, pseudonym_id=me).wishes
    assert not wish.is_open
    drop(town.roos, pseudonym_id=me, place_id=town.garden)
    assert wished(town) == []


def test_there_is_a_most_of_wishes(town: Town) -> None:
    me = town.roos_file.pseudonym_id
    organisation = Place.objects.get(pk=town.garden).organisation_id
    many = enter_places(
        town.system,
        places=[
            _place(organisation, town.north, f"Plek {at}", PlaceKind.OTHER, 1, MORNINGS)
            for at in range(MOST_WISHES)
        ],
    )
    for place in many:
        pick(town.anna, pseudonym_id=me, place_id=place)
    with pytest.raises(ActionRefusedError, match="Haal er eerst een weg"):
        pick(town.anna, pseudonym_id=me, place_id=town.garden)
    assert len(wished(town)) == MOST_WISHES


def test_strangers_and_partners_wish_nothing_for_others(town: Town) -> None:
    me = town.roos_file.pseudonym_id
    for stranger in (town.carla, town.vera):
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            pick(stranger, pseudonym_id=me, place_id=town.garden)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        pick(town.roos, pseudonym_id=town.sam.pseudonym_id, place_id=town.garden)
    with pytest.raises(PermissionDenied):
        pick(town.petra, pseudonym_id=me, place_id=town.garden)
    pick(town.anna, pseudonym_id=me, place_id=town.garden)
    assert wished(town, town.carla) == []
    assert wished(town, town.petra) == []
