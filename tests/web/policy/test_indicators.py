"""The page of one indicator: what it means, how it went, what was known when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from meedoen.records.figures.actions import measure
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.ladder.actions import NewMeasurement, measure_all
from meedoen.records.organisations import clock
from meedoen.records.placements.correcting import take_back_start
from meedoen.web.shared.counting import PARTS
from tests.records.figures.scenes import YEAR_END, crowd, key_of, take_in, take_part
from tests.records.referrals.network_scenes import answered
from tests.town import ON_RUNG_2, ON_RUNG_4, talk
from tests.web.public.reading import tables_of, words_of


def url_of(code: str, **query: str) -> str:
    parts = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("policy:indicator", args=[code]) + (f"?{parts}" if parts else "")


def grow(town, *, growing: int, equal: int) -> None:
    """Measure people twice in 2024: so many go up a rung, so many stay where they are."""
    people = crowd(town, growing + equal)
    measure_all(
        town.system,
        measurements=[
            NewMeasurement(pseudonym_id=person, measured_on=day, answers=answers)
            for order, person in enumerate(people)
            for day, answers in (
                (date(2024, 2, 1), ON_RUNG_2),
                (date(2024, 11, 1), ON_RUNG_4 if order < growing else ON_RUNG_2),
            )
        ],
    )


def test_the_page_says_what_is_counted_and_where_it_was_promised(town, sign_in):
    page = words_of(sign_in(town.connie).get(url_of("participation_growth")))
    for words in (
        "Mensen met participatiegroei in het jaar",
        "Hoeveel mensen staan hoger op de participatieladder",
        "Stroom: hoeveel het er in een periode waren",
        "Effect: wat er voor inwoners verandert",
        "Gemeente Zwolle, Begroting 2020",
        "Manier van tellen geldt vanaf 1 januari 2015",
        "Er is nog niet gemeten.",
    ):
        assert words in page


def test_growth_is_shown_in_groups_with_a_picture_and_its_table(town, sign_in):
    grow(town, growing=12, equal=11)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(url_of("participation_growth"))
    rows = tables_of(answer)["Groepen op 31 december 2024"][1:]
    assert dict(rows) == {
        "Gegroeid": "12",
        "Gedaald": "0",
        "Gelijk gebleven": "11",
        "Eén keer gemeten": "0",
    }
    page = words_of(answer)
    assert "gegroeid 12, gedaald 0, gelijk gebleven 11 en één keer gemeten 0" in page
    assert "We vergeleken per persoon de eerste en de laatste meting van 1 januari 2024" in page


def test_a_small_group_is_protected_in_table_picture_and_sentence(town, sign_in):
    grow(town, growing=12, equal=7)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(url_of("participation_growth"))
    rows = dict(tables_of(answer)["Groepen op 31 december 2024"])
    assert rows["Gelijk gebleven"] == "<10"
    assert "gelijk gebleven <10" in words_of(answer).replace("&lt;", "<")
    picture = answer.content.decode().split("<svg")[1].split("</svg>")[0]
    assert ">7<" not in picture
    assert "&lt;10<" in picture


def test_the_course_is_drawn_with_its_sentence_and_table(town, sign_in):
    take_in(town, "1_1_3")
    with clock.at(datetime(2025, 3, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        people = crowd(town, 14)
        take_part(town, people[:11], on=date(2025, 1, 10))
        take_part(town, people[11:], on=date(2025, 2, 10))
        answer = sign_in(town.connie).get(url_of("participation_jobs"))
    rows = dict(tables_of(answer)["Cijfers: Mensen op een participatiebaan"][1:])
    assert (rows["31 januari 2025"], rows["28 februari 2025"]) == ("11", "14")
    page = words_of(answer)
    assert "op 28 februari 2025 14. Het doel is 130 (Beoogd 2025)." in page
    assert answer.content.decode().count("<svg") == 1


def test_a_figure_about_a_year_is_drawn_by_year_and_not_by_month(town, sign_in):
    grow(town, growing=12, equal=0)
    talk(town.anna, town.roos_file, date(2025, 6, 3), ON_RUNG_2)
    with clock.at(datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        answer = sign_in(town.connie).get(url_of("participation_growth"))
    days = [
        row[0] for row in tables_of(answer)["Cijfers: Mensen met participatiegroei in het jaar"][1:]
    ]
    assert days == [f"31 december {year}" for year in (2024, 2025)]


def test_what_was_known_on_a_day_stands_beside_what_is_known_now(town, sign_in):
    earlier = clock.now() - timedelta(days=30)
    with clock.at(earlier):
        placed = take_part(town, crowd(town, 12))
    take_back_start(town.anna, key=key_of(town, placed[0]))
    then = earlier.date() + timedelta(days=1)
    client = sign_in(town.connie)
    answer = client.get(
        url_of("participation_jobs", on=YEAR_END.isoformat(), known_on=then.isoformat())
    )
    [row] = tables_of(answer)["Peildatum 31 december 2024"][1:]
    assert row == ["Mensen op een participatiebaan", "12", "11"]
    assert "Wat we tonen is sindsdien veranderd." in words_of(answer)
    today = clock.today().isoformat()
    answer = client.get(url_of("participation_jobs", on="2024-12-31", known_on=today))
    assert "Wat we tonen is sindsdien hetzelfde gebleven." in words_of(answer)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"on": "", "known_on": ""}, "Dit gaat op 2 plaatsen nog niet goed"),
        ({"on": "nooit", "known_on": "2024-01-01"}, "Voer een geldige datum in."),
        ({"on": "2024-01-01", "known_on": "2999-01-01"}, "Deze dag is nog niet geweest."),
        ({"on": "0001-01-01", "known_on": "0001-01-01"}, "bestond nog niet elke indicator"),
        ({"on": "1990-01-01", "known_on": "2024-01-01"}, "bestond nog niet elke indicator"),
    ],
)
def test_days_that_cannot_be_compared_say_why(town, sign_in, query, words):
    answer = sign_in(town.connie).get(url_of("participation_jobs", **query))
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "Nu bekend" not in words_of(answer)


def test_an_indicator_that_is_not_there_is_not_found(town, sign_in):
    assert sign_in(town.connie).get(url_of("happiness")).status_code == 404


def test_when_every_number_is_protected_there_is_no_picture(town, sign_in):
    take_part(town, crowd(town, 5), on=date(2015, 1, 8))
    answer = sign_in(town.connie).get(url_of("participation_jobs"))
    assert "Er zijn nog te weinig aantallen" in words_of(answer)
    assert "<svg" not in answer.content.decode()


def test_a_day_long_ago_can_be_compared(town, sign_in):
    url = url_of("participation_jobs", on="2024-12-31", known_on="0001-01-01")
    answer = sign_in(town.connie).get(url)
    assert tables_of(answer)["Peildatum 31 december 2024"][1][1] == "-"


def test_a_share_is_shown_with_what_it_follows_from_and_no_picture_of_groups(town, sign_in):
    answered(town, in_time=20, late=10)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(url_of("referrals_answered_in_time"))
    assert tables_of(answer)["Aantallen op 31 december 2024"][1:] == [
        ["Vragen die op tijd antwoord kregen", "20"],
        ["Vragen die antwoord moesten krijgen", "30"],
    ]
    page = words_of(answer)
    assert "67 procent op 31 december 2024" in page
    assert "In groepen" not in page
    assert "Een antwoord is ja, nee of doorsturen." in page


def test_a_share_that_follows_from_a_few_is_not_shown_anywhere_on_its_page(town, sign_in):
    answered(town, in_time=20, late=4)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(url_of("referrals_answered_in_time"))
    words = words_of(answer)
    assert "x procent op 31 december 2024" in words
    assert "83" not in words
    assert dict(tables_of(answer)["Aantallen op 31 december 2024"][1:]) == {
        "Vragen die op tijd antwoord kregen": "x",
        "Vragen die antwoord moesten krijgen": "24",
    }


def test_organisations_are_counted_in_groups_of_organisations_and_never_hidden(town, sign_in):
    answered(town, in_time=1, late=0)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(url_of("partners_not_connected"))
    rows = dict(tables_of(answer)["Groepen op 31 december 2024"][1:])
    assert rows == {"Zonder verwijzingen": "0", "Met verwijzingen": "2"}
    assert "Organisaties per groep" in answer.content.decode()


def test_every_part_of_every_indicator_has_a_name():
    parts = {
        part
        for definition in catalogue()
        for version in definition.versions
        for part in version.count.parts
    }
    assert parts <= PARTS.keys()
