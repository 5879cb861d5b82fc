"""What follows placements becomes signals, and goes away when it was done."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.following.aftercare_actions import note_aftercare
from meedoen.records.following.evaluation_actions import hold_evaluation
from meedoen.records.following.facts import following_facts
from meedoen.records.following.next_step_actions import choose_next_step
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.moving import Change
from meedoen.records.places.models import Place
from meedoen.records.signals.actions import refresh
from meedoen.records.signals.queries import signals_about
from meedoen.rules.signals.kinds import SignalKind
from tests.records.following.scenes import (
    LAST_DAY,
    STARTED,
    new_aftercare,
    new_choice,
    new_evaluation,
    over,
    running,
)
from tests.town import Town
from tests.web.coach.scenes import on, register_crowd

OURS = {SignalKind.EVALUATION_DUE, SignalKind.NEXT_STEP_NOT_CHOSEN, SignalKind.AFTERCARE_DUE}
OURS |= {SignalKind.PLACEMENT_ENDS_SOON}


def signals(town: Town, day: date):
    with on(day):
        refresh(town.system, pseudonym_ids=[town.roos_file.pseudonym_id])
        cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [(card.kind, card.due_on, card.about) for card in cards if card.kind in OURS]


def test_talking_it_over_is_asked_for_and_dealt_with_by_writing_it_down(town: Town):
    key = running(town)
    due = (SignalKind.EVALUATION_DUE, date(2027, 2, 15), "Fietsen maken")
    assert signals(town, date(2027, 1, 31)) == []
    assert signals(town, date(2027, 2, 1)) == [due]
    with on(date(2027, 2, 10)):
        hold_evaluation(town.anna, new=new_evaluation(key, date(2027, 2, 10)))
    assert signals(town, date(2027, 2, 10)) == []


def test_what_comes_next_is_asked_for_until_it_is_chosen(town: Town):
    key = running(town, last_day=LAST_DAY)
    with on(date(2027, 2, 10)):
        hold_evaluation(town.anna, new=new_evaluation(key, date(2027, 2, 10)))
    assert signals(town, date(2027, 2, 27)) == []
    asked = (SignalKind.NEXT_STEP_NOT_CHOSEN, LAST_DAY, "Fietsen maken")
    assert signals(town, date(2027, 2, 28)) == [asked]
    soon = (SignalKind.PLACEMENT_ENDS_SOON, LAST_DAY, "Fietsen maken")
    assert signals(town, date(2027, 5, 5)) == [soon]
    with on(date(2027, 5, 5)):
        choose_next_step(town.anna, new=new_choice(key, follow_up_on=date(2027, 5, 12)))
    assert signals(town, date(2027, 5, 5)) == []


def test_aftercare_is_asked_for_and_comes_back_for_the_next_moment(town: Town):
    key = over(town)
    due = (SignalKind.AFTERCARE_DUE, date(2027, 4, 14), "Fietsen maken")
    assert signals(town, date(2027, 4, 6)) == []
    assert signals(town, date(2027, 4, 7)) == [due]
    with on(date(2027, 4, 8)):
        note_aftercare(town.anna, new=new_aftercare(key, date(2027, 4, 8)))
    assert signals(town, date(2027, 4, 15)) == []
    again = (SignalKind.AFTERCARE_DUE, date(2027, 6, 30), "Fietsen maken")
    assert signals(town, date(2027, 6, 23)) == [again]


def crowd_at_the_garden(town: Town, people: list[int]) -> None:
    Place.objects.filter(pk=town.garden).update(capacity=500)
    with on(STARTED):
        ids = place_all(
            town.system,
            placements=[
                NewPlacement(
                    pseudonym_id=person,
                    place_id=town.garden,
                    proposed_on=STARTED,
                    planned_end_on=LAST_DAY,
                )
                for person in people
            ],
        )
        changes = [Change(placement_id=one, on=STARTED) for one in ids]
        confirm_all(town.system, changes=changes)


@pytest.mark.parametrize("few", [10])
def test_there_are_as_many_questions_for_few_people_as_for_many(town: Town, few: int):
    people = register_crowd(town, 200)
    crowd_at_the_garden(town, people)
    counts = []
    for some in (people[:few], people):
        with on(date(2027, 5, 1)), CaptureQueriesContext(connection) as asked:
            found = following_facts(town.system, pseudonym_ids=some, on=date(2027, 5, 1))
        assert len(found) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1]
