"""Whom the mails about referrals reach, and who reads that."""

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations import clock
from meedoen.records.organisations.accounts import accounts_at
from meedoen.records.organisations.models import Membership
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.mail_queries import receivers_to_mail, receivers_with_link
from meedoen.records.referrals.mailing import note_reminded
from meedoen.records.referrals.models import ReferralStep
from meedoen.records.referrals.news_queries import news_to_mail
from meedoen.records.referrals.queries import referral, referrals_of
from meedoen.records.referrals.reach import MailState, ReferralMail, mail_states, out_of_reach
from meedoen.rules.vocabulary import ContactRole, ReferralEvent
from tests.asked import new_contact
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    sent,
    werkplaats,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def light(town) -> int:
    """Nobody can sign in for De Werkplaats; nobody can be mailed there either."""
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    return town.otto.organisation_id


def test_only_who_has_neither_an_account_nor_a_mail_address_is_out_of_reach(town, light):
    team = Receiver(team_id=town.carla.team_id)
    receivers = [moestuin(town), werkplaats(town), team, Receiver()]
    assert out_of_reach(town.anna, receivers=receivers) == {werkplaats(town)}
    new_contact(town, town.repair, email="", phone="0501234567", role=ContactRole.COORDINATOR)
    assert out_of_reach(town.petra, receivers=receivers) == {werkplaats(town)}
    new_contact(town, town.repair, role=ContactRole.RECEPTION)
    assert out_of_reach(town.anna, receivers=receivers) == set()


def test_an_account_that_cannot_be_used_reaches_nobody(town):
    numbers = {town.otto.organisation_id, town.petra.organisation_id}
    assert accounts_at(town.system, organisation_ids=numbers).keys() == numbers
    account = Membership.objects.get(pk=town.otto.membership_id).account
    account.set_unusable_password()
    account.save()
    found = accounts_at(town.system, organisation_ids=numbers)
    assert found.keys() == {town.petra.organisation_id}
    assert found[town.petra.organisation_id].keys() == {
        town.petra.membership_id,
        town.pia.membership_id,
    }


def test_the_sender_reads_of_the_mail_and_the_person_does_not(town, light):
    key = sent(town.anna, new_referral(town.roos_file.pseudonym_id, [werkplaats(town)]))
    for coach in (town.anna, town.lea):
        assert referral(coach, key=key).asks[0].mail is MailState.NO_ADDRESS
    [card] = referrals_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.asks[0].mail is None


def test_how_it_stands_with_mails_takes_as_many_questions_for_many_as_for_one(
    town, light, django_assert_num_queries
):
    both = [moestuin(town), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, both))
    asks = asks_of(town, key)
    with django_assert_num_queries(3):
        assert mail_states(town.anna, asks[1:]) == {asks[1].pk: MailState.NO_ADDRESS}
    with django_assert_num_queries(3):
        assert len(mail_states(town.anna, asks * 40)) == 2


def test_what_is_to_be_mailed_is_for_meedoen_alone(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    [ask] = asks_of(town, key)
    for viewer in (town.anna, town.petra, town.roos, town.ab):
        for mail in ReferralMail:
            assert receivers_to_mail(viewer, mail=mail) == []
        assert receivers_with_link(viewer, ask_id=ask.pk, mail=ReferralMail.ASKED) == []
        assert news_to_mail(viewer) == []
        with pytest.raises(PermissionDenied):
            note_reminded(viewer, ask_id=ask.pk, since=clock.today())
    assert len(receivers_to_mail(town.system, mail=ReferralMail.ASKED)) == 1
    other = Membership.objects.get(pk=town.vera.membership_id).municipality_id
    elders = type(town.system).system(other)
    assert receivers_to_mail(elders, mail=ReferralMail.ASKED) == []


def test_a_reminder_is_noted_once_for_its_stretch_and_again_for_the_next(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    [ask] = asks_of(town, key)
    for since in (ask.asked_on, ask.asked_on, clock.today()):
        note_reminded(town.system, ask_id=ask.pk, since=since)
    rows = ReferralStep.objects.visible_to(town.system).filter(
        ask=ask, event=ReferralEvent.REMINDED
    )
    assert rows.count() == 1
    note_reminded(town.system, ask_id=ask.pk, since=in_days(1))
    assert rows.count() == 2
