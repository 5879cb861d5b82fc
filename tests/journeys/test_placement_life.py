"""The life of one placement over nine months, for coach, organisation and resident.

Roos waits for a seat in the garden, a participation job, and what each of them does is what the
next one sees.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import end
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.signals.tasks import put_the_night_in_queue
from meedoen.rules.vocabulary import Outcome
from tests.journeys.conftest import SIZES, Visits, barriers, barriers_of_size
from tests.matching import check_jobs
from tests.records.placements.desk import taking_part
from tests.town import ON_RUNG_2, Person, Town, build_town, talk
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE, WAITS = date(2026, 3, 2), date(2026, 3, 9)
SEAT_FREE, MET, ON_TRIAL, GOES_ON = (date(2026, 3, day) for day in (16, 18, 23, 30))
WORRIED, ANSWERED = date(2026, 5, 4), date(2026, 5, 6)
AWAY, BACK = date(2026, 6, 1), date(2026, 6, 22)
TALKED_OVER, HALF_YEAR = date(2026, 7, 6), date(2026, 9, 28)
AGREED_END, STOPPED = date(2026, 12, 18), date(2026, 12, 11)
AFTERCARE = date(2026, 12, 28)
WORRY = "Ze komt de laatste weken te laat."
ANSWER = "Ze begint voortaan een half uur later."
SAID = "Ik wil graag meer in de winkel doen."
NEXT = "Ik wil weer met mijn handen werken."
AFTER = "Ze mist de tuin, maar het gaat goed."
"""What is typed by one and read by another."""
STORY = [
    "11 december 2026: Gestopt",
    "22 juni 2026: Begonnen",
    "1 juni 2026: Even gestopt",
    "4 mei 2026: Afspraken veranderd",
    "30 maart 2026: Begonnen",
    "23 maart 2026: Op proef begonnen",
    "18 maart 2026: Kennisgemaakt",
    "16 maart 2026: Voorgesteld",
    "9 maart 2026: Op de wachtlijst",
]


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where both seats of the garden are taken and Anna spoke Roos."""
    town = build_town()
    with clock.at(at(BEFORE)):
        check_jobs(town)
        talk(town.anna, town.roos_file, BEFORE, ON_RUNG_2)
    for person in (town.sam, town.tim):
        taking_part(town, person, since=BEFORE)
    return town


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


class Cast:
    """Who goes to the site, each with a window of their own on the day that it is."""

    def __init__(self, visitor: Visits) -> None:
        self._visitor = visitor

    @contextmanager
    def on(self, day: date, who: str, address: str = "/") -> Iterator[Page]:
        """Live through a morning as somebody, on the page where their day begins."""
        with time_machine.travel(at(day)):
            page = self._visitor.sign_in(f"{who}@example.org", start=address)
            yield page
            page.context.close()


def test_a_placement_from_the_waiting_list_to_aftercare(town: Town, visitor: Visits) -> None:
    cast = Cast(visitor)
    placement = waits_and_gets_a_seat(town, cast)
    partner_lets_her_begin(cast)
    hours_worry_and_answer(cast, placement)
    away_and_back(cast, placement)
    talked_over_and_decided(cast, placement)
    what_comes_next(cast, placement)
    proposed_and_ended(cast, placement)
    aftercare(cast)
    the_story_tells_it_all(cast, placement)


def check(page: Page) -> None:
    """Nothing stands in the way, on a desk or on a phone; nothing has to be moved sideways."""
    assert barriers(page) == []
    desk, phone = ({"width": SIZES[one][0], "height": SIZES[one][1]} for one in SIZES)
    page.set_viewport_size(phone)
    assert barriers_of_size(page) == []
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert excess <= 0, f"{page.url} is {excess} px wider than a phone"
    page.set_viewport_size(desk)


def says(page: Page, words: str) -> None:
    """Read what the site answers to what was just done."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def group(page: Page, question: str) -> Locator:
    return page.get_by_role("radiogroup", name=question)


def waits_and_gets_a_seat(town: Town, cast: Cast) -> str:
    """Anna puts Roos on the list of the full garden, and gives her Sam's seat."""
    waiting = f"/coach/plekken/{Place.objects.get(pk=town.garden).key}/wachtlijst/"
    with cast.on(WAITS, "anna", waiting) as page:
        expect(page.get_by_role("main")).to_contain_text("Alle 2 plaatsen zijn bezet")
        page.get_by_label("Naam").fill("Roos")
        press(page, "Zoeken")
        press(page, "Op de wachtlijst zetten Roos Nepstra")
        says(page, "Roos Nepstra staat op de wachtlijst.")
        check(page)
    with cast.on(WAITS, "petra") as page:
        # Who waits is nothing that an organisation gets to see.
        expect(page.get_by_role("main")).not_to_contain_text("Roos")
    with time_machine.travel(at(SEAT_FREE)):
        end(town.anna, key=key_of(town, town.sam), last_day=SEAT_FREE, outcome=Outcome.GOAL_REACHED)
    with cast.on(SEAT_FREE, "anna", waiting) as page:
        follow(page, "Plaats geven Roos Nepstra")
        check(page)
        press(page, "Plaats geven")
        says(page, "De inwoner is voorgesteld. De plaats wordt vrijgehouden.")
        expect(page.get_by_role("main")).to_contain_text("Plaats vrijgehouden tot en met")
        check(page)
        return page.url


