"""Tells tables of money from tables of indicators; this reader reads only the latter."""

import re
from collections.abc import Iterable

_HEADING = re.compile(
    r"€|\beuro\b|\bbedragen\b|\bkosten\b|\bgekost\b|\blasten\b|\bbaten\b", re.IGNORECASE
)
_NAME = re.compile(
    r"€|.*\bx € ?1|(?:totale? )?(?:lasten|baten|saldo|storting|onttrekking)\b", re.IGNORECASE
)

MONEY_REASON = "Dit lijkt een tabel met geld. Alleen tabellen met indicatoren worden gelezen."
MONEY_ADVICE = "Haal deze tabel uit het bestand; bedragen horen niet bij de indicatoren."


def is_about_money(*, headings: Iterable[str], names: Iterable[str]) -> bool:
    """Tell whether the headings above a table, or the names of its rows, speak of money."""
    return any(map(_HEADING.search, headings)) or any(map(_NAME.match, names))
