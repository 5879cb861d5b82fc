"""What organisations read of referrals: as little as they need, on both sides."""

import pytest

from meedoen.records.history.models import Reading
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import NewOrganisation, enter_organisations
from meedoen.records.placements.told_queries import told_here
from meedoen.records.places.models import Place
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.drafts import Receiver, draft_referral
from meedoen.records.referrals.opening import note_received
from meedoen.records.referrals.own import withdraw_own
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.queries import received, referral
from meedoen.records.referrals.receivers import named, organisations_to_ask
from meedoen.records.referrals.sending import send_referral
from meedoen.records.referrals.who_can import who_can
from meedoen.rules.vocabulary import (
    DeclineReason,
    OrganisationKind,
    PlaceStatus,
    ReferralAbout,
    Theme,
)
from tests.records.placements.desk import taking_part
from tests.records.places.finds import handed_in
from tests.records.referrals.scenes import (
    ASKED,
    asks_of,
    moestuin,
    new_referral,
    question,
    sent,
    told,
    werkplaats,
)

pytestmark = pytest.mark.django_db


def by_petra(town, *receivers, **other):
    """Let Petra refer Sam, who takes part at De Moestuin; return the key of the referral."""
    taking_part(town, town.sam)
    return sent(town.petra, new_referral(town.sam.pseudonym_id, receivers, **other))


def test_the_district_of_a_file_is_not_told_by_who_does_not_know_it(town):
    key = by_petra(town, werkplaats(town))
    (ask,) = asks_of(town, key)
    card = referral(town.petra, key=key)
    assert (card.district, card.district_id) == ("", None)
    assert received(town.otto, key=ask.key).district == ""
    assert referral(town.anna, key=key).district == "Noord"


def test_the_district_that_a_coach_or_an_organisation_told_is_read(town):
    coach = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, coach)
    assert received(town.petra, key=ask.key).district == "Noord"
    asked = sent(town.petra, question([werkplaats(town)], district_id=town.south))
    (ask,) = asks_of(town, asked)
    assert received(town.otto, key=ask.key).district == "Zuid"
    assert referral(town.petra, key=asked).district_id == town.south


def test_who_comes_there_is_known_by_a_first_name_and_not_by_a_file(town):
    key = by_petra(town, werkplaats(town), told=told(name=""))
    card = referral(town.petra, key=key)
    assert (card.who, card.person_key) == ("Sam", None)
    assert card.pseudonym_id == town.sam.pseudonym_id
    assert referral(town.anna, key=key).who == "Sam Nepstra"


