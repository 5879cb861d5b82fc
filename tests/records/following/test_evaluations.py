"""It is talked over how a placement goes: kept, corrected, and planned anew by itself."""

from dataclasses import replace
from datetime import date

import pytest

from meedoen.records.following.evaluation_actions import (
    correct_evaluation,
    hold_evaluation,
    hold_evaluations,
)
from meedoen.records.following.models import Evaluation
from meedoen.records.following.queries import evaluation, evaluations_of
from meedoen.records.history.models import Change
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.correcting import correct_start_day
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import HowItGoes
from tests.records.following.scenes import STARTED, new_evaluation, over, running
from tests.town import Town
from tests.web.coach.scenes import on

HELD = date(2027, 2, 15)
NOW = date(2027, 2, 16)


def kept(town: Town):
    return Evaluation.objects.visible_to(town.system).order_by("pk")


def test_what_both_sides_find_is_kept_and_the_next_time_follows(town: Town):
    key = running(town)
    with on(NOW):
        assert evaluations_of(town.anna, key=key).next_on == date(2027, 2, 15)
        said = hold_evaluation(town.anna, new=new_evaluation(key, HELD))
        found = evaluations_of(town.bram, key=key)
    [card] = found.cards
    assert card.key == said
    assert (card.resident_finds, card.partner_finds) == (HowItGoes.WELL, HowItGoes.MIXED)
    assert (card.agreed, card.recorded_by) == ("Begint een half uur later.", "Anna Testema")
    assert (card.with_resident, card.with_partner, card.corrects) == (True, True, False)
    # Volunteer work is talked over every half year.
    assert found.next_on == date(2027, 8, 15)


def test_a_day_that_was_agreed_on_goes_before_the_rhythm(town: Town):
    key = running(town)
    with on(NOW):
        hold_evaluation(town.anna, new=new_evaluation(key, HELD, next_on=date(2027, 3, 15)))
        assert evaluations_of(town.anna, key=key).next_on == date(2027, 3, 15)


def test_a_start_that_is_corrected_moves_the_first_time(town: Town):
    key = running(town)
    with on(NOW):
        correct_start_day(town.anna, key=key, started_on=date(2027, 1, 11))
        assert evaluations_of(town.anna, key=key).next_on == date(2027, 2, 22)


def test_the_same_sent_twice_is_kept_once_and_another_of_that_day_is_told(town: Town):
    key = running(town)
    with on(NOW):
        first = hold_evaluation(town.anna, new=new_evaluation(key, HELD))
        assert hold_evaluation(town.anna, new=new_evaluation(key, HELD)) == first
        with pytest.raises(ActionRefusedError, match="staat er al een evaluatie"):
            hold_evaluation(town.bram, new=new_evaluation(key, HELD, agreed="Iets anders."))
    assert kept(town).count() == 1


def test_a_correction_takes_its_place_and_what_stood_there_stays_in_the_record(town: Town):
    key = running(town)
    with on(NOW):
        wrong = hold_evaluation(town.anna, new=new_evaluation(key, HELD))
        new = new_evaluation(key, date(2027, 2, 12), resident_finds=HowItGoes.BADLY)
        better = correct_evaluation(town.bram, evaluation_key=wrong, new=new)
        assert correct_evaluation(town.bram, evaluation_key=wrong, new=new) == better
        [card] = evaluations_of(town.anna, key=key).cards
        assert evaluation(town.anna, key=wrong) is None
    assert (card.key, card.resident_finds, card.corrects) == (better, HowItGoes.BADLY, True)
    assert [row.held_on for row in kept(town)] == [HELD, date(2027, 2, 12)]


def test_of_two_who_correct_the_same_the_second_is_told(town: Town):
    key = running(town)
    with on(NOW):
        wrong = hold_evaluation(town.anna, new=new_evaluation(key, HELD))
        correct_evaluation(
            town.bram, evaluation_key=wrong, new=new_evaluation(key, HELD, agreed="")
        )
        other = new_evaluation(key, HELD, agreed="Nog iets anders.")
        with pytest.raises(ActionRefusedError, match="intussen verbeterd"):
            correct_evaluation(town.anna, evaluation_key=wrong, new=other)
    assert kept(town).count() == 2


