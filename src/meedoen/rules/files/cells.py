"""What stands in a cell: as text to read, as text to compare by, or no value at all."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_FORMULA = re.compile(r"=|[+\-@]\s*[A-Za-z(]")
_CELL_ERROR = re.compile(
    r"#(N/A|N/B|REF!|VERW!|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|#+)"
)


def clean(text: str) -> str:
    """Return a text trimmed, with single spaces, in one form of Unicode."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def plain(text: str) -> str:
    """Return letters and digits only, small and without accents, to compare names by."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def is_formula(text: str) -> bool:
    """Return whether this is a formula, or would be one when a workbook opened it."""
    return bool(_FORMULA.match(text))


def is_error(text: str) -> bool:
    """Return whether a workbook says here that it could not work something out."""
    return bool(_CELL_ERROR.match(text))
