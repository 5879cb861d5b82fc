"""A sign-in that ran out costs nobody what they typed; a form of another site gets nothing."""

import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from meedoen.records.conversations.models import Attempt
from tests.town import PASSWORD, Town
from tests.web.coach.scenes import address, readable

OWN = {"Sec-Fetch-Site": "same-origin"}
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://elders.example.org"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://ander.example.org"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://elders.example.org"},
    {"Origin": "null"},
    {},
]
FORM = {
    "made_on": "2026-03-02",
    "channel": "phone",
    "outcome": "reached",
    "note": 'Eerste regel\r\nTweede "regel" <b>',
}


@pytest.fixture
def browser() -> Client:
    """A browser as strict about tokens as a real one is treated."""
    return Client(enforce_csrf_checks=True)


def member(viewer: Any) -> Any:
    return get_user_model().objects.get(pk=viewer.account_id)


def token(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found is not None
    return found[1]


def held(page: Any) -> dict[str, str]:
    """Return the form in the page as the browser would send it again."""
    [form] = html.fromstring(page.content.decode()).xpath("//main//form")
    assert form.get("action") is None, "it goes to its own address and nowhere else"
    return {name: re.sub(r"\r?\n", "\r\n", value) for name, value in form.form_values()}


def kept(town: Town) -> int:
    return Attempt.objects.visible_to(town.system).count()


def form_of(town: Town, browser: Client) -> tuple[str, dict[str, str]]:
    """Open the form as Anna; return its address and what she sends."""
    browser.force_login(member(town.anna))
    where = address("attempt", town.roos_file.key)
    return where, FORM | {"csrfmiddlewaretoken": token(browser.get(where))}


def sign_out(browser: Client) -> None:
    """Let the session run out; the browser still has its other cookies."""
    del browser.cookies[django_settings.SESSION_COOKIE_NAME]


def test_what_was_sent_after_the_sign_in_ran_out_stands_on_the_page(
    town: Town, browser: Client
) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    page = browser.post(where, sent)
    assert page.status_code == 401
    assert "U bent uitgelogd. Wat u invulde staat hier nog" in readable(page)
    assert held(page).items() >= FORM.items()
    assert "no-store" in page["Cache-Control"]
    assert "Roos" not in readable(page), "who is not signed in sees nothing of the file"
    assert kept(town) == 0


def test_after_signing_in_again_everything_can_be_sent_on(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    page = browser.post(where, sent)
    browser.post(
        reverse("account_login"),
        {
            "login": "anna@example.org",
            "password": PASSWORD,
            "csrfmiddlewaretoken": token(browser.get(reverse("account_login"))),
        },
    )
    again = browser.post(where, held(page), headers=OWN)
    assert again.status_code == 403, "signing in changed the token"
    assert "Druk nog eens op Opslaan" in readable(again)
    assert held(again)["note"] == FORM["note"]
    done = browser.post(where, held(again), headers=OWN)
    assert done.status_code == 302
    assert kept(town) == 1


def test_a_browser_that_forgot_all_its_cookies_is_held_as_well(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    browser.cookies.clear()
    page = browser.post(where, sent, headers=OWN)
    assert page.status_code == 401
    assert held(page)["note"] == FORM["note"]


def test_over_a_plain_connection_the_origin_says_where_it_came_from(
    town: Town, browser: Client
) -> None:
    where, sent = form_of(town, browser)
    wrong = {**sent, "csrfmiddlewaretoken": "x" * 64}
    page = browser.post(where, wrong, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert held(page)["note"] == FORM["note"]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_of_another_site_is_refused_and_not_shown(
    town: Town, browser: Client, headers: dict[str, str], signed_in: bool
) -> None:
    where, sent = form_of(town, browser)
    if not signed_in:
        browser.cookies.clear()
    page = browser.post(where, {**sent, "csrfmiddlewaretoken": "x" * 64}, headers=headers)
    assert page.status_code == 403
    assert "Dit formulier is verlopen" in readable(page)
    assert "Tweede" not in page.content.decode()
    assert kept(town) == 0


def test_who_signs_in_as_someone_else_gets_what_their_role_may(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    browser.cookies.clear()
    page = browser.post(where, sent, headers=OWN)
    browser.force_login(member(town.carla))
    answer = browser.post(where, held(page), headers=OWN)
    assert answer.status_code == 404
    assert "Tweede" not in answer.content.decode()
    assert kept(town) == 0


def test_passwords_and_tokens_are_not_given_back(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    page = browser.post(where, {**sent, "old_password": "geheim-geheim"})
    assert "geheim-geheim" not in page.content.decode()
    assert sent["csrfmiddlewaretoken"] not in page.content.decode()


def test_every_value_of_a_field_is_given_back(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    page = browser.post(where, {**sent, "interests": ["koken", "bakken"]})
    [form] = html.fromstring(page.content.decode()).xpath("//main//form")
    values = [value for name, value in form.form_values() if name == "interests"]
    assert values == ["koken", "bakken"]


def test_a_file_cannot_be_held_and_the_page_says_so(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    file = SimpleUploadedFile("mensen.csv", b"naam;bsn")
    page = browser.post(where, {**sent, "file": file})
    assert page.status_code == 401
    assert "Een bestand kan een pagina niet vasthouden." in readable(page)


def test_more_than_a_page_can_hold_is_said_and_not_given_back(town: Town, browser: Client) -> None:
    where, sent = form_of(town, browser)
    sign_out(browser)
    page = browser.post(where, {**sent, "note": "é" * 300_000})
    assert page.status_code == 401
    assert "te groot" in readable(page)
    assert len(page.content) < 50_000


def test_signing_in_and_the_own_account_hold_nothing(town: Town, browser: Client) -> None:
    for name in ("account_login", "account_change_password", "choose_role"):
        page = browser.post(reverse(name), {"login": "een-tekst"}, headers=OWN)
        assert page.status_code == 403, name
        assert "een-tekst" not in page.content.decode(), name


def test_an_address_that_does_not_exist_holds_nothing(town: Town, browser: Client) -> None:
    page = browser.post("/bestaat-niet/", FORM, headers=OWN)
    assert page.status_code in {403, 404}
    assert "Tweede" not in page.content.decode()


def test_who_only_looks_is_still_sent_to_sign_in(town: Town, browser: Client) -> None:
    answer = browser.get(address("attempt", town.roos_file.key))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
