"""Colleagues: let in by a lead, with a password of their own choice, and out at once."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from meedoen.records.links.invitation_actions import accept_invitation
from meedoen.records.links.models import Link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.colleague_actions import end_colleague, invite_colleague
from meedoen.records.organisations.colleague_queries import colleagues
from meedoen.records.organisations.models import Account, Membership, Organisation
from meedoen.records.organisations.viewer import Role
from meedoen.records.places.organisation_actions import leave
from meedoen.rules.vocabulary import LinkPurpose
from tests.asked import held
from tests.at_once import at_once
from tests.town import PASSWORD
from tests.web.public.reading import words_of
from tests.work import work_off

PAGE = "/partner/collegas/"
NEW_PASSWORD = "vier-paarden-in-de-wei"
MIA = {"name": "Mia Verzonnen", "email": "Mia@Example.org", "role": "partner"}


def moestuin(town) -> Organisation:
    return Organisation.objects.get(pk=town.pia.organisation_id)


def at_work_for(town) -> Organisation:
    """Return the page of De Werkplaats for a team lead."""
    return Organisation.objects.get(pk=town.otto.organisation_id)


def invite(client, **changed):
    answer = client.post(PAGE, {**MIA, **changed})
    work_off()
    return answer


def token_in_mail() -> str:
    [token] = re.findall(r"/antwoord/([^/]+)/uitnodiging/", mail.outbox[-1].body)
    return token


def membership_of(email: str) -> Membership:
    return Membership.objects.get(account__email=email, ended_at__isnull=True)


def end(client, membership_id: int, page: str = PAGE):
    return client.post(page, {"step": "end", "member": str(membership_id)}, follow=True)


# --- letting somebody in -------------------------------------------------------------------------


def test_mia_is_let_in_chooses_a_password_and_signs_in(town, sign_in):
    answer = invite(sign_in(town.pia))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert [one.to for one in mail.outbox] == [["mia@example.org"]]
    assert not Account.objects.get(email="mia@example.org").has_usable_password()
    page = reverse("accept_invitation", args=[token_in_mail()])
    visitor = Client()
    text = words_of(visitor.get(page))
    assert "Welkom Mia Verzonnen." in text
    assert "De Moestuin" in text
    answer = visitor.post(page, {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    answer = visitor.post(
        reverse("account_login"), {"login": "mia@example.org", "password": NEW_PASSWORD}
    )
    assert answer.status_code == 302
    assert visitor.get(reverse("partner:waiting")).status_code == 200
    assert visitor.get(PAGE).status_code == 404


def test_a_link_gives_one_password_and_no_second(town, sign_in):
    invite(sign_in(town.pia))
    page = reverse("accept_invitation", args=[token_in_mail()])
    link = held(token_in_mail(), LinkPurpose.ACCEPT_INVITATION)
    visitor = Client()
    visitor.post(page, {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    other = "een-heel-ander-wachtwoord"
    again = visitor.post(page, {"password": other, "again": other})
    assert again.status_code == 409
    assert "U kunt nu inloggen." in words_of(again)
    with pytest.raises(ActionRefusedError):
        accept_invitation(link.viewer, membership_id=link.subject_id, password=other)
    assert Account.objects.get(email="mia@example.org").check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("kort", "kort", "minstens 12 tekens."),
        ("mia@example.org", "mia@example.org", "lijkt te veel op uw naam"),
        ("password1234", "password1234", "gebruiken te veel mensen"),
        (NEW_PASSWORD, "iets-anders-dan-dat", "niet gelijk"),
        ("", "", "verplicht"),
    ],
)
def test_a_password_that_is_too_weak_is_refused_and_the_link_goes_on(
    town, sign_in, password, again, words
):
    invite(sign_in(town.pia))
    page = reverse("accept_invitation", args=[token_in_mail()])
    visitor = Client()
    answer = visitor.post(page, {"password": password, "again": again})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Account.objects.get(email="mia@example.org").has_usable_password()
    answer = visitor.post(page, {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert answer.status_code == 302


def test_an_invitation_holds_for_a_week_and_can_be_sent_again(town, sign_in):
    client = sign_in(town.pia)
    invite(client)
    first = reverse("accept_invitation", args=[token_in_mail()])
    with clock.at(clock.now() + timedelta(days=7, seconds=1)):
        late = Client().get(first)
        assert late.status_code == 410
        assert "Mia" not in words_of(late)
        member = str(membership_of("mia@example.org").pk)
        client.post(PAGE, {"step": "again", "member": member})
        work_off()
        assert len(mail.outbox) == 2
        assert Client().get(reverse("accept_invitation", args=[token_in_mail()])).status_code == 200
        client.post(PAGE, {"step": "again", "member": member})
        work_off()
        assert len(mail.outbox) == 2
        Client().post(first, {"again": "yes"})
        work_off()
        assert len(mail.outbox) == 2


def test_of_several_invitations_only_the_newest_holds(town, sign_in):
    client = sign_in(town.pia)
    invite(client)
    first = reverse("accept_invitation", args=[token_in_mail()])
    with clock.at(clock.now() + timedelta(days=1)):
        member = str(membership_of("mia@example.org").pk)
        client.post(PAGE, {"step": "again", "member": member})
        work_off()
        newest = reverse("accept_invitation", args=[token_in_mail()])
        assert newest != first
        assert "Deze link is ingetrokken." in words_of(Client().get(first))
        assert Client().get(newest).status_code == 200


def test_somebody_with_an_account_elsewhere_gets_the_role_and_a_mail_without_a_link(town, sign_in):
    invite(sign_in(town.pia), email="otto@example.org", name="Otto")
    [to_otto] = mail.outbox
    assert to_otto.to == ["otto@example.org"]
    assert "Log in zoals u gewend bent." in to_otto.body
    assert "/antwoord/" not in to_otto.body
    assert not Link.objects.visible_to(town.system).exists()
    assert Account.objects.get(email="otto@example.org").check_password(PASSWORD)
    assert Membership.objects.filter(account_id=town.otto.account_id).count() == 2


def test_who_knows_an_address_does_not_learn_whose_it_is(town, sign_in):
    invite(sign_in(town.pia), name="Gek", email="anna@example.org")
    page = words_of(sign_in(town.pia).get(PAGE))
    assert "Gek" in page
    assert "Anna Testema" not in page
    said = words_of(end(sign_in(town.pia), membership_of_organisation(town, "anna@example.org")))
    assert "Anna Testema" not in said


def membership_of_organisation(town, email: str) -> int:
    rows = Membership.objects.filter(account__email=email, ended_at__isnull=True)
    return rows.get(organisation_id=town.pia.organisation_id).pk


def test_the_mail_names_the_organisation_and_nobody(town, sign_in):
    invite(sign_in(town.pia))
    [to_mia] = mail.outbox
    assert "De Moestuin" in to_mia.body
    text = " ".join([to_mia.subject, to_mia.body, to_mia.alternatives[0][0]])
    for word in ("Mia", "Verzonnen", "Pia", "Testema", "example.org\n"):
        assert word not in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"email": ""}, "verplicht"),
        ({"name": " "}, "verplicht"),
        ({"role": "coach"}, "geldige keuze"),
        ({"role": "team_lead"}, "geldige keuze"),
        ({"email": "petra@example.org"}, "doet al mee"),
        ({"email": "petra@example.org", "role": "partner_lead"}, "met andere rechten"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_lets_nobody_in(town, sign_in, changed, words):
    before = Membership.objects.count()
    answer = invite(sign_in(town.pia), **changed)
    assert answer.status_code == 422
    assert words in words_of(answer)
    if "name" not in changed:
        assert 'value="Mia Verzonnen"' in answer.content.decode()
    assert Membership.objects.count() == before
    assert mail.outbox == []


@pytest.mark.parametrize("role", [Role.COACH, Role.RESIDENT, Role.SYSTEM, Role.LINK_HOLDER])
def test_nobody_is_let_in_as_something_else(town, role):
    with pytest.raises(ActionRefusedError, match="Kies wat"):
        invite_colleague(
            town.pia, organisation_key=moestuin(town).key, email="a@b.nl", name="A", role=role
        )


# --- out at once ---------------------------------------------------------------------------------


def test_access_ends_at_once_also_for_who_is_at_work(town, sign_in):
    petra = Client()
    petra.force_login(get_user_model().objects.get(pk=town.petra.account_id))
    assert petra.get(reverse("partner:waiting")).status_code == 200
    page = end(sign_in(town.pia), town.petra.membership_id)
    assert "Petra Testema kan niet meer inloggen" in words_of(page)
    refused = petra.get(reverse("partner:waiting"))
    assert refused.status_code == 403
    assert "geen rol" in words_of(refused)
    assert petra.get(reverse("partner:waiting")).status_code == 302
    petra.force_login(get_user_model().objects.get(pk=town.petra.account_id))
    assert petra.post(reverse("partner:waiting")).status_code in {403, 405}


def test_an_invitation_of_somebody_who_is_out_again_holds_no_more(town, sign_in):
    client = sign_in(town.pia)
    invite(client)
    page = reverse("accept_invitation", args=[token_in_mail()])
    end(client, membership_of("mia@example.org").pk)
    for answer in (
        Client().get(page),
        Client().post(page, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}),
    ):
        assert answer.status_code == 410
    assert not Account.objects.get(email="mia@example.org").has_usable_password()


def test_the_last_lead_stays_until_there_is_another(town, sign_in):
    client = sign_in(town.pia)
    page = end(client, town.pia.membership_id)
    assert "Er moet een beheerder overblijven." in words_of(page)
    invite(client, role="partner_lead")
    page = end(client, town.pia.membership_id)
    assert page.status_code == 403
    left = {one.account.email for one in Membership.objects.filter(ended_at__isnull=True)}
    assert "pia@example.org" not in left


def test_a_team_lead_ends_the_access_of_the_last_lead_too(town):
    end_colleague(
        town.lea, organisation_key=moestuin(town).key, membership_id=town.pia.membership_id
    )
    assert Membership.objects.get(pk=town.pia.membership_id).ended_at is not None


def test_somebody_of_another_organisation_is_not_there_to_end(town, sign_in):
    client = sign_in(town.pia)
    for member in (town.otto.membership_id, town.anna.membership_id, 0, "x", ""):
        page = client.post(PAGE, {"step": "end", "member": member}, follow=True)
        assert "doet hier niet mee" in words_of(page)
    assert Membership.objects.filter(ended_at__isnull=False).count() == 0


def test_who_can_sign_in_already_is_not_mailed_again(town, sign_in):
    client = sign_in(town.pia)
    for member in (town.petra.membership_id, town.otto.membership_id):
        page = client.post(PAGE, {"step": "again", "member": member}, follow=True)
        assert "kan al inloggen, of doet niet meer mee" in words_of(page)
    work_off()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_end_each_others_access_leave_one(town):
    key = moestuin(town).key
    other = invite_colleague(
        town.pia, organisation_key=key, email="mia@example.org", name="Mia", role=Role.PARTNER_LEAD
    )
    refused = []

    def end_of(membership_id: int):
        def act() -> None:
            try:
                end_colleague(town.pia, organisation_key=key, membership_id=membership_id)
            except ActionRefusedError:
                refused.append(membership_id)

        return act

    at_once(end_of(other), end_of(town.pia.membership_id))
    assert len(refused) == 1
    leads = Membership.objects.filter(
        organisation__key=key, role=Role.PARTNER_LEAD, ended_at__isnull=True
    )
    assert leads.count() == 1


# --- who may -------------------------------------------------------------------------------------


def test_a_lead_sees_the_own_colleagues(town, sign_in):
    page = words_of(sign_in(town.pia).get(PAGE))
    assert "Petra Testema petra@example.org Meewerken" in page
    assert "Pia Testema (u)" in page
    assert "Otto" not in page


def test_a_team_lead_lets_people_in_at_any_organisation_of_the_municipality(town, sign_in):
    page = reverse("coach:colleagues", args=[at_work_for(town).key])
    client = sign_in(town.lea)
    assert "Otto Testema" in words_of(client.get(page))
    answer = client.post(page, {**MIA, "role": "partner_lead"})
    assert answer.status_code == 302
    work_off()
    assert membership_of("mia@example.org").organisation_id == town.otto.organisation_id
    end(client, town.otto.membership_id, page)
    assert Membership.objects.get(pk=town.otto.membership_id).ended_at is not None


@pytest.mark.parametrize("who", ["anna", "otto", "petra", "vera", "roos", "connie", "suus"])
def test_to_everyone_else_there_is_no_such_page(town, sign_in, who):
    client = sign_in(getattr(town, who))
    for page in (PAGE, reverse("coach:colleagues", args=[moestuin(town).key])):
        assert client.get(page).status_code == 404
        assert client.post(page, MIA).status_code == 404
    assert not Account.objects.filter(email="mia@example.org").exists()


def test_a_lead_reaches_no_other_organisation(town, sign_in):
    key = at_work_for(town).key
    assert sign_in(town.pia).get(reverse("coach:colleagues", args=[key])).status_code == 404
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        invite_colleague(
            town.pia, organisation_key=key, email="a@b.nl", name="A", role=Role.PARTNER
        )
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        end_colleague(town.pia, organisation_key=key, membership_id=town.otto.membership_id)
    assert colleagues(town.pia, organisation_key=key) is None


def test_nobody_is_let_in_where_nobody_takes_part_any_more(town):
    leave(town.anna, key=moestuin(town).key)
    with pytest.raises(ActionRefusedError, match="doet niet meer mee"):
        invite_colleague(
            town.lea,
            organisation_key=moestuin(town).key,
            email="mia@example.org",
            name="Mia",
            role=Role.PARTNER,
        )


def test_the_own_organisation_leads_a_lead_there_and_nobody_else(town):
    for who, finds in (("pia", True), ("petra", False), ("lea", False)):
        client = Client()
        client.force_login(get_user_model().objects.get(pk=getattr(town, who).account_id))
        start = client.get(reverse("partner:organisation"))
        assert (f'href="{PAGE}"' in start.content.decode()) is finds, who


def test_the_list_costs_as_many_questions_for_many_as_for_few(town, django_assert_num_queries):
    with django_assert_num_queries(2):
        colleagues(town.pia)
    for number in range(20):
        invite_colleague(
            town.pia,
            organisation_key=moestuin(town).key,
            email=f"collega{number}@example.org",
            name=f"Collega {number}",
            role=Role.PARTNER,
        )
    with django_assert_num_queries(2):
        assert len(colleagues(town.pia).colleagues) == 22