def key_of(town: Town, person: Person) -> uuid.UUID:
    return Placement.objects.visible_to(town.system).get(pseudonym_id=person.pseudonym_id).key


def partner_lets_her_begin(cast: Cast) -> None:
    """Petra tells that they met, that Roos begins on trial, and that she stays."""
    steps = (
        (MET, "Kennismaking of start bevestigen", "We hebben kennisgemaakt", "kennisgemaakt met"),
        (ON_TRIAL, "Start bevestigen", "Op proef begonnen", "op proef begonnen"),
        (GOES_ON, "Door na de proef", "", "gaat sinds 30 maart 2026 door na de proef"),
    )
    for day, link, choice, told in steps:
        with cast.on(day, "petra", "/partner/mensen/") as page:
            page.get_by_role("link", name="Roos").click()
            check(page)
            follow(page, link)
            if choice:
                page.get_by_label(choice, exact=True).check()
            check(page)
            press(page, "Bevestigen")
            says(page, told)


def hours_worry_and_answer(cast: Cast, placement: str) -> None:
    """Anna changes the hours, Petra worries, Anna answers, and Petra reads it."""
    with cast.on(WORRIED, "anna", placement) as page:
        follow(page, "Afspraken veranderen of nakijken")
        page.get_by_label("Uren per week").fill("12")
        page.get_by_label("Waarom verandert het?").fill("Roos kan meer aan.")
        check(page)
        press(page, "Opslaan")
        says(page, "De plaatsing loopt door.")
    with cast.on(WORRIED, "petra", "/partner/mensen/") as page:
        page.get_by_role("link", name="Roos").click()
        follow(page, "Zorgen of stoppen melden")
        page.get_by_label("Ik maak me zorgen").check()
        page.get_by_label("Toelichting voor de coach").fill(WORRY)
        check(page)
        press(page, "Melden")
        says(page, "De coach van Roos krijgt dit te zien.")
    with cast.on(ANSWERED, "anna", placement) as page:
        follow(page, "Melding beantwoorden")
        expect(page.get_by_role("main")).to_contain_text(WORRY)
        page.get_by_label("Er zijn andere afspraken gemaakt").check()
        page.get_by_label("Antwoord aan de organisatie").fill(ANSWER)
        check(page)
        press(page, "Antwoord bewaren")
        says(page, "De Moestuin kan het lezen.")
    with cast.on(ANSWERED, "petra") as page:
        expect(page.get_by_role("main")).to_contain_text(ANSWER)
        check(page)


def away_and_back(cast: Cast, placement: str) -> None:
    """Anna lets the placement stand still, and Petra tells that Roos is there again."""
    with cast.on(AWAY, "anna", placement) as page:
        follow(page, "Even stilzetten")
        page.get_by_label("Afgesproken pauze, zoals vakantie").check()
        check(page)
        press(page, "Even stilzetten")
        says(page, "De plaats blijft bewaard.")
    with cast.on(BACK, "petra", "/partner/mensen/") as page:
        page.get_by_role("link", name="Roos").click()
        follow(page, "Komt weer")
        press(page, "Bevestigen")
        says(page, "Roos doet sinds 22 juni 2026 weer mee")


def talked_over_and_decided(cast: Cast, placement: str) -> None:
    """Anna writes down how it goes, and after half a year decides on schooling."""
    with cast.on(TALKED_OVER, "anna", placement) as page:
        follow(page, "Evaluatie opschrijven")
        page.get_by_label("De inwoner", exact=True).check()
        group(page, "volgens de inwoner").get_by_label("Goed", exact=True).check()
        page.get_by_label("Wat zei de inwoner?").fill(SAID)
        group(page, "volgens de organisatie").get_by_label("Niet gevraagd").check()
        check(page)
        press(page, "Opslaan")
        says(page, "De evaluatie is opgeschreven.")
        expect(page.get_by_role("main")).to_contain_text(SAID)
        check(page)
    with cast.on(HALF_YEAR, "anna", placement) as page:
        expect(page.get_by_role("main")).to_contain_text("Te laat: scholing aanbieden")
        follow(page, "Alle termijnen, besluiten en premies")
        check(page)
        follow(page, "Besluit over scholing")
        page.get_by_label("De gemeente bood scholing aan").check()
        check(page)
        press(page, "Vastleggen")
        says(page, "Dit is vastgelegd.")
        follow(page, "Wat verandert er als een datum verschuift?")
        page.get_by_label("Andere eerste dag").fill("2026-05-04")
        press(page, "Kijken")
        row = page.get_by_role("row", name="Einde van de termijn")
        expect(row).to_contain_text("22 maart 2028")
        expect(row).to_contain_text("3 mei 2028")
        check(page)


