"""Keys that several words of the language have, and how each is read."""

from collections.abc import Sequence

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.language import MOST_MONTHS
from meedoen.rules.indicators.people_words import Filters
from meedoen.rules.indicators.table_rows import HIGHEST_ID
from meedoen.rules.indicators.tables import Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind

USUAL_MONTHS = 12

NO_OUTCOME = Text(
    '"{value}" komt niet voor bij wat u telt', '"{value}" does not occur with what you count'
)
ONLY_PLACEMENT = Text("dit kan alleen bij een plaatsing", "this is only possible with a placement")


def read_months(table: Table, key: str = "months") -> int:
    """Read a number of months that may be left out: then it is a year."""
    return table.number(key, 1, MOST_MONTHS) if table.has(key) else USUAL_MONTHS


def read_filters(table: Table) -> Filters:
    """Read the filters; see `Filters` for what those on placements mean elsewhere."""
    return Filters(
        place_kinds=table.choices("place_kinds", PlaceKind),
        self_found=table.truth("self_found"),
        districts=table.numbers("districts", 1, HIGHEST_ID),
        organisations=table.numbers("organisations", 1, HIGHEST_ID),
        legal_tasks=table.choices("legal_tasks", LegalTask),
    )


def read_asked(table: Table) -> Filters:
    """Read the filters on what was asked: in which districts, and of which organisations."""
    return Filters(
        districts=table.numbers("districts", 1, HIGHEST_ID),
        organisations=table.numbers("organisations", 1, HIGHEST_ID),
    )


def read_kind(table: Table, possible: Sequence[EntryKind], otherwise: Text) -> EntryKind | None:
    """Read the kind of entry; None, with the mistake noted, when this word cannot count it."""
    before = len(table.findings.mistakes)
    kind = table.choice("kind", EntryKind)
    if len(table.findings.mistakes) > before:
        return None
    if kind not in possible:
        table.wrong("kind", otherwise.filled(value=kind), say.one_of(possible))
        return None
    return kind


def read_outcomes(table: Table, possible: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Read the outcomes that count; one that what is counted never has is noted as a mistake."""
    outcomes = table.choices("outcomes", Outcome)
    for outcome in outcomes:
        if outcome not in possible:
            table.wrong("outcomes", NO_OUTCOME.filled(value=outcome), say.one_of(possible))
    return outcomes


def refuse(table: Table, keys: Sequence[str], what: Text) -> None:
    """Note the keys that are there and cannot be."""
    for key in keys:
        if table.has(key):
            table.wrong(key, what, say.LEAVE_OUT)