def test_a_correction_does_not_fall_on_the_day_of_another(town: Town):
    key = running(town)
    with on(NOW):
        hold_evaluation(town.anna, new=new_evaluation(key, HELD))
        other = hold_evaluation(town.anna, new=new_evaluation(key, NOW))
        with pytest.raises(ActionRefusedError, match="al een andere evaluatie"):
            correct_evaluation(town.anna, evaluation_key=other, new=new_evaluation(key, HELD))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": date(2027, 2, 17)}, "in de toekomst"),
        ({"held_on": date(2027, 1, 3)}, "ligt voor 04-01-2027"),
        ({"with_resident": False, "with_partner": False}, "Kies wie erbij was"),
        ({"resident_finds": HowItGoes.NOT_ASKED}, "De inwoner was erbij"),
        ({"partner_finds": HowItGoes.NOT_ASKED}, "De organisatie was erbij"),
        ({"agreed": "x" * 501}, "hoogstens 500 tekens"),
        ({"partner_said": "Heeft een depressie."}, "ziekte, diagnose of behandeling"),
        ({"next_on": HELD}, "De volgende keer moet na deze keer zijn"),
        ({"next_on": date(2029, 2, 16)}, "hoogstens twee jaar vooruit"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(town: Town, changes, said):
    key = running(town)
    with on(NOW), pytest.raises(ActionRefusedError, match=said):
        hold_evaluation(town.anna, new=replace(new_evaluation(key, HELD), **changes))
    assert not kept(town).exists()


def test_everything_that_is_wrong_is_told_at_once_and_of_many_nothing_is_kept(town: Town):
    key = running(town)
    wrong = new_evaluation(
        key, date(2027, 2, 1), with_resident=False, with_partner=False, agreed="x" * 501
    )
    with on(NOW), pytest.raises(ActionRefusedError) as refused:
        hold_evaluations(town.anna, evaluations=[new_evaluation(key, HELD), wrong])
    assert "Kies wie erbij was" in str(refused.value)
    assert "hoogstens 500 tekens" in str(refused.value)
    assert not kept(town).exists()


def test_what_did_not_begin_has_nothing_to_look_back_on(town: Town):
    with on(STARTED):
        [proposed] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.sam.pseudonym_id,
                    place_id=town.garden,
                    proposed_on=STARTED,
                )
            ],
        )
    key = Placement.objects.visible_to(town.system).get(pk=proposed).key
    with on(NOW):
        assert evaluations_of(town.anna, key=key).may_hold is False
        with pytest.raises(ActionRefusedError, match="niet begonnen"):
            hold_evaluation(town.anna, new=new_evaluation(key, HELD))


def test_after_the_end_it_can_still_be_written_down_but_nothing_is_planned(town: Town):
    key = over(town)
    with on(date(2027, 4, 2)):
        hold_evaluation(town.anna, new=new_evaluation(key, date(2027, 3, 30)))
        found = evaluations_of(town.anna, key=key)
    assert len(found.cards) == 1
    assert found.next_on is None


def test_it_is_for_the_team_and_the_person_never_for_the_organisation(town: Town):
    key = running(town)
    with on(NOW):
        said = hold_evaluation(town.lea, new=new_evaluation(key, HELD))
        for stranger in (town.carla, town.vera):
            with pytest.raises(ActionRefusedError, match="niet voor u"):
                hold_evaluation(stranger, new=new_evaluation(key, NOW))
            with pytest.raises(ActionRefusedError, match="niet voor u"):
                correct_evaluation(stranger, evaluation_key=said, new=new_evaluation(key, NOW))
        assert evaluations_of(town.roos, key=key).cards != ()
        for other in (town.carla, town.vera, town.otto, town.petra, town.connie):
            assert evaluations_of(other, key=key).cards == ()
            assert evaluation(other, key=said) is None
    assert kept(town).count() == 1


def test_signals_hear_of_it(town: Town):
    key = running(town)
    Change.objects.visible_to(town.system).delete()
    with on(NOW):
        hold_evaluation(town.anna, new=new_evaluation(key, HELD))
    [change] = Change.objects.visible_to(town.system)
    assert change.pseudonym_id == town.roos_file.pseudonym_id
