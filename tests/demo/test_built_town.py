"""What there is to see in the demo town; built once, because nobody changes anything."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from meedoen.demo.accounts import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    PARTNER,
    RESIDENT,
    TEAM_LEAD,
    TWO_ROLES,
)
from meedoen.demo.build import build_demo
from meedoen.demo.days import midnight
from meedoen.demo.network_texts import FOUND, POSTS
from meedoen.demo.town import MEERDAM, OVERWATER
from meedoen.records.conversations.queries import conversations_with
from meedoen.records.divisions.check_queries import checked_again
from meedoen.records.divisions.compare_queries import compared
from meedoen.records.divisions.queries import divisions
from meedoen.records.divisions.words import RunState
from meedoen.records.knowledge.queries import PostFilter, posts
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import person_for, system_viewer
from meedoen.records.organisations.viewer import NOBODY_SIGNS_IN_AS, Role
from meedoen.records.people.queries import CaseloadFilter, caseload, own_file
from meedoen.records.placements.month_queries import months_to_confirm
from meedoen.records.placements.queries import guests, placements_of
from meedoen.records.places.find_queries import find_public_places
from meedoen.records.places.found_queries import FoundFilter, found_places
from meedoen.records.places.freshness_queries import places_to_ask
from meedoen.records.places.wanted import PlaceFilter
from meedoen.rules.vocabulary import PlacementState
from tests.conftest import HSDS_SCHEMAS
from tests.web.api.scenes import everything
from tests.web.api.schemas import faults_of

UNTIL = date(2026, 11, 2)
RESIDENTS = 70
MORNING = midnight(UNTIL) + timedelta(hours=9)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Build the town once for all tests in this file, and take it away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            build_demo(seed=1, residents=RESIDENTS, until=UNTIL)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db):
    with clock.at(MORNING):
        yield


def test_the_team_lead_finds_two_divisions_that_differ(demo):
    [lead] = viewers_of(TEAM_LEAD)
    after, before = divisions(lead)
    assert after.state is before.state is RunState.DONE
    assert 0 < after.placed <= after.people
    assert before.first_wishes == 0 < after.first_wishes
    assert checked_again(lead, key=after.key).holds
    assert compared(lead, first=before.key, second=after.key).changed_count


def viewers_of(demo_account):
    account = Account.objects.get(email=demo_account.email)
    roles = person_for(account.pk).roles
    return [person_for(account.pk, membership_id=role.membership_id).viewer for role in roles]


def test_everyone_in_the_list_can_sign_in_in_the_roles_that_are_promised(demo):
    for demo_account in DEMO_ACCOUNTS:
        account = Account.objects.get(email=demo_account.email)
        assert account.check_password(DEMO_PASSWORD)
        assert account.name
        assert tuple(viewer.role for viewer in viewers_of(demo_account)) == demo_account.roles
    assert {role for one in DEMO_ACCOUNTS for role in one.roles} == set(Role) - NOBODY_SIGNS_IN_AS
    assert len(TWO_ROLES.roles) == 2


def test_no_other_coach_can_sign_in(demo):
    known = {one.email for one in DEMO_ACCOUNTS}
    others = Account.objects.exclude(email__in=known)
    assert not any(account.has_usable_password() for account in others)


def test_the_coach_has_a_full_caseload(demo):
    [coach] = viewers_of(DEMO_ACCOUNTS[0])
    assert caseload(coach, wanted=CaseloadFilter(own_only=True)).total >= 10


def test_the_partner_has_people_who_wait_and_people_who_run(demo):
    [partner] = viewers_of(PARTNER)
    assert guests(partner, state=PlacementState.PROPOSED)
    assert guests(partner, state=PlacementState.ACTIVE)


def test_the_resident_has_something_to_look_at(demo):
    [resident] = viewers_of(RESIDENT)
    own = own_file(resident)
    assert len(placements_of(resident, pseudonym_id=own.pseudonym_id)) >= 2
    assert len(conversations_with(resident, pseudonym_id=own.pseudonym_id)) >= 5


def test_the_partner_has_months_to_confirm_and_everyone_can_be_asked_about_their_places(demo):
    [partner] = viewers_of(PARTNER)
    assert months_to_confirm(partner)
    everyone = places_to_ask(system_viewer(MEERDAM.code))
    assert everyone
    assert all(one.asked for one in everyone)


def test_there_is_something_to_find_in_the_neighbourhood_with_a_distance(demo):
    hits = find_public_places(MEERDAM.code, wanted=PlaceFilter(near="1990", within_km=3))
    assert hits.total >= 1
    assert all(hit.km is not None and hit.km <= 3 for hit in hits.cards)


def test_organisations_share_what_they_know_and_a_question_waits_for_an_answer(demo):
    [partner] = viewers_of(PARTNER)
    assert posts(partner, wanted=PostFilter()).total == len(POSTS)
    assert posts(partner, wanted=PostFilter(unanswered=True)).total >= 1


def test_the_place_that_the_resident_found_waits_for_somebody_to_look_at_it(demo):
    [lead] = viewers_of(TEAM_LEAD)
    [waiting] = found_places(lead, wanted=FoundFilter()).cards
    assert waiting.place.title == FOUND.title


def test_the_neighbour_sees_only_the_own_small_town(demo):
    [neighbour] = viewers_of(DEMO_ACCOUNTS[-1])
    page = caseload(neighbour, wanted=CaseloadFilter())
    assert 0 < page.total <= 14
    assert system_viewer(OVERWATER.code).municipality_id == neighbour.municipality_id


@pytest.mark.skipif(
    not HSDS_SCHEMAS.is_dir(), reason="the schemas of Open Referral are not beside this repository"
)
def test_the_open_data_of_the_whole_town_is_what_open_referral_describes(demo, client):
    found = everything(client, "koken", UNTIL)
    assert faults_of(found) == []
    for kind in ("services", "organizations", "service_at_locations"):
        assert found[f"{kind} {{'per_page': 500}}"]["total_items"] > 5, kind
