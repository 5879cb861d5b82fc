"""Tells tables of money from tables of indicators; this reader reads only the latter."""

import re
from collections.abc import Iterable, Sequence

from meedoen.rules.budget.page import Refusal
from meedoen.rules.budget.wording import listed

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


_COUNTS = re.compile(r"(?:het )?(?:gemiddelde? )?(?:aantal|percentage|aandeel)\b|%", re.IGNORECASE)
_SHARE = re.compile(r"[0-9]\s?%")
_IN_MONEY = re.compile(
    r".*(?:[(\[](?:in\s|x\s)?(?:€|euro)[^)\]]*[)\]]|\bin\s(?:€|euro['\u2019]?s?))", re.IGNORECASE
)
_AMOUNT = "Deze rij geeft een bedrag; bedragen horen niet bij de indicatoren."
_UNSURE = "In deze tabel staan ook bedragen. Niet te zien is of deze rij telt of een bedrag geeft."
_LEAVE_OUT = "Laat deze rij weg."
_SAY_WHAT = "Zet in de naam wat er is geteld, zoals “Aantal …”, of vul deze rij met de hand in."
Named = tuple[str, Sequence[str]]
"""The name of a row and the texts of its cells."""


def heads_money(headings: Iterable[str]) -> bool:
    """Tell whether the headings above or of a table say that all of it is money."""
    return any(map(_HEADING.search, headings))


def is_money_row(row: Named) -> bool:
    """Tell whether a row is of money by its name or its cells.

    ``V`` and ``N`` behind or beside amounts say that they are to the good or to the bad.
    """
    name, cells = row
    return bool(_NAME.match(name)) or any(map(_AMOUNT_WITH_SIDE.fullmatch, cells))


def why_amount(name: str) -> tuple[str, str] | None:
    """Say of a row whose name ends in euros why it is not read, and what to do; else None."""
    if _IN_MONEY.fullmatch(name) and not _COUNTS.match(name):
        return _AMOUNT, _LEAVE_OUT
    return None


def counts_itself(row: Named) -> bool:
    """Tell whether a row says that it counts something or is a share, also among amounts."""
    name, cells = row
    return not is_money_row(row) and bool(_COUNTS.match(name) or any(map(_SHARE.search, cells)))


def refuse_among_money(row: Named, where: str) -> Refusal:
    """Refuse a row of money, or one among those of which nobody can tell what it is."""
    name, cells = row
    what = f"Rij “{name}”: {listed([cell for cell in cells if cell])}."
    if is_money_row(row):
        return Refusal(where, what, _AMOUNT, _LEAVE_OUT)
    return Refusal(where, what, _UNSURE, _SAY_WHAT)
