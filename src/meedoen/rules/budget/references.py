"""Finds the goals and programmes that a text points to."""

import re
from collections.abc import Iterable, Iterator

from meedoen.rules.budget.page import Reference, ReferenceKind

_CODE = r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?![0-9]|[.,][0-9])"
_AND = r"(?:\s*,\s*|\s*,?\s+en\s+)"
_GOALS = re.compile(rf"\bdoel(?:en|stelling(?:en)?)?\s+({_CODE}(?:{_AND}{_CODE})*)", re.IGNORECASE)
_PROGRAMME = r"[0-9]{1,2}(?![0-9]|[.,][0-9]|\s?%)"
_PROGRAMMES = re.compile(
    rf"\bprogramma['\u2019]?s?\s+({_PROGRAMME}(?:{_AND}{_PROGRAMME})*)", re.IGNORECASE
)
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def references_in(texts: Iterable[str], *, own_code: str) -> tuple[Reference, ...]:
    """Give each goal and programme pointed to once, in order of appearance.

    ``own_code`` is the goal the texts belong to; a text that names its own goal points nowhere.
    """
    found: dict[tuple[ReferenceKind, str], Reference] = {}
    for text in texts:
        for _, reference in sorted(_in_text(text), key=lambda place: place[0]):
            if (reference.kind, reference.code) != (ReferenceKind.GOAL, own_code):
                found.setdefault((reference.kind, reference.code), reference)
    return tuple(found.values())


def _in_text(text: str) -> Iterator[tuple[int, Reference]]:
    for kind, pattern in (
        (ReferenceKind.GOAL, _GOALS),
        (ReferenceKind.PROGRAMME, _PROGRAMMES),
    ):
        for match in pattern.finditer(text):
            words = " ".join(match[0].split())
            for number in _NUMBERS.finditer(match[1]):
                yield match.start(1) + number.start(), Reference(kind, number[0], words)
