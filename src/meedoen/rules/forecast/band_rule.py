"""How wide a band is and how far back is looked: catalogue/forecast/band.toml, dated."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache

from meedoen.rules.dated_tables import Row, holding, read_series, shipped_text

LONGEST_TEXT, MOST_MONTHS, MOST_YEARS = 300, 120, 20
LEAST_INSIDE, MOST_INSIDE = Decimal("0.5"), Decimal("0.95")


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRule:
    """What holds for forecasts from a day on."""

    valid_from: date
    valid_to: date | None
    inside: Decimal
    """The part of the years in which the true figure falls inside the band."""
    least_months: int
    """How many months of history there must be; with less there is no forecast."""
    window_months: int
    """Over how many months beginning and stopping is looked at."""
    years: int
    """How many earlier years show how a year goes on, at most."""
    back_tests: int
    """On how many earlier years a forecast is tried out, at most."""
    source: str


def band_rule_on(on: date, rules: Sequence[BandRule] | None = None) -> BandRule:
    """Return the rule that holds on a day; before the first, the first."""
    return holding(rules or shipped_band_rules(), on)


@cache
def shipped_band_rules() -> tuple[BandRule, ...]:
    """Return the rules that come with Meedoen, oldest first. Raises DatedTableError."""
    return read_band_rules(shipped_text("forecast", "band.toml"), "band.toml")


def read_band_rules(text: str, file_name: str) -> tuple[BandRule, ...]:
    """Read the rules from TOML, oldest first.

    Raises DatedTableError with every mistake at once; when the rules themselves are right, with
    every gap and overlap in their dates.
    """
    return read_series(text, file_name, "bands", _rule)


def _rule(row: Row) -> BandRule:
    row.refuse_unknown(field.name for field in fields(BandRule))
    valid_from, valid_to = row.dates()
    inside = row.fraction("inside")
    if not LEAST_INSIDE <= inside <= MOST_INSIDE:
        row.wrong(f'inside is {inside}; write it from "{LEAST_INSIDE}" to "{MOST_INSIDE}"')
    return BandRule(
        valid_from=valid_from,
        valid_to=valid_to,
        inside=inside,
        least_months=row.number("least_months", MOST_MONTHS),
        window_months=row.number("window_months", MOST_MONTHS),
        years=row.number("years", MOST_YEARS),
        back_tests=row.number("back_tests", MOST_YEARS),
        source=row.text("source", LONGEST_TEXT),
    )
