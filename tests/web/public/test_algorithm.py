"""How Meedoen suggests places, for everyone, and the entry in the register of algorithms."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.organisations.matching_queries import matching_setting
from meedoen.rules.matching.published import PUBLISHED_FIELDS
from meedoen.rules.matching.rule_set import NoRuleSetError
from meedoen.rules.matching_register.standard import problems_of
from meedoen.rules.matching_register.texts import shipped_texts
from meedoen.web.shared import algorithm
from tests.town import CODE, OTHER_CODE

pytestmark = pytest.mark.django_db
PAGE = f"/algoritme/{CODE}/"
ENTRY = f"{PAGE}algoritmeregister.json"
CONTACT = "algoritmes@testveld.example"


def ready(town, **changed):
    given = {"is_on": True, "contact": CONTACT, "objection": "", "reason": "Begin."}
    given["seen"] = matching_setting(town.ab).setting_id
    set_matching(town.ab, **(given | changed))


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def anyone():
    return Client()


def test_anyone_chooses_a_municipality_and_reads_how_places_are_suggested(town, anyone):
    assert f'href="{PAGE}"' in text_of(anyone.get("/algoritme/"))
    shown = text_of(anyone.get(PAGE))
    assert "Hoe plekken worden voorgesteld in Testveld" in shown
    assert "uw nationaliteit" in shown
    assert "De gemeente heeft nog niet ingevuld wie vragen hierover beantwoordt." in shown


def test_every_published_fact_has_its_line_with_what_it_could_stand_for(town, anyone):
    answer = anyone.get(PAGE)
    lines = [*answer.context["of_people"], *answer.context["of_places"]]
    assert len(lines) == len(PUBLISHED_FIELDS)
    for line in lines:
        assert all((line.name, line.why, line.origin, line.used_for, line.stands_for))
        assert line.acceptable
    [language] = [line for line in lines if line.name == "niveau Nederlands"]
    assert "geboorteland" in language.stands_for
    assert "geboorteland" in text_of(answer)


def test_in_english_the_sheet_is_english_and_the_entry_says_it_is_dutch(town, anyone):
    anyone.cookies["django_language"] = "en"
    answer = anyone.get(PAGE)
    assert "level of Dutch" in [line.name for line in answer.context["of_people"]]
    assert '<p class="utrecht-paragraph utrecht-paragraph--lead" lang="nl">' in text_of(answer)


def test_without_somebody_to_ask_there_is_no_entry(town, anyone):
    assert anyone.get(ENTRY).status_code == 404
    assert anyone.get("/algoritme/algoritmeregister.json").json() == []


def test_the_entry_is_served_as_the_standard_wants_it(town, anyone):
    ready(town)
    answer = anyone.get(ENTRY)
    assert answer["Content-Type"] == "application/json"
    entry = answer.json()
    assert problems_of(entry) == ()
    assert (entry["organization"], entry["contact_email"]) == ("Gemeente Testveld", CONTACT)
    assert entry["status"] == "In gebruik"
    assert anyone.get("/algoritme/algoritmeregister.json").json() == [entry]
    assert "algoritmeregister.json" in text_of(anyone.get(PAGE))


def test_on_a_site_that_others_reach_the_entry_leads_to_the_page(town, anyone, settings):
    settings.SITE_URL = "https://meedoen.testveld.example"
    ready(town)
    entry = anyone.get(ENTRY).json()
    assert entry["website"] == f"https://meedoen.testveld.example{PAGE}"
    assert entry["url"] == f"https://meedoen.testveld.example{ENTRY}"
    assert problems_of(entry) == ()


def test_where_it_is_off_both_say_so(town, anyone):
    ready(town, is_on=False)
    assert anyone.get(ENTRY).json()["status"] == "Buiten gebruik"
    assert "Uit: alle plekken zijn te bekijken zonder volgorde, sinds" in text_of(anyone.get(PAGE))


def test_what_a_municipality_says_about_objecting_replaces_the_usual_words(town, anyone):
    assert shipped_texts().objection in text_of(anyone.get(PAGE))
    ready(town, objection="Schrijf naar de <commissie>.")
    shown = text_of(anyone.get(PAGE))
    assert "Schrijf naar de &lt;commissie&gt;." in shown
    assert shipped_texts().objection not in shown
    assert shipped_texts().objection in text_of(anyone.get(f"/algoritme/{OTHER_CODE}/"))


@pytest.mark.parametrize("code", ["GM0000", "x"])
def test_a_municipality_that_is_not_here_does_not_exist(town, anyone, code):
    assert anyone.get(f"/algoritme/{code}/").status_code == 404
    assert anyone.get(f"/algoritme/{code}/algoritmeregister.json").status_code == 404


def test_nothing_can_be_sent_to_these_pages(town, anyone):
    for address in ("/algoritme/", PAGE, ENTRY, "/algoritme/algoritmeregister.json"):
        assert anyone.post(address).status_code == 405


def test_the_command_prints_the_same_entry(town, anyone, capsys):
    ready(town)
    call_command("algorithm_register", municipality=CODE)
    assert json.loads(capsys.readouterr().out) == anyone.get(ENTRY).json()


def test_the_command_says_what_is_missing_and_whom_it_does_not_know(town):
    with pytest.raises(CommandError, match=r"not ready\. contact_email: this is missing\."):
        call_command("algorithm_register", municipality=CODE)
    with pytest.raises(CommandError, match="no municipality with the code GM0000"):
        call_command("algorithm_register", municipality="GM0000")


def test_without_a_rule_set_for_today_the_command_says_so(town, monkeypatch):
    monkeypatch.setattr(algorithm, "shipped_rule_sets", tuple)
    with pytest.raises(CommandError, match="No rule set for matching is in force"):
        call_command("algorithm_register", municipality=CODE)
    with pytest.raises(NoRuleSetError):
        algorithm.entry_of(matching_setting(town.anna))
