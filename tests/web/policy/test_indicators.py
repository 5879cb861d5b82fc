"""The page of one indicator: what it means, how it went, what was known when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.budget.actions import publish
from meedoen.records.figures.actions import measure
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.protecting import set_protection
from meedoen.records.ladder.actions import NewMeasurement, measure_all
from meedoen.records.organisations import clock
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.indicators.language import Version
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState
from meedoen.web.policy.indicator_history import versions_of
from meedoen.web.shared.counting import PARTS
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import YEAR_END, crowd, key_of, take_in, take_part
from tests.records.referrals.network_scenes import answered
from tests.standing_town import kept
from tests.town import ON_RUNG_2, ON_RUNG_4, talk
from tests.web.public.reading import links_of, tables_of, words_of


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
    assert "op 28 februari 2025 14. Het doel is 130 (voor 2025)." in page
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
        ({"on": "0001-01-01", "known_on": "0001-01-01"}, "bestond deze indicator niet"),
        ({"on": "1990-01-01", "known_on": "2024-01-01"}, "bestond deze indicator niet"),
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


# --- the end of the year -------------------------------------------------------------------------


def at(year, month, day):
    return clock.at(datetime(year, month, day, 12, tzinfo=ZoneInfo("Europe/Amsterdam")))


@pytest.fixture
@kept
def looked_forward(town):
    """Let forty people begin in 2022 and ten more each spring, as it happens; aim for 130."""
    with at(2022, 1, 10):
        people = crowd(town, 70)
        take_part(town, people[:40], on=date(2022, 1, 10))
    for place, year in enumerate((2023, 2024, 2025), start=4):
        with at(year, 4, 3):
            take_part(town, people[place * 10 : place * 10 + 10], on=date(year, 4, 3))
    take_in(town, "1_1_3")


def test_the_end_of_the_year_is_told_with_what_the_target_needs(town, sign_in, looked_forward):
    with at(2025, 9, 30):
        answer = sign_in(town.connie).get(url_of("participation_jobs"))
    page = words_of(answer)
    assert "verwacht op 31 december 2025" in page
    assert "Het doel voor 2025: minstens 130." in page
    assert "Wordt waarschijnlijk niet gehaald" in page
    assert "Er zijn er nog 60 nodig (mensen), dat is bijna 20 per maand." in page
    assert "Dit jaar kwamen er ruim 1 per maand bij." in page
    assert "We maakten dezelfde verwachting voor 1 eerder jaar, met wat toen bekend was." in page
    before_the_details = page[: page.index("Hoe zeker is dit?")]
    assert "; het cijfer viel 1 keer binnen de marge." in before_the_details
    rows = tables_of(answer)["Dezelfde verwachting in eerdere jaren"]
    assert rows[0] == ["Jaar", "Verwacht", "Laagste", "Hoogste", "Het werd"]
    assert [row[0] for row in rows[1:]] == ["2024"]
    assert rows[1][-1] == "60"


def test_what_the_target_needs_goes_from_the_figure_as_it_is_rounded(town, sign_in, looked_forward):
    with at(2022, 6, 1):
        two = [town.roos_file.pseudonym_id, town.sam.pseudonym_id]
        take_part(town, two, on=date(2022, 6, 1))
    set_protection(town.connie, protection=Protection(10, 10))
    with at(2025, 9, 30):
        page = words_of(sign_in(town.connie).get(url_of("participation_jobs")))
    assert "Er zijn er nog 60 nodig (mensen), dat is bijna 20 per maand." in page


def test_the_forecast_stands_in_the_picture_its_sentence_and_its_table(
    town, sign_in, looked_forward
):
    with at(2025, 9, 30):
        answer = sign_in(town.connie).get(url_of("participation_jobs"))
    rows = dict(tables_of(answer)["Cijfers: Mensen op een participatiebaan"][1:])
    expected = rows["31 december 2025 verwacht"]
    assert "tussen" in expected
    assert f"We verwachten op 31 december 2025: {expected}." in words_of(answer)


def test_a_forecast_of_a_few_people_is_not_told(town, sign_in):
    with at(2022, 1, 10):
        take_part(town, crowd(town, 6), on=date(2022, 1, 10))
    with at(2025, 9, 30):
        answer = sign_in(town.connie).get(url_of("participation_jobs"))
    assert "Het gaat om te weinig mensen om een verwachting te tonen." in words_of(answer)
    assert "Hoe zeker is dit?" not in words_of(answer)


def test_without_history_the_page_says_that_it_does_not_guess(town, sign_in):
    with at(2025, 2, 1):
        take_part(town, crowd(town, 20), on=date(2025, 2, 1))
    with at(2025, 9, 30):
        page = words_of(sign_in(town.connie).get(url_of("participation_jobs")))
    assert "Er is te weinig geschiedenis: minder dan 24 maanden. Daarom is er geen" in page


# --- breakdowns, ways of counting and where it stood ---------------------------------------------


def test_the_newest_figure_is_broken_down_by_district_and_kind_together_protected(town, sign_in):
    people = crowd(town, 40)
    take_part(town, people[:25])
    take_part(town, people[25:], kind=PlaceKind.VOLUNTEER_WORK)
    measure(town.connie, on=YEAR_END)
    tables = tables_of(sign_in(town.connie).get(url_of("taking_part")))
    kinds = dict(tables["Per soort plek op 31 december 2024"][1:])
    assert (kinds["Participatiebaan"], kinds["Vrijwilligerswerk"]) == ("25", "15")
    assert dict(tables["Per wijk op 31 december 2024"][1:])["Noord"] == "40"


def test_a_breakdown_of_which_no_number_may_be_shown_is_a_sentence_and_no_table(town, sign_in):
    jobs_in(town, 7, 4)
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    shown = client.get(url_of("participation_jobs"))
    figure = client.get(links_of(shown)["Open dit cijfer: hoe is het geteld?"])
    for answer in (shown, figure):
        assert "De aantallen zijn te klein om zo te tonen" in words_of(answer)
        assert not [one for one in tables_of(answer) if "wijk" in one or "Uitgesplitst" in one]


def test_an_organisation_has_a_line_of_its_own_and_one_with_nobody_has_none(town, sign_in):
    people = crowd(town, 27)
    take_part(town, people[:12])
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    only = tables_of(client.get(url_of("taking_part")))["Per organisatie op 31 december 2024"]
    assert only == [["Organisatie", "Mensen"], ["De Moestuin", "12"]]
    take_part(town, people[12:], at="De Werkplaats")
    measure(town.connie, on=YEAR_END)
    both = tables_of(client.get(url_of("taking_part")))["Per organisatie op 31 december 2024"]
    assert both[1:] == [["De Moestuin", "12"], ["De Werkplaats", "15"]]
    others = tables_of(client.get(url_of("participation_jobs")))
    assert not [name for name in others if "organisatie" in name]


def test_few_of_a_kind_are_not_found_beside_the_whole(town, sign_in):
    people = crowd(town, 40)
    take_part(town, people[:35])
    take_part(town, people[35:], kind=PlaceKind.VOLUNTEER_WORK)
    measure(town.connie, on=YEAR_END)
    tables = tables_of(sign_in(town.connie).get(url_of("taking_part")))
    kinds = dict(tables["Per soort plek op 31 december 2024"][1:])
    assert kinds["Vrijwilligerswerk"] == "x"
    assert "5" not in kinds.values()


def test_the_page_says_where_the_figure_was_published(town, sign_in):
    goal = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 14))
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    page = words_of(client.get(url_of("participation_jobs")))
    assert "Dit cijfer stond nog op geen openbare pagina" in page
    publish(town.connie, goal_id=goal, on=YEAR_END)
    rows = tables_of(client.get(url_of("participation_jobs")))
    [row] = rows["Waar dit cijfer stond"][1:]
    assert row[0].startswith("1.1.3")
    assert row[2:] == ["Geteld op 31 december 2024", "14"]


def test_what_changed_between_two_ways_of_counting_is_said(town):
    definition = catalogue()["participation_jobs"]
    later = Version(date(2026, 1, 1), PeopleInState(EntryKind.PLACEMENT, (PlacementState.TRIAL,)))
    newest, first = versions_of(replace(definition, versions=(*definition.versions, later)))
    assert newest.valid_from == date(2026, 1, 1)
    assert newest.added
    assert set(newest.gone) <= set(first.added)
    assert not set(newest.added) & set(first.added)
    assert first.gone == ()


def test_the_page_of_an_indicator_asks_as_many_questions_with_much_history(town, sign_in):
    client = sign_in(town.connie)

    def asked():
        client.get(url_of("participation_jobs"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of("participation_jobs")).status_code == 200
        return len(queries)

    goal = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 14))
    measure(town.connie, on=YEAR_END)
    publish(town.connie, goal_id=goal, on=YEAR_END)
    few = asked()
    for month in range(1, 7):
        measure(town.connie, on=date(2025, month, 28))
        publish(town.connie, goal_id=goal, on=date(2025, month, 28))
    assert asked() == few


def test_the_end_of_the_year_goes_on_from_the_figure_that_stands_on_the_page(
    town, sign_in, looked_forward
):
    """85 people, 29 still needed of 100: what was measured and what came after were mixed."""
    with at(2025, 9, 30):
        measure(town.connie, on=date(2025, 8, 31))
    with at(2025, 10, 1):
        rows = Placement.objects.visible_to(town.system).order_by("pk")
        for placement_id in rows.values_list("pk", flat=True)[:5]:
            take_back_start(town.anna, key=key_of(town, placement_id))
    with at(2025, 10, 2):
        client = sign_in(town.connie)
        answer = client.get(url_of("participation_jobs"))
        standing = words_of(client.get(reverse("policy:standing")))
    page = words_of(answer)
    assert "Er zijn er nog 60 nodig (mensen)" in page
    assert "Met wat nu bekend is, zou het cijfer van 31 augustus 2025 65 zijn." in page
    assert "gezien vanaf 31 augustus 2025" in page
    assert "We verwachten op 31 december 2025" not in page
    assert "70 31 aug 2025" in standing
