"""A list of places for one person: what counts, what is kept, and showing it again."""

import uuid
from datetime import date

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.placements.been import been_at
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import (
    Search,
    propose,
    propose_found,
    set_rule_aside,
)
from meedoen.records.proposals.facts import Asked
from meedoen.records.proposals.kept import Rest, Way, bit, packed, unpacked
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.queries import asked_before, lists_of, proposal
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.vocabulary import Guidance, PlaceKind
from tests.matching import check_jobs, chosen, list_for
from tests.town import LONG_AGO, MORNINGS, Town, talk
from tests.web.coach.scenes import on

NOW = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def from_december_on():
    """Live under the rule set of December 2026."""
    with on(NOW):
        yield


def know_where(town: Town) -> None:
    """Put the middle of Noord and that of Zuid seven kilometres apart."""
    District.objects.filter(pk=town.north).update(latitude=53.25, longitude=6.5)
    District.objects.filter(pk=town.south).update(latitude=53.187, longitude=6.5)


def shown(town: Town, key: uuid.UUID):
    card = proposal(town.anna, key=key)
    assert card is not None
    return card


def titles(town: Town, key: uuid.UUID) -> list[str]:
    return [offer.place.title for offer in shown(town, key).offers]


def fallen(town: Town, key: uuid.UUID) -> dict[HardRule, int]:
    return {group.rule: group.count for group in shown(town, key).fallen}


def another(town: Town, title: str, **changes) -> int:
    """Enter one more place in the directory, volunteer work in Noord on mornings."""
    given = {
        "organisation_id": Organisation.objects.get(name="De Moestuin").pk,
        "district_id": town.north,
        "kind": PlaceKind.VOLUNTEER_WORK,
        "title": title,
        "capacity": 3,
        "half_days": MORNINGS,
        "opens_on": LONG_AGO,
    }
    [number] = enter_places(town.system, places=[NewPlace(**given | changes)])
    return number


# --- which places stand in a list -----------------------------------------------------------------


def test_by_bicycle_a_place_further_than_that_falls_off(town: Town) -> None:
    know_where(town)
    key = list_for(town, search=Search(asked=Asked(travel=TravelBy.CYCLING)))
    assert titles(town, key) == ["Moestuin"]
    assert fallen(town, key)[HardRule.TOO_FAR] == 2
    by_car = propose(
        town.anna,
        pseudonym_id=town.roos_file.pseudonym_id,
        search=Search(asked=Asked(travel=TravelBy.CAR)),
    )
    assert titles(town, by_car) == ["Moestuin", "Fietsen maken"]


def test_what_was_said_last_time_is_what_a_list_begins_with(town: Town) -> None:
    said = Asked(travel=TravelBy.WALKING, guidance=Guidance.ALWAYS_NEAR)
    list_for(town, search=Search(asked=said))
    roos = town.roos_file.pseudonym_id
    assert asked_before(town.anna, pseudonym_id=roos) == said
    again = propose(town.anna, pseudonym_id=roos)
    assert shown(town, again).asked == said
    assert asked_before(town.anna, pseudonym_id=town.sam.pseudonym_id) == Asked()


def test_how_someone_travels_counts_for_nothing_where_no_middle_is_known(town: Town) -> None:
    key = list_for(town, search=Search(asked=Asked(travel=TravelBy.WALKING)))
    assert HardRule.TOO_FAR not in fallen(town, key)


def test_a_job_without_a_check_on_displacement_falls_off_until_it_is_checked(town: Town) -> None:
    talk(town.anna, town.roos_file, NOW)
    roos = town.roos_file.pseudonym_id
    before = propose(town.anna, pseudonym_id=roos)
    assert fallen(town, before)[HardRule.DISPLACEMENT_UNCHECKED] == 1
    check_jobs(town)
    after = propose(town.anna, pseudonym_id=roos)
    assert HardRule.DISPLACEMENT_UNCHECKED not in fallen(town, after)


def test_a_place_that_nobody_stood_for_in_half_a_year_falls_off(town: Town) -> None:
    another(town, "Lang geleden", confirmed_on=date(2026, 1, 5))
    key = list_for(town)
    assert "Lang geleden" not in titles(town, key)
    assert fallen(town, key)[HardRule.NOT_CONFIRMED] == 1


