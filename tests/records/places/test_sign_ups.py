"""Showing interest in a place: what is kept, who reads it, and until when."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.places.models import Place, SignUp
from meedoen.records.places.reaching import can_be_reached
from meedoen.records.places.sign_up_actions import (
    NewSignUp,
    answer_sign_up,
    forget_old_sign_ups,
    sign_up,
)
from meedoen.records.places.sign_up_queries import sign_up as one_sign_up
from meedoen.records.places.sign_up_queries import sign_ups
from meedoen.records.places.sign_up_tasks import tidy_sign_ups
from meedoen.rules.vocabulary import SignUpState
from tests.records.places.public_scenes import TODAY, public_place_at
from tests.town import CODE, OTHER_CODE
from tests.web.coach.scenes import on

pytestmark = pytest.mark.django_db


def new(key, **changed):
    values = {"name": "Fatima", "contact": "0612345678", "message": "Ik kook graag."}
    return NewSignUp(place_key=key, **values | changed)


def signed_up(town, day=TODAY, **changed):
    """Let Fatima show interest in a new public place; return the key of the sign-up."""
    key = public_place_at(town)
    with on(day):
        sign_up(town.system, new=new(key, **changed))
    return SignUp.objects.visible_to(town.system).order_by("-pk").first().key


def kept(town):
    return list(SignUp.objects.visible_to(town.system))


def test_the_organisation_reads_who_is_interested(town):
    key = signed_up(town)
    with on(TODAY):
        [card] = sign_ups(town.petra)
        assert (card.name, card.contact, card.message) == (
            "Fatima",
            "0612345678",
            "Ik kook graag.",
        )
        assert card.place == "Samen koken"
        assert card.state is SignUpState.NEW
        assert card.keep_until == TODAY + timedelta(days=90)
        assert one_sign_up(town.pia, key=key) == card


OTHERS = ["anna", "lea", "otto", "roos", "connie", "suus", "priya", "ab", "vera"]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_it(town, who):
    key = signed_up(town)
    viewer = getattr(town, who)
    assert sign_ups(viewer) == []
    assert one_sign_up(viewer, key=key) is None


def test_sending_twice_is_recognised(town):
    key = public_place_at(town)
    with on(TODAY):
        sign_up(town.system, new=new(key))
        sign_up(town.system, new=new(key, name=" Fatima "))
        assert len(kept(town)) == 1
        sign_up(town.system, new=new(key, message="Ik kan alleen op maandag."))
        assert len(kept(town)) == 2
    with on(TODAY + timedelta(days=3)):
        sign_up(town.system, new=new(key))
        assert len(kept(town)) == 3


def test_everything_that_is_wrong_is_said_at_once(town):
    key = public_place_at(town)
    with on(TODAY), pytest.raises(ActionRefusedError) as refused:
        sign_up(town.system, new=new(key, name=" ", contact="bel mij", message="x" * 501))
    for part in ("Vul uw naam in", "telefoonnummer of een e-mailadres", "te lang"):
        assert part in str(refused.value)
    assert kept(town) == []


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Ik heb een depressie.", "“depressie”. Over uw gezondheid hoeft u hier niets"),
        ("Mijn nummer is 111222333.", "burgerservicenummer"),
        ("Mijn nummer is 111.222.333", "burgerservicenummer"),
        ("Mijn nummer is 111-222-333", "burgerservicenummer"),
    ],
)
def test_what_nobody_needs_to_know_is_refused_kindly(town, message, says):
    key = public_place_at(town)
    with on(TODAY), pytest.raises(ActionRefusedError, match=says) as refused:
        sign_up(town.system, new=new(key, message=message))
    assert "111" not in str(refused.value)
    assert kept(town) == []


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("0612345678", True),
        ("06 - 1234 5678", True),
        ("+31 6 12345678", True),
        ("(050) 123 45 67", True),
        ("fatima@example.org", True),
        (" fatima@example.org ", True),
        ("", False),
        ("12345", False),
        ("0" * 16, False),
        ("fatima@", False),
        ("bel de buurvrouw", False),
        ("javascript:alert(1)", False),
        ("f" * 150 + "@example.org", False),
    ],
)
def test_a_phone_number_or_an_e_mail_address(contact, expected):
    assert can_be_reached(contact) is expected


@pytest.mark.parametrize("changes", [{"is_public": False}, {"open_to_sign_up": False}])
def test_a_place_that_takes_no_sign_ups(town, changes):
    key = public_place_at(town)
    Place.objects.filter(key=key).update(**changes)
    with on(TODAY), pytest.raises(ActionRefusedError, match="niet \\(meer\\) aanmelden"):
        sign_up(town.system, new=new(key))


def test_a_place_elsewhere_takes_no_sign_ups_from_here(town):
    key = public_place_at(town)
    with on(TODAY), pytest.raises(ActionRefusedError, match="niet \\(meer\\)"):
        sign_up(system_viewer(OTHER_CODE), new=new(key))


def test_a_full_place_still_hears_who_is_interested(town):
    key = public_place_at(town, is_full=True)
    with on(TODAY):
        sign_up(town.system, new=new(key))
    assert len(kept(town)) == 1


def test_who_may_not_answer_cannot_sign_anyone_up(town):
    key = public_place_at(town)
    with pytest.raises(PermissionDenied):
        sign_up(town.anna, new=new(key))


def test_the_organisation_says_what_became_of_it(town):
    key = signed_up(town)
    with on(TODAY):
        answer_sign_up(town.petra, key=key, state=SignUpState.CONTACTED)
        answer_sign_up(town.pia, key=key, state=SignUpState.CONTACTED)
        [card] = sign_ups(town.pia)
        assert card.state is SignUpState.CONTACTED
        answer_sign_up(town.pia, key=key, state=SignUpState.CLOSED)
    assert sign_ups(town.pia) == []
    [row] = kept(town)
    assert row.handled_by_id == town.pia.membership_id
    assert row.keep_until == TODAY + timedelta(days=30)


def test_there_is_no_step_back(town):
    key = signed_up(town)
    with on(TODAY):
        answer_sign_up(town.petra, key=key, state=SignUpState.CLOSED)
        with pytest.raises(ActionRefusedError, match="al verder"):
            answer_sign_up(town.petra, key=key, state=SignUpState.NEW)


@pytest.mark.parametrize("key", [None, uuid.uuid4()])
def test_another_organisation_cannot_answer(town, key):
    there = signed_up(town)
    with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
        answer_sign_up(town.otto, key=key or there, state=SignUpState.CLOSED)


def test_new_ones_stand_first_and_the_oldest_of_those(town):
    third = signed_up(town, day=TODAY)
    first = signed_up(town, day=TODAY + timedelta(days=1))
    second = signed_up(town, day=TODAY + timedelta(days=2))
    with on(TODAY):
        answer_sign_up(town.petra, key=third, state=SignUpState.CONTACTED)
    assert [card.key for card in sign_ups(town.petra)] == [first, second, third]


def test_what_is_over_is_forgotten_at_night(town):
    signed_up(town)
    late = signed_up(town, day=date(2026, 5, 1))
    with on(TODAY + timedelta(days=90)):
        tidy_sign_ups.call(CODE)
        assert len(kept(town)) == 2
    with on(TODAY + timedelta(days=91)):
        assert forget_old_sign_ups(system_viewer(OTHER_CODE)) == 0
        tidy_sign_ups.call(CODE)
        assert [row.key for row in kept(town)] == [late]


@pytest.mark.parametrize("amount", [10, 200])
def test_reading_many_takes_as_many_questions_as_reading_few(
    town, amount, django_assert_num_queries
):
    key = public_place_at(town)
    with on(TODAY):
        for number in range(amount):
            sign_up(town.system, new=new(key, message=f"Bericht {number}"))
    with django_assert_num_queries(1):
        assert len(sign_ups(town.petra)) == amount
