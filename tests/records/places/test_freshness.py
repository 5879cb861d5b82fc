"""Whether a place is still right: who is asked, what they answer, and what follows from it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.directory.models import Contact
from meedoen.records.links.actions import LinkSpentError
from meedoen.records.links.opening import open_link
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.place_closing import answer_about_place
from meedoen.records.places.actions import apply_due_periods
from meedoen.records.places.asked import asked_place
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.freshness_queries import (
    changes_to_process,
    freshness_counts,
    nobody_to_ask,
    place_to_ask,
    places_to_ask,
)
from meedoen.records.places.models import Place, PlaceConfirmation, PlacePeriod
from meedoen.records.places.organisation_actions import end_contact, leave
from meedoen.records.places.owners import asked_at
from meedoen.rules.vocabulary import ContactRole, FreshnessAnswer, LinkPurpose, PlacementState
from tests.asked import (
    NELL,
    change_place,
    give_owner,
    held,
    link_about,
    new_contact,
    owned_by_nell,
)

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TODAY = date(2026, 9, 1)
TOMORROW = date(2026, 9, 2)
RIGHT, FULL = FreshnessAnswer.STILL_RIGHT, FreshnessAnswer.FULL
STOPPED, CHANGED = FreshnessAnswer.STOPPED, FreshnessAnswer.CHANGED


@pytest.fixture(autouse=True)
def noon():
    """It is the first of September in Testveld."""
    with clock.at(NOON):
        yield


def repair(town) -> Place:
    return Place.objects.get(pk=town.repair)


def say(viewer, town, answer, **more) -> None:
    answer_about_place(viewer, place_key=repair(town).key, answer=answer, **more)


def newest(town) -> PlacePeriod:
    return PlacePeriod.objects.filter(place_id=town.repair).latest("pk")


# --- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["otto", "anna", "vera"])
def test_still_right_makes_a_place_fresh_again(town, who):
    viewer = getattr(town, who)
    if who == "vera":
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            say(viewer, town, RIGHT)
        return
    before = PlacePeriod.objects.count()
    say(viewer, town, RIGHT, note=" Tot volgend jaar. ")
    assert repair(town).confirmed_on == TODAY
    # Volunteer work stays fresh for 92 days.
    assert repair(town).confirm_by == TODAY + timedelta(days=92)
    kept = PlaceConfirmation.objects.get()
    assert (kept.answer, kept.note) == ("still_right", "Tot volgend jaar.")
    assert (kept.answered_by_id, kept.link_id) == (viewer.membership_id, None)
    assert PlacePeriod.objects.count() == before


def test_somebody_with_a_link_answers_once_and_the_answer_knows_the_link(town):
    token = link_about(town, town.repair, owned_by_nell(town, town.repair))
    link = held(token)
    say(link.viewer, town, FULL)
    kept = PlaceConfirmation.objects.get()
    assert (kept.answered_by_id, kept.link_id) == (None, link.link_id)
    assert newest(town).link_id == link.link_id
    assert repair(town).is_full
    with pytest.raises(LinkSpentError):
        say(link.viewer, town, STOPPED)
    assert PlaceConfirmation.objects.count() == 1
    assert repair(town).closes_on.year == 9999


def test_a_link_is_for_its_own_place_only(town):
    contact_id = owned_by_nell(town, town.repair)
    link = held(link_about(town, town.repair, contact_id))
    for place_id, refusal in ((town.far, "iets anders"), (town.garden, "niet voor u")):
        key = Place.objects.get(pk=place_id).key
        with pytest.raises(ActionRefusedError, match=refusal):
            answer_freshness(link.viewer, place_key=key, answer=RIGHT)
    assert not PlaceConfirmation.objects.exists()


def test_full_begins_a_period_and_still_right_keeps_it_full_unless_there_is_room(town):
    say(town.otto, town, FULL)
    assert repair(town).is_full
    assert newest(town).facts["is_full"] is True
    assert newest(town).reason == "Vol, zegt de organisatie."
    say(town.otto, town, RIGHT)
    assert repair(town).is_full
    say(town.otto, town, RIGHT, has_room=True)
    assert not repair(town).is_full
    assert newest(town).reason == "Er is weer ruimte, zegt de organisatie."
    assert repair(town).confirmed_on == TODAY


def test_full_twice_is_one_period(town):
    for _ in range(2):
        say(town.otto, town, FULL)
    assert PlacePeriod.objects.filter(place_id=town.repair, facts__is_full=True).count() == 1
    assert PlaceConfirmation.objects.count() == 2


def test_a_place_that_stopped_is_there_no_more_from_tomorrow_on(town):
    say(town.otto, town, STOPPED)
    assert repair(town).closes_on == TOMORROW
    assert repair(town).confirmed_on is None
    with clock.at(NOON + timedelta(days=1)), pytest.raises(ActionRefusedError, match="al gestopt"):
        say(town.otto, town, RIGHT)


def test_what_was_planned_does_not_open_a_stopped_place_again(town):
    change_place(town, town.repair, from_on=date(2026, 10, 1), capacity=4)
    say(town.otto, town, STOPPED)
    with clock.at(NOON + timedelta(days=40)):
        apply_due_periods(town.system)
        assert repair(town).closes_on == TOMORROW
        assert repair(town).capacity == 4


def test_who_is_placed_at_a_stopped_place_stays_so(town):
    [placement_id] = place_all(
        town.carla,
        placements=[
            NewPlacement(
                pseudonym_id=town.tim.pseudonym_id, place_id=town.repair, proposed_on=TODAY
            )
        ],
    )
    say(town.otto, town, STOPPED)
    rows = Placement.objects.visible_to(town.system)
    assert rows.get(pk=placement_id).state == PlacementState.PROPOSED
    assert repair(town).taken == 1


def test_a_place_that_has_yet_to_begin_can_stop_too(town):
    change_place(town, town.repair, opens_on=date(2026, 9, 20))
    say(town.otto, town, STOPPED)
    assert repair(town).closes_on == date(2026, 9, 21)


def test_what_changed_is_kept_in_words_for_a_coach_and_makes_nothing_fresh(town):
    say(town.otto, town, CHANGED, note="Voortaan op vrijdag.")
    assert repair(town).confirmed_on is None
    [said] = changes_to_process(town.anna)
    assert said.note == "Voortaan op vrijdag."
    assert (said.title, said.organisation) == ("Fietsen maken", "De Werkplaats")
    assert changes_to_process(town.vera) == []
    assert changes_to_process(town.petra) == []
    with clock.at(NOON + timedelta(hours=1)):
        change_place(town, town.repair, hours_per_week=4)
        assert changes_to_process(town.anna) == []


def test_what_changed_is_dealt_with_when_somebody_says_something_else(town):
    say(town.otto, town, CHANGED, note="Voortaan op vrijdag.")
    say(town.anna, town, RIGHT)
    assert changes_to_process(town.anna) == []


@pytest.mark.parametrize(
    ("note", "refusal"),
    [
        ("", "Schrijf op wat"),
        ("  ", "Schrijf op wat"),
        ("x" * 501, "hoogstens 500"),
        ("111222333 belt niet terug", "een BSN kan zijn"),
    ],
)
def test_what_changed_is_said_in_some_words(town, note, refusal):
    with pytest.raises(ActionRefusedError, match=refusal):
        say(town.otto, town, CHANGED, note=note)
    assert not PlaceConfirmation.objects.exists()


def test_a_refusal_leaves_the_link_to_be_used(town):
    link = held(link_about(town, town.repair, owned_by_nell(town, town.repair)))
    with pytest.raises(ActionRefusedError):
        say(link.viewer, town, CHANGED)
    say(link.viewer, town, RIGHT)
    assert repair(town).confirmed_on == TODAY


@pytest.mark.parametrize("who", ["roos", "connie", "suus", "priya", "ab"])
def test_who_has_no_part_in_places_says_nothing_of_them(town, who):
    with pytest.raises(PermissionDenied):
        say(getattr(town, who), town, RIGHT)


def test_another_organisation_says_nothing_of_a_place(town):
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        say(town.petra, town, RIGHT)


# --- whom to ask ---------------------------------------------------------------------------------


def asked(town):
    card = place_to_ask(town.anna, place_id=town.repair)
    return card.asked and card.asked.contact_id


def test_the_owner_is_asked_else_the_coordinator_else_the_reception(town):
    assert asked(town) is None
    reception = new_contact(town, town.repair, role=ContactRole.RECEPTION)
    assert asked(town) == reception
    coordinator = new_contact(town, town.repair, role=ContactRole.COORDINATOR)
    assert asked(town) == coordinator
    administration = new_contact(town, town.repair, role=ContactRole.ADMINISTRATION)
    assert asked(town) == coordinator
    give_owner(town, town.repair, administration)
    assert asked(town) == administration


def test_who_can_be_mailed_is_asked_before_who_can_only_be_called(town):
    caller = new_contact(town, town.repair, email="", phone="0501234567")
    give_owner(town, town.repair, caller)
    assert asked(town) == caller
    [of_repair] = [one for one in nobody_to_ask(town.anna) if one.place_id == town.repair]
    assert of_repair.asked.phone == "0501234567"
    coordinator = new_contact(town, town.repair, role=ContactRole.COORDINATOR)
    assert asked(town) == coordinator


def test_who_is_no_longer_there_is_not_asked(town):
    owner = owned_by_nell(town, town.repair)
    later = new_contact(town, town.repair, email="later@example.org")
    key = Contact.objects.visible_to(town.anna).get(pk=owner).key
    end_contact(town.anna, key=key, ends_on=TOMORROW, new_owner_id=later)
    assert asked(town) == owner
    with clock.at(NOON + timedelta(days=1)):
        apply_due_periods(town.system)
        assert asked(town) == later


def test_the_contact_of_an_organisation_stands_for_all_of_it(town):
    organisation_id = town.otto.organisation_id
    new_contact(town, town.repair, role=ContactRole.GUIDANCE)
    assert asked_at(town.system, organisation_ids={organisation_id}) == {}
    contact_id = new_contact(town, town.repair, role=ContactRole.RECEPTION)
    found = asked_at(town.system, organisation_ids={organisation_id})
    assert found[organisation_id].contact_id == contact_id


# --- what a link still holds for -----------------------------------------------------------------


@pytest.fixture
def link(town):
    """A link with which Nell is asked about the repair shop."""
    return held(link_about(town, town.repair, owned_by_nell(town, town.repair)))


def test_who_is_asked_sees_the_place_as_it_stands(town, link):
    place = asked_place(link)
    assert (place.title, place.organisation) == ("Fietsen maken", "De Werkplaats")
    assert (place.details.capacity, place.details.is_full, place.is_stale) == (1, False, True)


def test_a_place_that_changed_owner_is_no_longer_asked_with_an_older_link(town, link):
    give_owner(town, town.repair, new_contact(town, town.repair, email="other@example.org"))
    assert asked_place(link) is LinkProblem.OWNER_CHANGED


def test_an_address_that_changed_is_no_longer_the_one_that_got_the_link(town):
    contact_id = owned_by_nell(town, town.repair)
    link = held(link_about(town, town.repair, contact_id, recipient="former@example.org"))
    assert asked_place(link) is LinkProblem.OWNER_CHANGED


def test_capitals_in_an_address_make_no_difference(town):
    contact_id = owned_by_nell(town, town.repair)
    link = held(link_about(town, town.repair, contact_id, recipient=NELL.upper()))
    assert asked_place(link).title == "Fietsen maken"


def test_a_place_that_closed_or_moved_to_another_organisation_is_not_asked(town, link):
    Place.objects.filter(pk=town.repair).update(organisation_id=town.petra.organisation_id)
    assert asked_place(link) is LinkProblem.OWNER_CHANGED
    Place.objects.filter(pk=town.repair).update(
        organisation_id=town.otto.organisation_id, closes_on=TODAY
    )
    assert asked_place(link) is LinkProblem.SUBJECT_OVER


def test_the_links_of_an_organisation_that_left_are_refused(town, link):
    token = link_about(town, town.repair, link.owner_id)
    leave(town.anna, key=Organisation.objects.get(pk=town.otto.organisation_id).key)
    refused = open_link(token, purpose=LinkPurpose.CONFIRM_PLACE)
    assert refused.problem is LinkProblem.ORGANISATION_LEFT


# --- which places are to be asked about ----------------------------------------------------------


def test_places_are_asked_about_when_stale_or_nearly_so(town):
    assert {one.place_id for one in places_to_ask(town.anna)} == {
        town.garden,
        town.repair,
        town.far,
    }
    say(town.otto, town, RIGHT)
    assert town.repair not in {one.place_id for one in places_to_ask(town.anna)}
    # 92 days fresh, and asked again in the last 31 of them.
    with clock.at(NOON + timedelta(days=60)):
        assert town.repair not in {one.place_id for one in places_to_ask(town.anna)}
    with clock.at(NOON + timedelta(days=61)):
        [due] = [one for one in places_to_ask(town.anna) if one.place_id == town.repair]
        assert not due.is_stale
    with clock.at(NOON + timedelta(days=93)):
        [stale] = [one for one in places_to_ask(town.anna) if one.place_id == town.repair]
        assert stale.is_stale


def test_a_partner_is_asked_about_the_own_places_only(town):
    assert {one.place_id for one in places_to_ask(town.petra)} == {town.garden}
    assert {one.place_id for one in places_to_ask(town.otto)} == {town.repair, town.far}
    assert places_to_ask(town.vera) == []
    assert places_to_ask(town.suus) == []


def test_places_of_an_organisation_that_left_are_not_asked_about(town):
    leave(town.anna, key=Organisation.objects.get(pk=town.otto.organisation_id).key)
    assert {one.place_id for one in places_to_ask(town.anna)} == {town.garden}


def test_of_all_places_those_of_some_contacts_can_be_had(town):
    contact_id = owned_by_nell(town, town.repair)
    other = new_contact(town, town.garden, role=ContactRole.COORDINATOR)
    [one] = places_to_ask(town.system, contact_ids=[contact_id])
    assert one.place_id == town.repair
    [two] = places_to_ask(town.system, contact_ids=[other])
    assert two.place_id == town.garden


def test_the_counts_say_how_up_to_date_each_organisation_is(town):
    say(town.otto, town, RIGHT)
    counts = [
        (one.organisation, one.places, one.stale, one.due) for one in freshness_counts(town.suus)
    ]
    assert counts == [("De Moestuin", 1, 1, 0), ("De Werkplaats", 2, 1, 0)]
    with clock.at(NOON + timedelta(days=61)):
        [workshop, _garden] = freshness_counts(town.anna)
        assert (workshop.stale, workshop.due) == (1, 1)
    assert [one.organisation for one in freshness_counts(town.petra)] == ["De Moestuin"]
    assert freshness_counts(town.vera) == []
    assert freshness_counts(town.roos) == []


def test_asking_costs_as_many_questions_for_many_places_as_for_few(town, django_assert_num_queries):
    contact_id = new_contact(town, town.repair, role=ContactRole.COORDINATOR)
    assert contact_id
    with django_assert_num_queries(2):
        places_to_ask(town.anna)
    row = repair(town)
    Place.objects.bulk_create(
        [
            Place(
                municipality_id=row.municipality_id,
                organisation_id=row.organisation_id,
                district_id=row.district_id,
                kind=row.kind,
                title=f"Plek {number}",
                half_days=row.half_days,
                capacity=1,
                opens_on=row.opens_on,
            )
            for number in range(200)
        ]
    )
    with django_assert_num_queries(2):
        assert len(places_to_ask(town.anna)) == 203
