"""A coach sees which of the own people count in a figure, and nothing of anybody else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.organisations import clock
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import YEAR_END, crowd, take_part
from tests.town import ON_RUNG_2, ON_RUNG_4, talk
from tests.web.public.reading import links_of, words_of

LIST = "coach:figures"


def of(code, **asked):
    query = "&".join(f"{name}={value}" for name, value in {"on": YEAR_END, **asked}.items())
    return f"{reverse('coach:figure_people', args=[code])}?{query}"


def people(answer):
    return [name for name, url in links_of(answer).items() if "/resident/" in url]


def test_without_a_group_the_first_one_is_shown(town, sign_in):
    client = sign_in(town.anna)
    assert client.get(of("participation_growth", part="")).status_code == 200
    assert client.get(of("participation_growth", on="", part="")).status_code == 200


def test_anna_finds_a_figure_and_who_of_her_people_counts_in_it(town, sign_in):
    jobs_in(town, 2, 3)
    client = sign_in(town.anna)
    links = links_of(client.get(reverse(LIST), {"zoek": "participatiebaan"}))
    url = links["Mensen op een participatiebaan"]
    answer = client.get(url, {"on": YEAR_END})
    assert people(answer) == ["Nep0 Spreiding", "Nep1 Spreiding"]
    page = words_of(answer)
    assert "2 inwoners, op peildatum 31 december 2024." in page
    # Three more are Carla's: the figure is five, and nothing here says so.
    assert "5" not in page.split("op peildatum 31 december 2024.")[1].split("Hoeveel anderen")[0]


def test_carla_of_another_team_sees_her_own(town, sign_in):
    jobs_in(town, 2, 3)
    answer = sign_in(town.carla).get(of("participation_jobs"))
    assert len(people(answer)) == 3


def test_a_team_lead_sees_the_people_of_the_team(town, sign_in):
    jobs_in(town, 2, 3)
    answer = sign_in(town.lea).get(of("participation_jobs"))
    assert people(answer) == ["Nep0 Spreiding", "Nep1 Spreiding"]
    assert "Anna Testema" in words_of(answer)


def test_groups_of_growth_and_who_was_not_measured_each_have_a_list(town, sign_in):
    talk(town.anna, town.roos_file, date(2024, 2, 1), ON_RUNG_2)
    talk(town.anna, town.roos_file, date(2024, 11, 1), ON_RUNG_4)
    client = sign_in(town.anna)
    assert people(client.get(of("participation_growth"))) == ["Roos Nepstra"]
    assert people(client.get(of("participation_growth", part="decline"))) == []
    missing = client.get(of("participation_growth", part="not_measured"))
    assert people(missing) == ["Sam Nepstra"]
    assert "Niet gemeten" in words_of(missing)


def test_who_opens_a_file_from_here_is_noted_and_who_looks_at_the_list_is_not(town, sign_in):
    jobs_in(town, 2, 0)
    client = sign_in(town.anna)
    answer = client.get(of("participation_jobs"))
    readings = Reading.objects.visible_to(town.priya)
    assert not readings.exists()
    client.get(links_of(answer)["Nep0 Spreiding"])
    assert readings.count() == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"on": "31-31-2024"}, "Voer een geldige datum in."),
        ({"on": "1990-01-01"}, "Op deze dag bestond dit cijfer nog niet"),
        ({"on": "2999-01-01"}, "Deze dag is nog niet geweest."),
        ({"part": "nonsense"}, "Selecteer een geldige keuze."),
        ({"whose": "everybody"}, "Selecteer een geldige keuze."),
    ],
)
def test_what_cannot_be_asked_says_why_and_shows_nobody(town, sign_in, asked, said):
    answer = sign_in(town.anna).get(of("participation_growth", **asked))
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert people(answer) == []


def test_a_search_that_finds_nothing_says_what_to_do(town, sign_in):
    client = sign_in(town.anna)
    assert "Zoek met een ander woord." in words_of(client.get(reverse(LIST), {"zoek": "qqq"}))
    assert client.get(reverse(LIST), {"zoek": "q" * 101}).status_code == 422


@pytest.mark.parametrize("code", ["referral_pairs", "no_such_figure"])
def test_behind_some_figures_there_are_no_people(town, sign_in, code):
    assert sign_in(town.anna).get(of(code)).status_code == 404


@pytest.mark.parametrize("name", ["petra", "roos", "connie", "suus", "priya", "ab"])
def test_nobody_else_finds_these_pages(town, sign_in, name):
    client = sign_in(town.members[name])
    assert client.get(reverse(LIST)).status_code == 404
    assert client.get(of("participation_jobs")).status_code == 404


def test_a_coach_of_another_municipality_sees_none_of_them(town, sign_in):
    jobs_in(town, 2, 3)
    assert people(sign_in(town.vera).get(of("participation_jobs"))) == []


def test_nothing_can_be_sent_here(town, sign_in):
    client = sign_in(town.anna)
    assert client.post(reverse(LIST)).status_code == 405
    assert client.post(of("participation_jobs")).status_code == 405


def test_many_people_take_as_many_questions_as_few(town, sign_in):
    everybody = crowd(town, 40)
    take_part(town, everybody[:10])
    client = sign_in(town.anna)
    few = questions(client)
    take_part(town, everybody[10:])
    assert questions(client) == few


def questions(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(of("participation_jobs", on=clock.today())).status_code == 200
    return len(asked)