def test_what_was_asked_about_somebody_is_read_as_long_as_it_is_theirs_to_do(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    assert received(town.petra, key=ask.key).asked == ASKED
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    assert received(town.petra, key=ask.key).asked == ""
    assert received(town.anna, key=ask.key).asked == ASKED


def test_a_team_that_said_no_about_somebody_new_reads_no_more_what_was_asked(town):
    new = new_referral(
        None,
        [Receiver(team_id=town.carla.team_id)],
        about=ReferralAbout.NEW_PERSON,
        told=told("Noor Verzonnen"),
    )
    key = sent(town.petra, new)
    (ask,) = asks_of(town, key)
    decline(town.carla, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    assert received(town.carla, key=ask.key).asked == ""


def test_a_question_without_a_person_stays_readable(town):
    key = sent(town.anna, question([moestuin(town)]))
    (ask,) = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    assert received(town.petra, key=ask.key).asked.startswith("Heeft u plaats")


def test_only_who_said_yes_reads_that_it_became_a_placement(town):
    asked = [Receiver(town.petra.organisation_id, place_id=town.garden), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, asked))
    garden, other = asks_of(town, key)
    accept(town.petra, key=garden.key)
    place_from_referral(town.anna, key=key, text_version="2026-1")
    assert received(town.petra, key=garden.key).placement_key is not None
    assert received(town.otto, key=other.key).placement_key is None


def test_reading_is_kept_of_who_reads_about_somebody_and_not_of_an_outline(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    read = Reading.objects.visible_to(town.priya).filter(read_by_id=town.petra.membership_id)
    note_received(town.petra, key=ask.key, page="referral")
    assert read.count() == 1
    note_received(town.otto, key=ask.key, page="referral")
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    note_received(town.petra, key=ask.key, page="referral")
    assert read.count() == 1


def test_what_an_organisation_may_know_is_asked_for_who_comes_there_only(town):
    assert told_here(town.petra, pseudonym_id=town.sam.pseudonym_id) is None
    taking_part(town, town.sam)
    assert told_here(town.petra, pseudonym_id=town.sam.pseudonym_id).name == ""
    assert told_here(town.otto, pseudonym_id=town.sam.pseudonym_id) is None
    assert told_here(town.anna, pseudonym_id=town.sam.pseudonym_id) is None


def test_without_a_district_no_place_is_near_or_far(town):
    found = who_can(town.otto, theme=Theme.PARTICIPATION, district_id=None)
    places = [place for one in found.suggestions for place in one.places]
    assert places
    assert {place.in_district for place in places} == {None}


def test_a_draft_of_an_organisation_is_not_read_by_a_coach_or_by_who_it_names(town):
    taking_part(town, town.sam)
    new = new_referral(town.sam.pseudonym_id, [werkplaats(town)])
    key = draft_referral(town.petra, new=new)
    for viewer in (town.anna, town.lea, town.otto):
        assert referral(viewer, key=key) is None
    assert referral(town.pia, key=key) is not None


def test_teams_of_the_municipality_stand_first_among_those_to_send_on_to(town):
    enter_organisations(
        town.system,
        organisations=[NewOrganisation("Wijkteam Zuid", OrganisationKind.MUNICIPAL_TEAM)],
    )
    names = [one.organisation for one in organisations_to_ask(town.petra)]
    assert names == ["Wijkteam Zuid", "De Werkplaats"]


# --- numbers that no page offered ----------------------------------------------------------------


def test_what_a_resident_found_is_neither_named_nor_asked_by_others(town):
    place = Place.objects.get(key=handed_in(town, organisation="Bij mevrouw Verzonnen thuis"))
    found = Receiver(place.organisation_id)
    assert named(town.petra, [found]) == []
    assert named(town.roos, [found])
    key = draft_referral(town.petra, new=question([found]))
    with pytest.raises(ActionRefusedError, match="Deze organisatie is hier niet bekend"):
        send_referral(town.petra, key=key)


def test_the_title_of_a_place_is_read_where_the_place_is(town):
    place = Receiver(town.otto.organisation_id, place_id=town.repair)
    rows = Place.objects.filter(pk=town.repair)
    rows.update(is_public=False)
    [title] = rows.values_list("title", flat=True)
    assert [one.place for one in named(town.petra, [place])] == [title]
    assert [one.place for one in named(town.roos, [place])] == [""]
    rows.update(status=PlaceStatus.REFUSED)
    assert [one.place for one in named(town.petra, [place])] == [""]


# --- what others do ------------------------------------------------------------------------------


def test_a_refusal_tells_no_organisation_what_others_asked_about_somebody(town):
    sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    assert by_petra(town, werkplaats(town))
    with pytest.raises(ActionRefusedError, match="al gevraagd"):
        sent(town.petra, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))


def test_an_organisation_does_not_read_how_a_resident_who_withdraws_is_called(town):
    taking_part(town, town.roos_file)
    asked = new_referral(town.roos_file.pseudonym_id, [werkplaats(town)], told=told("Roos"))
    key = sent(town.petra, asked)
    withdraw_own(town.roos, key=key)
    assert {step.by for step in referral(town.petra, key=key).steps} == {"", "Petra Testema"}
    assert "Roos Testema" in {step.by for step in referral(town.anna, key=key).steps}
