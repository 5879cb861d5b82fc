"""Reads what stands above a table: words that make other figures of it than its headings tell.

Below "Streefwaarden" years that are over hold aims, and below "Landelijke cijfers" nothing is of
the municipality. What the headings say themselves goes first.
"""

import re
from collections.abc import Iterable, Sequence

from meedoen.rules.budget.grid_columns import GridColumn
from meedoen.rules.budget.roles import Role

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
_KIND_DOUBT = "Boven de tabel staat “{}”, en boven de jaren staat geen woord."
_AREA_DOUBT = "Boven de tabel staat “{}”. Niet zeker is of deze cijfers van de gemeente zijn."


def doubt_of_caption(above: Iterable[str], columns: Sequence[GridColumn]) -> str:
    """Say why the words above a table leave doubt about its figures; empty where they do not."""
    texts = list(above)
    values = [one for one in columns if one.role is Role.VALUE]
    bare = any(one.word is None and one.entity is None for one in values)
    told = any(one.role is Role.AREA for one in columns) or all(one.entity for one in values)
    for words, so, doubt in (
        (_OF_OTHER_KIND, bare, _KIND_DOUBT),
        (_OF_OTHERS, not told, _AREA_DOUBT),
    ):
        for text in texts:
            if so and words.search(text):
                return doubt.format(text)
    return ""
