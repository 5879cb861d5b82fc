"""A sign-in that ran out costs nobody what they typed; a form of another site gets nothing."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from meedoen.records.conversations.models import Attempt, Note
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Role
from tests.town import PASSWORD, Town
from tests.web.coach.scenes import NOBODY, address, readable

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
NOTE = {
    "text": "Koffie gedronken.\r\nBelt dinsdag terug.",
    "about_on": "2026-03-02",
    "legal_task": "participation",
    "key": str(uuid.UUID(int=7)),
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


def second_role(town: Town, role: Role) -> int:
    """Give Anna a role beside that of coach; return its membership."""
    team_id = town.anna.team_id if role in {Role.COACH, Role.TEAM_LEAD} else None
    return invite(
        town.system, email="anna@example.org", name="Anna Testema", role=role, team_id=team_id
    )


def coach_after_controller(town: Town) -> int:
    """Let Anna be a controller after signing in; return her membership as a coach."""
    first = Membership.objects.filter(pk=town.anna.membership_id)
    first.update(role=Role.CONTROLLER, team=None)
    return second_role(town, Role.COACH)


def choose(browser: Client, membership_id: int) -> None:
    """Choose a role on its own page, as in another tab."""
    where = reverse("choose_role")
    sent = {"membership": membership_id, "csrfmiddlewaretoken": token(browser.get(where))}
    assert browser.post(where, sent).status_code == 302


def sign_in_again(browser: Client) -> None:
    where = reverse("account_login")
    sent = {"login": "anna@example.org", "password": PASSWORD}
    browser.post(where, sent | {"csrfmiddlewaretoken": token(browser.get(where))})


def test_who_comes_back_in_another_role_chooses_the_role_and_saves_after_all(
    town: Town, browser: Client
) -> None:
    """The whole way: the sign-in ran out, and signing in begins in the first role again."""
    coach = coach_after_controller(town)
    sign_in_again(browser)
    choose(browser, coach)
    where = address("note", town.roos_file.key)
    sent = NOTE | {"csrfmiddlewaretoken": token(browser.get(where))}
    sign_out(browser)
    page = browser.post(where, sent, headers=OWN)
    assert page.status_code == 401
    sign_in_again(browser)
    for _press in range(2):
        # First on the token of before signing in, then on the right one.
        page = browser.post(where, held(page), headers=OWN)
        assert page.status_code == 403
        text = readable(page)
        assert "Kies eerst uw rol. Wat u invulde staat hier nog" in text
        assert "Uw rol is nu: Beleidsadviseur of controller." in text
        assert f'href="{reverse("choose_role")}" target="_blank"' in page.content.decode()
        assert held(page).items() >= NOTE.items()
        assert "Roos" not in text, "this role sees nothing of the file"
        assert "no-store" in page["Cache-Control"]
        assert not Note.objects.visible_to(town.system).exists()
    choose(browser, coach)
    assert browser.post(where, held(page), headers=OWN).status_code == 302
    assert Note.objects.visible_to(town.system).count() == 1


def test_the_same_role_elsewhere_is_another_role(town: Town, browser: Client) -> None:
    """A coach of two municipalities finds the file in one of them."""
    elsewhere = Membership.objects.filter(account_id=town.vera.account_id)
    elsewhere.update(account_id=town.anna.account_id)
    browser.force_login(member(town.anna))
    where = address("note", town.wout.key)
    sent = NOTE | {"csrfmiddlewaretoken": token(browser.get(reverse("choose_role")))}
    page = browser.post(where, sent, headers=OWN)
    assert page.status_code == 403
    assert held(page)["text"] == NOTE["text"]
    choose(browser, town.vera.membership_id or 0)
    assert browser.post(where, held(page), headers=OWN).status_code == 302


@pytest.mark.parametrize("role", [None, Role.PRIVACY_OFFICER])
def test_to_a_stranger_without_a_fitting_role_there_is_nothing(
    town: Town, browser: Client, role: Role | None
) -> None:
    if role is not None:
        second_role(town, role)
    browser.force_login(member(town.anna))
    crumb = {"csrfmiddlewaretoken": token(browser.get(reverse("choose_role")))}
    for where in (
        address("note", town.tim.key),
        address("note", NOBODY),
        reverse("policy:standing"),
    ):
        page = browser.post(where, NOTE | crumb, headers=OWN)
        assert page.status_code == 404, where
        assert "Koffie" not in page.content.decode()


def test_a_page_of_another_role_that_is_only_looked_at_is_not_there(
    town: Town, browser: Client
) -> None:
    coach_after_controller(town)
    browser.force_login(member(town.anna))
    assert browser.get(address("note", town.roos_file.key)).status_code == 404


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_for_another_role_is_refused_and_not_shown(
    town: Town, browser: Client, headers: dict[str, str]
) -> None:
    coach_after_controller(town)
    browser.force_login(member(town.anna))
    sent = NOTE | {"csrfmiddlewaretoken": "x" * 64}
    page = browser.post(address("note", town.roos_file.key), sent, headers=headers)
    assert page.status_code == 403
    assert "Koffie" not in page.content.decode()


def in_a_role_that_ends(town: Town, browser: Client, role: Role) -> dict[str, str]:
    """Let Anna choose a role that is ended after that; return what she sends."""
    chosen = second_role(town, role)
    browser.force_login(member(town.anna))
    choose(browser, chosen)
    sent = NOTE | {"csrfmiddlewaretoken": token(browser.get(reverse("choose_role")))}
    Membership.objects.filter(pk=chosen).update(ended_at=datetime.now(UTC))
    return sent


@pytest.mark.parametrize("right_token", [True, False])
def test_what_was_sent_in_a_role_that_has_ended_is_held_and_not_saved_in_another(
    town: Town, browser: Client, right_token: bool
) -> None:
    sent = in_a_role_that_ends(town, browser, Role.TEAM_LEAD)
    if not right_token:
        sent["csrfmiddlewaretoken"] = "x" * 64
    where = address("note", town.roos_file.key)
    page = browser.post(where, sent, headers=OWN)
    assert page.status_code == 403
    assert "De rol waarin u werkte is gestopt." in readable(page)
    assert "Uw rol is nu: Participatiecoach." in readable(page)
    assert held(page).items() >= NOTE.items()
    assert not Note.objects.visible_to(town.system).exists()
    assert browser.post(where, held(page), headers=OWN).status_code == 302
    assert Note.objects.visible_to(town.system).count() == 1


def test_who_has_no_other_role_for_what_was_sent_begins_at_the_start(
    town: Town, browser: Client
) -> None:
    sent = in_a_role_that_ends(town, browser, Role.CONTROLLER)
    page = browser.post(reverse("policy:standing"), sent, headers=OWN)
    assert page.status_code == 302
    assert page["Location"] == reverse("home")


def test_a_page_that_is_asked_for_in_a_role_that_has_ended_leads_to_the_start(
    town: Town, browser: Client
) -> None:
    in_a_role_that_ends(town, browser, Role.TEAM_LEAD)
    page = browser.get(address("note", town.roos_file.key))
    assert page.status_code == 302
    assert page["Location"] == reverse("home")


def test_more_than_a_page_can_hold_in_another_role_is_said(town: Town, browser: Client) -> None:
    coach_after_controller(town)
    browser.force_login(member(town.anna))
    sent = {
        "text": "é" * 300_000,
        "csrfmiddlewaretoken": token(browser.get(reverse("choose_role"))),
    }
    page = browser.post(address("note", town.roos_file.key), sent, headers=OWN)
    assert page.status_code == 403
    assert "te groot" in readable(page)
    assert len(page.content) < 50_000
