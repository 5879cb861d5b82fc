"""Reads what stands above a table: words that make other figures of it than its headings tell.

Below "Streefwaarden" years that are over hold aims, below "Landelijke cijfers" nothing is of the
municipality, below "x 1.000" a 65 is 65.000, and below "per wijk" the rows are no indicators.
What the headings and rows say themselves goes first.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from meedoen.rules.budget.grid_columns import GridColumn
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.units import unit_of
from meedoen.rules.budget.values import read_value

_OF_OTHER_KIND = re.compile(
    r"\b(?:streef(?:waarden?|cijfers?)|doelwaarden?|normen|begrote|geraamde|ramingen|prognoses?"
    r"|verwachtingen)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:landelijke|provinciale|regionale)\s(?:cijfers|gegevens|gemiddelden?|waarden)\b"
    r"|\b(?:cijfers|gegevens)\s(?:van|over|voor)\s(?:heel\s)?nederland\b|\bheel nederland\b",
    re.IGNORECASE,
)
_SCALED = re.compile(
    r"\bx\s?(?:1[.\s]?000|1[.\s]?000[.\s]?000)\b|\bin (?:duizend(?:en|tallen)|miljoenen)\b",
    re.IGNORECASE,
)
_SHARES = re.compile(r"\b(?:procenten|percentages?)\b|\bin %|\(\s?%\s?\)", re.IGNORECASE)
_OF_PARTS = re.compile(
    r"\b(?:per|naar|over)\s(?:de\s)?(?:wijk(?:en)?|buurt(?:en)?|stadsdeel|stadsdelen|gebied(?:en)?"
    r"|kern(?:en)?|dorp(?:en)?|leeftijds?\w*|geslacht|doelgroep(?:en)?|herkomst|opleiding\w*)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:het )?aantal\b", re.IGNORECASE)
_ABOVE = "Boven de tabel staat “{}”"


@dataclass(frozen=True, slots=True)
class Figures:
    """A table below a caption: its columns, and of each row its name and the values printed."""

    columns: Sequence[GridColumn]
    rows: Sequence[tuple[str, Sequence[str]]]

    def has(self, role: Role) -> bool:
        """Tell whether a column has this role."""
        return any(one.role is role for one in self.columns)

    @property
    def values(self) -> list[GridColumn]:
        """Give the columns with values."""
        return [one for one in self.columns if one.role is Role.VALUE]


def _lacks_word(table: Figures) -> bool:
    return any(one.word is None and one.entity is None for one in table.values)


def _lacks_area(table: Figures) -> bool:
    return not (table.has(Role.AREA) or all(one.entity for one in table.values))


def _lacks_unit(table: Figures) -> bool:
    return not (table.has(Role.UNIT) or any(one.unit for one in table.columns))


def _counts_bare(table: Figures) -> bool:
    """Tell whether a row would count something, only because its numbers are whole."""
    return _lacks_unit(table) and any(
        unit_of(name, [read_value(text) for text in texts]) == "aantal" and not _COUNTED.match(name)
        for name, texts in table.rows
    )


def _lacks_names(table: Figures) -> bool:
    """Tell whether no heading says that the rows are indicators."""
    label = next((one.label for one in table.columns if one.role is Role.NAME), "")
    part = part_of(label) if label else None
    return not (part and part.role is Role.NAME and re.search("indicator|kengetal", label, re.I))


_DOUBTS: tuple[tuple[re.Pattern[str], Callable[[Figures], bool], str], ...] = (
    (_OF_OTHER_KIND, _lacks_word, f"{_ABOVE}, en boven de jaren staat geen woord."),
    (
        _OF_OTHERS,
        _lacks_area,
        f"{_ABOVE}. Niet zeker is of deze cijfers van de gemeente zijn.",
    ),
    (_SCALED, _lacks_unit, f"{_ABOVE}. Zet die eenheid in een kolom, of achter elke naam."),
    (_SHARES, _counts_bare, f"{_ABOVE}. Niet zeker is of elk getal een percentage is."),
    (_OF_PARTS, _lacks_names, f"{_ABOVE}: de rijen zijn delen, en geen indicatoren."),
)


def doubt_of_caption(above: Iterable[str], table: Figures) -> str:
    """Say why the words above a table leave doubt about its figures; empty where they do not."""
    texts = list(above)
    for words, leaves_doubt, why in _DOUBTS:
        for text in texts:
            if words.search(text) and leaves_doubt(table):
                return why.format(text)
    return ""
