"""What there is to see in the demo town; built once, because nobody changes anything."""

import pytest

from meedoen.demo.accounts import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    PARTNER,
    RESIDENT,
    TEAM_LEAD,
    TWO_ROLES,
)
from meedoen.demo.network_texts import FOUND, POSTS
from meedoen.demo.town import MEERDAM, OVERWATER
from meedoen.records.allowances.models import AllowancePayment
from meedoen.records.conversations.queries import conversations_with
from meedoen.records.divisions.check_queries import checked_again
from meedoen.records.divisions.compare_queries import compared
from meedoen.records.divisions.queries import divisions
from meedoen.records.divisions.words import RunState
from meedoen.records.following.models import Evaluation, NextStepChoice
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.knowledge.queries import PostFilter, posts
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import person_for, system_viewer
from meedoen.records.organisations.viewer import NOBODY_SIGNS_IN_AS, Role
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.participation_jobs.queries import clocks_of
from meedoen.records.people.queries import CaseloadFilter, caseload, own_file
from meedoen.records.placements.models import Placement, StatePeriod, Terms
from meedoen.records.placements.month_queries import months_to_confirm
from meedoen.records.placements.queries import guests, placements_of
from meedoen.records.placements.report_queries import own_reports
from meedoen.records.places.find_queries import find_public_places
from meedoen.records.places.found_queries import FoundFilter, found_places
from meedoen.records.places.freshness_queries import places_to_ask
from meedoen.records.places.wanted import PlaceFilter
from meedoen.records.sheltered.models import Objection, Track, WageSubsidy, WswStretch
from meedoen.records.signals.sheltered_facts import NO_SHELTERED, sheltered_facts
from meedoen.records.trainings.models import Training
from meedoen.records.waiting.models import KindWaiting, Promotion
from meedoen.rules.participation_job.decided import Matter
from meedoen.rules.sheltered.standing import SHELTERED_KINDS
from meedoen.rules.sheltered.words import ShelteredState
from meedoen.rules.vocabulary import PartnerReportKind, PlaceKind, PlacementState, TrainingResult
from tests.conftest import HSDS_SCHEMAS
from tests.demo.looked_at.conftest import UNTIL
from tests.web.api.scenes import everything
from tests.web.api.schemas import faults_of

MONTH_CENTS = 21_000
"""What a volunteer may get in a month of 2026 without it counting."""


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


def rows_of(model):
    return model.objects.visible_to(system_viewer(MEERDAM.code))


def test_placements_stand_in_every_state_and_the_first_coach_has_some_of_most(demo):
    assert set(rows_of(Placement).values_list("state", flat=True)) == set(PlacementState)
    [coach] = viewers_of(DEMO_ACCOUNTS[0])
    wanted = CaseloadFilter(own_only=True)
    pages = caseload(coach, wanted=wanted).pages
    own = [
        card.pseudonym_id
        for number in range(1, pages + 1)
        for card in caseload(coach, wanted=wanted, number=number).cards
    ]
    states = rows_of(Placement).filter(pseudonym_id__in=own).values_list("state", flat=True)
    assert {
        PlacementState.WAITING,
        PlacementState.PROPOSED,
        PlacementState.INTRODUCED,
        PlacementState.TRIAL,
        PlacementState.ACTIVE,
        PlacementState.ENDED,
    } <= set(states)


def test_a_seat_is_held_nearly_for_too_long_and_another_just_was(demo):
    left = [(day - UNTIL).days for day in held_until()]
    assert any(-7 <= days < 0 for days in left)
    assert any(0 <= days <= 3 for days in left)


def held_until():
    rows = rows_of(Placement).filter(held_until__isnull=False)
    return rows.values_list("held_until", flat=True)


def test_somebody_has_several_places_at_once_and_what_is_agreed_changed_inside_some(demo):
    running = rows_of(Placement).filter(state=PlacementState.ACTIVE)
    people = list(running.values_list("pseudonym_id", flat=True))
    assert len(set(people)) < len(people)
    told = list(rows_of(Terms).values_list("placement_id", flat=True))
    assert len(told) == 2 * len(set(told)) >= 4
    assert rows_of(Terms).filter(hours_a_week__isnull=False).exclude(half_days=0).exists()


