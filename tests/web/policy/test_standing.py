"""Where we stand, and measuring."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Measuring
from meedoen.records.organisations import clock
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.web.public.reading import links_of, tables_of, words_of

URL = "policy:standing"
CAPTION = "Wat we willen en wat we telden"


def test_before_the_first_measuring_the_page_says_what_to_do(town, sign_in):
    page = words_of(sign_in(town.connie).get(reverse(URL)))
    assert "Er is nog niet gemeten. Kies hieronder een peildatum" in page
    assert "Er zijn nog geen doelen." in page


def test_connie_measures_and_sees_what_was_counted_beside_what_was_promised(town, sign_in):
    take_in(town, "1_1_3")
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    answer = client.post(reverse(URL), {"on": NEXT_YEAR_END.isoformat()}, follow=True)
    assert answer.redirect_chain == [(reverse(URL), 302)]
    assert "Gemeten: hoe het op 31 december 2025 was." in words_of(answer)
    heading, *rows = tables_of(answer)[CAPTION]
    assert heading[2:] == ["31 dec 2024", "31 dec 2025"]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Mensen op een participatiebaan"] == [
        "Minstens 130 (Beoogd 2025, doel 1.1.3)",
        "12",
        "12",
    ]
    assert by_name["Mensen op een beschutte werkplek (Wsw)"][0] == "112 (Beoogd 2025, doel 1.1.3)"
    assert by_name["Mensen die vrijwilligerswerk doen"] == ["geen aantal afgesproken", "0", "0"]


def test_a_target_of_which_only_the_text_of_a_goal_speaks_stands_there_too(town, sign_in):
    there = take_in(town, "goal_2_2_2")
    link = partial(link_indicator, town.connie, goal_id=there["2.2.2"])
    link(indicator="participation_growth", target=200)
    link(indicator="volunteers", target=2500, target_year=2027)
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(reverse(URL))
    by_name = {row[0]: row[1] for row in tables_of(answer)[CAPTION]}
    assert by_name["Mensen met participatiegroei in het jaar"] == "Minstens 200 (doel 2.2.2)"
    assert by_name["Mensen die vrijwilligerswerk doen"].endswith("2.500 (in 2027, doel 2.2.2)")


def test_a_small_number_is_protected_and_explained(town, sign_in):
    take_part(town, crowd(town, 14), self_found=11)
    take_part(town, crowd_of_volunteers(town), kind="volunteer_work")
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).get(reverse(URL))
    values = {row[0]: row[-1] for row in tables_of(answer)[CAPTION]}
    assert values["Mensen op een participatiebaan"] == "14"
    assert values["Mensen die zelf hun participatiebaan vonden"] == "x"
    assert values["Mensen die vrijwilligerswerk doen"] == "<10"
    page = words_of(answer)
    assert "te weinig mensen om te tonen" in page
    assert "anders is een klein aantal uit te rekenen" in page


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
    _heading, first, second = tables_of(answer)["Doelen van de begroting"]
    assert first[:2] == ["1.1.3 Maatschappelijke participatie", "2025"]
    assert second[1:] == ["jaar niet genoemd", "nog niet"]
    links = links_of(answer)
    assert links[first[0]] == reverse("policy:goal", args=[there["1.1.3"]])
    assert links[first[2]] == reverse("public:page", args=[publication])


def test_numbers_and_words_follow_the_language(town, sign_in):
    measure(town.connie, on=date(2025, 6, 30))
    client = sign_in(town.connie)
    client.cookies["django_language"] = "en"
    names = [row[0] for row in tables_of(client.get(reverse(URL))).popitem()[1]]
    assert "People on a participation job" in names


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
