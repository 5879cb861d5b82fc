from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.people.actions import note_no_contact
from tests.records.ladder.scenes import HOUSE, MONEY, measure_steps
from tests.records.ladder.test_lists import measure_crowd
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, talk
from tests.web.coach.scenes import on, readable, register_crowd

MARCH, JUNE, NOVEMBER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 11, 2)
METINGEN = reverse("coach:measuring")
MENSEN = reverse("coach:measuring_people")


@pytest.fixture
def grown(town: Town) -> Town:
    """Roos grew from rung 2 to 4 and went up in one domain and down in another; Sam waits."""
    for day, answers, scores in (
        (MARCH, ON_RUNG_2, {MONEY: 2, HOUSE: 4}),
        (JUNE, ON_RUNG_4, {MONEY: 3, HOUSE: 3}),
    ):
        with on(day):
            talk(town.anna, town.roos_file, day, answers)
        measure_steps(town.anna, town.roos_file, day, scores)
    return town


def shown(client, **asked: str):
    with on(NOVEMBER):
        return client.get(METINGEN, asked)


def counts(table) -> dict[str, int]:
    return {row.code: row.count for row, _url in table["rows"]}


def test_the_calendar_counts_per_instrument_and_says_why(grown: Town, sign_in) -> None:
    with on(MARCH):
        talk(grown.anna, grown.sam, MARCH)
    client = sign_in(grown.anna)
    page = shown(client)
    cells = {row.name: [cell.count for cell in row.cells] for row in page.context["calendar"]}
    # Sam was never measured: the ladder waits, life domains only come again after a first time.
    assert cells["Te laat"] == [1, 0]
    assert cells["december 2026"] == [1, 1]
    assert sum(sum(row) for row in cells.values()) == 3
    text = readable(page)
    assert (
        "Nog nooit gemeten; eerste gesprek 2 maart 2026, "
        "afgesproken is 1 maand daarna te meten. Dat was uiterlijk 2 april 2026."
    ) in text
    december = readable(shown(client, instrument="life_domains", when="2026-12"))
    assert "december 2026 1 inwoner " in december
    assert (
        "Laatste meting 1 juni 2026; afgesproken is elke 6 maanden. Dus uiterlijk 1 december 2026."
    ) in december


def test_who_was_never_spoken_to_cannot_be_measured_yet(grown: Town, sign_in) -> None:
    page = shown(sign_in(grown.anna))
    cells = [cell.count for row in page.context["calendar"] for cell in row.cells]
    assert sum(cells) == 2
    assert "?bereik=never_spoken" in page.content.decode()


def test_who_wants_no_contact_waits_until_the_day_to_ask_again(grown: Town, sign_in) -> None:
    with on(MARCH):
        talk(grown.anna, grown.sam, MARCH)
    with on(NOVEMBER):
        note_no_contact(grown.system, until={grown.sam.pseudonym_id: date(2027, 1, 15)})
    text = readable(shown(sign_in(grown.anna), when="2027-01"))
    assert "De inwoner wil geen contact tot 15 januari 2027; tot dan wacht de meting." in text


def test_growth_and_steps_are_two_tables_that_are_never_added_up(grown: Town, sign_in) -> None:
    page = shown(sign_in(grown.anna), period="this_year")
    assert counts(page.context["ladder"]) == {
        "growth": 1,
        "equal": 0,
        "decline": 0,
        "measured_once": 0,
        "not_measured": 1,
    }
    assert counts(page.context["steps"]) == {
        "growth": 0,
        "mixed": 1,
        "equal": 0,
        "decline": 0,
        "measured_once": 0,
        "not_measured": 1,
    }
    text = readable(page)
    assert "Groei op de participatieladder, van 2 inwoners: gegroeid 1 en niet gemeten 1." in text
    assert "Over 1 januari 2026 tot en met 2 november 2026" in text
    assert page.content.decode().count("<svg") == 2


