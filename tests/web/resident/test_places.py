"""A resident who looks for places, and keeps the own wishes."""

import pytest
from django.urls import reverse

from meedoen.records.places.models import Place
from meedoen.records.proposals.wish_queries import place_wishes_of
from tests.town import Town
from tests.web.coach.scenes import readable


@pytest.fixture
def me(town: Town, sign_in):
    """Roos, signed in; every place of Testveld but one is public."""
    Place.objects.filter(pk__in=[town.garden, town.repair]).update(is_public=True)
    return sign_in(town.roos)


def wished(town: Town) -> list[str]:
    card = place_wishes_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    return [wish.title for wish in card.wishes]


def test_only_public_places_are_there_with_the_filters_of_everyone(town: Town, me) -> None:
    page = me.get(reverse("resident:places"))
    text = readable(page)
    assert "2 plekken" in text
    assert "Zondagsoos" not in text
    assert "Wat wilt u doen?" in text
    found = readable(me.get(reverse("resident:places") + "?kind=volunteer_work"))
    assert "1 plek" in found
    assert "Alles wissen" in found


def test_a_place_is_picked_moved_and_dropped_and_one_stays_where_one_was(town: Town, me) -> None:
    back = reverse("resident:places") + "?words=tuin"
    answer = me.post(reverse("resident:wish"), {"what": "pick", "place": town.garden, "back": back})
    assert answer["Location"] == back
    me.post(reverse("resident:wish"), {"what": "pick", "place": town.repair})
    me.post(reverse("resident:wish"), {"what": "forward", "place": town.repair})
    assert wished(town) == ["Fietsen maken", "Moestuin"]
    text = readable(me.get(reverse("resident:places")))
    assert "1. Fietsen maken" in text
    assert "Bij uw wensen staan 2 plekken:" in readable(me.get(reverse("resident:path")))
    me.post(reverse("resident:wish"), {"what": "drop", "place": town.repair})
    assert wished(town) == ["Moestuin"]


def test_what_is_not_public_cannot_be_picked(town: Town, me) -> None:
    page = me.post(reverse("resident:wish"), {"what": "pick", "place": town.far}, follow=True)
    assert "Deze plek is er niet (meer)." in readable(page)
    assert wished(town) == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"what": "pick", "place": "²"},
        {"what": "pick", "place": "1" * 5_000},
        {"what": "rule", "place": "1"},
    ],
    ids=["nothing", "not a digit", "endless", "unknown"],
)
def test_what_is_no_wish_is_not_there(me, form) -> None:
    assert me.post(reverse("resident:wish"), form).status_code == 404


def test_going_back_leads_nowhere_else(town: Town, me) -> None:
    form = {"what": "pick", "place": town.garden, "back": "https://elders.example/"}
    assert me.post(reverse("resident:wish"), form)["Location"] == reverse("resident:places")


def test_who_has_no_file_finds_nothing(town: Town, sign_in) -> None:
    assert sign_in(town.anna).get(reverse("resident:places")).status_code == 404
    assert sign_in(town.petra).post(reverse("resident:wish")).status_code == 404


def test_a_closed_wish_says_so_and_a_postcode_that_nobody_knows_is_said(town: Town, me) -> None:
    me.post(reverse("resident:wish"), {"what": "pick", "place": town.garden})
    Place.objects.filter(pk=town.garden).update(closes_on="2020-01-01")
    page = me.get(reverse("resident:places") + "?near=9999XX&within=5")
    assert page.status_code == 422
    assert "Gesloten" in readable(page)
