"""Reading a worked example out of a definition."""

from collections.abc import Sequence

from meedoen.rules.indicators.columns import Columns, HistoryError
from meedoen.rules.indicators.language import Example, Version
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.tables import NO_DAY, Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.indicators.worked_tables import TableError, statements_of

HIGHEST_FIGURE = 10**9

TOO_EARLY = Text("op {day} geldt nog geen versie", "no version is valid yet on {day}")
FROM_DAY = Text("kies een datum vanaf {day}", "choose a date from {day} on")
OTHER_HEADLINE = Text(
    "dit getal is {value}, maar het deel {part} is {number}",
    "this number is {value}, but the part {part} is {number}",
)
MAKE_EQUAL = Text("maak die twee gelijk", "make those two equal")
HISTORY_WRONG = Text(
    "deze geschiedenis kan niet kloppen: {reason}", "this history cannot be right: {reason}"
)
LOOK_AT_IDS = Text("kijk naar de kolommen id en replaces", "look at the columns id and replaces")


def read_example(table: Table, versions: Sequence[Version]) -> Example:
    """Read a worked example, for a definition with these versions in order."""
    title = table.both_languages("title")
    on = table.day("on")
    known_at = table.moment("known_at")
    history = table.text("history")
    statements = _statements(table) if history else ()
    value = table.number("value", 0, HIGHEST_FIGURE)
    valid = [version for version in versions if version.valid_from <= on]
    if on != NO_DAY and versions and not valid:
        first = versions[0].valid_from.isoformat()
        table.wrong("on", TOO_EARLY.filled(day=on), FROM_DAY.filled(day=first))
    parts = _parts(table, valid[-1].count.parts, value) if valid else {}
    if valid:
        table.finish()
    return Example(title, on, known_at, history, statements, value, parts)


def _statements(table: Table) -> tuple[Statement, ...]:
    try:
        statements = statements_of(table.values["history"])
        Columns.from_statements(statements)
    except TableError as error:
        for each in error.mistakes:
            table.findings.add(
                table.at("history"), each.what, each.possible, _line(table, each.line)
            )
        return ()
    except HistoryError as error:
        table.wrong("history", HISTORY_WRONG.filled(reason=error), LOOK_AT_IDS)
        return ()
    return statements


def _line(table: Table, line: int) -> int | None:
    """Find the line of the file for a line of the table.

    The table starts on the line after its key, as the catalogue writes it.
    """
    start = table.findings.lines.get(table.at("history"))
    return None if start is None else start + line


def _parts(table: Table, names: Sequence[str], value: int) -> dict[str, int]:
    """Read a number for every part that the word has; the first is the headline."""
    inner = table.table("parts") if names else None
    if inner is None:
        return {}
    parts = {name: inner.number(name, 0, HIGHEST_FIGURE) for name in names}
    inner.finish()
    if parts[names[0]] != value:
        what = OTHER_HEADLINE.filled(value=value, part=names[0], number=parts[names[0]])
        table.wrong("value", what, MAKE_EQUAL)
    return parts
