"""Every file of the catalogue: its worked examples are true, its texts are there."""

from importlib import resources

import pytest

from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import PeopleByGrowth, PeopleInState, PeopleWithEvent
from meedoen.rules.indicators.reader import read_catalogue
from tests.rules.indicators.reference import reference_figure

FOLDER = resources.files("meedoen") / "catalogue" / "indicators"
CATALOGUE = read_catalogue(
    {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
)
EXAMPLES = [
    pytest.param(definition, example, id=f"{definition.code}-{number}")
    for definition in CATALOGUE
    for number, example in enumerate(definition.examples, start=1)
]


def test_the_first_nine_indicators_are_there():
    assert {
        "participation_jobs",
        "participation_jobs_self_found",
        "participation_jobs_in_process",
        "sheltered_wsw",
        "sheltered_new",
        "volunteers",
        "neighbourhood_activities",
        "participation_growth",
        "spoken_past_year",
    } <= set(CATALOGUE.definitions)


def test_every_word_of_the_language_is_used():
    used = {type(version.count) for each in CATALOGUE for version in each.versions}
    assert used == {PeopleInState, PeopleWithEvent, PeopleByGrowth}


def test_self_found_is_a_part_of_all_participation_jobs():
    assert CATALOGUE.relations == {"participation_jobs_self_found": "participation_jobs"}


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_a_worked_example_gives_the_figure_it_says(definition, example):
    result = run_example(definition, example)
    assert (result.value, dict(result.parts)) == (example.value, dict(example.parts))


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_the_reference_gives_the_figure_of_a_worked_example(definition, example):
    found = reference_figure(definition, list(example.statements), example.on, example.known_at)
    assert found == (example.value, dict(example.parts))


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
def test_a_worked_example_shows_a_correction_a_late_entry_and_somebody_who_does_not_count(
    definition,
):
    statements = [each for example in definition.examples for each in example.statements]
    people = {statement.person for statement in statements}
    late = [
        statement
        for example in definition.examples
        for statement in example.statements
        if example.known_at and statement.recorded_at > example.known_at
    ]
    assert any(statement.replaces for statement in statements)
    assert late
    assert definition.examples[0].value < len(people)


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_can_be_explained_without_giving_the_number_away(definition, language):
    sentences = explain(definition, run_example(definition, definition.examples[0]), language)
    assert len(sentences) == len(set(sentences))
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
