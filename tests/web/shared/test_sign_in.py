from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.urls import reverse

from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import NOBODY_SIGNS_IN_AS, Role
from meedoen.web.shared.roles import MENU, ROLE_NAMES, START
from tests.town import PASSWORD


def test_everyone_signs_in_and_lands_on_the_own_start_page(client, town):
    for who, member in town.members.items():
        address = reverse("account_login")
        answer = client.post(address, {"login": f"{who}@example.org", "password": PASSWORD})
        assert answer.status_code == 302, who
        answer = client.get("/", follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain == [(reverse(START[member.role]), 302)]
        client.logout()


def test_a_wrong_password_tells_nothing_about_the_account(client, town):
    texts = []
    for email in ("anna@example.org", "nobody@example.org"):
        answer = client.post(reverse("account_login"), {"login": email, "password": "wrong-one"})
        assert answer.status_code == 200
        texts.append([str(error) for error in answer.context["form"].non_field_errors()])
    assert texts[0] == texts[1]


def test_after_five_wrong_passwords_the_account_is_closed_for_a_while(client, town):
    login = {"login": "anna@example.org", "password": "wrong-one"}
    for _ in range(5):
        client.post(reverse("account_login"), login)
    answer = client.post(reverse("account_login"), login | {"password": PASSWORD})
    assert answer.status_code in {200, 429}
    assert client.get(reverse("coach:today")).status_code == 302


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """The limits count in the cache, which outlives a test."""
    from django.core.cache import cache

    cache.clear()


def test_nobody_signs_up(client, db):
    assert client.get("/aanmelden/nieuw/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_who_lost_the_role_is_signed_out_at_once(town, sign_in):
    client = sign_in(town.anna)
    assert client.get(reverse("coach:today")).status_code == 200
    Membership.objects.filter(pk=town.anna.membership_id).update(ended_at=datetime.now(UTC))
    answer = client.get(reverse("coach:today"))
    assert answer.status_code == 403
    assert "Dit account heeft geen rol" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_switched_off_is_signed_out_at_once(town, sign_in):
    client = sign_in(town.anna)
    get_user_model().objects.filter(pk=town.anna.account_id).update(is_active=False)
    assert client.get(reverse("coach:today")).status_code == 302


def test_an_account_without_any_role_is_told_so(client, db):
    get_user_model().objects.create_user("x@example.org", name="X", password=PASSWORD)
    answer = client.post(
        reverse("account_login"), {"login": "x@example.org", "password": PASSWORD}, follow=True
    )
    assert answer.status_code == 403
    assert "Dit account heeft geen rol" in answer.content.decode()
    assert client.get("/").status_code == 200


def test_someone_with_two_roles_works_in_one_at_a_time(town, sign_in):
    controller = invite(
        town.system, email="anna@example.org", name="Anna Testema", role=Role.CONTROLLER
    )
    client = sign_in(town.anna)
    assert client.get(reverse("coach:today")).status_code == 200
    assert client.get(reverse("policy:standing")).status_code == 404
    answer = client.post(reverse("choose_role"), {"membership": controller}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("policy:standing")
    assert client.get(reverse("coach:today")).status_code == 404


def test_someone_elses_role_cannot_be_chosen(town, sign_in):
    client = sign_in(town.anna)
    answer = client.post(reverse("choose_role"), {"membership": town.connie.membership_id})
    assert answer.status_code == 422
    assert client.get(reverse("policy:standing")).status_code == 404


def test_where_a_second_step_is_required_nothing_works_before_it_is_set_up(town, sign_in, settings):
    settings.MFA_REQUIRED = True
    client = sign_in(town.anna)
    answer = client.get(reverse("coach:today"))
    assert answer["Location"] == reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    user = get_user_model().objects.get(pk=town.anna.account_id)
    TOTP.activate(user, generate_totp_secret())
    assert client.get(reverse("coach:today")).status_code == 200


def test_residents_need_no_second_step(town, sign_in, settings):
    settings.MFA_REQUIRED = True
    assert sign_in(town.roos).get(reverse("resident:path")).status_code == 200


def test_with_a_second_step_the_password_alone_is_not_enough(client, town):
    user = get_user_model().objects.get(pk=town.anna.account_id)
    TOTP.activate(user, generate_totp_secret())
    client.post(reverse("account_login"), {"login": "anna@example.org", "password": PASSWORD})
    assert client.get(reverse("coach:today")).status_code == 302


def test_the_secret_of_the_second_step_is_unreadable_in_the_database(town):
    secret = generate_totp_secret()
    TOTP.activate(get_user_model().objects.get(pk=town.anna.account_id), secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_every_role_has_a_name_a_start_and_a_menu():
    for role in Role:
        if role not in NOBODY_SIGNS_IN_AS:
            assert str(ROLE_NAMES[role])
            assert START[role] in {entry.page for entry in MENU}


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("partner:waiting", "Wat op u wacht"),
        ("partner:sign_ups", "Wat op u wacht"),
        ("partner:places", "Plekken"),
        ("partner:attendance_places", "Plekken"),
        ("partner:colleagues", "Uw organisatie"),
    ],
)
def test_the_menu_says_where_a_page_belongs(town, sign_in, page, line):
    answer = sign_in(town.pia).get(reverse(page))
    assert [item.label for item in answer.context["menu"] if item.current] == [line]


def test_pages_for_anyone_stand_at_the_foot_for_who_is_signed_in(client, town, sign_in):
    address = reverse("public:municipalities")
    assert next(item.url for item in client.get(address).context["menu"]) == address
    answer = sign_in(town.pia).get(reverse("partner:waiting"))
    assert address not in {item.url for item in answer.context["menu"]}
    assert address in {item.url for item in answer.context["open_pages"]}


def test_pages_with_people_are_never_kept_in_a_cache(town, sign_in):
    answer = sign_in(town.anna).get(reverse("coach:caseload"))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_site_says_where_to_report_a_weakness(client, db, settings):
    settings.ADMINISTRATOR_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.ADMINISTRATOR_EMAIL = "beheer@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:beheer@example.org" in text
    assert "Expires: " in text


def test_a_form_without_its_token_is_refused(town):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=town.anna.account_id))
    address = reverse("coach:attempt", args=[town.roos_file.key])
    assert client.post(address, {}).status_code == 403
