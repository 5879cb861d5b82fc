"""Which things in the database a text in a file can mean."""

from collections.abc import Iterable, Mapping

from meedoen.rules.files.cells import plain

Numbers = Mapping[str, frozenset[int]]
"""Numbers in the database, by the plain text with which a file can mean them."""


def district_texts(code: str, name: str) -> Iterable[str]:
    """Give the texts with which a file can mean a district: WK001404, 001404, 1404, its name."""
    yield from (code, name)
    digits = code.removeprefix("WK")
    if digits.isdigit() and len(digits) < len(code):
        yield from {digits, digits.lstrip("0")}


def by_text(meanings: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Return the numbers by plain text; a text that can mean two things has both."""
    found: dict[str, frozenset[int]] = {}
    for text, number in meanings:
        key = plain(text)
        found[key] = found.get(key, frozenset()) | {number}
    found.pop("", None)
    return found
