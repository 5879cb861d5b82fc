"""Every file of the catalogue: its worked examples are true, its texts are there."""

from datetime import date
from importlib import resources
from typing import get_args

import pytest

from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import ReferralWord, Word
from meedoen.rules.indicators.own_checks import counts_any
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.reader import read_catalogue
from tests.rules.indicators.place_reference import reference_of_places
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
NEVER_COUNTED = [definition for definition in CATALOGUE if not definition.examples]


def that_count(words):
    """Return the definitions that count by one of these words."""
    found = [one for one in CATALOGUE if isinstance(one.versions[-1].count, words)]
    return [pytest.param(one, id=one.code) for one in found]


def test_every_word_of_the_language_is_used():
    used = {type(version.count) for each in CATALOGUE for version in each.versions}
    assert used == set(get_args(Word))


def test_what_is_a_part_of_another_is_known():
    assert CATALOGUE.relations == {
        "participation_jobs": ("taking_part",),
        "volunteers": ("taking_part",),
        "neighbourhood_activities": ("taking_part",),
        "day_activities": ("taking_part",),
        "sheltered_wsw": ("taking_part",),
        "sheltered_new": ("taking_part",),
        "participation_jobs_self_found": ("participation_jobs",),
        "moved_on_from_participation_jobs": ("participation_jobs_ended",),
        "participation_jobs_to_work": ("moved_on_from_participation_jobs",),
        "participation_growth_on_benefit": ("participation_growth",),
        "growth_within_rung": ("growth_by_steps",),
        "not_measured_this_year": ("people_on_benefit",),
        "out_of_sight": ("people_on_benefit",),
        "referral_pairs_between_partners": ("referral_pairs",),
    }


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_a_worked_example_gives_the_figure_it_says(definition, example):
    result = run_example(definition, example)
    assert (result.value, dict(result.parts)) == (example.value, dict(example.parts))


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_the_reference_gives_the_figure_of_a_worked_example(definition, example):
    tables, on, known_at = example.tables, example.on, example.known_at
    word = definition.version_on(on).count
    if isinstance(word, ReferralWord):
        found = reference_of_referrals(word, tables.steps, tables.directory, on, known_at)
    elif isinstance(word, PlaceWord):
        places = tables.places
        said = (places.statements, places.seats, places.confirmations, places.districts)
        found = reference_of_places(word, *said, on, known_at)
    else:
        found = reference_figure(definition, list(tables.statements), on, known_at)
    assert found == (example.value, dict(example.parts))


@pytest.mark.parametrize("definition", that_count(PeopleWord))
def test_a_worked_example_shows_a_correction_a_late_entry_and_somebody_who_does_not_count(
    definition,
):
    statements = [each for example in definition.examples for each in example.tables.statements]
    late = [
        statement
        for example in definition.examples
        for statement in example.tables.statements
        if example.known_at and statement.recorded_at > example.known_at
    ]
    assert any(statement.replaces for statement in statements)
    assert late
    # Of a share or a median: how many it is a share or a median of.
    word, example = definition.versions[-1].count, definition.examples[0]
    counted = example.value if word.form is Form.COUNT else example.parts[word.parts[-1]]
    assert counted < len({statement.person for statement in example.tables.statements})


@pytest.mark.parametrize("definition", that_count(PlaceWord))
def test_a_worked_example_of_places_shows_a_correction_and_something_recorded_too_late(definition):
    for example in definition.examples:
        places = example.tables.places
        said = [(one.place, one.starts_on) for one in places.statements]
        stood = [(one.place, one.on) for one in places.confirmations]
        corrected = [one for one in places.seats if one.replaced_at]
        assert corrected or len(set(said)) < len(said) or len(set(stood)) < len(stood)
        recorded = (*places.statements, *places.seats, *places.confirmations)
        assert [one for one in recorded if one.recorded_at > example.known_at]


@pytest.mark.parametrize("definition", that_count(ReferralWord))
def test_a_worked_example_of_referrals_shows_a_late_step(definition):
    for example in definition.examples:
        assert [step for step in example.tables.steps if step.recorded_at > example.known_at]


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_a_worked_example_says_of_every_line_why_it_counts_or_not(definition, example):
    tables = example.tables
    written = [tables.history, tables.referrals, *tables.places.written.values()]
    noted = [table for table in written if "note" in table.split("\n")[0]]
    assert noted
    for table in noted:
        assert all(line.split("|")[-1].strip() for line in table.splitlines())


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_can_be_explained_without_giving_the_number_away(
    definition, example, language
):
    is_said_well(explain(definition, run_example(definition, example), language))


@pytest.mark.parametrize("definition", NEVER_COUNTED, ids=lambda each: each.code)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_figure_that_is_printed_can_be_explained_too(definition, language):
    on = date(2026, 12, 31)
    version = definition.version_on(on).valid_from
    printed = FigureResult(definition.code, version, on, None, 0, {}, measured=False)
    is_said_well(explain(definition, printed, language))


def is_said_well(sentences):
    assert len(sentences) == len(set(sentences))
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_every_version_is_tried_out_by_an_example_in_which_something_counts():
    for definition in CATALOGUE:
        for version in definition.versions:
            if definition not in NEVER_COUNTED:
                tried = [
                    one for one in definition.examples if definition.version_of(one) == version
                ]
                assert any(map(counts_any, tried)), (definition.code, version.valid_from)
