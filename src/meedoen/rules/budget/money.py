"""Tells tables of money from tables of indicators; this reader reads only the latter."""

import re
from collections.abc import Iterable, Sequence

_HEADING = re.compile(
    r"€|\beuro\b|\bbedragen\b|\bkosten\b|\bgekost\b|\blasten\b|\bbaten\b|\bv\s?/\s?n\b"
    r"|\breserves\b|\bkredieten\b|\bboekwaarde\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"€|.*\bx € ?1|(?:totale? )?(?:lasten|baten|saldo|storting|onttrekking)\b"
    r"|(?:algemene |bestemmings|egalisatie)?reserves?\b",
    re.IGNORECASE,
)
_AMOUNT_WITH_SIDE = re.compile(r"[0-9][0-9.,]*\s?[VN]|[VN]")

MONEY_REASON = "Dit lijkt een tabel met geld. Alleen tabellen met indicatoren worden gelezen."
MONEY_ADVICE = "Haal deze tabel uit het bestand; bedragen horen niet bij de indicatoren."


def is_about_money(
    *, headings: Iterable[str], names: Iterable[str], cells: Sequence[str] = ()
) -> bool:
    """Tell whether the headings above a table, the names of its rows or its cells are of money.

    ``V`` and ``N`` behind or beside amounts say that they are to the good or to the bad.
    """
    if any(map(_HEADING.search, headings)) or any(map(_NAME.match, names)):
        return True
    return any(map(_AMOUNT_WITH_SIDE.fullmatch, cells))
