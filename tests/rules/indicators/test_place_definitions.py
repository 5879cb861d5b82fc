"""Definitions that count places: read from their text, counted in their examples, explained."""

from datetime import UTC, date, datetime

import pytest

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import are_measured, evaluate, figure
from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import Breakdown
from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.place_columns import Places
from meedoen.rules.indicators.place_statements import PlaceStatement
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.vocabulary import LegalTask, PlaceKind
from tests.rules.indicators.histories import definition_of
from tests.rules.indicators.place_reference import reference_of_places

LONG_AGO = date(2015, 1, 1)
NO_HISTORY = Columns.from_statements([])
TEXT = '''
code = "garden"
measures = "stock"
level = "output"
reference_date = "month_end"
direction = "at_least"
breakdowns = {breakdowns}

[name]
nl = "Plekken"
en = "Places"

[question]
nl = "Hoeveel?"
en = "How many?"

[definition]
nl = "Plekken."
en = "Places."

[unit]
nl = "plekken"
en = "places"

[source]
document = "Begroting"

[source.promise]
nl = "Meer."
en = "More."

[[versions]]
valid_from = 2015-01-01

[versions.count]
{count}

[[examples]]
on = 2025-12-31
known_at = 2026-01-15T12:00:00Z
places = """
place | starts | recorded | kind | organisation | district | task | seats | full | opens | closes
tuin | 2025-01-06 | | volunteer_work | 1 | 1 | participation | 3 | | |
taal | 2025-01-06 | | language_point | 1 | 2 | integration | 5 | yes | |
oud | 2025-01-06 | | volunteer_work | 2 | 2 | | 2 | | | 2025-12-31
later | 2025-06-01 | | volunteer_work | 2 | 2 | | 2 | | 2026-01-01 |
laat | 2025-12-01 | 2026-01-20 | volunteer_work | 2 | 2 | | 2 | | |
"""
taken = """
place | starts     | ends       | recorded   | replaced   | note
tuin  | 2025-02-01 |            |            |            | telt
tuin  | 2025-02-01 | 2025-12-31 |            |            | ging weg op de peildatum
tuin  | 2025-02-01 |            |            | 2025-12-20 | bleek niet zo
"""
confirmed = """
place | on         | until      | recorded   | note
tuin  | 2025-10-01 | 2025-12-31 |            | de laatste dag telt mee
taal  | 2025-10-01 | 2025-12-30 |            | net te oud
"""
districts = """
district
1
2
3
"""
value = {value}
{parts}

[examples.title]
nl = "Eind van het jaar"
en = "End of the year"
'''


def text(count: str, value: int = 0, parts: str = "", breakdowns: str = "[]") -> str:
    parts = f"\n[examples.parts]\n{parts}" if parts else ""
    return TEXT.format(count=count, value=value, parts=parts, breakdowns=breakdowns)


@pytest.mark.parametrize(
    ("count", "value", "parts", "word"),
    [
        ('word = "places_listed"', 2, "", PlacesListed()),
        (
            'word = "places_listed"\nplace_kinds = ["volunteer_work"]',
            1,
            "",
            PlacesListed(PlaceFilters((PlaceKind.VOLUNTEER_WORK,))),
        ),
        (
            'word = "places_listed"\nfree = true\nconfirmed = true',
            1,
            "",
            PlacesListed(PlaceFilters(free=True, confirmed=True)),
        ),
        (
            'word = "places_listed"\nconfirmed = false',
            1,
            "",
            PlacesListed(PlaceFilters(confirmed=False)),
        ),
        ('word = "seats"\nof = "capacity"', 8, "", Seats()),
        ('word = "seats"\nof = "free"', 2, "", Seats(SeatsOf.FREE)),
        (
            'word = "seats"\nof = "free"\ndistricts = [2]\norganisations = [1]',
            0,
            "",
            Seats(SeatsOf.FREE, PlaceFilters(districts=(2,), organisations=(1,))),
        ),
        (
            'word = "share_places_confirmed"',
            50,
            "confirmed = 1\nlisted = 2",
            SharePlacesConfirmed(),
        ),
        (
            'word = "share_places_confirmed"\nlegal_tasks = ["participation"]',
            100,
            "confirmed = 1\nlisted = 1",
            SharePlacesConfirmed(PlaceFilters(legal_tasks=(LegalTask.PARTICIPATION,))),
        ),
        (
            'word = "districts_with_places"',
            2,
            "with_places = 2\ndistricts = 3",
            DistrictsWithPlaces(),
        ),
    ],
)
def test_a_definition_about_places_is_read_and_its_example_gives_the_figure(
    count, value, parts, word
):
    definition = read_definition("garden.toml", text(count, value, parts))
    assert definition.versions[0].count == word
    [example] = definition.examples
    result = run_example(definition, example)
    assert (result.value, dict(result.parts)) == (example.value, dict(example.parts))
    tables = example.tables.places
    expected = reference_of_places(
        word,
        tables.statements,
        tables.seats,
        tables.confirmations,
        tables.districts,
        example.on,
        example.known_at,
    )
    assert (expected.value, expected.parts) == (result.value, dict(result.parts))
    for language in ("nl", "en"):
        said = explain(definition, result, language)
        assert len(said) == len(set(said))
        assert all(one.endswith(".") and "{" not in one for one in said)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ('word = "seats"', "versions[1].count.of: dit ontbreekt; kies uit: capacity, free"),
        ('word = "share_places_confirmed"\nfree = true', "versions[1].count.free: dit woord"),
        ('word = "districts_with_places"\ndistricts = [1]', "versions[1].count.districts: dit"),
        ('word = "places_listed"\nmonths = 3', "versions[1].count.months: dit woord"),
    ],
)
def test_a_word_about_places_refuses_what_it_does_not_know(count, said):
    with pytest.raises(DefinitionError) as error:
        read_definition("garden.toml", text(count))
    assert said in str(error.value)


