"""Reading a worked example out of a definition."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from meedoen.rules.indicators.columns import Columns, HistoryError
from meedoen.rules.indicators.language import (
    Example,
    ReferralWord,
    Tables,
    Version,
    Word,
    headline_part,
)
from meedoen.rules.indicators.mistakes import one_of
from meedoen.rules.indicators.place_statements import (
    ConfirmationStatement,
    PlaceStatement,
    SeatStatement,
)
from meedoen.rules.indicators.place_tables import (
    PLACE_ROWS,
    PLACE_TABLES,
    PlaceTables,
    confirmations_of,
    districts_of,
    places_in,
    places_of,
    seats_of,
)
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.referral_tables import (
    directory_of,
    organisation_rows,
    organisations_in,
    step_rows,
    steps_of,
)
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.table_rows import Row, TableError
from meedoen.rules.indicators.tables import NO_DAY, Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.indicators.worked_tables import statements_of

HIGHEST_FIGURE = 10**9

TOO_EARLY = Text("op {day} geldt nog geen versie", "no version is valid yet on {day}")
NO_SUCH_VERSION = Text(
    "er is geen versie die geldt vanaf {day}", "there is no version that is valid from {day}"
)
FROM_DAY = Text("kies een datum vanaf {day}", "choose a date from {day} on")
OTHER_HEADLINE = Text(
    "dit getal is {value}, maar het deel {part} is {number}",
    "this number is {value}, but the part {part} is {number}",
)
MAKE_EQUAL = Text("maak die twee gelijk", "make those two equal")
HISTORY_WRONG = Text(
    "deze geschiedenis kan niet kloppen: {reason}", "this history cannot be right: {reason}"
)
OWN_IDS = Text("geef elke stap een eigen id", "give every step an id of its own")
LOOK_AT_IDS = Text("kijk naar de kolommen id en replaces", "look at the columns id and replaces")


def read_example(table: Table, versions: Sequence[Version]) -> Example:
    """Read a worked example, for a definition with these versions in order."""
    title = table.both_languages("title")
    on = table.day("on")
    known_at = table.moment("known_at")
    value = table.number("value", 0, HIGHEST_FIGURE)
    its_own = table.day("version") if table.has("version") else None
    if its_own is not None and its_own not in {one.valid_from for one in versions}:
        days = [one.valid_from.isoformat() for one in versions if one.valid_from <= on]
        if versions and its_own != NO_DAY:
            table.wrong("version", NO_SUCH_VERSION.filled(day=its_own), one_of(days))
        its_own = None
    counted_on = min(on, its_own or on)
    valid = [version for version in versions if version.valid_from <= counted_on]
    if on != NO_DAY and versions and not valid:
        first = versions[0].valid_from.isoformat()
        table.wrong("on", TOO_EARLY.filled(day=on), FROM_DAY.filled(day=first))
    word = valid[-1].count if valid else None
    tables = _tables(table, word)
    parts = _parts(table, word, value) if word else {}
    if word:
        table.finish()
    return Example(title, on, known_at, tables, value, parts, its_own)


def _tables(table: Table, word: Word | None) -> Tables:
    """Read the tables in which this word counts; without a word, those that are there."""
    if isinstance(word, ReferralWord) or (word is None and table.has("referrals")):
        referrals = table.text("referrals")
        organisations = table.text("organisations") if table.has("organisations") else ""
        steps, directory = _referrals(table, referrals, organisations)
        return Tables(
            referrals=referrals, steps=steps, organisations=organisations, directory=directory
        )
    if isinstance(word, PlaceWord) or (word is None and table.has("places")):
        return Tables(places=_places(table))
    history = table.text("history")
    return Tables(history=history, statements=_statements(table) if history else ())


def _statements(table: Table) -> tuple[Statement, ...]:
    statements: tuple[Statement, ...] = ()
    with _noting(table, "history"):
        read = statements_of(table.values["history"])
        Columns.from_statements(read)
        statements += read
    return statements


Read = tuple[tuple[ReferralStatement, ...], tuple[DirectoryStatement, ...]]


def _referrals(table: Table, referrals: str, organisations: str) -> Read:
    """Read both tables about referrals; empty where something in them is wrong."""
    steps: tuple[ReferralStatement, ...] = ()
    directory: tuple[DirectoryStatement, ...] = ()
    if not referrals:
        return steps, directory
    taking_part: list[Row] = []
    parties: dict[str, int] = {}
    # The tables as they stand in the file: `text` takes off the first line break.
    with _noting(table, "organisations"):
        taking_part = organisation_rows(table.values["organisations"] if organisations else "")
    with _noting(table, "referrals"):
        rows = step_rows(table.values["referrals"])
        parties = organisations_in(rows, taking_part)
        read = steps_of(rows, parties)
        Referrals.from_statements(read)
        steps += read
    with _noting(table, "organisations"):
        directory = directory_of(taking_part, parties) if parties else ()
    return steps, directory


def _places(table: Table) -> PlaceTables:
    """Read the tables about places; what is wrong in one of them leaves that one empty."""
    needed, *others = PLACE_TABLES
    written = {needed: table.text(needed)}
    written |= {key: table.text(key) for key in others if table.has(key)}
    rows: dict[str, list[Row]] = {key: [] for key in PLACE_TABLES}
    for key, text in written.items():
        if text:
            with _noting(table, key):
                # As it stands in the file: `text` takes off the first line break.
                rows[key] = PLACE_ROWS[key](table.values[key])
    numbers = places_in(rows["places"], rows["taken"], rows["confirmed"])
    statements: tuple[PlaceStatement, ...] = ()
    seats: tuple[SeatStatement, ...] = ()
    confirmations: tuple[ConfirmationStatement, ...] = ()
    districts: tuple[int, ...] = ()
    with _noting(table, "places"):
        statements += places_of(rows["places"], numbers)
    with _noting(table, "taken"):
        seats += seats_of(rows["taken"], numbers)
    with _noting(table, "confirmed"):
        confirmations += confirmations_of(rows["confirmed"], numbers)
    with _noting(table, "districts"):
        districts += districts_of(rows["districts"])
    return PlaceTables(written, statements, seats, confirmations, districts)


@contextmanager
def _noting(table: Table, key: str) -> Iterator[None]:
    """Note what is wrong in the worked table under a key, and go on after it."""
    try:
        yield
    except TableError as error:
        for each in error.mistakes:
            table.findings.add(
                table.at(key), each.what, each.possible, _line(table, key, each.line)
            )
    except HistoryError as error:
        possible = LOOK_AT_IDS if key == "history" else OWN_IDS
        table.wrong(key, HISTORY_WRONG.filled(reason=error), possible)


def _line(table: Table, key: str, line: int) -> int | None:
    """Find the line of the file for a line of the table.

    The table starts on the line after its key, as the catalogue writes it.
    """
    start = table.findings.lines.get(table.at(key))
    return None if start is None else start + line


def _parts(table: Table, word: Word, value: int) -> dict[str, int]:
    """Read a number for every part that the word has."""
    inner = table.table("parts") if word.parts else None
    if inner is None:
        return {}
    parts = {name: inner.number(name, 0, HIGHEST_FIGURE) for name in word.parts}
    inner.finish()
    headline = headline_part(word)
    if headline is not None and parts[headline] != value:
        what = OTHER_HEADLINE.filled(value=value, part=headline, number=parts[headline])
        table.wrong("value", what, MAKE_EQUAL)
    return parts