def test_day_activities_of_another_law_fall_off_without_a_ground(town: Town) -> None:
    another(town, "Dagbesteding", kind=PlaceKind.DAY_ACTIVITY, legal_task="social_support")
    key = list_for(town)
    assert fallen(town, key)[HardRule.GROUND_NOT_ALLOWED] == 1


def test_a_place_that_takes_more_time_than_somebody_wants_falls_off(town: Town) -> None:
    another(town, "Drie ochtenden", half_days_needed=3)
    key = list_for(town, search=Search(asked=Asked(most_half_days=2)))
    assert "Drie ochtenden" not in titles(town, key)
    assert fallen(town, key)[HardRule.MORE_TIME_THAN_WISHED] == 1
    roos = town.roos_file.pseudonym_id
    assert asked_before(town.anna, pseudonym_id=roos) == Asked(most_half_days=2)
    again = propose(town.anna, pseudonym_id=roos)
    assert fallen(town, again)[HardRule.MORE_TIME_THAN_WISHED] == 1
    three = propose(town.anna, pseudonym_id=roos, search=Search(asked=Asked(most_half_days=3)))
    assert "Drie ochtenden" in titles(town, three)


def test_the_old_sheltered_work_is_for_who_was_in_it_before(town: Town) -> None:
    wsw = another(town, "Werkplaats", kind=PlaceKind.SHELTERED_WSW)
    key = list_for(town)
    assert fallen(town, key)[HardRule.KIND_NOT_ALLOWED] == 1
    roos = town.roos_file.pseudonym_id
    by_hand = propose_found(town.anna, pseudonym_id=roos, place_ids=[wsw])
    with pytest.raises(ActionRefusedError, match="mag volgens de wet niet"):
        chosen(town, by_hand, wsw)
    before = Search(earlier_kinds=frozenset({PlaceKind.SHELTERED_WSW}))
    assert "Werkplaats" in titles(town, propose(town.anna, pseudonym_id=roos, search=before))


def test_the_next_step_in_the_plan_and_something_new_are_said(town: Town) -> None:
    said = {reason.text for reason in shown(town, list_for(town)).offers[0].reasons}
    assert {"growth_step_unknown", "variety_new", "guidance_unknown"} <= said


def test_where_somebody_is_now_is_left_out_and_where_they_were_is_no_news(town: Town) -> None:
    key = list_for(town)
    chosen(town, key)
    roos = town.roos_file.pseudonym_id
    been = been_at(town.anna, pseudonym_ids=[roos])[roos]
    assert (been.places, been.kinds) == (frozenset({town.garden}), frozenset())
    again = propose(town.anna, pseudonym_id=roos, search=Search(leave_out=been.places))
    assert titles(town, again) == ["Fietsen maken"]
    assert [one.title for one in shown(town, again).left_out] == ["Moestuin"]
    aside = set_rule_aside(
        town.anna,
        key=again,
        rule=HardRule.TIMES_DO_NOT_OVERLAP,
        reason="Kan ruilen.",
        search=Search(leave_out=been.places),
    )
    assert [one.title for one in shown(town, aside).left_out] == ["Moestuin"]
    assert been_at(town.carla, pseudonym_ids=[roos]) == {}


def test_the_neutral_order_takes_nearest_and_title_whatever_else_speaks_for_a_place(
    town: Town,
) -> None:
    know_where(town)
    another(town, "Aardappels rooien", district_id=town.south)
    another(town, "Zingen")
    key = list_for(town, search=Search(way=Way.NEUTRAL))
    assert titles(town, key) == ["Moestuin", "Zingen", "Aardappels rooien", "Fietsen maken"]
    assert shown(town, key).way is Way.NEUTRAL


# --- setting a rule aside -------------------------------------------------------------------------


