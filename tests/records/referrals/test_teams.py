"""What a team of coaches sees and may do with a referral that it did not send itself."""

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.course import revoke
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.lists import SentFilter, received_list, sent
from meedoen.records.referrals.models import Ask, ReferralStep, SharedFacts
from meedoen.records.referrals.queries import received, referral
from meedoen.rules.vocabulary import DeclineReason, ReferralAbout, RevokeReason
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    told,
    werkplaats,
)
from tests.records.referrals.scenes import sent as sent_by

pytestmark = pytest.mark.django_db


def of(viewer: Viewer) -> Receiver:
    """Return the team of somebody as a receiver."""
    return Receiver(team_id=viewer.team_id)


def stranger_to_the_municipality(town, receivers, **other):
    """Return a referral about somebody without a file."""
    given = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor Verzonnen")}
    return new_referral(None, receivers, **(given | other))


def test_a_team_that_was_asked_has_not_sent_it(town):
    key = sent_by(town.anna, question([of(town.carla)]))
    (ask,) = asks_of(town, key)
    assert not sent(town.carla, wanted=SentFilter(show="all")).cards
    assert [one.key for one in received_list(town.carla).cards] == [ask.key]
    assert referral(town.carla, key=key) is None
    with pytest.raises(ActionRefusedError, match="Alleen wie de verwijzing stuurde"):
        revoke(town.carla, key=key, reason=RevokeReason.OTHER_SOLUTION)
    accept(town.carla, key=ask.key)
    assert referral(town.anna, key=key).acceptor.team == "Zuid"


def test_a_team_sees_nothing_of_the_others_that_were_asked(town):
    asked = [of(town.anna), werkplaats(town)]
    key = sent_by(town.petra, question(asked))
    own, other = asks_of(town, key)
    assert received(town.anna, key=own.key) is not None
    assert received(town.anna, key=other.key) is None
    assert [one.pk for one in Ask.objects.visible_to(town.anna)] == [own.pk]
    assert {step.ask_id for step in ReferralStep.objects.visible_to(town.anna)} == {own.pk}
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        decline(town.anna, key=other.key, reason=DeclineReason.NOT_OUR_WORK)


def test_a_team_reads_who_it_is_about_only_after_its_yes_when_the_sender_wants_that(town):
    new = stranger_to_the_municipality(town, [of(town.anna), moestuin(town)])
    key = sent_by(town.otto, new)
    own, _ = asks_of(town, key)
    assert received(town.anna, key=own.key).told is None
    assert not SharedFacts.objects.visible_to(town.anna).exists()
    accept(town.anna, key=own.key)
    assert received(town.anna, key=own.key).who == "Noor Verzonnen"


def test_a_team_that_said_no_reads_nothing_any_more(town):
    key = sent_by(town.otto, stranger_to_the_municipality(town, [of(town.anna)]))
    (own,) = asks_of(town, key)
    assert received(town.anna, key=own.key).who == "Noor Verzonnen"
    decline(town.anna, key=own.key, reason=DeclineReason.NOT_OUR_GROUP)
    assert received(town.anna, key=own.key).told is None


def test_another_team_finds_nothing_of_what_a_team_was_asked(town):
    key = sent_by(town.otto, stranger_to_the_municipality(town, [of(town.anna)]))
    (own,) = asks_of(town, key)
    assert town.carla.role is Role.COACH
    assert received(town.carla, key=own.key) is None
    assert not SharedFacts.objects.visible_to(town.carla).exists()