@pytest.mark.parametrize(
    ("asked", "growth"),
    [({"period": "2025"}, 0), ({"period": "last_12_months"}, 1), ({"whose": "team"}, 1)],
)
def test_the_period_and_whose_people_stand_in_the_address(
    grown: Town, sign_in, asked: dict[str, str], growth: int
) -> None:
    assert counts(shown(sign_in(grown.anna), **asked).context["ladder"])["growth"] == growth


def test_a_coach_without_people_sees_an_empty_page_and_the_team(grown: Town, sign_in) -> None:
    client = sign_in(grown.bram)
    assert "Er is niemand om te tellen in deze periode." in readable(shown(client))
    assert counts(shown(client, whose="team").context["ladder"])["growth"] == 1


def test_a_choice_that_does_not_exist_is_named_and_the_usual_one_counts(
    grown: Town, sign_in
) -> None:
    page = shown(sign_in(grown.anna), period="1066", when="someday", instrument="stairs")
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"period"}
    assert page.context["chosen_when"] == "Te laat"
    assert counts(page.context["ladder"])["growth"] == 1


def test_every_number_opens_the_people_behind_it(grown: Town, sign_in) -> None:
    client = sign_in(grown.anna)
    page = shown(client, period="this_year")
    lines = {}
    for table in ("ladder", "steps"):
        for row, url in page.context[table]["rows"]:
            assert bool(url) == bool(row.count)
            if url:
                with on(NOVEMBER):
                    people = client.get(url)
                assert people.context["page"].total == row.count
                lines[table, row.code] = readable(people)
    assert (
        "Roos Nepstra Van trede 2 (2 maart 2026) naar trede 4 (1 juni 2026). Anna Testema"
        in lines["ladder", "growth"]
    )
    assert (
        "Omhoog: financiën van 2 naar 3. Omlaag: huisvesting van 4 naar 3."
        in lines["steps", "mixed"]
    )
    assert "Sam Nepstra In deze periode niet gemeten." in lines["steps", "not_measured"]


def test_only_people_whose_file_one_may_open_are_behind_a_number(grown: Town, sign_in) -> None:
    for viewer in (grown.carla, grown.vera):
        with on(NOVEMBER):
            page = sign_in(viewer).get(MENSEN, {"kind": "growth", "whose": "team"})
        assert page.context["page"].total == 0
        assert "Roos" not in readable(page)
    for stranger in (grown.petra, grown.roos, grown.connie):
        assert sign_in(stranger).get(METINGEN).status_code == 404
        assert sign_in(stranger).get(MENSEN).status_code == 404


@pytest.mark.parametrize("asked", [{"what": "both"}, {"kind": "mixed"}, {"kind": ""}])
def test_a_number_that_does_not_exist_has_no_people(
    grown: Town, sign_in, asked: dict[str, str]
) -> None:
    assert sign_in(grown.anna).get(MENSEN, asked).status_code == 404


def test_lists_of_people_come_in_pages_that_keep_the_choice(town: Town, sign_in) -> None:
    measure_crowd(town, register_crowd(town, 30))
    client = sign_in(town.anna)
    with on(NOVEMBER):
        first = client.get(MENSEN, {"kind": "growth", "period": "2026", "page": "x"})
        first = client.get(MENSEN, {"kind": "growth", "period": "this_year"})
        second = client.get(MENSEN, {"kind": "growth", "period": "this_year", "page": "2"})
    assert "?kind=growth&amp;period=this_year&amp;page=2" in first.content.decode()
    assert (len(first.context["lines"]), len(second.context["lines"])) == (25, 5)


@pytest.mark.parametrize("address", [METINGEN, f"{MENSEN}?kind=growth", f"{MENSEN}?what=steps"])
def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(
    town: Town, sign_in, address: str
) -> None:
    client = sign_in(town.anna)

    def questions() -> int:
        with on(NOVEMBER), CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    measure_crowd(town, register_crowd(town, 10))
    few = questions()
    measure_crowd(town, register_crowd(town, 190, after=10))
    assert questions() == few
