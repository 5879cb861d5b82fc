"""Makes a row of indicators from a name and the values found beside it, or refuses it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from meedoen.rules.budget.page import Cell, CellKind, IndicatorRow, Refusal
from meedoen.rules.budget.units import NO_UNIT, has_two_units, unit_of
from meedoen.rules.budget.values import Meaning, Value
from meedoen.rules.budget.wording import THIN, listed

_RATE = re.compile(r"\bper\s[0-9]|%", re.IGNORECASE)
_THREE = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}(?:\s?%)?")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_FAR = 20
"""How many times the largest value beside it a number may be before a dot is in doubt."""

_GIVE_UNIT = "Vul de eenheid met de hand in, of zet haar achter de naam, zoals “(%)”."
BY_HAND = (
    "Vul de kolommen van deze rij met de hand in, of lever de tabel aan als HTML, "
    "waarin elke cel haar plaats heeft."
)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What came out of one table."""

    rows: tuple[IndicatorRow, ...] = ()
    refused: tuple[Refusal, ...] = ()


def lost_cells(
    name: str, values: Sequence[Value], labels: list[str], kind: CellKind | None, where: str
) -> ReadTable:
    """Show a row with fewer values than columns as ambiguous, and refuse it.

    ``kind`` is what all columns hold, None when they differ.
    """
    row = IndicatorRow(
        name,
        unit_of(name, values) or "",
        tuple(Cell(None, None, kind, value) for value in values),
        ambiguous=True,
        where=where,
    )
    shown = listed([value.shown for value in values]) or "geen enkele waarde"
    refusal = Refusal(
        where,
        f"Rij “{name}”: gevonden {shown}, terwijl er {len(labels)} kolommen zijn "
        f"({listed(labels)}).",
        "In deze rij zijn cellen weggevallen. Niet te zien is welke waarde bij welk jaar hoort.",
        BY_HAND,
    )
    return ReadTable((row,), (refusal,))


def refuse_without_unit(row: IndicatorRow, where: str) -> Refusal:
    """Say that the page gives no unit for a row whose values are certain."""
    shown = listed([cell.value.shown for cell in row.columns])
    return Refusal(where, f"Rij “{row.indicator}”: {shown}.", NO_UNIT, _GIVE_UNIT)


def noted(row: IndicatorRow) -> IndicatorRow:
    """Add what people should look at: dots that may be read in two ways.

    One or two digits after a dot are read as decimals. Three are thousands, which in a row of
    rates is checked against the values beside it: where those are far smaller the number is
    uncertain, and only the text stays. So is one with a space in it, beside far smaller ones.
    """
    signs = [*_thousands_among_rates(row), *_thousandths_of_a_count(row)]
    spaced = _spaced_beside_small(row)
    doubtful = {*signs, *spaced}
    cells = tuple(
        replace(cell, value=Value(cell.value.shown, Meaning.UNCERTAIN))
        if cell.value.shown in doubtful
        else cell
        for cell in row.columns
    )
    dots = [cell.value.shown for cell in cells if cell.value.has_decimal_dot]
    notes = []
    if dots:
        notes.append(f"De punt in {listed(dots)} is gelezen als decimaalteken.")
    if spaced:
        notes.append(f"{listed(spaced)} kan één getal zijn of twee getallen naast elkaar.")
    if signs:
        notes.append(f"{listed(signs)} kan een duizendtal zijn of een getal met decimalen.")
    if twice := [cell.value.shown for cell in cells if has_two_units(cell.value.shown)]:
        notes.append(f"In {listed(twice)} staan twee eenheden; de eerste is die van de rij.")
    return replace(row, columns=cells, note=" ".join(notes))


def _thousands_among_rates(row: IndicatorRow) -> list[str]:
    """Give the thousands of a row of rates that may be decimals.

    They are far above what stands beside them, or another dot in the row is a decimal sign.
    """
    if not _RATE.search(row.unit):
        return []
    dotted = any(cell.value.has_decimal_dot for cell in row.columns)
    plain = [
        abs(cell.value.number)
        for cell in row.columns
        if cell.value.number is not None and not _THREE.fullmatch(cell.value.shown)
    ]
    return [
        cell.value.shown
        for cell in row.columns
        if cell.value.number is not None
        and _THREE.fullmatch(cell.value.shown)
        and (dotted or not plain or abs(cell.value.number) > _FAR * max(plain))
    ]


def _thousandths_of_a_count(row: IndicatorRow) -> list[str]:
    """Give ``1,204`` in a row that counts, where it may be a thousand in English notation."""
    shown = (cell.value.shown for cell in row.columns if cell.value.number is not None)
    return [one for one in shown if row.unit == "aantal" and _ENGLISH.fullmatch(one)]


def _spaced_beside_small(row: IndicatorRow) -> list[str]:
    numbers = [(cell.value.shown, abs(cell.value.number or Decimal())) for cell in row.columns]
    plain = max((number for shown, number in numbers if THIN not in shown), default=Decimal())
    return [shown for shown, number in numbers if THIN in shown and number > _FAR * plain > 0]