def what_comes_next(cast: Cast, placement: str) -> None:
    """Anna and Roos agree on a last day and choose what comes after it; Roos reads her words."""
    with cast.on(HALF_YEAR, "anna", placement) as page:
        follow(page, "Laatste dag afspreken")
        page.get_by_label("Afgesproken laatste dag").fill(AGREED_END.isoformat())
        press(page, "Opslaan")
        says(page, "De afgesproken laatste dag is opgeslagen.")
        follow(page, "Kiezen wat hierna komt")
        page.get_by_label("Een andere plek").check()
        page.get_by_label("Wil dit graag").check()
        page.get_by_label("Wat zei de inwoner?").fill(NEXT)
        page.get_by_label("Wat gaat u nu doen?").fill("Samen plekken bekijken")
        page.get_by_label("Op welke dag?").fill("2026-11-02")
        check(page)
        press(page, "Opslaan")
        says(page, "Opgeschreven wat hierna komt.")
    with cast.on(HALF_YEAR, "roos", "/mijn/") as page:
        expect(page.get_by_role("main")).to_contain_text("Hoe lang uw participatiebaan duurt")
        expect(page.get_by_role("main")).to_contain_text("Uw laatste dag is 18 december 2026.")
        expect(page.get_by_role("main")).to_contain_text(f"U zei: “{NEXT}”")
        check(page)


def proposed_and_ended(cast: Cast, placement: str) -> None:
    """Petra proposes to stop a week earlier; Anna ends it with that day and reason."""
    with cast.on(STOPPED, "petra", "/partner/mensen/") as page:
        page.get_by_role("link", name="Roos").click()
        follow(page, "Zorgen of stoppen melden")
        page.get_by_label("Ik stel voor om te stoppen, of het is al gestopt").check()
        page.get_by_label("Laatste dag").fill(STOPPED.isoformat())
        page.get_by_label("Waarom wilt u stoppen?").select_option(label="Het werk is klaar")
        press(page, "Melden")
        says(page, "De coach van Roos krijgt dit te zien.")
    with cast.on(STOPPED, "anna", placement) as page:
        follow(page, "Melding beantwoorden")
        check(page)
        follow(page, "Plaatsing stoppen")
        # What was proposed stands there already.
        expect(page.get_by_label("Laatste dag")).to_have_value(STOPPED.isoformat())
        check(page)
        press(page, "Plaatsing stoppen")
        says(page, "De plaatsing is gestopt.")
    with cast.on(STOPPED, "petra") as page:
        expect(page.get_by_role("main")).to_contain_text("Antwoord: De plaatsing is gestopt")


def aftercare(cast: Cast) -> None:
    """The night puts aftercare on Today, and Anna writes down how Roos is."""
    with time_machine.travel(at(AFTERCARE)):
        put_the_night_in_queue()
        work_off()
    with cast.on(AFTERCARE, "anna") as page:
        due = page.get_by_role("listitem").filter(has_text="Na Moestuin zou u vragen hoe het gaat")
        due.get_by_role("link", name="Opschrijven hoe het gaat").last.click()
        page.get_by_label("Volgt een opleiding of cursus").check()
        page.get_by_label("Wat zei de inwoner?").fill(AFTER)
        check(page)
        press(page, "Opslaan")
        says(page, "Opgeschreven hoe het gaat.")


def the_story_tells_it_all(cast: Cast, placement: str) -> None:
    """What happened stands in order, and Roos reads her part; Petra sees her no more."""
    with cast.on(AFTERCARE, "anna", placement) as page:
        assert told(page) == STORY
        for words in (WORRY, ANSWER, SAID, NEXT, AFTER, "Uren per week: 12"):
            expect(page.get_by_role("main")).to_contain_text(words)
        expect(page.get_by_role("main")).to_contain_text("Vraag op 11 maart 2027 hoe het gaat.")
        check(page)
    with cast.on(AFTERCARE, "petra", "/partner/mensen/") as page:
        expect(page.get_by_role("main")).not_to_contain_text("Roos")
    with cast.on(AFTERCARE, "roos", "/mijn/") as page:
        assert [one for one in told(page) if one in STORY] == STORY
        check(page)


def told(page: Page) -> Sequence[str]:
    """Return the day and the first words of each line of the story, newest first."""
    found = []
    for text in page.locator(".meedoen-timeline__item").all_inner_texts():
        day, title, *_more = (line for line in text.splitlines() if line.strip())
        found.append(f"{day.partition(' ·')[0]}: {title.partition(':')[0]}")
    return found
