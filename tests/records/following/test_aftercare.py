"""How somebody is after a placement: planned by rule, kept, corrected, and done at last."""

from datetime import date

import pytest

from meedoen.records.following.aftercare_actions import correct_aftercare, note_aftercare
from meedoen.records.following.days import aftercare_due
from meedoen.records.following.models import AftercareContact
from meedoen.records.following.queries import aftercare_contact, aftercare_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.queries import resident
from meedoen.records.signals.actions import refresh
from meedoen.records.signals.queries import signals_about
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import AftercareFinding, Outcome
from tests.records.following.scenes import ENDED, new_aftercare, over, running
from tests.town import Town
from tests.web.coach.scenes import on

AFTER_TWO_WEEKS = date(2027, 4, 14)
AFTER_THREE_MONTHS = date(2027, 6, 30)


def kept(town: Town):
    return AftercareContact.objects.visible_to(town.system).order_by("pk")


def due(town: Town, on_day: date):
    found = aftercare_due(town.system, pseudonym_ids=[town.roos_file.pseudonym_id], on=on_day)
    return {person: (one.moment.number, one.moment.on) for person, one in found.items()}


def test_every_end_plans_its_aftercare_by_itself(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        found = aftercare_of(town.anna, key=key)
    assert found.last_day == ENDED
    assert found.moments == (
        AFTER_TWO_WEEKS,
        AFTER_THREE_MONTHS,
        date(2027, 9, 30),
        date(2028, 3, 31),
    )
    assert found.next_on == AFTER_TWO_WEEKS


def test_a_contact_is_kept_and_the_next_moment_comes(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        said = note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))
        found = aftercare_of(town.bram, key=key)
    [card] = found.cards
    assert (card.key, card.number, card.planned_on) == (said, 1, AFTER_TWO_WEEKS)
    assert (card.finding, card.words) == (AftercareFinding.IN_PAID_WORK, "Het bevalt goed.")
    assert found.next_on == AFTER_THREE_MONTHS
    assert due(town, AFTER_TWO_WEEKS) == {town.roos_file.pseudonym_id: (2, AFTER_THREE_MONTHS)}


def test_who_was_not_reached_is_tried_again(town: Town):
    key = over(town)
    in_vain = new_aftercare(key, AFTER_TWO_WEEKS, finding=AftercareFinding.NOT_REACHED, words="")
    with on(AFTER_TWO_WEEKS):
        note_aftercare(town.anna, new=in_vain)
        assert aftercare_of(town.anna, key=key).next_on == date(2027, 4, 28)


def test_who_wants_no_aftercare_is_not_asked_again(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        new = new_aftercare(
            key, AFTER_TWO_WEEKS, finding=AftercareFinding.WANTS_NO_AFTERCARE, words=""
        )
        note_aftercare(town.anna, new=new)
        assert aftercare_of(town.anna, key=key).next_on is None
    assert due(town, AFTER_TWO_WEEKS) == {}


@pytest.mark.parametrize("outcome", [Outcome.MOVED_AWAY, Outcome.DIED])
def test_nobody_is_asked_after_a_death_or_a_move(town: Town, outcome):
    earlier = over(town, outcome=Outcome.GOAL_REACHED, last_day=date(2027, 2, 1))
    key = over(town, place_id=town.garden, outcome=outcome)
    with on(AFTER_TWO_WEEKS):
        assert due(town, AFTER_TWO_WEEKS) == {}
        for one in (key, earlier):
            assert aftercare_of(town.anna, key=one) is None
            with pytest.raises(ActionRefusedError, match="geen nazorg gepland"):
                note_aftercare(town.anna, new=new_aftercare(one, AFTER_TWO_WEEKS))


def test_of_who_ended_at_two_places_the_last_end_counts(town: Town):
    earlier = over(town, outcome=Outcome.GOAL_REACHED, last_day=date(2027, 2, 1))
    later = over(town, place_id=town.garden, outcome=Outcome.GOAL_REACHED)
    with on(AFTER_TWO_WEEKS):
        assert due(town, AFTER_TWO_WEEKS) == {town.roos_file.pseudonym_id: (1, AFTER_TWO_WEEKS)}
        assert aftercare_of(town.anna, key=earlier).is_last is False
        assert aftercare_of(town.anna, key=later).is_last is True


def test_a_placement_that_goes_on_has_no_aftercare(town: Town):
    key = running(town)
    with on(AFTER_TWO_WEEKS):
        assert aftercare_of(town.anna, key=key) is None
        with pytest.raises(ActionRefusedError, match="geen nazorg gepland"):
            note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))


