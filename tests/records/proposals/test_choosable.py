"""What may still be chosen from a list: not what the law or a refusal keeps back."""

import uuid
from datetime import date, timedelta

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.additional import UncheckedError
from meedoen.records.placements.queries import placements_of
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import propose, propose_found, set_rule_aside
from meedoen.records.proposals.models import PlaceMessage
from meedoen.records.proposals.refusal_queries import refusals_of
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.vocabulary import LegalTask, PlacementState, Preference, RefusalReason
from tests.matching import check_jobs, chosen, list_for
from tests.town import Town
from tests.web.coach.scenes import on

NOW = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def from_december_on():
    """Live under the rule set of December 2026."""
    with on(NOW):
        yield


def found_list(town: Town, *places: int) -> uuid.UUID:
    """Let Anna put places for Roos in a list by hand."""
    return propose_found(
        town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_ids=places or [town.garden]
    )


def refused(town: Town, key: uuid.UUID, place: int | None = None, **changes) -> None:
    """Let Anna write down that Roos refuses a place (the garden) of a list."""
    given = {
        "key": key,
        "place_id": place or town.garden,
        "reason": RefusalReason.TIMES_DO_NOT_SUIT,
        "preference": Preference.RATHER_ANOTHER,
        "resident_said": "Dat past niet.",
        "tell_place": True,
    }
    refuse_place(town.anna, refusal=NewRefusal(**given | changes))


def nothing_kept(town: Town) -> bool:
    seats = Place.objects.get(pk=town.garden).taken
    return seats == 0 and not placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


# --- the law --------------------------------------------------------------------------------------


def test_a_job_without_a_check_is_chosen_from_a_list_made_by_hand_but_nobody_begins(
    town: Town,
) -> None:
    key = found_list(town, town.far)
    placement_key = chosen(town, key, town.far)
    with pytest.raises(UncheckedError, match="“Zondagsoos” ontbreekt een geldige toets"):
        confirm_start(town.otto, key=placement_key, started_on=clock.today())
    check_jobs(town, town.far)
    confirm_start(town.otto, key=placement_key, started_on=clock.today())
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.state is PlacementState.ACTIVE


def test_a_place_of_another_law_is_not_chosen_without_a_ground(town: Town) -> None:
    check_jobs(town)
    key = found_list(town)
    Place.objects.filter(pk=town.garden).update(legal_task=LegalTask.SOCIAL_SUPPORT)
    with pytest.raises(ActionRefusedError, match="hoort bij een wet"):
        chosen(town, key)
    assert nothing_kept(town)


def test_what_changed_after_the_list_was_made_counts(town: Town) -> None:
    key = list_for(town)
    Place.objects.filter(pk=town.garden).update(legal_task=LegalTask.SOCIAL_SUPPORT)
    with pytest.raises(ActionRefusedError, match="hoort bij een wet"):
        chosen(town, key)


# --- a refusal ------------------------------------------------------------------------------------


def test_a_refusal_reaches_the_other_open_lists_of_that_person(town: Town) -> None:
    first = list_for(town)
    by_hand = found_list(town)
    second = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    refused(town, second)
    for other in (first, by_hand):
        with pytest.raises(ActionRefusedError, match="geweigerd op 01-12-2026"):
            chosen(town, other)
    assert nothing_kept(town)


def test_who_knows_of_the_refusal_may_choose_it_all_the_same(town: Town) -> None:
    refused(town, list_for(town))
    with on(NOW + timedelta(days=1)):
        again = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        aside = set_rule_aside(
            town.anna, key=again, rule=HardRule.REFUSED_BEFORE, reason="Roos wil toch."
        )
        assert chosen(town, aside)


def test_a_place_looked_up_by_hand_after_the_refusal_may_be_chosen(town: Town) -> None:
    refused(town, list_for(town))
    with on(NOW + timedelta(days=1)):
        assert chosen(town, found_list(town))


def test_after_the_pause_the_old_list_may_be_used(town: Town) -> None:
    first = list_for(town)
    second = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    refused(town, second, paused_until=date(2026, 12, 5), ask_again=False)
    with on(date(2026, 12, 5)):
        assert chosen(town, first)


def test_a_place_learns_nothing_when_it_knows_who_it_was(town: Town) -> None:
    key = list_for(town)
    chosen(town, key)
    refused(town, key)
    assert not PlaceMessage.objects.visible_to(town.system).exists()
    [card] = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert not card.told_place


def test_a_place_hears_nothing_without_a_tick(town: Town) -> None:
    key = list_for(town)
    given = {
        "reason": RefusalReason.TIMES_DO_NOT_SUIT,
        "preference": Preference.RATHER_ANOTHER,
        "resident_said": "Dat past niet.",
    }
    refuse_place(town.anna, refusal=NewRefusal(key=key, place_id=town.garden, **given))
    assert not PlaceMessage.objects.visible_to(town.system).exists()


def test_a_place_hears_once_of_one_person_during_a_pause(town: Town) -> None:
    first = list_for(town)
    second = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    refused(town, first)
    refused(town, second)
    assert PlaceMessage.objects.visible_to(town.system).count() == 1
    refused(town, list_for(town, town.sam))
    assert PlaceMessage.objects.visible_to(town.system).count() == 2
