"""Lines are answered together with the person: capacity is kept and nothing goes half."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.divisions.line_actions import accept_line, refuse_line
from meedoen.records.divisions.models import Line
from meedoen.records.divisions.queries import line, lines, part_counts
from meedoen.records.divisions.words import LineAnswer, LinePart
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import set_rule_aside
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import PlaceMessage, Proposal, Refusal
from meedoen.records.proposals.queries import proposal
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.vocabulary import PlacementState, RefusalReason
from tests.asked import change_place
from tests.at_once import at_once
from tests.records.divisions.scenes import (
    NO,
    YES,
    divided,
    got,
    lines_of,
    new_place,
    nobody_begins_in_the_garden,
    row_of,
    waiting,
)
from tests.town import Town, build_town


@pytest.fixture
def one(town: Town):
    """A division in which one person gets the only place of its kind."""
    [person] = waiting(town, 1)
    key = divided(town)
    return person, key, lines_of(town, key)[person]


def nothing_kept(town, key):
    rows = Line.objects.visible_to(town.system).filter(division__key=key)
    assert not rows.exclude(answer=LineAnswer.OPEN).exists()
    assert not Proposal.objects.visible_to(town.system).exists()


def test_accepting_proposes_the_person_by_the_usual_way(town, one):
    person, key, kept = one
    accept_line(town.anna, key=key, number=kept.number, **YES)
    placement = Placement.objects.visible_to(town.system).get()
    assert (placement.pseudonym_id, placement.place_id) == (person, town.repair)
    assert placement.state == PlacementState.PROPOSED
    assert Place.objects.get(pk=town.repair).taken == 1
    proposal = placement.proposal
    assert (proposal.chosen_place_id, proposal.resident_said) == (town.repair, YES["resident_said"])
    card = line(town.anna, key=key, number=kept.number)
    assert (card.answer, card.answered_by) == (LineAnswer.ACCEPTED, "Anna Testema")
    assert card.placement_key == placement.key
    assert (card.choice, card.preference) == (YES["reason"], YES["preference"])


@pytest.mark.parametrize("who", ["anna", "bram", "lea"])
def test_the_team_may_answer(town, one, who):
    _person, key, kept = one
    accept_line(getattr(town, who), key=key, number=kept.number, **YES)


@pytest.mark.parametrize("act", [accept_line, refuse_line])
def test_another_team_does_not_know_the_line(town, one, act):
    _person, key, kept = one
    answer = YES if act is accept_line else NO
    for stranger in (town.carla, town.vera):
        assert line(stranger, key=key, number=kept.number) is None
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            act(stranger, key=key, number=kept.number, **answer)
    nothing_kept(town, key)


@pytest.mark.parametrize("who", ["petra", "roos", "connie", "suus", "priya", "ab"])
def test_others_may_not_answer(town, one, who):
    _person, key, kept = one
    with pytest.raises(PermissionDenied):
        accept_line(getattr(town, who), key=key, number=kept.number, **YES)


def test_without_words_of_the_person_nothing_is_accepted_or_refused(town, one):
    _person, key, kept = one
    for act, answer in ((accept_line, YES), (refuse_line, NO)):
        with pytest.raises(ActionRefusedError, match="Schrijf op"):
            act(town.anna, key=key, number=kept.number, **{**answer, "resident_said": "  "})
    nothing_kept(town, key)


@pytest.mark.parametrize("words", ["Bel 111222333", "x" * 501])
def test_a_number_of_a_person_or_too_many_words_are_refused(town, one, words):
    _person, key, kept = one
    Place.objects.filter(pk=town.repair).update(closes_on=clock.today() + timedelta(days=1))
    for act, answer in ((accept_line, YES), (refuse_line, NO)):
        with pytest.raises(ActionRefusedError):
            act(town.anna, key=key, number=kept.number, **{**answer, "resident_said": words})
    nothing_kept(town, key)


def test_refusing_keeps_the_reason_and_pauses_the_place_for_this_person(town, one):
    person, key, kept = one
    refuse_line(town.anna, key=key, number=kept.number, **NO)
    card = line(town.anna, key=key, number=kept.number)
    assert (card.answer, card.refusal) == (LineAnswer.REFUSED, NO["reason"])
    refusal = Refusal.objects.visible_to(town.system).get()
    assert (refusal.pseudonym_id, refusal.place_id) == (person, town.repair)
    assert refusal.paused_until > clock.today()
    assert got(town, divided(town)) == {person: None}
    assert not Placement.objects.visible_to(town.system).exists()


@pytest.mark.parametrize(("act", "answer"), [(accept_line, YES), (refuse_line, NO)])
def test_a_line_is_answered_once(town, one, act, answer):
    _person, key, kept = one
    refuse_line(town.anna, key=key, number=kept.number, **NO)
    with pytest.raises(ActionRefusedError, match="al beslist"):
        act(town.lea, key=key, number=kept.number, **answer)
    assert line(town.anna, key=key, number=kept.number).answer is LineAnswer.REFUSED


def test_who_got_no_place_has_nothing_to_answer(town):
    waiting(town, 2)
    key = divided(town)
    [kept] = [one for one in lines_of(town, key).values() if one.place_id is None]
    for act, answer in ((accept_line, YES), (refuse_line, NO)):
        with pytest.raises(ActionRefusedError, match="geen plek om over te beslissen"):
            act(town.anna, key=key, number=kept.number, **answer)


def test_a_place_that_was_filled_since_is_refused_and_nothing_is_kept(town, one):
    _person, key, kept = one
    place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=town.tim.pseudonym_id,
                place_id=town.repair,
                proposed_on=clock.today(),
            )
        ],
    )
    with pytest.raises(ActionRefusedError, match="vol sinds de verdeling"):
        accept_line(town.anna, key=key, number=kept.number, **YES)
    nothing_kept(town, key)
    refuse_line(town.anna, key=key, number=kept.number, **NO)


def test_a_place_that_closed_since_is_refused_and_can_still_be_turned_down(town, one):
    _person, key, kept = one
    Place.objects.filter(pk=town.repair).update(closes_on=clock.today())
    with pytest.raises(ActionRefusedError, match="gesloten sinds de verdeling"):
        accept_line(town.anna, key=key, number=kept.number, **YES)
    nothing_kept(town, key)
    refuse_line(town.anna, key=key, number=kept.number, **NO)
    assert line(town.anna, key=key, number=kept.number).answer is LineAnswer.REFUSED
    assert Refusal.objects.visible_to(town.system).get().paused_until is None


def test_a_place_that_opens_later_than_was_known_can_be_turned_down(town, one):
    person, key, kept = one
    Place.objects.filter(pk=town.repair).update(opens_on=clock.today() + timedelta(days=10))
    with pytest.raises(ActionRefusedError, match="nog niet open"):
        accept_line(town.anna, key=key, number=kept.number, **YES)
    refuse_line(town.anna, key=key, number=kept.number, **NO)
    assert line(town.anna, key=key, number=kept.number).answer is LineAnswer.REFUSED
    refusal = Refusal.objects.visible_to(town.system).get()
    assert (refusal.pseudonym_id, refusal.place_id) == (person, town.repair)
    assert refusal.paused_until > clock.today()
    with pytest.raises(ActionRefusedError, match="niet opzij"):
        set_rule_aside(
            town.anna,
            key=refusal.proposal.key,
            rule=HardRule.TIMES_DO_NOT_OVERLAP,
            reason="Kan toch.",
        )


def test_the_organisation_hears_of_a_refusal_only_when_that_is_ticked(town):
    waiting(town, 2)
    new_place(town, "Koffie schenken")
    key = divided(town)
    quiet, told = lines_of(town, key).values()
    about_place = {**NO, "reason": RefusalReason.TIMES_DO_NOT_SUIT}
    refuse_line(town.anna, key=key, number=quiet.number, **about_place)
    assert not PlaceMessage.objects.visible_to(town.system).exists()
    refuse_line(town.anna, key=key, number=told.number, tell_place=True, **about_place)
    assert PlaceMessage.objects.visible_to(town.system).get().place_id == told.place_id


def test_the_list_that_is_kept_holds_what_the_division_went_by(town, one):
    _person, key, kept = one
    with clock.at(clock.now() + timedelta(days=3)):
        accept_line(town.anna, key=key, number=kept.number, **YES)
    list_kept = Proposal.objects.visible_to(town.system).get()
    assert list_kept.way == Way.DIVISION
    assert list_kept.rule_set.startswith("2026")
    assert list_kept.facts == kept.facts
    assert list_kept.made_at == row_of(town, key).known_at
    [offer] = list_kept.offered
    assert offer["why"] == {"code": kept.why, "facts": kept.why_facts}
    card = proposal(town.anna, key=list_kept.key)
    assert [one.text for one in card.offers[0].reasons] == [one["text"] for one in kept.reasons]


def test_an_organisation_that_says_full_is_believed(town, one):
    _person, key, kept = one
    change_place(town, town.repair, is_full=True)
    with pytest.raises(ActionRefusedError, match="vol sinds de verdeling"):
        accept_line(town.anna, key=key, number=kept.number, **YES)


def test_who_got_a_place_in_the_meantime_gets_no_second_one(town, one):
    person, key, kept = one
    other = new_place(town, "Koffie schenken")
    place_all(
        town.system,
        placements=[NewPlacement(pseudonym_id=person, place_id=other, proposed_on=clock.today())],
    )
    with pytest.raises(ActionRefusedError, match="intussen een andere plek"):
        accept_line(town.anna, key=key, number=kept.number, **YES)
    nothing_kept(town, key)
    assert Place.objects.get(pk=town.repair).taken == 0


def test_two_divisions_give_one_person_one_place(town, one):
    person, first, kept = one
    new_place(town, "Koffie schenken", seats=5)
    second = divided(town)
    accept_line(town.anna, key=first, number=kept.number, **YES)
    again = lines_of(town, second)[person]
    with pytest.raises(ActionRefusedError):
        accept_line(town.lea, key=second, number=again.number, **YES)
    assert Placement.objects.visible_to(town.system).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_seat_at_once_one_gets_it(transactional_db):
    town = build_town()
    nobody_begins_in_the_garden(town)
    [early] = waiting(town, 1, days_ago=90)
    first = divided(town)
    [late] = waiting(town, 1, after=1)
    Line.objects.visible_to(town.system).count()
    second = divided(town)
    refused = []

    def accept(key, person):
        def act():
            number = lines_of(town, key)[person].number
            try:
                accept_line(town.anna, key=key, number=number, **YES)
            except ActionRefusedError as error:
                refused.append(str(error))

        return act

    # Of the second division the other person is given the same seat, as a division made at
    # another moment would.
    Line.objects.visible_to(town.system).filter(division__key=second).update(place_id=town.repair)
    at_once(accept(first, early), accept(second, late))
    assert Placement.objects.visible_to(town.system).count() == 1
    assert Place.objects.get(pk=town.repair).taken == 1
    assert len(refused) == 1


def test_who_went_to_another_team_is_no_longer_in_the_lines(town, one):
    person, key, kept = one
    hand_over_all(
        town.lea,
        handovers=[
            HandOver(
                pseudonym_id=person,
                to_coach_id=town.carla.membership_id,
                on=clock.today(),
                reason="Verhuisd naar Zuid",
            )
        ],
    )
    assert line(town.anna, key=key, number=kept.number) is None
    assert line(town.carla, key=key, number=kept.number) is None
    assert part_counts(town.lea, key=key)[LinePart.OPEN] == 0


def test_lines_stand_with_who_waits_longest_first_and_the_own_people_apart(town):
    new_place(town, "Koffie schenken", seats=10)
    [late] = waiting(town, 1, days_ago=5)
    [early] = waiting(town, 1, after=1, days_ago=50)
    key = divided(town)
    page = lines(town.anna, key=key, part=LinePart.OPEN)
    assert [card.pseudonym_id for card in page.cards] == [early, late]
    assert lines(town.anna, key=key, part=LinePart.OPEN, own_only=True).total == 2
    assert lines(town.bram, key=key, part=LinePart.OPEN, own_only=True).total == 0
    assert part_counts(town.anna, key=key) == {
        LinePart.OPEN: 2,
        LinePart.ACCEPTED: 0,
        LinePart.REFUSED: 0,
        LinePart.WITHOUT_PLACE: 0,
    }