def test_what_is_wrong_in_a_table_about_places_comes_out_with_its_line():
    wrong = text('word = "places_listed"', 2)
    wrong = wrong.replace("volunteer_work | 1 | 1 ", "gardening | 1 | x ")
    wrong = wrong.replace("2025-10-01 | 2025-12-30", "2025-10-01 | soon      ")
    wrong = wrong.replace('3\n"""', 'drie\n"""')
    with pytest.raises(DefinitionError) as error:
        read_definition("garden.toml", wrong)
    lines = wrong.splitlines()
    found = {
        (one.what.nl, lines[(one.line or 0) - 1].split("|")[0].strip())
        for one in error.value.mistakes
    }
    assert found == {
        ("kind: gardening kan hier niet", "tuin"),
        ("district: x kan hier niet", "tuin"),
        ("until: soon kan hier niet", "taal"),
        ("district: drie kan hier niet", "drie"),
    }


def test_places_break_down_by_district_and_kind_but_districts_only_by_kind():
    both = 'word = "places_listed"'
    definition = read_definition(
        "garden.toml", text(both, 2, breakdowns='["district", "place_kind"]')
    )
    assert definition.breakdowns == (Breakdown.DISTRICT, Breakdown.PLACE_KIND)
    parts = "with_places = 2\ndistricts = 3"
    with pytest.raises(DefinitionError, match="district"):
        read_definition(
            "garden.toml", text('word = "districts_with_places"', 2, parts, '["district"]')
        )


def test_a_figure_about_places_is_measured_from_the_first_day_that_one_is_known():
    one = PlaceStatement(
        place=1,
        starts_on=date(2025, 3, 1),
        recorded_at=datetime(2025, 3, 1, 12, tzinfo=UTC),
        kind=PlaceKind.TRAINING,
        organisation=1,
        closes_on=date(2025, 6, 1),
    )
    sources = Sources(NO_HISTORY, None, Places.from_statements([one]))
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 12, 31)]
    for word, measured in (
        (PlacesListed(), [False, True, True]),
        (Seats(), [False, True, True]),
        # A share of no places is no figure.
        (SharePlacesConfirmed(), [False, True, False]),
    ):
        [version] = definition_of((LONG_AGO, word)).versions
        assert are_measured(version, sources.known_at(None), days) == measured


@pytest.mark.parametrize("word", [PlacesListed(), Seats(), SharePlacesConfirmed()])
def test_a_word_about_places_needs_them(word):
    definition = definition_of((LONG_AGO, word))
    with pytest.raises(ValueError, match="counts places: give those too"):
        figure(definition, Sources(NO_HISTORY), date(2025, 1, 1), None)


def test_places_are_counted_per_group_of_the_language():
    definition = read_definition("garden.toml", text('word = "seats"\nof = "capacity"', 8))
    [example] = definition.examples
    tables = example.tables.places
    places = Places.from_statements(
        tables.statements, tables.seats, tables.confirmations, tables.districts
    )
    known = Sources(NO_HISTORY, None, places).known_at(example.known_at)
    counts = evaluate(definition.versions[0], known, [example.on], "district")
    assert dict(zip(counts.groups or (), counts.values[0].tolist(), strict=True)) == {
        1: 3,
        2: 5,
        3: 0,
    }
