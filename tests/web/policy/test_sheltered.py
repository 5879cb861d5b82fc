"""Sheltered work for who looks at figures: against the number of the year, nobody by name."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.models import Municipality
from meedoen.rules.sheltered.words import WswCategory, WswKind
from tests.records.sheltered.scenes import granted, on, placed, sheltered_place
from tests.records.sheltered.test_counts import work_for, wsw_for
from tests.town import Town
from tests.web.coach.scenes import readable, register_crowd

PAGE, FILE = "/beleid/beschut/", "/beleid/beschut/bestand/"


def seen(sign_in, town: Town, query: str = "") -> str:
    with on():
        return readable(sign_in(town.connie).get(PAGE + query))


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_both_counts_and_no_distance_without_a_number(town: Town, sign_in) -> None:
    work_for(town, register_crowd(town, 12))
    text = seen(sign_in, town)
    assert "Mensen met een contract 12" in text
    assert "Banen, als 31 uur per week één baan is 12,00" in text
    assert "Aantal dat er eind 2026 moet zijn niet vastgesteld" in text
    assert "Dat is iets anders dan 0" in text
    assert "Nieuw beschut werk aan het eind van elke maand" in text
    assert text.count("Mensen die er nog bij moeten") == 1
    assert "te weinig mensen" not in text


def test_the_number_of_a_year_comes_with_its_source(town: Town, sign_in) -> None:
    Municipality.objects.filter(pk=town.system.municipality_id).update(code="GM0014")
    text = seen(sign_in, town, "?jaar=2018")
    assert "Aantal dat er eind 2018 moet zijn 70" in text
    assert "Er moeten nog 70 mensen met een contract bij." in text
    assert "Groningen moet eind 2018 ten minste 70 beschutte banen hebben." in text


def test_small_numbers_are_nowhere_also_not_in_the_file(town: Town, sign_in) -> None:
    Municipality.objects.filter(pk=town.system.municipality_id).update(code="GM0014")
    people = register_crowd(town, 16)
    work_for(town, people[:7])
    wsw_for(town, people[7:], WswKind.IN_HOUSE, WswCategory.SEVERE)
    text = seen(sign_in, town)
    assert "Mensen met een contract <10" in text
    assert "Er zijn te weinig mensen met een contract om te tonen hoeveel" in text
    assert "Er zijn te weinig mensen in de Wsw om jaren te tonen." in text
    assert "Gerealiseerde arbeidsjaren x" in text
    with on():
        rows = rows_of(sign_in(town.connie).get(FILE + "?soort=csv"))
    numbers = {row[-1] for row in rows[1:]}
    assert numbers <= {"<10", "x", "0", "0,00", "niet vastgesteld"}
    assert not any("Figurant" in cell for row in rows for cell in row)


def test_months_that_tell_nothing_are_one_sentence(town: Town, sign_in) -> None:
    people = register_crowd(town, 20)
    work_for(town, people[:7])
    wsw_for(town, people[7:9], WswKind.SECONDED_ALONE, WswCategory.MODERATE)
    wsw_for(town, people[9:], WswKind.IN_HOUSE, WswCategory.MODERATE)
    with on(date(2027, 6, 1)):
        text = readable(sign_in(town.connie).get(PAGE))
    assert "Dat was aan het eind van elke maand van 2027 zo." in text
    assert "Nieuw beschut werk aan het eind van elke maand" not in text
    # Of the old work the whole is told, and why one kind is not.
    assert "Gerealiseerde arbeidsjaren 13,00" in text
    assert "Van sommige soorten zijn er te weinig mensen om te tonen." in text
    assert "Mensen in de Wsw aan het eind van elke maand" in text


def test_who_is_placed_but_has_no_job_here_is_said(town: Town, sign_in) -> None:
    granted(town)
    placed(town, sheltered_place(town))
    text = seen(sign_in, town)
    assert "van de soort beschut werk doen mensen mee van wie hier geen baan staat: <10." in text


def test_the_wsw_says_whether_the_year_is_whole(town: Town, sign_in) -> None:
    wsw_for(town, register_crowd(town, 12), WswKind.IN_HOUSE, WswCategory.MODERATE)
    assert "Het jaar is nog niet om" in seen(sign_in, town)
    whole = seen(sign_in, town, "?jaar=2025")
    assert "gemiddelde van de twaalf maandeinden" in whole
    assert "Gerealiseerde arbeidsjaren 12,00" in whole
    assert "Standaardeenheden (SE) 12,00" in whole


def test_the_file_says_what_the_page_says(town: Town, sign_in) -> None:
    work_for(town, register_crowd(town, 11))
    text = seen(sign_in, town)
    with on():
        answer = sign_in(town.connie).get(FILE + "?soort=csv&jaar=2026")
        assert sign_in(town.connie).get(FILE + "?soort=xlsx").status_code == 200
        assert sign_in(town.connie).get(FILE + "?soort=doc").status_code == 404
    rows = rows_of(answer)
    assert ["Beschut werk", "31-03-2026", "Mensen met een contract", "11"] in rows
    for _part, _day, name, number in rows[1:]:
        assert name in text
        assert number in text
    assert 'filename="beschut-werk-2026.csv"' in answer["Content-Disposition"]


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_others_find_no_page_and_no_file(town: Town, sign_in, who: str) -> None:
    client = sign_in(getattr(town, who))
    assert client.get(PAGE).status_code == client.get(FILE + "?soort=csv").status_code == 404


@pytest.mark.parametrize("year", ["2014", "2027", "9999"])
def test_no_year_outside_the_law_and_the_calendar(town: Town, sign_in, year: str) -> None:
    with on():
        assert sign_in(town.connie).get(f"{PAGE}?jaar={year}").status_code == 404
        # What is no year at all is this year.
        assert sign_in(town.connie).get(f"{PAGE}?jaar=nu").context["card"].year == 2026


def test_nobody_posts_to_it(town: Town, sign_in) -> None:
    assert sign_in(town.connie).post(PAGE).status_code == 405


def test_as_many_questions_for_10_people_as_for_200(town: Town, sign_in) -> None:
    counts, client = [], sign_in(town.connie)
    for count, after in ((10, 0), (190, 20)):
        # Nobody has both: a job of the old law does not go with one of the new.
        people = register_crowd(town, 2 * count, after=after)
        work_for(town, people[:count])
        wsw_for(town, people[count:], WswKind.IN_HOUSE, WswCategory.MODERATE)
        with on(), CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