@pytest.mark.parametrize(
    ("day", "changes", "said"),
    [
        (date(2027, 4, 15), {}, "in de toekomst"),
        (ENDED, {}, "ligt voor 01-04-2027"),
        (AFTER_TWO_WEEKS, {"words": "x" * 501}, "hoogstens 500 tekens"),
        (AFTER_TWO_WEEKS, {"words": "Heeft een depressie."}, "ziekte, diagnose of behandeling"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(town: Town, day, changes, said):
    key = over(town)
    with on(AFTER_TWO_WEEKS), pytest.raises(ActionRefusedError, match=said):
        note_aftercare(town.anna, new=new_aftercare(key, day, **changes))
    assert not kept(town).exists()


def test_the_same_sent_twice_is_kept_once_and_another_of_that_day_is_told(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        first = note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))
        assert note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS)) == first
        other = new_aftercare(key, AFTER_TWO_WEEKS, words="Toch niet.")
        with pytest.raises(ActionRefusedError, match="staat er al een nazorgcontact"):
            note_aftercare(town.bram, new=other)
    assert kept(town).count() == 1


def test_a_correction_takes_its_place_and_of_two_the_second_is_told(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        wrong = note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))
        better = new_aftercare(key, date(2027, 4, 12), finding=AftercareFinding.FELL_BACK)
        said = correct_aftercare(town.bram, contact_key=wrong, new=better)
        assert correct_aftercare(town.bram, contact_key=wrong, new=better) == said
        [card] = aftercare_of(town.anna, key=key).cards
        assert (card.finding, card.corrects) == (AftercareFinding.FELL_BACK, True)
        with pytest.raises(ActionRefusedError, match="intussen verbeterd"):
            correct_aftercare(town.anna, contact_key=wrong, new=new_aftercare(key, AFTER_TWO_WEEKS))
    assert kept(town).count() == 2


def test_it_is_for_the_team_only(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        said = note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))
        for stranger in (town.carla, town.vera):
            assert aftercare_of(stranger, key=key) is None
            assert aftercare_contact(stranger, key=said) is None
            with pytest.raises(ActionRefusedError, match="niet voor u"):
                note_aftercare(stranger, new=new_aftercare(key, date(2027, 4, 13)))
    assert kept(town).count() == 1


def last_spoken(town: Town) -> date | None:
    """Return when Roos was spoken to last, as the lists of who is out of sight know it."""
    card = resident(town.anna, key=town.roos_file.key)
    assert card is not None
    return card.last_spoken_on


def test_who_was_reached_in_aftercare_was_spoken_to(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        note_aftercare(town.anna, new=new_aftercare(key, AFTER_TWO_WEEKS))
        assert last_spoken(town) == AFTER_TWO_WEEKS


def test_who_was_not_reached_was_not_spoken_to(town: Town):
    key = over(town)
    with on(AFTER_TWO_WEEKS):
        before = last_spoken(town)
        in_vain = new_aftercare(
            key, AFTER_TWO_WEEKS, finding=AftercareFinding.NOT_REACHED, words=""
        )
        said = note_aftercare(town.anna, new=in_vain)
        assert last_spoken(town) == before
        # They were reached after all, and on another day than was written down.
        reached = new_aftercare(key, date(2027, 4, 10))
        said = correct_aftercare(town.anna, contact_key=said, new=reached)
        assert last_spoken(town) == date(2027, 4, 10)
        correct_aftercare(town.anna, contact_key=said, new=in_vain)
        assert last_spoken(town) == before


def test_who_was_spoken_to_in_aftercare_is_not_out_of_sight(town: Town):
    key = over(town)
    days = [AFTER_TWO_WEEKS, AFTER_THREE_MONTHS]
    for day in days:
        with on(day):
            note_aftercare(town.anna, new=new_aftercare(key, day))
    with on(date(2027, 12, 29)):
        assert SignalKind.NO_CONTACT not in kinds(town)
    with on(date(2027, 12, 30)):
        assert SignalKind.NO_CONTACT in kinds(town)


def kinds(town: Town) -> set[SignalKind]:
    """Return which signals Roos asks for today."""
    refresh(town.system, pseudonym_ids=[town.roos_file.pseudonym_id])
    cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return {card.kind for card in cards}
