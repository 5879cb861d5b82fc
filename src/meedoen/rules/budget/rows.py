"""Makes a row of indicators from a name and the values found beside it, or refuses it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.rules.budget.columns import Column
from meedoen.rules.budget.page import Cell, IndicatorRow, Refusal
from meedoen.rules.budget.values import Meaning, Value
from meedoen.rules.budget.wording import listed

_PER = re.compile(r"\b(per\s[0-9.]+\s\w+\b.*)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:het )?aantal\b", re.IGNORECASE)
_SHARE = re.compile(r"%|percentage\b|aandeel\b.*%", re.IGNORECASE)
_YEAR_IN_TEXT = re.compile(r"\b(?:19|20)[0-9]{2}\b")

BY_HAND = (
    "Vul de kolommen van deze rij met de hand in, of lever de tabel aan als HTML, "
    "waarin elke cel haar plaats heeft."
)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What came out of one table."""

    rows: tuple[IndicatorRow, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_row(
    name: str, values: Sequence[Value], columns: Sequence[Column], where: str
) -> ReadTable:
    """Read one row; the values stand in the order of the page.

    A row that lost cells comes back as ambiguous and as a refusal. A row with a value that
    cannot be placed with certainty, or without a certain unit, comes back as a refusal only.
    """
    if len(values) != len(columns):
        return _lost_cells(name, values, columns, where)
    doubt = _doubt(values, columns) or ("" if unit_of(name, values) else _NO_UNIT)
    if doubt:
        what = f"Rij “{name}”: {listed([value.shown for value in values])}."
        return ReadTable(refused=(Refusal(where, what, doubt, BY_HAND),))
    cells = tuple(
        Cell(column.label, column.year, column.kind, value)
        for column, value in zip(columns, values, strict=True)
    )
    return ReadTable((IndicatorRow(name, unit_of(name, values) or "", cells),))


def unit_of(name: str, values: Sequence[Value]) -> str | None:
    """Give the unit that name and values show, or None when the page does not show one.

    A rate names its unit ("per 10.000 inwoners"), a share has percent signs or is called so,
    and a row of whole numbers counts.
    """
    meanings = {value.meaning for value in values if value.number is not None}
    if found := _PER.search(name):
        return found[1]
    if _SHARE.match(name):
        return "%"
    if Meaning.PERCENTAGE in meanings:
        return "%" if meanings <= {Meaning.PERCENTAGE, Meaning.BOUND} else None
    if _COUNTED.match(name):
        return "aantal"
    numbers = [value.number for value in values if value.number is not None]
    whole = bool(numbers) and all(number == number.to_integral_value() for number in numbers)
    return "aantal" if whole else None


_NO_UNIT = "De eenheid van deze waarden is uit de naam en de waarden niet op te maken."


def _doubt(values: Sequence[Value], columns: Sequence[Column]) -> str:
    for value, column in zip(values, columns, strict=True):
        if value.meaning in {Meaning.DATED, Meaning.UNCERTAIN, Meaning.AMOUNT}:
            return f"“{value.shown}” bij “{column.label}” is niet met zekerheid te lezen."
        if value.meaning is not Meaning.NUMBER and any(
            int(year) != column.year for year in _YEAR_IN_TEXT.findall(value.shown)
        ):
            return f"“{value.shown}” noemt een ander jaar dan de kolom “{column.label}”."
    return ""


def _lost_cells(
    name: str, values: Sequence[Value], columns: Sequence[Column], where: str
) -> ReadTable:
    kinds = {column.kind for column in columns}
    kind = kinds.pop() if len(kinds) == 1 else None
    row = IndicatorRow(
        name,
        unit_of(name, values) or "",
        tuple(Cell(None, None, kind, value) for value in values),
        ambiguous=True,
    )
    shown = listed([value.shown for value in values]) or "geen enkele waarde"
    labels = listed([column.label for column in columns])
    refusal = Refusal(
        where,
        f"Rij “{name}”: gevonden {shown}, terwijl er {len(columns)} kolommen zijn ({labels}).",
        "In deze rij zijn cellen weggevallen. Niet te zien is welke waarde bij welk jaar hoort.",
        BY_HAND,
    )
    return ReadTable((row,), (refusal,))
