"""What is said after signing in and out and after a change of the account: ours, and with "u"."""

from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.template.loader import get_template
from django.urls import reverse
from lxml import html

import meedoen.web
from tests.town import PASSWORD

EMAIL = "anna@example.org"
NEW_PASSWORD = "een-heel-ander-wachtwoord-9"
OURS = [
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/password_changed.txt",
    "mfa/messages/recovery_codes_generated.txt",
    "mfa/messages/totp_activated.txt",
    "mfa/messages/totp_deactivated.txt",
]


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """The limits on signing in count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def anna(town, client):
    """Anna, who signed in with her password and confirmed it to change her account."""
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def said(answer) -> list[str]:
    """Return the messages on the page that an answer leads to."""
    tree: Any = html.fromstring(answer.content.decode())
    found = tree.xpath("//main//*[@class='utrecht-alert__message']")
    return [message.text_content() for message in found]


def account():
    return get_user_model().objects.get(email=EMAIL)


@pytest.mark.parametrize("name", OURS)
def test_the_message_is_our_own(name):
    assert str(get_template(name).origin.name).startswith(str(meedoen.web.__path__[0]))


def test_signing_in_and_out_is_said_politely(town, client):
    login = {"login": EMAIL, "password": PASSWORD}
    # The start page of a coach may say more, such as that no night has gone by yet.
    message, *_more = said(client.post(reverse("account_login"), login, follow=True))
    assert message.startswith("U bent ingelogd als ")
    assert message.endswith(".")
    assert "U bent uitgelogd." in said(client.post(reverse("account_logout"), follow=True))


def test_a_changed_password_is_said(anna):
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = anna.post(reverse("account_change_password"), form, follow=True)
    assert "Uw wachtwoord is veranderd." in said(answer)


@pytest.mark.django_db(transaction=True)  # said once it is committed
def test_new_recovery_codes_and_a_second_step_switched_off_are_said(anna):
    auth.TOTP.activate(account(), auth.generate_totp_secret())
    answer = anna.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert "Er zijn nieuwe herstelcodes. De oude codes werken niet meer." in said(answer)
    answer = anna.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "Inloggen met een extra code staat uit." in said(answer)


@pytest.mark.django_db(transaction=True)  # said once it is committed
def test_a_second_step_switched_on_is_said(anna, monkeypatch):
    monkeypatch.setattr(auth, "validate_totp_code", lambda _secret, _code: True)
    anna.get(reverse("mfa_activate_totp"))
    answer = anna.post(reverse("mfa_activate_totp"), {"code": "123456"}, follow=True)
    assert "Inloggen met een extra code staat aan." in said(answer)
