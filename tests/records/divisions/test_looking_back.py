"""Two divisions are laid side by side, and any division can be checked again without a solver."""

import json
from dataclasses import replace

import pytest

from meedoen.records.divisions.actions import ask_division
from meedoen.records.divisions.check_queries import checked_again
from meedoen.records.divisions.compare_queries import compared
from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.packing import (
    facts_to_keep,
    pack_pairs,
    pack_places,
    person_as_kept,
    place_as_kept,
    unpack_pairs,
    unpack_places,
)
from meedoen.records.organisations import clock
from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind
from tests.records.divisions.scenes import divided, new_place, row_of, waiting
from tests.town import MORNINGS


@pytest.fixture
def two(town):
    """Before and after a second place and a third person came."""
    [first, second] = waiting(town, 2, days_ago=60)
    before = divided(town)
    place = new_place(town, "Koffie schenken")
    [third] = waiting(town, 1, after=2, days_ago=1)
    return before, divided(town), place, (first, second, third)


def test_what_changed_in_all_and_for_whom_stands_side_by_side(town, two):
    before, after, place, _people = two
    found = compared(town.lea, first=before, second=after)
    assert (found.first.people, found.second.people) == (2, 3)
    assert (found.first.placed, found.second.placed) == (1, 2)
    assert found.changed_count + found.same_count == 3
    newcomer = next(line for line in found.changed if not line.first.waited)
    assert newcomer.second.waited
    gained = next(line for line in found.changed if line.first.waited and line.second.place)
    assert gained.first.place is None or gained.second.place.place_id in {place, town.repair}


def test_the_same_twice_differs_for_nobody(town, two):
    _before, after, _place, _people = two
    found = compared(town.lea, first=after, second=divided(town))
    assert (found.changed_count, found.same_count) == (0, 3)


def test_what_is_not_done_or_not_of_the_team_cannot_be_compared(town, two):
    before, after, _place, _people = two
    assert compared(town.carla, first=before, second=after) is None
    running = ask_division(town.lea, in_background=False)
    assert compared(town.lea, first=before, second=running) is None


def test_a_division_that_was_kept_proves_itself_again(town, two):
    _before, after, _place, _people = two
    found = checked_again(town.anna, key=after)
    assert found.holds
    assert found.people == 3
    assert found.pairs > 0
    assert checked_again(town.carla, key=after) is None


def test_a_line_that_was_tampered_with_is_found(town, two):
    _before, after, _place, _people = two
    lines = Line.objects.visible_to(town.system).filter(division__key=after)
    lines.filter(place__isnull=False).update(place_id=town.repair)
    found = checked_again(town.lea, key=after)
    assert not found.holds
    assert found.problems


def test_prices_that_were_tampered_with_prove_nothing(town, two):
    _before, after, _place, _people = two
    rows = Division.objects.visible_to(town.system).filter(key=after)
    prices = [[0, 0] for _one in rows.get().prices]
    rows.update(prices=prices)
    assert not checked_again(town.lea, key=after).holds


def test_pairs_that_the_facts_do_not_give_are_found(town, two):
    _before, after, _place, _people = two
    row = row_of(town, after)
    pairs = unpack_pairs(bytes(row.pairs))
    # As many points fewer everywhere leave the outcome and its proof in harmony with each other.
    row.pairs = pack_pairs(replace(pairs, points=pairs.points - 1))
    row.points -= row.placed
    row.prices = [[first, max(points - 1, 0)] for first, points in row.prices]
    row.save()
    found = checked_again(town.lea, key=after)
    assert any("pairs" in problem for problem in found.problems)


def test_facts_that_were_tampered_with_are_found(town, two):
    _before, after, _place, _people = two
    line = Line.objects.visible_to(town.system).filter(division__key=after).first()
    line.facts = {**line.facts, "half_days": 0b1}
    line.save()
    assert not checked_again(town.lea, key=after).holds


def test_a_line_that_is_gone_is_found(town, two):
    _before, after, _place, _people = two
    Line.objects.visible_to(town.system).filter(division__key=after).last().delete()
    assert not checked_again(town.lea, key=after).holds


@pytest.mark.parametrize(
    "damage",
    [
        {"places": b"what"},
        {"places": b""},
        {"pairs": b"what"},
        {"pairs": b""},
        {"prices": [[1, 2, 3]]},
        {"prices": [None]},
        {"prices": [["a", "b"]] * 4},
        {"rule_set": "2019"},
    ],
)
def test_what_was_damaged_does_not_hold_and_raises_nothing(town, two, damage):
    _before, after, _place, _people = two
    Division.objects.visible_to(town.system).filter(key=after).update(**damage)
    found = checked_again(town.lea, key=after)
    assert found.problems


@pytest.mark.parametrize(
    "facts",
    [{"half_days": "x"}, {"what": 1}, {"wished_kinds": 5}, {"paused_until": []}, [1], "x"],
)
def test_facts_that_cannot_be_read_do_not_hold_and_raise_nothing(town, two, facts):
    _before, after, _place, _people = two
    line = Line.objects.visible_to(town.system).filter(division__key=after).first()
    Line.objects.visible_to(town.system).filter(pk=line.pk).update(facts=facts)
    assert checked_again(town.lea, key=after).problems


FULL_PERSON = PersonFacts(
    wished_kinds=frozenset({PlaceKind.TRIAL, PlaceKind.TRAINING}),
    wished_places=(3, 1),
    allowed_kinds=frozenset({PlaceKind.TRIAL}),
    interests=frozenset({"animals"}),
    half_days=MORNINGS,
    most_half_days=2,
    district="N",
    reachable_districts=frozenset({"Z"}),
    start=Spot(1, 2),
    reach_metres=5000,
    language_level=LanguageLevel.B1,
    functional_limits=frozenset({FunctionalDemand.LIFTING}),
    legal_tasks=frozenset({LegalTask.PARTICIPATION}),
    guidance_needed=Guidance.NOW_AND_THEN,
    step_kinds=frozenset({PlaceKind.TRIAL}),
    earlier_kinds=frozenset({PlaceKind.TRAINING}),
    paused_until={3: clock.today()},
)
FULL_PLACE = PlaceFacts(
    place=3,
    kind=PlaceKind.TRIAL,
    title="Koffie",
    district="N",
    half_days=MORNINGS,
    half_days_needed=1,
    language_level_asked=LanguageLevel.A2,
    functional_demands=frozenset({FunctionalDemand.LIFTING}),
    interests=frozenset({"animals"}),
    capacity=None,
    taken=4,
    is_stale=True,
    days_unconfirmed=None,
    spot=Spot(-1, 5),
    legal_task=LegalTask.PARTICIPATION,
    guidance=Guidance.ALWAYS_NEAR,
    is_unchecked=True,
    open_from=clock.today(),
    open_until=clock.today(),
)


@pytest.mark.parametrize(
    "facts",
    [
        FULL_PERSON,
        PersonFacts(),
        # Nothing reachable is something else than not known.
        PersonFacts(reachable_districts=frozenset(), allowed_kinds=frozenset(), half_days=0),
    ],
)
def test_facts_of_people_come_out_as_they_went_in(facts):
    assert person_as_kept(json.loads(json.dumps(facts_to_keep(facts)))) == facts


@pytest.mark.parametrize("facts", [FULL_PLACE, PlaceFacts(place=1, kind=PlaceKind.TRIAL, title="")])
def test_facts_of_places_come_out_as_they_went_in(facts):
    [kept] = unpack_places(pack_places([facts], [7]))
    assert kept.pop("free") == 7
    assert place_as_kept(kept) == facts
