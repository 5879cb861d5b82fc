"""A place asks coaches whether they know somebody: coaches hear who, the place never does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.demo.names import made_up_numbers
from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.place_questions import telling
from meedoen.records.place_questions.actions import ask_coaches
from meedoen.records.place_questions.fitting import who_fits
from meedoen.records.place_questions.models import AskedPerson, PlaceQuestion
from meedoen.records.place_questions.queries import who_looks
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.records.proposals.wish_actions import pick
from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.models import Signal
from meedoen.rules.places.questions import Crowd, Looking
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import Channel
from tests.matching import check_jobs, chosen, list_for, place_key
from tests.town import LONG_AGO, MORNINGS, talk
from tests.work import work_off

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
NUMBERS = made_up_numbers(99_200_000)


@pytest.fixture(autouse=True)
def on_one_day():
    with clock.at(NOON):
        yield


@pytest.fixture
def waiting(town):
    """Roos and Sam were spoken with and can on mornings; the garden and the far job are checked."""
    check_jobs(town)
    for person in (town.roos_file, town.sam):
        talk(town.anna, person, date(2026, 12, 1))
    return town


def more_people(town, count):
    numbers = register_all(
        town.system,
        residents=[
            NewResident(
                given_name="Mies",
                family_name="Nepstra",
                birth_date=date(1980, 5, 4),
                bsn=bsn,
                district_id=town.north,
                coach_id=town.anna.membership_id,
                benefit_starts_on=LONG_AGO,
            )
            for bsn in islice(NUMBERS, count)
        ],
    )
    complete_all(
        town.system,
        conversations=[
            NewConversation(
                pseudonym_id=number,
                held_on=clock.today(),
                channel=Channel.PHONE,
                story="",
                half_days=MORNINGS,
            )
            for number in numbers
        ],
    )


def asked_people(town):
    return list(
        AskedPerson.objects.visible_to(town.system)
        .order_by("pk")
        .values_list("pseudonym_id", flat=True)
    )


def signals(town):
    rows = Signal.objects.visible_to(town.system).filter(
        kind=SignalKind.PLACE_ASKS, ended_at__isnull=True
    )
    return set(rows.values_list("pseudonym_id", flat=True))


def worked_off(town):
    work_off()
    refresh_all(town.system)


def test_petra_hears_whether_there_is_anybody_and_never_how_many(waiting):
    town = waiting
    card = who_looks(town.petra, place_key=place_key(town.garden))
    assert (card.title, card.looking) == ("Moestuin", Looking(Crowd.FEW))
    more_people(town, 10)
    card = who_looks(town.petra, place_key=place_key(town.garden))
    assert card.looking == Looking(Crowd.AT_LEAST, 10)


def test_without_anybody_she_hears_the_same_as_with_a_few(town):
    check_jobs(town)
    assert who_looks(town.petra, place_key=place_key(town.garden)).looking == Looking(Crowd.FEW)


def test_after_a_change_she_hears_nothing_for_a_week_and_can_ask_all_the_same(waiting):
    town, key = waiting, place_key(waiting.garden)
    more_people(town, 10)
    place = Place.objects.get(pk=town.garden)
    asks_more = replace(details_of(place), half_days_needed=2)
    change_places(
        town.petra,
        changes=[PlaceChange(place_id=place.pk, starts_on=clock.today(), details=asks_more)],
    )
    card = who_looks(town.petra, place_key=key)
    assert (card.looking, card.quiet_until) == (None, date(2026, 12, 9))
    ask_coaches(town.petra, place_key=key)
    with clock.at(NOON + timedelta(days=7)):
        card = who_looks(town.petra, place_key=key)
    assert (card.looking, card.quiet_until) == (Looking(Crowd.AT_LEAST, 10), None)


def test_the_coach_of_somebody_whom_it_suits_hears_and_the_place_does_not(waiting):
    town = waiting
    until = ask_coaches(town.petra, place_key=place_key(town.garden))
    assert until == date(2026, 12, 30)
    assert asked_people(town) == []
    worked_off(town)
    assert set(asked_people(town)) == {town.roos_file.pseudonym_id, town.sam.pseudonym_id}
    assert signals(town) == {town.roos_file.pseudonym_id, town.sam.pseudonym_id}
    for stranger in (town.petra, town.pia, town.otto, town.carla, town.vera, town.connie):
        assert not AskedPerson.objects.visible_to(stranger).exists()


def test_who_picked_the_place_comes_first_then_who_waits_longest(waiting):
    town = waiting
    talk(town.carla, town.tim, date(2026, 11, 1))
    pick(town.anna, pseudonym_id=town.sam.pseudonym_id, place_id=town.garden)
    found = [one.pseudonym_id for one in who_fits(town.petra, place_id=town.garden)]
    assert found == [person.pseudonym_id for person in (town.sam, town.tim, town.roos_file)]


def test_who_has_a_place_or_cannot_then_is_not_found(waiting):
    town = waiting
    chosen(town, list_for(town))
    assert [one.pseudonym_id for one in who_fits(town.petra, place_id=town.garden)] == [
        town.sam.pseudonym_id
    ]
    assert who_fits(town.otto, place_id=town.far) == []


def test_of_many_people_only_the_first_so_many_are_told(waiting, monkeypatch):
    town = waiting
    more_people(town, 30)
    ask_coaches(town.petra, place_key=place_key(town.garden))
    worked_off(town)
    assert len(asked_people(town)) == 25


def test_the_signal_ends_when_a_list_was_made_and_when_the_time_is_over(waiting):
    town = waiting
    ask_coaches(town.petra, place_key=place_key(town.garden))
    worked_off(town)
    with clock.at(NOON + timedelta(days=1)):
        list_for(town)
        refresh_all(town.system)
        assert signals(town) == {town.sam.pseudonym_id}
    with clock.at(NOON + timedelta(days=28)):
        refresh_all(town.system)
        assert signals(town) == set()


@pytest.mark.parametrize(
    "change",
    [{"is_full": True}, {"capacity": 1, "taken": 1}, {"closes_on": date(2026, 12, 3)}],
)
def test_the_signal_ends_when_the_place_can_take_nobody_any_more(waiting, change):
    town = waiting
    ask_coaches(town.petra, place_key=place_key(town.garden))
    worked_off(town)
    assert signals(town) == {town.roos_file.pseudonym_id, town.sam.pseudonym_id}
    Place.objects.filter(pk=town.garden).update(**change)
    with clock.at(NOON + timedelta(days=1)):
        refresh_all(town.system)
    assert signals(town) == set()


def test_the_signal_ends_for_who_has_a_place_by_now(waiting):
    town = waiting
    with clock.at(NOON - timedelta(days=1)):
        key = list_for(town)
    ask_coaches(town.petra, place_key=place_key(town.garden))
    worked_off(town)
    chosen(town, key)
    refresh_all(town.system)
    assert signals(town) == {town.sam.pseudonym_id}


def test_the_signal_ends_where_matching_is_put_off(waiting):
    town = waiting
    ask_coaches(town.petra, place_key=place_key(town.garden))
    worked_off(town)
    set_matching(town.ab, is_on=False, contact="", objection="", reason="Eerst praten.", seen=None)
    with clock.at(NOON + timedelta(days=1)):
        refresh_all(town.system)
    assert signals(town) == set()


def test_it_is_asked_once_and_again_when_the_time_is_over(waiting):
    town, key = waiting, place_key(waiting.garden)
    until = ask_coaches(town.petra, place_key=key)
    assert ask_coaches(town.petra, place_key=key) == until
    with pytest.raises(ActionRefusedError, match="Een collega heeft dit al gevraagd"):
        ask_coaches(town.pia, place_key=key)
    assert PlaceQuestion.objects.count() == 1
    with clock.at(NOON + timedelta(days=28)):
        assert who_looks(town.petra, place_key=key).asked_until is None
        ask_coaches(town.pia, place_key=key)
    assert PlaceQuestion.objects.count() == 2


def test_a_coach_asks_on_behalf_of_any_place_here(waiting):
    town = waiting
    ask_coaches(town.carla, place_key=place_key(town.repair))
    worked_off(town)
    assert signals(town) == {town.roos_file.pseudonym_id, town.sam.pseudonym_id}


@pytest.mark.parametrize("who", ["otto", "vera"])
def test_a_place_of_somebody_else_does_not_exist(waiting, who):
    viewer, key = getattr(waiting, who), place_key(waiting.garden)
    assert who_looks(viewer, place_key=key) is None
    with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
        ask_coaches(viewer, place_key=key)


@pytest.mark.parametrize("who", ["roos", "connie", "suus", "priya", "ab"])
def test_others_may_not_ask(waiting, who):
    viewer, key = getattr(waiting, who), place_key(waiting.garden)
    assert who_looks(viewer, place_key=key) is None
    with pytest.raises(PermissionDenied):
        ask_coaches(viewer, place_key=key)


def test_a_full_place_and_a_closed_one_ask_nothing(waiting):
    town, key = waiting, place_key(waiting.garden)
    for change in ({"is_full": True}, {"is_full": False, "closes_on": date(2026, 12, 2)}):
        Place.objects.filter(pk=town.garden).update(**change)
        card = who_looks(town.petra, place_key=key)
        assert (card.is_open, card.looking) == (False, None)
        with pytest.raises(ActionRefusedError, match="niet open, of er is geen plaats"):
            ask_coaches(town.petra, place_key=key)


def test_where_matching_is_off_nothing_is_counted_or_asked(waiting):
    town, key = waiting, place_key(waiting.garden)
    ask_coaches(town.petra, place_key=place_key(town.garden))
    set_matching(town.ab, is_on=False, contact="", objection="", reason="Eerst praten.", seen=None)
    card = who_looks(town.petra, place_key=key)
    assert (card.is_on, card.looking) == (False, None)
    with pytest.raises(ActionRefusedError, match="geen plekken voorstellen"):
        ask_coaches(town.pia, place_key=key)
    worked_off(town)
    assert asked_people(town) == []


def test_a_worker_that_dies_half_way_leaves_nothing_and_the_next_one_does_it_once(waiting):
    town = waiting
    ask_coaches(town.petra, place_key=place_key(town.garden))
    question = PlaceQuestion.objects.get()
    given = (town.system.municipality_id, question.pk)
    with (
        patch.object(telling, "note_changes", side_effect=OSError("vol")),
        pytest.raises(OSError, match="vol"),
    ):
        telling.tell(*given)
    assert asked_people(town) == []
    telling.tell(*given)
    telling.tell(*given)
    assert len(asked_people(town)) == 2


def test_a_question_that_is_over_tells_nobody(waiting):
    town = waiting
    ask_coaches(town.petra, place_key=place_key(town.garden))
    with clock.at(NOON + timedelta(days=40)):
        telling.tell(town.system.municipality_id, PlaceQuestion.objects.get().pk)
    assert asked_people(town) == []


def test_as_many_questions_for_two_hundred_people_as_for_ten(waiting):
    town, key = waiting, place_key(waiting.garden)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            who_looks(town.petra, place_key=key)
        return len(queries)

    more_people(town, 10)
    few = asked()
    more_people(town, 190)
    assert asked() == few <= 24
