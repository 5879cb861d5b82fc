"""The entry in the register of algorithms says what the rules do, and the standard takes it."""

import json
from datetime import date
from importlib.resources import files

import pytest

from meedoen.rules.matching.rule_set import shipped_rule_sets
from meedoen.rules.matching.suits import FIRM_RULES, HardRule
from meedoen.rules.matching_register.entry import Publisher, register_entry
from meedoen.rules.matching_register.standard import FIELDS, REQUIRED, Problem, problems_of
from meedoen.rules.matching_register.texts import shipped_texts

ZWOLLE = Publisher("GM0193", "Zwolle", "algoritmes@zwolle.example")
SINCE = date(2026, 1, 1)
RULE_SETS = shipped_rule_sets()


def entry_of(rule_set=RULE_SETS[-1], publisher=ZWOLLE, *, is_on=True, since=SINCE):
    return register_entry(shipped_texts(), rule_set, publisher, is_on=is_on, since=since)


def municipalities():
    folder = files("meedoen").joinpath("catalogue", "municipalities")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir())


@pytest.mark.parametrize("rule_set", RULE_SETS, ids=lambda one: one.version)
@pytest.mark.parametrize("code", municipalities())
def test_the_shipped_entry_keeps_to_the_standard_with_every_rule_set(code, rule_set):
    entry = entry_of(rule_set, Publisher(code, "Zwolle", "algoritmes@zwolle.example"))
    assert problems_of(entry) == ()
    assert set(REQUIRED) <= set(entry) <= FIELDS
    assert json.loads(json.dumps(entry)) == entry


def test_every_fact_rule_weight_and_version_is_in_the_entry():
    entry, texts = entry_of(), shipped_texts()
    for variable in texts.variables:
        assert f"<li>{variable.name.nl}</li>" in entry["source_data"]
    for rule in HardRule:
        assert texts.rules[rule].text in entry["methods_and_models"]
    for one in RULE_SETS[-1].criteria:
        assert f"<li>{one.weight}: {one.description}</li>" in entry["methods_and_models"]
    assert f"versie {RULE_SETS[-1].version}" in entry["methods_and_models"]
    assert entry["methods_and_models"].count("Dit staat vast.") == len(FIRM_RULES)


def test_how_long_somebody_waits_is_said_where_more_people_want_one_place():
    entry = entry_of()
    assert "sinds welke dag de inwoner wacht" in entry["source_data"]
    assert "alle inwoners van een team die op een plek wachten" in entry["methods_and_models"]
    assert "niet op volgorde gezet" not in entry["methods_and_models"]


def test_no_count_is_promised_that_nobody_shows():
    said = json.dumps(entry_of(), ensure_ascii=False)
    assert "De gemeente ziet hoe vaak plekken" not in said


def test_a_weight_that_changes_changes_the_entry():
    methods = {entry_of(rule_set)["methods_and_models"] for rule_set in RULE_SETS}
    assert len(methods) == len(RULE_SETS)


def test_what_may_play_no_part_is_said_to_play_none():
    said = entry_of()["source_data"].split("Niet gebruikt:")[1]
    for word in ("nationaliteit", "geboorteland", "geslacht", "leeftijd", "geloof", "gezondheid"):
        assert word in said


def test_where_matching_is_off_it_is_out_of_use_since_that_month():
    entry = entry_of(is_on=False, since=date(2026, 5, 20))
    assert (entry["status"], entry["end_date"]) == ("Buiten gebruik", "2026-05")
    assert "begin_date" not in entry
    assert problems_of(entry) == ()


def test_since_when_it_is_used_is_left_out_when_nobody_knows():
    entry = entry_of(since=None)
    assert not {"begin_date", "end_date"} & set(entry)
    assert problems_of(entry) == ()


def test_without_a_contact_the_entry_is_not_ready():
    entry = entry_of(publisher=Publisher("GM0193", "Zwolle", ""))
    assert problems_of(entry) == (Problem("contact_email", "contact_email: this is missing."),)


def test_addresses_are_in_the_entry_when_there_are_any():
    publisher = Publisher(
        "GM0193", "Zwolle", "a@b.nl", "https://x.example/1", "https://x.example/2"
    )
    entry = entry_of(publisher=publisher)
    assert (entry["website"], entry["url"]) == ("https://x.example/1", "https://x.example/2")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "x" * 101, "name: this has 101 signs; the standard allows 100."),
        ("description_short", "", "description_short: this is empty"),
        ("goal", "x" * 2501, "goal: this has 2501 signs"),
        ("methods_and_models", "x" * 5001, "the standard allows 5000."),
        ("status", "Bijna", "status: this is 'Bijna'; use In ontwikkeling, In gebruik"),
        ("publication_category", "Geheim", "use Hoog-risico AI-systeem, Impactvolle algoritmes"),
        ("lang", "nl", "lang: this is 'nl'; use nld."),
        ("begin_date", "2026-13", "write a year and a month, such as 2026-01."),
        ("begin_date", "januari", "write a year and a month"),
        ("contact_email", "bel maar", "give an e-mail address"),
        ("website", "http://x.example", "website: this is 'http://x.example'; begin with https://"),
        ("category", ["Werk"] * 4, "category: give a list of at most 3."),
        ("category", ["Vrije tijd"], "there is no category 'Vrije tijd'; use Organisatie"),
        ("category", "Werk", "category: give a list of at most 3."),
        ("lawful_basis_grouping", "Participatiewet", "give a list of a title and a link each."),
        (
            "lawful_basis_grouping",
            [{"title": "x" * 101, "link": "https://x.example"}],
            "1: give a ",
        ),
        ("lawful_basis_grouping", [{"title": "Awb"}], "1: give a link that begins with https://"),
        ("impacttoetsen_grouping", [{"title": "DPIA", "link": "ergens"}], "1: give a link"),
        ("colour", "blue", "colour: the standard does not know this field."),
    ],
)
def test_each_field_outside_its_limits_gets_its_sentence(field, value, says):
    [problem] = problems_of(entry_of() | {field: value})
    assert problem.field == field
    assert says in problem.sentence


def test_an_assessment_may_stand_without_a_link():
    assert problems_of(entry_of() | {"impacttoetsen_grouping": [{"title": "DPIA"}]}) == ()


def test_all_problems_come_at_once():
    entry = {"name": "x" * 101, "lang": "nl", "colour": "blue"}
    assert len(problems_of(entry)) == len(REQUIRED) - 2 + 3


def test_what_has_no_weight_is_not_said_to_count():
    [one] = [one for one in RULE_SETS if any(not each.weight for each in one.criteria)]
    assert "<li>0:" not in entry_of(one)["methods_and_models"]
