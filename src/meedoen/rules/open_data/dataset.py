"""A published page as data: one observation for each cell, with the text that the page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.values import Meaning, read_value

COUNTED = "geteld"
"""What was counted; the other kinds are those of a budget page, as printed."""
NUMBERS = (Meaning.NUMBER, Meaning.PERCENTAGE)


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell of a published page.

    `shown` is the text on the page: a number, or a mark such as `<10`, `x` or `-`. `kind` says
    what it is, `column` how the page calls the column. `day` is the reference date of what was
    counted. `district`, `place_kind` and `organisation` are empty for all of those.
    """

    row: int
    code: str
    name: str
    unit: str
    kind: str
    column: str
    year: int | None
    day: date | None
    district: str
    place_kind: str
    organisation: str
    shown: str
    hidden: bool

    @property
    def value(self) -> Decimal | None:
        """The number, where there is exactly one; None for a mark and for words."""
        if self.day is not None:
            return Decimal(self.shown) if self.shown.isdecimal() else None
        read = read_value(self.shown)
        return read.number if read.meaning in NUMBERS else None

    @property
    def status(self) -> str:
        """Why there is no number: the mark or the words that stand there instead."""
        return "" if self.value is not None else self.shown

    @property
    def period(self) -> str:
        """The day or the year that it is about; empty when the page does not say."""
        if self.day is not None:
            return self.day.isoformat()
        return "" if self.year is None else str(self.year)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A published page with all its observations, in the order of the page.

    `number` is that of the publication. A `rounding` of 0 is not at all.
    """

    number: int
    goal: str
    title: str
    description: str
    municipality: str
    municipality_code: str
    published_at: datetime
    reference_date: date
    known_at: datetime
    threshold: int
    rounding: int
    observations: Sequence[Observation]


def legend(dataset: Dataset) -> dict[str, str]:
    """Explain the marks, as they stand under the table."""
    last = dataset.threshold - 1
    return {
        "-": "niet gemeten, of geen gegevens",
        f"<{dataset.threshold}": f"1 tot en met {last}: zo blijft niemand herkenbaar",
        "x": "niet getoond: anders is een klein aantal uit te rekenen",
    }


KINDS = {
    COUNTED: "Geteld met Meedoen",
    CellKind.REALISATIE.value: "Behaald, zoals de begroting het noemt",
    CellKind.BEGROTING.value: "Begroot, zoals de begroting het noemt",
    CellKind.STREEF.value: "Doel, zoals de begroting het noemt",
    "prognose laag": "Verwacht voor het eind van het jaar, ondergrens",
    "prognose": "Verwacht voor het eind van het jaar",
    "prognose hoog": "Verwacht voor het eind van het jaar, bovengrens",
    "": "Zoals de begroting het noemt",
}
"""What each kind is called."""
