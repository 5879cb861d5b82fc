"""A kept figure opened on a page: for who sees figures, and without anybody behind it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.records.organisations import clock
from meedoen.records.placements.correcting import take_back_start
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import YEAR_END, crowd, key_of, take_part, wide_place
from tests.web.public.reading import links_of, tables_of, words_of

JOBS, PLACES = "participation_jobs", "places_listed"


def address(indicator=JOBS, **where):
    where = {"part": "", "district": None, "place_kind": "", "organisation": None, **where}
    figure = Figure.objects.filter(indicator=indicator, **where).earliest("pk")
    return reverse("policy:figure", args=[figure.pk])


def test_connie_reads_how_a_figure_was_counted_and_goes_to_its_districts(town, sign_in):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(address())
    page = words_of(answer)
    assert "Net opnieuw geteld met wat toen bekend was: hetzelfde cijfer." in page
    assert "We telden mensen met een plaatsing op 31 december 2024." in page
    assert "niets vastgelegd dat dit cijfer verandert" in page
    rows = tables_of(answer)["Uitgesplitst op 31 december 2024"]
    assert rows[1:] == [["Noord", "12"], ["Zuid", "15"]]
    south = links_of(answer)["Zuid"]
    assert south == address(district=town.south)
    page = words_of(sign_in(town.connie).get(south))
    assert "Mensen op een participatiebaan: Zuid" in page
    assert "Nep0" not in page


def test_a_figure_that_would_be_another_one_now_says_so_without_telling_of_one_person(
    town, sign_in
):
    placed = jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    take_back_start(town.anna, key=key_of(town, placed[0]))
    answer = sign_in(town.connie).get(address())
    page = words_of(answer)
    assert "Herzien." in page
    assert "26 in plaats van 27" in page
    assert "Daarom staat hier niet welke gegevens het zijn." in page
    [table] = [rows for name, rows in tables_of(answer).items() if name.startswith("Wat sinds")]
    assert table[1:] == [["plaatsing: verbeterd", "x"]]


def test_many_late_starts_are_listed_by_their_numbers(town, sign_in):
    people = crowd(town, 38)
    take_part(town, people[:27])
    measure(town.connie, on=YEAR_END)
    take_part(town, people[27:], on=date(2024, 10, 1))
    answer = sign_in(town.connie).get(address())
    rows = tables_of(answer)["Wat er is vastgelegd"]
    assert ["Plaatsing", "1 oktober 2024"] in [row[:2] for row in rows]
    assert "Bij 11 mensen" in words_of(answer)


def test_the_sum_stands_on_the_page(town, sign_in):
    people = crowd(town, 60)
    take_part(town, people[:40], on=date(2023, 6, 1))
    take_part(town, people[40:], on=date(2024, 7, 1))
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(address())
    table = tables_of(answer)["Van 31 december 2023 tot en met 31 december 2024"]
    assert [row[1] for row in table[1:]] == ["40", "20", "0", "60"]
    assert "de rekening sluit." in words_of(answer)


NAMES = ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_finds_a_figure(town, sign_in, name):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    assert sign_in(town.members[name]).get(address()).status_code == 404


def test_a_figure_leads_to_its_organisations_and_says_of_which_one_it_is(town, sign_in):
    people = crowd(town, 27)
    take_part(town, people[:12])
    take_part(town, people[12:], at="De Werkplaats")
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    answer = client.get(address("taking_part"))
    assert ["De Werkplaats", "15"] in tables_of(answer)["Uitgesplitst op 31 december 2024"]
    page = words_of(client.get(links_of(answer)["De Werkplaats"]))
    assert "Mensen die ergens meedoen: De Werkplaats" in page
    assert "Net opnieuw geteld met wat toen bekend was: hetzelfde cijfer." in page


def test_a_place_that_was_entered_later_is_told_on_the_page_with_its_day(town, sign_in):
    measure(town.connie, on=clock.today())
    client = sign_in(town.connie)
    assert "niets vastgelegd dat dit cijfer verandert" in words_of(client.get(address(PLACES)))
    wide_place(town)
    answer = client.get(address(PLACES))
    page = words_of(answer)
    assert "is dit cijfer herzien: 4 in plaats van 3. Plekken waarvan sinds" in page
    assert "waardoor die anders meetellen: 1." in page
    [told] = tables_of(answer)["Wat er is vastgelegd"][1:]
    assert told[0] == "Wat een plek is en wanneer die open is"
    assert (told[1], told[-1]) == ("1 januari 2015", "-")


def test_there_is_no_page_for_a_figure_that_is_not_there_and_none_to_send_to(town, sign_in):
    client = sign_in(town.connie)
    assert client.get(reverse("policy:figure", args=[999])).status_code == 404
    assert client.post(reverse("policy:figure", args=[999])).status_code == 405


def test_a_page_of_many_people_takes_as_many_questions_as_one_of_few(town, sign_in):
    people = crowd(town, 60)
    take_part(town, people[:12])
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    few = questions(client, address())
    take_part(town, people[12:])
    measure(town.connie, on=YEAR_END)
    newest = Figure.objects.filter(indicator=JOBS, part="", district=None).latest("pk")
    assert questions(client, reverse("policy:figure", args=[newest.pk])) == few


def questions(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
