"""The pages about flows: for whom, over which period, and never a small number of people."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock
from meedoen.rules.vocabulary import Outcome, PlaceKind
from tests.records.figures.scenes import crowd, take_part
from tests.records.flows.scenes import EVE, end
from tests.records.flows.test_ending_support import later, until
from tests.standing_town import kept

FLOWS, FIT = "/beleid/stromen/", "/beleid/stromen/aansluiting/"
BACK, CLIFF = "/beleid/stromen/terugval/", "/beleid/stromen/afloop/"
WITH_PERIOD = [FLOWS, FIT, BACK]
PAGES = [*WITH_PERIOD, CLIFF]


@pytest.fixture
@kept
def year(town):
    """Let 65 people take part in 2024: most at one kind, a few at two others."""
    people = crowd(town, 65)
    jobs = take_part(town, people[:30], on=date(2023, 10, 2))
    take_part(town, people[30:54], on=date(2024, 2, 5), kind=PlaceKind.VOLUNTEER_WORK)
    take_part(town, people[54:60], on=date(2024, 3, 4), kind=PlaceKind.LANGUAGE_POINT)
    take_part(town, people[60:], on=date(2024, 3, 4), kind=PlaceKind.TRAINING)
    end(town, jobs[:12], date(2024, 5, 31), Outcome.MOVED_ON_TO_PAID_WORK)
    return people


def text_of(answer):
    return " ".join(answer.content.decode().split())


def cells(answer):
    """Return every number cell of the tables on a page."""
    return re.findall(r'<td class="meedoen-number"[^>]*>(?:<strong>)?([^<]+)<', text_of(answer))


def rows_of_file(answer):
    return [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["anna", "petra", "roos", "suus", "priya", "ab", "vera"])
def test_others_find_no_page_and_no_file(town, sign_in, address, who):
    client = sign_in(getattr(town, who))
    assert client.get(address).status_code == 404
    assert client.get(f"{address}bestand/", {"soort": "csv"}).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_only_show(town, sign_in, address):
    client = sign_in(town.connie)
    assert client.post(address).status_code == 405
    assert client.post(f"{address}bestand/").status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_without_anybody_there_is_a_page_that_says_so(town, sign_in, address):
    answer = sign_in(town.connie).get(address)
    assert answer.status_code == 200
    # Under fall-back nobody was there to follow, which is not measured.
    assert set(cells(answer)) <= {"0", "-"}


def test_flows_have_a_picture_a_sentence_and_a_table(town, sign_in, year):
    answer = sign_in(town.connie).get(FLOWS, {"periode": "2024"})
    page = text_of(answer)
    assert "Van 31 december 2023 naar 31 december 2024." in page
    assert "<svg" in page
    assert "De grootste stroom: 24 van nergens naar vrijwilligerswerk." in page
    table = page.split("Van soort naar soort, 2024</caption>")[1].split("</table>")[0]
    lines = re.findall(r"<tr>.*?</tr>", table)
    said = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]
    assert "Participatiebaan Betaald werk 12" in said
    assert "Participatiebaan Participatiebaan 18" in said
    assert "Nergens Andere, samen 11" in said
    assert "Iedereen samen Samen 65" in said
    # Six people began at the language point and five in training: that is told together.
    assert "Taalpunt" not in table


@pytest.mark.parametrize("address", WITH_PERIOD)
def test_no_small_number_of_people_stands_on_a_page_or_in_its_file(town, sign_in, year, address):
    client = sign_in(town.connie)
    for period in ("2024", "2024-K2", "2024-05"):
        answer = client.get(address, {"periode": period})
        assert answer.status_code == 200
        numbers = [int(one) for one in cells(answer) if one.isdecimal()]
        assert not [one for one in numbers if 0 < one < 10]


@pytest.mark.parametrize("address", PAGES)
def test_the_file_holds_exactly_the_numbers_of_the_page(town, sign_in, year, address):
    client = sign_in(town.connie)
    asked = {} if address == CLIFF else {"periode": "2024"}
    shown = cells(client.get(address, asked))
    lines = rows_of_file(client.get(f"{address}bestand/", asked | {"soort": "csv"}))
    assert lines[0] == ["Tabel", "Regel", "Wat", "Aantal"]
    assert [line[3].strip() for line in lines[1:]] == shown
    assert client.get(f"{address}bestand/", asked | {"soort": "exe"}).status_code == 404


@pytest.mark.parametrize("address", WITH_PERIOD)
@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2090", "Deze periode is nog niet begonnen. Kies een eerdere."),
        ("2024-K5", "Deze periode bestaat niet. Kies er een uit de lijst."),
        ("<script>", "Deze periode bestaat niet. Kies er een uit de lijst."),
    ],
)
def test_a_period_that_cannot_be_is_said_and_has_no_file(town, sign_in, address, period, said):
    client = sign_in(town.connie)
    answer = client.get(address, {"periode": period})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert cells(answer) == []
    asked = {"periode": period, "soort": "csv"}
    assert client.get(f"{address}bestand/", asked).status_code == 404


def test_an_older_period_than_is_offered_stays_chosen(town, sign_in):
    page = text_of(sign_in(town.connie).get(FLOWS, {"periode": "2011-03"}))
    assert re.search(r'<option value="2011-03" selected[^>]*>maart 2011', page)


def test_a_period_that_goes_on_is_told_until_today(town, sign_in):
    today = clock.today()
    page = text_of(sign_in(town.connie).get(FLOWS))
    assert f"naar {today.day} " in page


# --- whether it fits -----------------------------------------------------------------------------


def test_the_account_closes_and_the_small_kind_is_told_with_others(town, sign_in, year):
    page = text_of(sign_in(town.connie).get(FIT, {"periode": "2024"}))
    assert "30 bij het begin, 35 nieuw erbij en 12 gestopt eraf: 53 aan het eind." in page
    assert "het administratief verschil is nul" in page
    assert "Taalpunt" not in page
    assert "Per soort plek, 2024" in page


def test_what_was_measured_then_is_one_click_away_and_its_difference_is_explained(town, sign_in):
    placed = take_part(town, crowd(town, 40), on=date(2023, 10, 2))
    measure(town.connie, on=EVE)
    end(town, placed[:1], date(2023, 12, 1), Outcome.GOAL_REACHED)
    client = sign_in(town.connie)
    page = text_of(client.get(FIT, {"periode": "2024"}))
    [query] = re.findall(r'href="\?([^"]+)">Vergelijk met wat is gemeten op', page)
    page = text_of(client.get(f"{FIT}?{query.replace('&amp;', '&')}"))
    assert "waren het er op 31 december 2023 40. Sindsdien is dat gecorrigeerd met -1." in page
    assert "Einde was toen nog niet bekend" in page
    # Known in the file as on the page.
    asked = f"{FIT}bestand/?{query.replace('&amp;', '&')}&soort=csv"
    numbers = [line[3].strip() for line in rows_of_file(client.get(asked))]
    assert numbers.count("-1") >= 2


def test_people_may_be_counted_instead_of_placements(town, sign_in, year):
    take_part(town, year[12:24], on=date(2024, 9, 2), kind=PlaceKind.VOLUNTEER_WORK)
    client = sign_in(town.connie)
    people = text_of(client.get(FIT, {"periode": "2024", "wat": "mensen"}))
    places = text_of(client.get(FIT, {"periode": "2024", "wat": "plaatsingen"}))
    assert "53 aan het eind" in people
    assert "65 aan het eind" in places


def test_a_day_to_come_and_an_unknown_count_are_both_said(town, sign_in):
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    answer = sign_in(town.connie).get(FIT, {"wat": "euro", "bekend": ahead})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Dit gaat op 2 plaatsen nog niet goed" in page
    assert f'value="{ahead}"' in page


# --- fall-back -----------------------------------------------------------------------------------


def test_a_window_that_is_not_over_is_not_counted_as_fine(town, sign_in):
    today = clock.today()
    placed = take_part(town, crowd(town, 24), on=today - timedelta(days=60))
    end(town, placed, today - timedelta(days=5), Outcome.GOAL_REACHED)
    period = f"{today - timedelta(days=4):%Y-%m}"
    page = text_of(sign_in(town.connie).get(BACK, {"periode": period}))
    assert "In deze periode gestopt: 24." in page
    assert "Er is nog te weinig bekend om terugval te tonen." in page
    assert "dag 366 tot en met 730 is nog niets bekend: kies daarvoor een eerdere" in page
    # All 24 are still to be followed; of the rest nothing was measured, and that is not nought.
    assert set(cells(sign_in(town.connie).get(BACK, {"periode": period}))) == {"-", "24"}
    assert "niet gemeten" in page


def test_fall_back_is_told_in_a_sentence_and_a_picture(town, sign_in, year):
    page = text_of(sign_in(town.connie).get(BACK, {"periode": "2024"}))
    assert "In deze periode gestopt: 12." in page
    # All twelve who stopped have paid work, and nobody measured their rung.
    assert "Na 180 dagen was 0 % teruggevallen: 0 van de 12." in page
    assert "niets bekend: kies daarvoor" not in page
    assert "<svg" in page


# --- what ends -----------------------------------------------------------------------------------


def test_a_team_lead_sees_the_own_team_with_a_way_to_the_people(town, sign_in):
    soon = clock.today() + timedelta(days=14)
    until(town, [town.sam.pseudonym_id], soon)
    until(town, [town.tim.pseudonym_id], soon)
    page = text_of(sign_in(town.lea).get(CLIFF))
    assert "Van één mens loopt in de komende twaalf maanden de laatste steun af." in page
    [link] = re.findall(r'href="([^"]+)">Bekijk de plaatsingen van uw team', page)
    listed = text_of(sign_in(town.lea).get(link.replace("&amp;", "&")))
    assert "Sam Nepstra" in listed
    assert "Tim Nepstra" not in listed


def test_a_controller_gets_no_names_no_small_numbers_and_no_way_to_people(town, sign_in):
    until(town, crowd(town, 14), later(2))
    until(town, [town.tim.pseudonym_id], later(2))
    page = text_of(sign_in(town.connie).get(CLIFF))
    assert "Van 15 mensen loopt in de komende twaalf maanden de laatste steun af." in page
    assert "plaatsingen van uw team" not in page
    assert "Nepstra" not in page
    # Why there is no table of teams is said instead.
    assert page.count("Per team") == page.count("Per team gaat het om te weinig mensen") == 1


def test_the_marks_in_the_sentences_about_what_ends_are_explained_too(town, sign_in):
    until(town, crowd(town, 14), later(2))
    until(town, [town.tim.pseudonym_id], clock.today() - timedelta(days=2))
    page = text_of(sign_in(town.connie).get(CLIFF))
    assert "niemand schreef een einde op: &lt;10." in page
    assert "te weinig mensen om te tonen: zo blijft niemand herkenbaar" in page


def test_of_a_few_people_only_that_they_are_few_is_said(town, sign_in):
    until(town, [town.tim.pseudonym_id], later(2))
    answer = sign_in(town.connie).get(CLIFF)
    page = text_of(answer)
    assert "&lt;10 mensen" in page
    assert cells(answer) == []


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town, sign_in):
    client = sign_in(town.connie)

    def asked():
        counts = []
        for address in PAGES:
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
        return counts

    people = crowd(town, 200)
    until(town, people[:10], later(3))
    asked()
    few = asked()
    until(town, people[10:], later(3))
    assert asked() == few
