"""Where we stand, and measuring."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.standing import achieved_numbers, promised_goals
from meedoen.records.figures.actions import begin_measurings, measure
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.models import Measuring
from meedoen.records.organisations import clock
from meedoen.rules.periods import month_ends
from meedoen.rules.vocabulary import PlaceKind
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.web.public.reading import links_of, tables_of, words_of

URL = "policy:standing"


def at(year, month, day):
    return clock.at(datetime(year, month, day, 12, tzinfo=ZoneInfo("Europe/Amsterdam")))


def test_before_the_first_measuring_the_page_says_what_to_do(town, sign_in):
    page = words_of(sign_in(town.connie).get(reverse(URL)))
    assert "Er is nog niet gemeten. Kies hieronder een peildatum" in page
    assert "Er zijn nog geen doelen." in page


def rows_of(answer, begins):
    """Return the rows of the table whose caption begins so, by the name of the indicator."""
    tables = tables_of(answer)
    rows = next(rows for caption, rows in tables.items() if caption.startswith(begins))
    return {row[0]: row[1:] for row in rows[1:]}


def test_connie_measures_and_sees_what_was_counted_beside_what_was_promised(town, sign_in):
    take_in(town, "1_1_3")
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    answer = client.post(reverse(URL), {"on": NEXT_YEAR_END.isoformat()}, follow=True)
    assert answer.redirect_chain == [(reverse(URL), 302)]
    assert "Gemeten: hoe het op 31 december 2025 was." in words_of(answer)
    row = rows_of(answer, "Doel 1.1.3")["Mensen op een participatiebaan"]
    assert row[0] == "geen voor dit jaar; minstens 130 (Beoogd 2025)"
    assert row[1] == "12 31 dec 2025"
    assert row[2] == "eind 2024: 12, eind 2025: 12"
    assert row[3:] == ["-", "Geen doel voor dit jaar"]


def test_this_years_target_has_a_forecast_a_band_and_a_verdict_in_words(town, sign_in):
    with at(2022, 3, 1):
        people = crowd(town, 80)
        take_part(town, people[:40], on=date(2022, 3, 1))
        take_part(town, people[40:], on=date(2022, 3, 1), kind=PlaceKind.VOLUNTEER_WORK)
    goal = take_in(town, "1_1_3")["1.1.3"]
    with at(2025, 9, 30):
        measure(town.connie, on=date(2025, 8, 31))
        client = sign_in(town.connie)
        answer = client.get(reverse(URL))
    row = rows_of(answer, "Doel 1.1.3")["Mensen op een participatiebaan"]
    assert row[0] == "Minstens 130"
    assert row[3] == "40 (in een eerder jaar zat dit er 0 naast)"
    assert row[4] == "! Wordt waarschijnlijk niet gehaald"
    page = words_of(answer)
    assert "het doel minstens 130 komt in gevaar. We verwachten 40 aan het eind" in page
    link_indicator(town.connie, goal_id=goal, indicator="volunteers", target=30, target_year=2025)
    with at(2025, 9, 30):
        answer = client.get(reverse(URL))
    row = rows_of(answer, "Doel 1.1.3")["Mensen die vrijwilligerswerk doen"]
    assert row[4] == "✓ Wordt waarschijnlijk gehaald"


def test_a_target_of_which_only_the_text_of_a_goal_speaks_holds_every_year(town, sign_in):
    there = take_in(town, "goal_2_2_2")
    link = partial(link_indicator, town.connie, goal_id=there["2.2.2"])
    link(indicator="participation_growth", target=200)
    link(indicator="volunteers", target=2500, target_year=2020)
    measure(town.connie, on=YEAR_END)
    rows = rows_of(sign_in(town.connie).get(reverse(URL)), "Doel 2.2.2")
    assert rows["Mensen met participatiegroei in het jaar"][0] == "Minstens 200"
    assert rows["Mensen die vrijwilligerswerk doen"][0] == (
        "geen voor dit jaar; minstens 2.500 (in 2020)"
    )


def test_without_enough_history_the_page_says_so_and_gives_no_verdict(town, sign_in):
    goal = take_in(town, "1_1_3")["1.1.3"]
    with at(2025, 2, 1):
        take_part(town, crowd(town, 20), on=date(2025, 2, 1))
    with at(2025, 9, 30):
        answer = sign_in(town.connie).get(reverse(URL))
    row = rows_of(answer, "Doel 1.1.3")["Mensen op een participatiebaan"]
    assert row[3] == "- Er is te weinig geschiedenis: minder dan 24 maanden."
    assert row[4] == "- Niet te zeggen"
    assert goal


def test_a_small_number_is_protected_and_explained(town, sign_in):
    take_part(town, crowd(town, 34), self_found=31)
    take_part(town, crowd_of_volunteers(town), kind=PlaceKind.VOLUNTEER_WORK)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(reverse(URL))
    values = {
        name: row[0].split()[0] for name, row in rows_of(answer, "Indicatoren zonder doel").items()
    }
    assert values["Mensen die zelf hun participatiebaan vonden"] == "x"
    assert values["Mensen die vrijwilligerswerk doen"] in ("<10", "x")
    assert "anders is een klein aantal uit te rekenen" in words_of(answer)


def test_the_forecast_of_a_few_people_is_hidden_as_they_are(town, sign_in):
    take_in(town, "1_1_3")
    with at(2022, 3, 1):
        take_part(town, crowd(town, 6), on=date(2022, 3, 1))
    with at(2025, 9, 30):
        measure(town.connie, on=date(2025, 8, 31))
        answer = sign_in(town.connie).get(reverse(URL))
    row = rows_of(answer, "Doel 1.1.3")["Mensen op een participatiebaan"]
    assert row[1].startswith("<10")
    assert row[3].startswith("x Het gaat om te weinig mensen")
    assert row[4] == "- Niet te zeggen"


# --- what asks for attention ---------------------------------------------------------------------


def attention_in(answer):
    """Return what asks for attention, with the address of what to do."""
    tree = html.fromstring(answer.content.decode())
    return {
        " ".join(one.find("p").text_content().split()): one.xpath(".//a")[0].get("href")
        for one in tree.xpath("//ul[contains(@class, 'meedoen-actions')]/li")
    }


def test_a_month_that_was_not_measured_asks_for_attention_until_it_is(town, sign_in):
    client = sign_in(town.connie)
    measure(town.connie, on=YEAR_END)
    with at(2025, 2, 14):
        found = attention_in(client.get(reverse(URL)))
        text = "Hoe het op 31 januari 2025 was, is niet gemeten. De laatste peildatum is "
        assert found[text + "31 december 2024."] == "#meten"
        measure(town.connie, on=date(2025, 1, 31))
        assert not any("niet gemeten" in one for one in attention_in(client.get(reverse(URL))))


def test_days_that_are_still_being_computed_ask_for_attention_in_one_line(town, sign_in):
    client = sign_in(town.connie)
    one = "De cijfers van 31 december 2025 worden nog berekend."
    many = "De cijfers van 12 dagen worden nog berekend, van 31 januari 2025 tot en met "
    begin_measurings(town.connie, days=[date(2025, 12, 31)])
    assert attention_in(client.get(reverse(URL)))[one] == "#meten"
    begin_measurings(town.connie, days=list(month_ends(date(2025, 1, 1), date(2025, 12, 31))))
    found = [one for one in attention_in(client.get(reverse(URL))) if "nog berekend" in one]
    assert found == [many + "31 december 2025."]


def test_a_printed_number_that_is_not_what_was_counted_asks_for_attention(town, sign_in):
    take_in(town, "1_1_3")
    printed = achieved_numbers(town.connie)
    (code, year), text = next(
        (key, text) for key, text in printed.items() if key[0] == "participation_jobs"
    )
    take_part(town, crowd(town, 40), on=date(2015, 3, 1))
    measure(town.connie, on=date(year, 12, 31))
    found = attention_in(sign_in(town.connie).get(reverse(URL)))
    words = f"over {year} staat er {text} gedrukt, en we telden 40."
    [address] = [address for one, address in found.items() if words in one]
    assert address == reverse("policy:indicator", args=[code])


def test_places_that_nobody_confirmed_ask_for_attention(town, sign_in):
    found = attention_in(sign_in(town.connie).get(reverse(URL)))
    [address] = [address for one, address in found.items() if "niet op tijd bevestigd" in one]
    assert address == reverse("policy:coverage")


# --- choosing ------------------------------------------------------------------------------------


def test_goals_and_indicators_are_found_by_their_names_and_verdicts(town, sign_in):
    take_in(town, "1_1_3", "goal_2_2_2")
    client = sign_in(town.connie)
    page = words_of(client.get(reverse(URL), {"zoek": "maatschappelijke"}))
    assert "Doel 1.1.3" in page
    assert "Doel 2.2.2" not in page
    found = tables_of(client.get(reverse(URL), {"zoek": "vrijwilligerswerk"}))
    assert {row[0] for rows in found.values() for row in rows[1:]} == {
        "Mensen die vrijwilligerswerk doen"
    }
    page = words_of(client.get(reverse(URL), {"stand": "on_course"}))
    assert "Niets past bij deze keuze." in page
    wrong = client.get(reverse(URL), {"stand": "happiness"})
    assert wrong.status_code == 422
    assert "Dit gaat nog niet goed" in words_of(wrong)
    assert "Doel 1.1.3" not in words_of(wrong)


def test_a_page_with_many_goals_and_indicators_asks_as_many_questions(town, sign_in):
    client = sign_in(town.connie)

    def asked():
        client.get(reverse(URL))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(URL)).status_code == 200
        return len(queries)

    goal = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    few = asked()
    take_in(town, "goal_2_2_2", "goal_1_1_1", "goal_1_3_2", "goal_4_1_1")
    there = {row.indicator for one in promised_goals(town.connie, year=2025) for row in one.aims}
    for one in catalogue():
        if one.code not in there:
            link_indicator(
                town.connie, goal_id=goal, indicator=one.code, target=40, target_year=2026
            )
    assert asked() == few


def crowd_of_volunteers(town):
    return [town.roos_file.pseudonym_id, town.sam.pseudonym_id, town.tim.pseudonym_id]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Dit veld is verplicht."),
        ("31-31-2024", "Voer een geldige datum in."),
        ((clock.today() + timedelta(days=2)).isoformat(), "Deze dag is nog niet geweest."),
        ("1990-01-01", "Op deze dag bestond nog niet elke indicator."),
    ],
)
def test_a_day_that_cannot_be_measured_says_why_and_keeps_nothing(town, sign_in, day, words):
    answer = sign_in(town.connie).post(reverse(URL), {"on": day})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Measuring.objects.exists()


def test_goals_say_whether_and_when_they_were_published(town, sign_in):
    there = take_in(town, "1_1_3", "goal_2_2_2")
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=there["1.1.3"], on=YEAR_END)
    answer = sign_in(town.connie).get(reverse(URL))
    page = words_of(answer)
    assert "Begroting 2025. Openbaar gemaakt op" in page
    assert "Jaar van de begroting niet genoemd. Nog niet openbaar gemaakt." in page
    links = links_of(answer)
    goal = reverse("policy:goal", args=[there["1.1.3"]])
    assert links["1.1.3 Maatschappelijke participatie"] == goal
    assert reverse("public:page", args=[publication]) in links.values()


def test_numbers_and_words_follow_the_language(town, sign_in):
    measure(town.connie, on=date(2025, 6, 30))
    client = sign_in(town.connie)
    client.cookies["django_language"] = "en"
    take_in(town, "1_1_3")
    answer = client.get(reverse(URL))
    names = [row[0] for rows in tables_of(answer).values() for row in rows]
    assert "People on a participation job" in names
    assert '<span lang="nl">Maatschappelijke participatie</span>' in answer.content.decode()


NAMES = ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"]


@pytest.mark.parametrize("name", NAMES)
def test_only_a_controller_finds_these_pages(town, sign_in, name):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client = sign_in(town.members[name])
    for url in (
        reverse(URL),
        reverse("policy:indicator", args=["volunteers"]),
        reverse("policy:goal", args=[goal_id]),
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, {"on": "2024-12-31"}).status_code == 404
    assert not Measuring.objects.exists()


def test_who_is_not_signed_in_is_asked_to_sign_in(town, client):
    assert client.get(reverse(URL))["Location"].startswith(reverse("account_login"))


def test_other_methods_are_refused(town, sign_in):
    client = sign_in(town.connie)
    assert client.put(reverse(URL)).status_code == 405
    assert client.post(reverse("policy:indicator", args=["volunteers"])).status_code == 405
