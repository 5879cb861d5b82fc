"""Writing down a conversation on a phone and on a desk: quick, and nothing is ever lost."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meedoen.records.conversations.draft_queries import drafts_about
from meedoen.records.conversations.models import Conversation, Draft, NextStep
from meedoen.records.ladder.models import Measurement
from meedoen.web.coach.views import draft as draft_views
from tests.journeys.conftest import Visits, barriers
from tests.town import PASSWORD, Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "Ik wil weer onder de mensen zijn."
SIZES = ["phone", "desktop"]
AT_MOST_TIMES = 12
AT_MOST_SECONDS = 60


@pytest.fixture
def town(transactional_db) -> Town:
    return build_town()


class Fingers:
    """Counts what somebody does to a page, and how long it takes apart from typing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.times = 0
        self._typing = 0.0
        self._began = time.monotonic()

    def click(self, role: str, name: str) -> None:
        self._do(self.page.get_by_role(role, name=name).first.click)

    def choose(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("radiogroup", name=question)
        self._do(group.get_by_label(answer).first.check)

    def fill(self, label: str, text: str) -> None:
        began = time.monotonic()
        self._do(lambda: self.page.get_by_label(label).fill(text))
        self._typing += time.monotonic() - began

    def _do(self, deed: Callable[[], Any]) -> None:
        self.times += 1
        deed()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began - self._typing


def open_talk(page: Page, town: Town) -> None:
    page.goto(f"/coach/resident/{town.roos_file.key}/gesprek/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gesprek met Roos Nepstra")


def type_story(page: Page, text: str) -> None:
    page.get_by_label("Wat vertelde de inwoner?").fill(text)


def story(page: Page):
    return page.get_by_label("Wat vertelde de inwoner?")


def state(page: Page, text: str) -> None:
    """Wait until the line about saving says so."""
    expect(page.locator("[data-saving]").get_by_text(text).first).to_be_visible(timeout=20_000)


def sign_out_elsewhere(page: Page) -> None:
    """Let the session run out, while the page stays open."""
    page.context.clear_cookies()


def sign_in_in_another_tab(page: Page, email: str = "anna@example.org") -> None:
    tab = page.context.new_page()
    tab.goto("/aanmelden/")
    tab.get_by_label("E-mail").fill(email)
    tab.get_by_label("Wachtwoord").fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Inloggen").click()
    tab.wait_for_url(lambda url: "/aanmelden/" not in url)
    tab.close()


def kept(town: Town) -> list[str]:
    rows = Conversation.objects.visible_to(town.system).order_by("pk")
    return list(rows.values_list("story", flat=True))


def drafts(town: Town) -> int:
    return Draft.objects.visible_to(town.system).count()


@pytest.mark.parametrize("size", SIZES)
def test_a_conversation_with_a_measurement_takes_little_of_somebody(
    town: Town, visitor: Visits, size: str
) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto(f"/coach/resident/{town.roos_file.key}/")
    hand = Fingers(page)
    hand.click("link", "Gesprek opschrijven")
    hand.fill("Wat vertelde de inwoner?", STORY)
    hand.choose("Wanneer spreekt u elkaar weer?", "Over een maand")
    hand.fill("Wat gaat u dan doen?", "Samen naar de moestuin")
    hand.choose("Heeft u een arbeidscontract", "Nee")
    hand.choose("Doet u elke week onbetaald werk", "Nee")
    hand.choose("Gaat u elke week naar een cursus", "Nee")
    hand.choose("Ontmoet u elke week mensen", "Ja")
    hand.click("button", "Opslaan")
    expect(page.get_by_role("heading", name="Klopt trede 2")).to_be_visible()
    hand.click("button", "Trede en gesprek opslaan")
    expect(page.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    assert hand.times <= AT_MOST_TIMES
    assert hand.seconds <= AT_MOST_SECONDS
    assert kept(town) == [STORY]
    assert Measurement.objects.visible_to(town.system).get().set_rung == 2
    assert NextStep.objects.visible_to(town.system).get().what == "Samen naar de moestuin"
    assert drafts(town) == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_screen_has_no_barriers_and_asks_one_question_after_the_other(
    town: Town, visitor: Visits, size: str
) -> None:
    page = visitor.sign_in("anna@example.org", size)
    open_talk(page, town)
    assert not barriers(page)
    questions = page.locator("[data-asked-after]:visible")
    expect(questions).to_have_count(1)
    answer = page.get_by_role("radiogroup", name="Heeft u een arbeidscontract")
    answer.get_by_label("Nee").check()
    expect(questions).to_have_count(2)
    page.get_by_role("radiogroup", name="Doet u elke week onbetaald werk").get_by_label(
        "Nee"
    ).check()
    expect(questions).to_have_count(3)
    answer.get_by_label("Ja").check()
    expect(questions).to_have_count(2)
    expect(page.get_by_role("radiogroup", name="Krijgt u hulp")).to_be_visible()
    for fold in page.locator("main summary").all():
        fold.click()
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    type_story(page, STORY)
    state(page, "Bewaard om")
    assert not barriers(page)


def test_what_is_typed_is_saved_as_one_goes_and_comes_back(town: Town, visitor: Visits) -> None:
    page = visitor.sign_in("anna@example.org", "phone")
    open_talk(page, town)
    type_story(page, STORY)
    state(page, "Bewaard om")
    page.locator("summary", has_text="Wat doet de inwoner graag?").click()
    page.get_by_label("Tuinieren").check()
    page.get_by_role("link", name="Terug naar het dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roos Nepstra")
    page.get_by_role("link", name="Gesprek opschrijven").first.click()
    expect(page.get_by_text("Ga verder waar u was.")).to_be_visible()
    expect(story(page)).to_have_value(STORY)
    # The tick was made just before the page was left: it went along.
    expect(page.locator("summary", has_text="Wat doet de inwoner graag?")).to_contain_text(
        re.compile("tuinieren", re.IGNORECASE)
    )
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("link", name="Gooi dit concept weg").click()
    assert not barriers(page)
    page.get_by_role("button", name="Gooi het concept weg").click()
    expect(page.get_by_text("Het concept is weg.")).to_be_visible()
    assert drafts(town) == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_dropped_connection_loses_nothing(town: Town, visitor: Visits, size: str) -> None:
    visitor.expect_error("ERR_INTERNET_DISCONNECTED")
    page = visitor.sign_in("anna@example.org", size)
    open_talk(page, town)
    page.context.set_offline(True)
    type_story(page, STORY)
    state(page, "Geen verbinding. Wat u typte staat hier nog.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(story(page)).to_have_value(STORY)
    assert drafts(town) == 0
    page.context.set_offline(False)
    state(page, "Bewaard om")
    assert drafts(town) == 1
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    assert (kept(town), drafts(town)) == ([STORY], 0)


@pytest.mark.parametrize("size", SIZES)
def test_after_signing_in_again_in_another_tab_saving_goes_on_by_itself(
    town: Town, visitor: Visits, size: str
) -> None:
    page = visitor.sign_in("anna@example.org", size)
    open_talk(page, town)
    sign_out_elsewhere(page)
    type_story(page, STORY)
    state(page, "U bent uitgelogd. Wat u typte staat hier nog.")
    assert not barriers(page)
    assert drafts(town) == 0
    sign_in_in_another_tab(page)
    state(page, "Bewaard om")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    assert (kept(town), drafts(town)) == ([STORY], 0)


@pytest.mark.parametrize("size", SIZES)
def test_without_a_script_an_expired_sign_in_loses_nothing_either(
    town: Town, visitor: Visits, size: str
) -> None:
    page = visitor.sign_in("anna@example.org", size, java_script_enabled=False)
    open_talk(page, town)
    type_story(page, STORY + "\nEn nog een regel.")
    page.get_by_label("Over een week").check()
    sign_out_elsewhere(page)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "U bent uitgelogd. Wat u invulde staat hier nog"
    )
    sign_in_in_another_tab(page)
    page.get_by_role("button", name="Verder met opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Druk nog eens op Opslaan")
    page.get_by_role("main").get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    assert [text.split() for text in kept(town)] == [[*STORY.split(), "En", "nog", "een", "regel."]]
    assert NextStep.objects.visible_to(town.system).count() == 1


def test_the_pages_of_an_expired_sign_in_have_no_barriers(town: Town, visitor: Visits) -> None:
    page = visitor.sign_in("anna@example.org", "phone")
    open_talk(page, town)
    type_story(page, STORY)
    sign_out_elsewhere(page)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("U bent uitgelogd.")
    assert not barriers(page)
    sign_in_in_another_tab(page)
    page.get_by_role("button", name="Verder met opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Druk nog eens op Opslaan")
    assert not barriers(page)


def test_without_a_script_a_draft_is_saved_with_a_button(town: Town, visitor: Visits) -> None:
    page = visitor.sign_in("anna@example.org", "phone", java_script_enabled=False)
    open_talk(page, town)
    expect(page.locator("[data-asked-after]:visible")).to_have_count(5)
    expect(page.locator("[data-saving]")).to_be_hidden()
    type_story(page, STORY)
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.get_by_text("Het concept is bewaard om")).to_be_visible()
    expect(story(page)).to_have_value(STORY)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    assert (kept(town), drafts(town)) == ([STORY], 0)


def test_two_coaches_who_write_at_once_are_told_and_keep_their_text(
    town: Town, visitor: Visits
) -> None:
    anna = visitor.sign_in("anna@example.org", "phone")
    open_talk(anna, town)
    type_story(anna, "Van Anna")
    state(anna, "Bewaard om")
    bram = visitor.sign_in("bram@example.org")
    open_talk(bram, town)
    expect(bram.get_by_text("Anna Testema schrijft aan een gesprek")).to_be_visible()
    assert not barriers(bram)
    bram.get_by_role("link", name="Bekijk dat en ga ermee verder").click()
    expect(story(bram)).to_have_value("Van Anna")
    type_story(bram, "Van Anna en Bram")
    state(bram, "Bewaard om")
    type_story(anna, "Van Anna alleen")
    state(anna, "Bram Testema schrijft hier ook aan")
    assert not barriers(anna)
    cards = drafts_about(town.lea, pseudonym_id=town.roos_file.pseudonym_id)
    assert {card.saved_by: card.first_words for card in cards} == {
        "Bram Testema": "Van Anna en Bram",
        "Anna Testema": "Van Anna alleen",
    }
    type_story(anna, "Van Anna alleen, verder")
    state(anna, "Bewaard om")
    assert drafts(town) == 2
    expect(anna.get_by_text("Bram Testema schrijft hier ook aan")).to_be_visible()


def test_two_coaches_who_finish_the_same_draft_lose_nothing(town: Town, visitor: Visits) -> None:
    anna = visitor.sign_in("anna@example.org")
    open_talk(anna, town)
    type_story(anna, "Van Anna")
    state(anna, "Bewaard om")
    bram = visitor.sign_in("bram@example.org", "phone", java_script_enabled=False)
    open_talk(bram, town)
    bram.get_by_role("link", name="Bekijk dat en ga ermee verder").click()
    type_story(bram, "Van Bram")
    anna.get_by_role("button", name="Opslaan", exact=True).click()
    expect(anna.get_by_text("Het gesprek staat in het dossier.")).to_be_visible()
    bram.get_by_role("button", name="Opslaan", exact=True).click()
    expect(bram.get_by_text("Anna Testema zette dit gesprek al in het dossier")).to_be_visible()
    expect(story(bram)).to_have_value("Van Bram")
    assert (kept(town), drafts(town)) == (["Van Anna"], 1)


def test_a_fault_on_the_server_is_told_and_tried_again(
    town: Town, visitor: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, faults = draft_views.save_draft, [True]

    def stumble(*args: Any, **kwargs: Any) -> Any:
        if faults:
            raise RuntimeError("the disk is full")
        return save(*args, **kwargs)

    monkeypatch.setattr(draft_views, "save_draft", stumble)
    visitor.expect_error("the server responded with a status of 500")
    page = visitor.sign_in("anna@example.org", "phone")
    open_talk(page, town)
    type_story(page, STORY)
    state(page, "Bewaren lukt nu niet. Wat u typte staat hier nog.")
    faults.clear()
    state(page, "Bewaard om")
    assert drafts(town) == 1


def test_who_may_no_longer_see_the_file_is_told_to_copy_the_text(
    town: Town, visitor: Visits
) -> None:
    page = visitor.sign_in("anna@example.org", "phone")
    open_talk(page, town)
    sign_out_elsewhere(page)
    sign_in_in_another_tab(page, "carla@example.org")
    type_story(page, STORY)
    state(page, "Bewaren lukt niet meer")
    expect(story(page)).to_have_value(STORY)
    assert drafts(town) == 0
