"""Finding places in the directory, by who works with it and by everybody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.directory.area_actions import keep_areas
from meedoen.records.directory.areas import UnknownAreaError
from meedoen.records.directory.models import Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.queries import UnknownMunicipalityError
from meedoen.records.places.actions import (
    NewPlace,
    PlaceChange,
    change_places,
    enter_places,
    hold_seats,
)
from meedoen.records.places.details import details_of
from meedoen.records.places.find_queries import find_places, find_public_places
from meedoen.records.places.finding import make_findable
from meedoen.records.places.models import Place
from meedoen.records.places.wanted import Freshness, PlaceFilter, PlaceOrder
from meedoen.rules import half_days
from meedoen.rules.areas import Area
from meedoen.rules.distance import Position
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus
from tests.town import CODE, LONG_AGO, MORNINGS, OTHER_CODE, SUNDAY

WEDNESDAY = half_days.from_codes(["wed_morning"])
SATURDAY = half_days.from_codes(["sat_evening"])
NORTH, SOUTH = Position(53.25, 6.56), Position(53.19, 6.57)


def titles(viewer, **wanted):
    return [hit.card.title for hit in find_places(viewer, wanted=PlaceFilter(**wanted)).cards]


def public(code=CODE, **wanted):
    return [hit.card.title for hit in find_public_places(code, wanted=PlaceFilter(**wanted)).cards]


def more(town, *names, **details):
    """Enter places at De Werkplaats like the repair shop, with other details."""
    like = details_of(Place.objects.get(pk=town.repair))
    values = {name: getattr(like, name) for name in like.__slots__} | details
    return enter_places(town.system, places=[NewPlace(**values | {"title": one}) for one in names])


def change(town, place_id, **details):
    changed = replace(details_of(Place.objects.get(pk=place_id)), **details)
    change_places(
        town.system,
        changes=[PlaceChange(place_id=place_id, starts_on=clock.today(), details=changed)],
    )


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fietsenmaker", ["Fietsen maken"]),
        ("moestuim", ["Moestuin"]),
        ("zon", ["Zondagsoos"]),
        ("werkplaats", ["Fietsen maken", "Zondagsoos"]),
        ("werkplaats zondag", ["Zondagsoos"]),
        ("noord", ["Moestuin"]),
        ("zwembad", []),
        ("van de", ["Fietsen maken", "Moestuin", "Zondagsoos"]),
        ("", ["Fietsen maken", "Moestuin", "Zondagsoos"]),
    ],
)
@pytest.mark.parametrize("who", ["anna", "lea", "petra", "suus"])
def test_who_works_with_the_directory_finds_places_by_words(town, who, words, found):
    assert sorted(titles(town.members[who], words=words)) == found


@pytest.mark.parametrize("who", ["roos", "connie", "priya", "ab", "vera"])
def test_others_find_nothing(town, who):
    assert titles(town.members[who]) == []
    assert find_places(town.members[who], wanted=PlaceFilter(words="moestuin")).total == 0


def test_a_word_in_the_title_counts_for_more_than_one_in_the_description(town):
    more(town, "Zingen", description="Een koor in de wijk.")
    more(town, "Koor")
    assert titles(town.anna, words="koor") == ["Koor", "Zingen"]


def test_a_place_that_changed_is_found_by_what_it_says_now(town):
    change(town, town.repair, title="Stoelen schuren")
    assert titles(town.anna, words="fietsen") == []
    assert titles(town.anna, words="stoel") == ["Stoelen schuren"]


def test_a_place_that_left_the_directory_is_not_found(town):
    Place.objects.filter(pk=town.repair).update(status=PlaceStatus.REFUSED)
    assert titles(town.anna, words="fietsen") == []
    # Not even its words are known any more: "fietzen" is no slip of anything.
    make_findable(town.system, place_ids=[town.repair])
    assert titles(town.anna, words="fietzen") == []


def test_a_closed_place_is_not_found(town):
    change(town, town.repair, closes_on=clock.today())
    assert titles(town.anna, words="fietsen") == []
    assert titles(town.anna) == ["Moestuin", "Zondagsoos"]


@pytest.mark.parametrize("words", ["'; --", "100%", "a\x00b", "😀", "x" * 5_000, '"fiets', "\\"])
def test_anything_may_be_typed(town, words):
    titles(town.anna, words=words)


# --- filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kinds": frozenset({PlaceKind.VOLUNTEER_WORK})}, ["Fietsen maken"]),
        ({"kinds": frozenset(PlaceKind)}, ["Fietsen maken", "Moestuin", "Zondagsoos"]),
        ({"half_days": SUNDAY}, ["Zondagsoos"]),
        ({"half_days": WEDNESDAY | SATURDAY}, ["Fietsen maken", "Moestuin"]),
        ({"half_days": SATURDAY}, []),
        ({"freshness": Freshness.FRESH}, []),
        ({"freshness": Freshness.STALE}, ["Fietsen maken", "Moestuin", "Zondagsoos"]),
        ({"words": "werkplaats", "half_days": MORNINGS}, ["Fietsen maken"]),
    ],
)
def test_filters_leave_out_what_does_not_fit(town, wanted, found):
    assert titles(town.anna, **wanted) == found


def test_a_district_and_an_organisation_narrow_the_list(town):
    assert titles(town.anna, district_id=town.north) == ["Moestuin"]
    assert titles(town.anna, organisation_id=town.otto.organisation_id) == [
        "Fietsen maken",
        "Zondagsoos",
    ]


def test_one_interest_in_common_is_enough(town):
    change(town, town.garden, interests=frozenset({"gardening", "nature"}))
    change(town, town.repair, interests=frozenset({"bicycles"}))
    assert titles(town.anna, interests=frozenset({"nature", "cooking"})) == ["Moestuin"]
    assert titles(town.anna, interests=frozenset({"cooking"})) == []


def test_a_place_asks_no_more_dutch_than_somebody_speaks(town):
    change(town, town.garden, language_level_asked=LanguageLevel.A2)
    assert "Moestuin" not in titles(town.anna, language_level=LanguageLevel.A1)
    assert "Moestuin" in titles(town.anna, language_level=LanguageLevel.A2)


def test_a_full_place_is_left_out_when_a_free_one_is_asked(town):
    hold_seats(town.system, changes={town.repair: 1})
    change(town, town.far, is_full=True)
    assert titles(town.anna, free_only=True) == ["Moestuin"]


# --- order ---------------------------------------------------------------------------------------


def fresh(town, *names, days=0):
    return more(town, *names, confirmed_on=clock.today() - timedelta(days=days))


@pytest.mark.parametrize("order", [PlaceOrder.BEST, PlaceOrder.TITLE, PlaceOrder.NEAREST])
@pytest.mark.parametrize("words", ["", "fietsen"])
def test_stale_places_come_last(town, order, words):
    fresh(town, "Zuidfietsen maken")
    found = titles(town.anna, words=words, order=order)
    assert found[0] == "Zuidfietsen maken"
    assert "Fietsen maken" in found


def test_whom_to_ask_first_comes_first(town):
    fresh(town, "Pas bevestigd")
    fresh(town, "Eerder bevestigd", days=30)
    found = titles(town.anna, order=PlaceOrder.CONFIRM_BY)
    assert found == ["Moestuin", "Fietsen maken", "Zondagsoos", "Eerder bevestigd", "Pas bevestigd"]


def test_capitals_play_no_part_in_the_order_of_titles(town):
    more(town, "aardappels", "Zaaien", "bakken", "Ärger", "%", "Échec")
    assert titles(town.anna, order=PlaceOrder.TITLE) == [
        "%",
        "aardappels",
        "bakken",
        "Fietsen maken",
        "Moestuin",
        "Zaaien",
        "Zondagsoos",
        "Ärger",
        "Échec",
    ]


# --- distance ------------------------------------------------------------------------------------


@pytest.fixture
def mapped(town):
    keep_areas(
        town.system,
        areas=[Area("WK999001", NORTH), Area("WK999002", SOUTH), Area("9711", NORTH)],
    )
    return town


def test_the_nearest_comes_first_and_the_distance_is_told(mapped):
    wanted = PlaceFilter(near="9711 AB", order=PlaceOrder.NEAREST)
    found = find_places(mapped.anna, wanted=wanted).cards
    assert [hit.card.title for hit in found] == ["Moestuin", "Fietsen maken", "Zondagsoos"]
    assert [round(hit.km, 1) for hit in found] == [0.0, 6.7, 6.7]
    assert find_places(mapped.anna, wanted=PlaceFilter()).cards[0].km is None


def test_a_place_is_where_its_location_is(mapped):
    location = Location.objects.create(
        municipality_id=mapped.system.municipality_id,
        organisation_id=mapped.otto.organisation_id,
        district_id=mapped.south,
        name="Schuur",
        latitude=53.24,
        longitude=6.56,
    )
    change(mapped, mapped.far, location_id=location.pk)
    found = find_places(mapped.anna, wanted=PlaceFilter(near="WK999001", within_km=2)).cards
    assert {hit.card.title: round(hit.km, 1) for hit in found} == {"Moestuin": 0, "Zondagsoos": 1.1}


@pytest.mark.parametrize(("within_km", "total"), [(0, 1), (6, 1), (7, 3), (5_000, 3), (None, 3)])
def test_what_is_further_is_left_out(mapped, within_km, total):
    wanted = PlaceFilter(near="9711", within_km=within_km)
    assert find_places(mapped.anna, wanted=wanted).total == total


def test_who_does_not_know_where_a_place_is_leaves_it_out_or_puts_it_last(town):
    keep_areas(town.system, areas=[Area("WK999002", SOUTH), Area("9711", SOUTH)])
    assert "Moestuin" not in titles(town.anna, near="9711", within_km=100)
    assert titles(town.anna, near="9711", order=PlaceOrder.NEAREST)[-1] == "Moestuin"


@pytest.mark.parametrize("near", ["9799", "WK999101", "Markt", "\x00"])
def test_an_unknown_area_is_said_and_not_an_empty_list(mapped, near):
    with pytest.raises(UnknownAreaError):
        find_places(mapped.anna, wanted=PlaceFilter(near=near))
    with pytest.raises(UnknownAreaError):
        find_public_places(CODE, wanted=PlaceFilter(near=near))


# --- everybody -----------------------------------------------------------------------------------


def test_everybody_finds_what_is_public_and_no_more(town):
    assert public() == []
    change(town, town.garden, is_public=True)
    assert public() == ["Moestuin"]
    assert public(words="moestuin") == ["Moestuin"]
    assert public(words="fietsen") == []
    assert find_public_places(CODE, wanted=PlaceFilter(words="werkplaats")).total == 0
    assert public(OTHER_CODE) == []


def test_a_place_that_is_private_again_is_gone_for_everybody(town):
    change(town, town.garden, is_public=True)
    change(town, town.garden, is_public=False)
    assert public(words="moestuin") == []


def test_nobody_can_tell_from_a_search_what_is_not_public(town):
    change(town, town.garden, is_public=True)
    before = public(words="moestuim")
    more(town, "Moestuim")
    assert titles(town.anna, words="moestuim") == ["Moestuim"]
    assert public(words="moestuim") == before == ["Moestuin"]


def test_places_of_an_organisation_that_left_are_not_public(town):
    change(town, town.garden, is_public=True)
    Organisation.objects.filter(pk=town.petra.organisation_id).update(left_on=clock.today())
    assert public() == []


def test_an_unknown_municipality_is_said(town):
    with pytest.raises(UnknownMunicipalityError):
        find_public_places("GM0000", wanted=PlaceFilter())


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "plek"])
def test_a_list_goes_by_pages_without_losing_or_repeating_any(town, words):
    names = [f"Plek {number:02}" for number in range(60)]
    more(town, *names)
    wanted = PlaceFilter(words=words, organisation_id=town.otto.organisation_id)
    pages = [find_places(town.anna, wanted=wanted, number=n, size=25) for n in (1, 2, 3)]
    seen = [hit.card.title for page in pages for hit in page.cards]
    assert [one for one in seen if one.startswith("Plek")] == names
    assert {page.pages for page in pages} == {3}
    assert find_places(town.anna, wanted=wanted, number=99).number == 3


@pytest.mark.parametrize(
    "wanted",
    [
        PlaceFilter(),
        PlaceFilter(words="plek"),
        PlaceFilter(words="plek", near="9711", within_km=50, order=PlaceOrder.NEAREST),
        PlaceFilter(words="pleg", half_days=MORNINGS, free_only=True, interests=frozenset({"x"})),
    ],
)
def test_a_page_asks_as_many_questions_for_many_places_as_for_few(
    mapped, wanted, django_assert_num_queries
):
    more(mapped, *[f"Plek {number}" for number in range(10)])
    with CaptureQueriesContext(connection) as few:
        find_places(mapped.anna, wanted=wanted)
    more(mapped, *[f"Plek {number}" for number in range(10, 200)])
    with django_assert_num_queries(len(few)):
        find_places(mapped.anna, wanted=wanted)


def test_more_places_than_can_be_named_in_a_question_are_found_alike(town, monkeypatch):
    more(town, *[f"Plek {number:02}" for number in range(30)])
    fresh(town, "Plek vers")
    for wanted in (
        PlaceFilter(words="plek"),
        PlaceFilter(words="plek", order=PlaceOrder.TITLE),
        PlaceFilter(words="werkplaats plek"),
    ):
        one = find_places(town.anna, wanted=wanted, size=40)
        with monkeypatch.context() as patch:
            patch.setattr("meedoen.records.places.find_queries.FEW", 5)
            assert find_places(town.anna, wanted=wanted, size=40) == one
        assert one.cards[0].card.title == "Plek vers"


def test_half_of_the_places_may_be_open_on_any_half_day(town):
    more(town, "Altijd", half_days=half_days.ALL, opens_on=LONG_AGO)
    for code in half_days.CODES:
        assert "Altijd" in titles(town.anna, half_days=half_days.from_codes([code]))
