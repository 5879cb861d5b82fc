"""Little tables of history: what a cell means, and what is said about a wrong one."""

from datetime import UTC, date, datetime

import pytest

from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.table_rows import TableError
from meedoen.rules.indicators.worked_tables import statements_of
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

HEADER = "id | person | kind | starts"


def sentences(table):
    with pytest.raises(TableError) as caught:
        statements_of(table)
    return str(caught.value).splitlines()


def test_a_full_row_is_a_statement():
    table = """
    id | person | kind      | starts     | ends       | recorded             | state  | place | note
    4  | A      | placement | 2024-01-01 | 2024-02-01 | 2024-03-01           | active | trial | een
    5  | B      | attempt   | 2024-01-01 |            | 2024-03-01T08:30:00Z |        |       |
    """
    assert statements_of(table) == (
        Statement(
            id=4,
            person=1,
            kind=EntryKind.PLACEMENT,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 2, 1),
            recorded_at=datetime(2024, 3, 1, 12, tzinfo=UTC),
            state=PlacementState.ACTIVE,
            place_kind=PlaceKind.TRIAL,
        ),
        Statement(
            id=5,
            person=2,
            kind=EntryKind.ATTEMPT,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 1, 2),
            recorded_at=datetime(2024, 3, 1, 8, 30, tzinfo=UTC),
        ),
    )


def test_the_other_columns_are_read_too():
    table = """
id|person|kind       |starts    |replaces|withdrawn|self_found|rung|ladder|outcome|district
1 |A     |measurement|2024-01-01|        |         |          |4   |2008  |       |12
2 |A     |attempt    |2024-01-01|1       |yes      |yes       |    |      |reached|
"""
    first, second = statements_of(table)
    assert (first.rung, first.ladder_version, first.district) == (4, "2008", 12)
    assert (first.replaces, first.withdrawn, first.self_found) == (None, False, False)
    assert (second.replaces, second.withdrawn, second.self_found) == (1, True, True)
    assert second.outcome is Outcome.REACHED


def test_empty_cells_mean_an_open_stretch_recorded_at_noon_of_its_first_day():
    (statement,) = statements_of(f"{HEADER}\n1 | A | benefit | 2024-05-06")
    assert statement.ends_on is None
    assert statement.recorded_at == datetime(2024, 5, 6, 12, tzinfo=UTC)
    assert (statement.state, statement.place_kind, statement.rung) == ("", "", 0)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "regel 1: de tabel heeft geen kopregel; kies uit: id, person, kind"),
        (HEADER, "regel 1: de tabel heeft geen regels; zet onder de kop minstens één regel"),
        (
            f"{HEADER} | colour\n1 | A | benefit | 2024-01-01 | red",
            "regel 1: de kolom colour bestaat niet; kies uit: id",
        ),
        (
            "id | person | kind\n1 | A | benefit",
            "regel 1: de kolom starts ontbreekt; kies uit: id",
        ),
        (
            f"{HEADER} | kind\n1 | A | benefit | 2024-01-01 | benefit",
            "regel 1: de kolom kind staat er twee keer; kies uit: id",
        ),
        (
            f"{HEADER}\n\n1 | A | benefit",
            "regel 3: deze regel heeft 3 vakken en de kop heeft er 4; geef elke kolom een vak",
        ),
        (
            f"{HEADER}\none | A | benefit | 2024-01-01",
            "regel 2: id: one kan hier niet; een heel getal van 1 tot en met",
        ),
        (
            f"{HEADER}\n0 | A | benefit | 2024-01-01",
            "regel 2: id: 0 kan hier niet; een heel getal van 1 tot en met",
        ),
        (
            f"{HEADER}\n1 | | benefit | 2024-01-01",
            'regel 2: person: "" kan hier niet; een naam',
        ),
        (
            f"{HEADER}\n1 | A | benfit | 2024-01-01",
            "regel 2: kind: benfit kan hier niet; kies uit: benefit, attempt",
        ),
        (
            f"{HEADER}\n1 | A | benefit | 2024-02-30",
            "regel 2: starts: 2024-02-30 kan hier niet; een datum als 2026-12-31",
        ),
        (
            f"{HEADER}\n1 | A | benefit | ",
            'regel 2: starts: "" kan hier niet; een datum als 2026-12-31',
        ),
        (
            f"{HEADER} | recorded\n1 | A | benefit | 2024-01-01 | 2024-01-01T12:00:00",
            "regel 2: recorded: 2024-01-01T12:00:00 kan hier niet; een datum als 2026-12-31 of",
        ),
        (
            f"{HEADER} | withdrawn\n1 | A | benefit | 2024-01-01 | no",
            "regel 2: withdrawn: no kan hier niet; yes of een leeg vak",
        ),
        (
            f"{HEADER} | rung\n1 | A | measurement | 2024-01-01 | 7",
            "regel 2: rung: 7 kan hier niet; een heel getal van 1 tot en met 6",
        ),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_line(table, sentence):
    (found,) = sentences(table)
    assert found.startswith(sentence)


def test_all_mistakes_in_a_table_come_out_at_once():
    table = f"{HEADER} | rung\n1 | A | benfit | 2024-13-01 | 8\n2 | | benefit | 2024-01-01 |"
    assert [each.partition(" kan hier niet")[0] for each in sentences(table)] == [
        "regel 2: kind: benfit",
        "regel 2: starts: 2024-13-01",
        "regel 2: rung: 8",
        'regel 3: person: ""',
    ]