def test_a_rule_set_aside_is_kept_with_who_when_and_why_and_said_at_each_place(town: Town) -> None:
    first = list_for(town)
    second = set_rule_aside(
        town.anna,
        key=first,
        rule=HardRule.TIMES_DO_NOT_OVERLAP,
        reason=" Kan ruilen. ",
    )
    card = shown(town, second)
    [aside] = card.set_aside
    assert (aside.rule, aside.reason, aside.who, aside.on) == (
        HardRule.TIMES_DO_NOT_OVERLAP,
        "Kan ruilen.",
        "Anna Testema",
        NOW,
    )
    [spite] = [offer for offer in card.offers if offer.in_spite_of]
    assert spite.place.title == "Zondagsoos"
    assert [reason.rule for reason in spite.in_spite_of] == [HardRule.TIMES_DO_NOT_OVERLAP]
    assert card.fallen_count == 0
    assert not shown(town, first).set_aside
    assert Proposal.objects.visible_to(town.anna).get(key=second).follows is not None


@pytest.mark.parametrize(
    ("rule", "reason", "why"),
    [
        (HardRule.NO_FREE_PLACE, "Het moet.", "kunt u niet opzij zetten"),
        (HardRule.DISPLACEMENT_UNCHECKED, "Het moet.", "kunt u niet opzij zetten"),
        (HardRule.TIMES_DO_NOT_OVERLAP, "   ", "Schrijf op waarom"),
        (HardRule.TIMES_DO_NOT_OVERLAP, "x" * 501, "te lang"),
    ],
)
def test_a_firm_rule_or_no_reason_is_refused_and_makes_no_list(
    town: Town, rule: HardRule, reason: str, why: str
) -> None:
    key = list_for(town)
    with pytest.raises(ActionRefusedError, match=why):
        set_rule_aside(town.anna, key=key, rule=rule, reason=reason)
    assert Proposal.objects.visible_to(town.anna).count() == 1


def test_the_same_rule_is_set_aside_once(town: Town) -> None:
    rule = HardRule.TIMES_DO_NOT_OVERLAP
    second = set_rule_aside(town.anna, key=list_for(town), rule=rule, reason="Kan ruilen.")
    with pytest.raises(ActionRefusedError, match="al niet mee"):
        set_rule_aside(town.anna, key=second, rule=rule, reason="Kan ruilen.")


def test_a_rule_set_aside_is_no_reason_for_what_falls_off_for_another(town: Town) -> None:
    key = list_for(town)
    Place.objects.filter(pk=town.far).update(is_full=True)
    rule = HardRule.TIMES_DO_NOT_OVERLAP
    card = shown(town, set_rule_aside(town.anna, key=key, rule=rule, reason="Kan ruilen."))
    [group] = card.fallen
    assert (group.rule, group.count) == (HardRule.NO_FREE_PLACE, 1)
    [near] = group.nearest
    assert [reason.rule for reason in near.reasons] == [HardRule.NO_FREE_PLACE]


def test_no_rule_of_a_list_that_was_answered_is_set_aside(town: Town) -> None:
    key = list_for(town)
    chosen(town, key)
    with pytest.raises(ActionRefusedError, match="al een plek gekozen"):
        set_rule_aside(town.anna, key=key, rule=HardRule.TIMES_DO_NOT_OVERLAP, reason="Kan.")
    assert Proposal.objects.visible_to(town.anna).count() == 1


def test_a_stranger_sets_nothing_aside(town: Town) -> None:
    key = list_for(town)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        set_rule_aside(town.carla, key=key, rule=HardRule.TIMES_DO_NOT_OVERLAP, reason="Kan.")


# --- shown again ----------------------------------------------------------------------------------


def test_a_list_is_shown_as_it_was_after_places_change_and_close(town: Town) -> None:
    key = list_for(town)
    before = shown(town, key)
    Place.objects.filter(pk=town.garden).update(title="Heel anders", description="Nieuw")
    Organisation.objects.filter(name="De Moestuin").update(name="Anders")
    District.objects.filter(pk=town.north).update(name="Elders")
    Place.objects.filter(pk=town.garden).update(closes_on=NOW)
    after = shown(town, key)
    assert [one.place.title for one in after.offers] == [one.place.title for one in before.offers]
    assert [one.reasons for one in after.offers] == [one.reasons for one in before.offers]
    assert after.districts == before.districts
    assert after.fallen == before.fallen
    assert [one.place.is_open for one in before.offers] == [True, True]
    assert [one.place.is_open for one in after.offers] == [False, True]


