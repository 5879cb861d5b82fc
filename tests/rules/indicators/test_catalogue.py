"""Every file of the catalogue: its worked examples are true, its texts are there."""

from importlib import resources
from typing import get_args

import pytest

from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import ReferralWord, Word
from meedoen.rules.indicators.reader import read_catalogue
from tests.rules.indicators.reference import reference_figure
from tests.rules.indicators.referral_reference import reference_of_referrals

FOLDER = resources.files("meedoen") / "catalogue" / "indicators"
CATALOGUE = read_catalogue(
    {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
)
EXAMPLES = [
    pytest.param(definition, example, id=f"{definition.code}-{number}")
    for definition in CATALOGUE
    for number, example in enumerate(definition.examples, start=1)
]


def test_every_word_of_the_language_is_used():
    used = {type(version.count) for each in CATALOGUE for version in each.versions}
    assert used == set(get_args(Word))


def test_what_is_a_part_of_another_is_known():
    assert CATALOGUE.relations == {
        "participation_jobs_self_found": "participation_jobs",
        "referral_pairs_between_partners": "referral_pairs",
    }


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_a_worked_example_gives_the_figure_it_says(definition, example):
    result = run_example(definition, example)
    assert (result.value, dict(result.parts)) == (example.value, dict(example.parts))


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_the_reference_gives_the_figure_of_a_worked_example(definition, example):
    tables, on, known_at = example.tables, example.on, example.known_at
    if isinstance(definition.version_on(on).count, ReferralWord):
        found = reference_of_referrals(
            definition.version_on(on).count, tables.steps, tables.directory, on, known_at
        )
    else:
        found = reference_figure(definition, list(tables.statements), on, known_at)
    assert found == (example.value, dict(example.parts))


def counts_people(definition):
    return not isinstance(definition.versions[-1].count, ReferralWord)


@pytest.mark.parametrize(
    "definition", [one for one in CATALOGUE if counts_people(one)], ids=lambda each: each.code
)
def test_a_worked_example_shows_a_correction_a_late_entry_and_somebody_who_does_not_count(
    definition,
):
    statements = [each for example in definition.examples for each in example.tables.statements]
    people = {statement.person for statement in statements}
    late = [
        statement
        for example in definition.examples
        for statement in example.tables.statements
        if example.known_at and statement.recorded_at > example.known_at
    ]
    assert any(statement.replaces for statement in statements)
    assert late
    assert definition.examples[0].value < len(people)


@pytest.mark.parametrize(
    "definition",
    [one for one in CATALOGUE if not counts_people(one)],
    ids=lambda each: each.code,
)
def test_a_worked_example_of_referrals_shows_a_late_step_and_says_why_each_line_counts(definition):
    for example in definition.examples:
        steps = example.tables.steps
        assert [step for step in steps if step.recorded_at > example.known_at]
        assert all(line.split("|")[-1].strip() for line in example.tables.referrals.splitlines())


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_can_be_explained_without_giving_the_number_away(definition, language):
    sentences = explain(definition, run_example(definition, definition.examples[0]), language)
    assert len(sentences) == len(set(sentences))
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