def test_a_course_was_put_right_after_it_was_written_down(demo):
    corrected = rows_of(StatePeriod).filter(
        state=PlacementState.TRIAL, placement__state=PlacementState.ACTIVE, withdrawn=False
    )
    assert corrected.exists()


def test_people_wait_for_long_and_short_and_seats_were_given_from_the_lists_with_why(demo):
    waiting = rows_of(StatePeriod).filter(
        state=PlacementState.WAITING, placement__state=PlacementState.WAITING
    )
    ages = {(UNTIL - day).days for day in waiting.values_list("starts_on", flat=True)}
    assert len(ages) >= 3
    assert max(ages) > 100
    assert rows_of(KindWaiting).filter(left_on__isnull=True).exists()
    assert rows_of(Promotion).exclude(reason="").exists()
    assert all(row.explanation for row in rows_of(Promotion))


def test_decisions_on_jobs_stand_with_their_basis_and_some_are_left_to_make(demo):
    matters = set(rows_of(Decision).values_list("matter", flat=True))
    assert {
        Matter.LEFT_OUT,
        Matter.START_QUALIFICATION,
        Matter.SCHOOLING,
        Matter.CHANCE,
        Matter.PREMIUM,
        Matter.PAYMENT,
    } <= matters
    premiums = rows_of(Decision).filter(matter=Matter.PREMIUM)
    assert premiums.filter(cents__gt=0).exists()
    assert premiums.filter(cents=0).exclude(words="").exists()
    assert all(row.basis["because"] for row in premiums)
    people = rows_of(Placement).filter(place__kind=PlaceKind.PARTICIPATION_JOB)
    clocks = clocks_of(
        system_viewer(MEERDAM.code),
        pseudonym_ids=list(people.values_list("pseudonym_id", flat=True)),
    )
    assert clocks
    assert not any(clock_card.problems for clock_card in clocks.values())


def test_placements_were_talked_over_and_for_some_that_end_it_is_chosen_what_comes_next(demo):
    assert rows_of(Evaluation).count() >= 10
    assert rows_of(Evaluation).filter(next_on__gt=UNTIL).exists()
    assert rows_of(NextStepChoice).exists()
    [resident] = viewers_of(RESIDENT)
    assert rows_of(Evaluation).filter(pseudonym_id=own_file(resident).pseudonym_id).exists()


def test_the_partner_finds_a_worry_that_was_answered_and_one_that_waits(demo):
    [partner] = viewers_of(PARTNER)
    found = [one.report for one in own_reports(partner)]
    assert {one.kind for one in found} == set(PartnerReportKind)
    assert {one.answer is None for one in found} == {True, False}


def test_people_are_on_their_way_to_sheltered_work_or_have_it(demo):
    assert set(rows_of(Track).values_list("state", flat=True)) == set(ShelteredState)
    assert rows_of(WageSubsidy).exists()
    [objection] = rows_of(Objection)
    assert objection.track.state == ShelteredState.REFUSED
    running = rows_of(Placement).filter(
        place__kind=PlaceKind.SHELTERED_WSW, state=PlacementState.ACTIVE
    )
    jobs = rows_of(WswStretch).current()
    assert jobs.filter(ends_on=STILL_OPEN).count() == running.count() > 0


def test_sheltered_work_and_placements_tell_the_same_of_everybody(demo):
    there = rows_of(Placement).filter(place__kind__in=SHELTERED_KINDS)
    people = sorted(set(there.values_list("pseudonym_id", flat=True)))
    found = sheltered_facts(system_viewer(MEERDAM.code), pseudonym_ids=people, on=UNTIL)
    assert found
    assert set(found.values()) == {NO_SHELTERED}


def test_people_learn_beside_their_place_and_a_volunteer_got_more_than_goes_free(demo):
    results = set(rows_of(Training).current().values_list("result", flat=True))
    assert {"", TrainingResult.CERTIFICATE, TrainingResult.STOPPED} <= results
    amounts = list(rows_of(AllowancePayment).values_list("cents", flat=True))
    assert sum(cents > MONTH_CENTS for cents in amounts) == 1 < len(amounts)
