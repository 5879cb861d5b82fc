"""The page of the ladder between two dates: a square with its table, and per district."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.ladder.actions import NewMeasurement, measure_all
from meedoen.records.organisations import clock
from meedoen.rules.flows.flows import ShownFlow
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.policy.flow_words import largest_shown, rung_name
from tests.records.figures.scenes import crowd
from tests.standing_town import kept
from tests.town import ON_RUNG_2, ON_RUNG_4, talk
from tests.web.public.reading import tables_of, words_of

YEAR = {"van": "2024-01", "tot": "2024-12"}


def url_of(name="ladder"):
    return reverse(f"policy:{name}")


def measured(town, people, first, last):
    """Measure people in February and November of 2024."""
    measure_all(
        town.system,
        measurements=[
            NewMeasurement(pseudonym_id=person, measured_on=day, answers=answers)
            for person in people
            for day, answers in ((date(2024, 2, 1), first), (date(2024, 11, 1), last))
        ],
    )


@pytest.fixture
@kept
def moved(town):
    """Let fourteen go up and twelve stay equal."""
    people = crowd(town, 26)
    measured(town, people[:14], ON_RUNG_2, ON_RUNG_4)
    measured(town, people[14:], ON_RUNG_2, ON_RUNG_2)
    return people


def table(answer, begins):
    return next(rows for name, rows in tables_of(answer).items() if name.startswith(begins))


def test_the_square_says_from_which_rung_to_which_with_a_picture_and_a_sentence(
    town, sign_in, moved
):
    answer = sign_in(town.connie).get(url_of(), YEAR)
    heading, *rows = table(answer, "Van trede naar trede, 1 januari 2024")
    assert heading == ["Van", *(f"Trede {rung}" for rung in range(1, 7)), "Samen"]
    by_name = {one[0]: one[1:] for one in rows}
    assert by_name["Trede 2"] == ["0", "12", "0", "14", "0", "0", "26"]
    assert by_name["Trede 5"] == ["0"] * 7
    assert by_name["Samen"] == ["0", "12", "0", "14", "0", "0", "26"]
    page = words_of(answer)
    assert (
        "Van de 26 mensen die twee keer of vaker zijn gemeten, staan er 14 hoger, 0 lager" in page
    )
    assert "De grootste stroom: 14 van trede 2 naar trede 4." in page
    assert answer.content.decode().count("<svg") == 1


def test_the_classes_are_those_of_the_figure_for_growth_and_add_up_by_district(
    town, sign_in, moved
):
    answer = sign_in(town.connie).get(url_of(), YEAR)
    assert dict(table(answer, "Hoe het ging")[1:]) == {
        "Gegroeid": "14",
        "Gedaald": "0",
        "Gelijk gebleven": "12",
        "Eén keer gemeten": "0",
    }
    assert table(answer, "Per wijk")[1:] == [["Noord", "14", "0", "12", "0", "26"]]


def test_three_who_stayed_equal_are_found_nowhere_on_the_page_or_in_its_file(town, sign_in):
    people = crowd(town, 23)
    measured(town, people[:20], ON_RUNG_2, ON_RUNG_4)
    measured(town, people[20:], ON_RUNG_2, ON_RUNG_2)
    client = sign_in(town.connie)
    answer = client.get(url_of(), YEAR)
    numbers = {cell for rows in tables_of(answer).values() for row in rows[1:] for cell in row[1:]}
    assert numbers <= {"0", "x", "23"}
    assert table(answer, "Per wijk")[1:] == [["Noord", "x", "0", "x", "0", "23"]]
    file = client.get(url_of("ladder_export"), YEAR | {"soort": "csv"}).content.decode("utf-8-sig")
    counts = {line.split(";")[-1].strip() for line in file.splitlines()[1:]}
    assert counts <= {"0", "x", "23"}


def test_a_few_who_fell_back_take_nothing_away_from_how_many_grew(town, sign_in):
    people = crowd(town, 47)
    measured(town, people[:20], ON_RUNG_2, ON_RUNG_4)
    measured(town, people[20:44], ON_RUNG_2, ON_RUNG_2)
    measured(town, people[44:], ON_RUNG_4, ON_RUNG_2)
    answer = sign_in(town.connie).get(url_of(), YEAR)
    went = dict(table(answer, "Hoe het ging")[1:])
    assert (went["Gegroeid"], went["Gedaald"], went["Gelijk gebleven"]) == ("20", "x", "x")
    assert "47 mensen zijn twee keer of vaker gemeten. Daarvan staan er 20 hoger." in words_of(
        answer
    )


def test_a_shown_flow_is_not_called_the_largest_when_a_hidden_one_may_be_larger():
    flow = {("1", "1"): Shown("x", hidden=True), ("2", "1"): Shown("12", hidden=False)}
    of_all = largest_shown(ShownFlow(flow, {}, {}, Shown("90", hidden=False)))
    assert of_all == ["De grootste stroom: 12 van trede 2 naar trede 1."]
    flow[("1", "2")] = Shown("x", hidden=True)
    of_shown = largest_shown(ShownFlow(flow, {}, {}, Shown("90", hidden=False)))
    assert of_shown == ["De grootste stroom die we tonen: 12 van trede 2 naar trede 1."]


def test_rungs_with_few_people_are_told_with_their_neighbour(town, sign_in):
    """Three on rung 4 who stayed there: of rung 3 and 4 together nobody can say who that is."""
    people = crowd(town, 43)
    measured(town, people[:40], ON_RUNG_2, ON_RUNG_2)
    measured(town, people[40:], ON_RUNG_4, ON_RUNG_4)
    heading, *_rows = table(sign_in(town.connie).get(url_of(), YEAR), "Van trede naar trede")
    assert heading[1:] == ["Trede 1", "Trede 2 tot en met 4", "Trede 5", "Trede 6", "Samen"]
    assert [str(rung_name(one)) for one in ("5-6", "3-6")] == [
        "Trede 5 en 6",
        "Trede 3 tot en met 6",
    ]


def test_a_file_holds_every_number_of_the_page(town, sign_in, moved):
    client = sign_in(town.connie)
    answer = client.get(url_of("ladder_export"), YEAR | {"soort": "csv"})
    lines = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    found = [line[-1] for line in lines[1:] if line[1] == "Trede 2" and line[2] == "Trede 4"]
    assert found == ["14"]
    assert client.get(url_of("ladder_export"), YEAR | {"soort": "pdf"}).status_code == 404


def test_without_anybody_measured_the_page_says_so(town, sign_in):
    page = words_of(sign_in(town.connie).get(url_of(), YEAR))
    assert "In deze tijd is niemand twee keer gemeten." in page


def test_one_who_is_measured_once_is_protected(town, sign_in):
    talk(town.anna, town.roos_file, date(2024, 6, 3), ON_RUNG_2)
    answer = sign_in(town.connie).get(url_of(), YEAR)
    assert dict(table(answer, "Hoe het ging")[1:])["Eén keer gemeten"] == "<10"


def test_nothing_chosen_is_this_year(town, sign_in):
    page = words_of(sign_in(town.connie).get(url_of()))
    assert f"1 januari {clock.today().year} tot en met" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"van": "2024-06", "tot": "2024-05"}, "Deze maand ligt voor het begin."),
        ({"van": "gisteren"}, "Deze periode bestaat niet."),
        ({"tot": "2990-01"}, "Deze periode is nog niet begonnen."),
    ],
)
def test_months_that_cannot_be_say_why(town, sign_in, query, words):
    client = sign_in(town.connie)
    answer = client.get(url_of(), query)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert client.get(url_of("ladder_export"), query | {"soort": "csv"}).status_code == 404


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"])
def test_others_find_no_page_and_no_file(town, sign_in, who):
    client = sign_in(town.members[who])
    assert client.get(url_of()).status_code == 404
    assert client.get(url_of("ladder_export"), {"soort": "csv"}).status_code == 404


def test_the_page_only_shows(town, sign_in):
    client = sign_in(town.connie)
    assert client.post(url_of()).status_code == 405
    assert client.post(url_of("ladder_export")).status_code == 405


def test_as_many_questions_for_a_hundred_people_as_for_ten(town, sign_in):
    client, people = sign_in(town.connie), crowd(town, 100)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(), YEAR).status_code == 200
        return len(queries)

    measured(town, people[:10], ON_RUNG_2, ON_RUNG_4)
    asked()
    few = asked()
    measured(town, people[10:], ON_RUNG_2, ON_RUNG_4)
    asked()
    assert asked() == few


def test_rungs_that_are_told_together_are_not_said_to_be_where_people_stayed(town, sign_in):
    people = crowd(town, 20)
    # Eight are too few to be told of on a rung of their own.
    measured(town, people[:8], ON_RUNG_2, ON_RUNG_4)
    measured(town, people[8:], ON_RUNG_2, ON_RUNG_2)
    page = words_of(sign_in(town.connie).get("/beleid/stromen/", {"periode": "2024"}))
    assert "Hoeveel er staan waar zij begonnen, is niet te zeggen" in page
    assert "staan er 20 aan het eind" not in page