def test_a_list_of_before_still_shows(town: Town) -> None:
    check_jobs(town)
    talk(town.anna, town.roos_file, NOW)
    reasons = [{"rule": "no_free_place", "facts": {"capacity": 1, "taken": 1}}]
    line = {"criterion": "own_wish", "value": 0, "weight": 35, "contribution": 0}
    row = Proposal.objects.create(
        municipality_id=town.anna.municipality_id,
        pseudonym_id=town.roos_file.pseudonym_id,
        made_at=clock.now(),
        rule_set="2026.1",
        facts={"district": "WK999001"},
        offered=[
            {
                "place": town.garden,
                "order": 1,
                "contributions": [line | {"text": "own_wish_none", "facts": {}}],
            }
        ],
        fallen_off=[{"place": town.repair, "reasons": reasons}],
    )
    card = shown(town, row.key)
    assert [one.place.title for one in card.offers] == ["Moestuin"]
    assert (card.offered_count, card.fallen_count) == (1, 1)
    [group] = card.fallen
    assert (group.rule, group.count) == (HardRule.NO_FREE_PLACE, 1)
    assert group.nearest[0].place.title == "Fietsen maken"
    assert chosen(town, row.key)


def test_what_is_not_kept_in_full_is_kept_in_few_bytes() -> None:
    numbers = list(range(3, 8_003))
    rules = [bit(HardRule.TOO_FAR) | (bit(HardRule.NOT_OPEN) if one % 2 else 0) for one in numbers]
    rest = Rest.of(fitting=[9, 4, 7], fallen=numbers, rules=rules)
    content = packed(rest)
    again = unpacked(content)
    assert again.fitting.tolist() == [9, 4, 7]
    assert again.fallen.tolist() == numbers
    assert again.count(HardRule.TOO_FAR) == 8_000
    assert again.count(HardRule.NOT_OPEN) == 4_000
    assert again.count(HardRule.OUT_OF_REACH) == 0
    assert len(content) < 2_000
    assert unpacked(b"").fallen.tolist() == []


def test_the_lists_of_somebody_newest_first_for_the_team_and_nobody_else(town: Town) -> None:
    first = list_for(town)
    chosen(town, first)
    second = propose(town.bram, pseudonym_id=town.roos_file.pseudonym_id)
    lines = lists_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert [line.key for line in lines] == [second, first]
    assert [line.made_by for line in lines] == ["Bram Testema", "Anna Testema"]
    assert [line.chosen for line in lines] == ["", "Moestuin"]
    assert lists_of(town.carla, pseudonym_id=town.roos_file.pseudonym_id) == []


# --- without matching -----------------------------------------------------------------------------


def test_places_that_somebody_found_make_a_list_in_that_order_without_rules(town: Town) -> None:
    check_jobs(town)
    roos = town.roos_file.pseudonym_id
    asked = [town.far, town.garden, town.far, 987_654]
    key = propose_found(town.anna, pseudonym_id=roos, place_ids=asked)
    card = shown(town, key)
    assert [offer.place.title for offer in card.offers] == ["Zondagsoos", "Moestuin"]
    assert (card.way, card.rule_set, card.fallen_count) == (Way.FILTER, "", 0)
    assert not any(offer.reasons for offer in card.offers)
    assert chosen(town, key)


def test_nothing_open_makes_no_list(town: Town) -> None:
    with pytest.raises(ActionRefusedError, match="geen plek"):
        propose_found(town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_ids=[987_654])
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        propose_found(town.carla, pseudonym_id=town.roos_file.pseudonym_id, place_ids=[town.garden])


# --- how many questions ---------------------------------------------------------------------------


@pytest.mark.parametrize("many", [10, 200])
def test_a_list_takes_the_same_questions_however_many_places(
    town: Town, many: int, django_assert_num_queries
) -> None:
    list_for(town)
    for number in range(many):
        another(town, f"Verzonnen plek {number}", capacity=number % 2)
    with django_assert_num_queries(QUESTIONS):
        key = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    with django_assert_num_queries(3):
        shown(town, key)


QUESTIONS = 15
