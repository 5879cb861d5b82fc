"""Looks up the letters that stand in a table as values: ``A`` where a line says what A means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import Block
from meedoen.rules.budget.page import IndicatorRow
from meedoen.rules.budget.values import Meaning
from meedoen.rules.budget.wording import listed

_LETTER = re.compile(r"\(?([A-Z])\)?")
_MARK = r"(?:[*\u2022-]{1,3}\s?)?"
_MEANING = re.compile(
    rf"{_MARK}\(?([A-Z])(?:\)?\s?[=:.)]\s?|\)?\s[-\u2013\u2014]\s|\)\s)(\S.{{2,200}})"
)
_BARE_MEANING = re.compile(rf"{_MARK}([A-Z])\s([^\W\d_].{{2,100}})")
"""A letter with only a space before what it means: less sure than with a sign between."""
_UNCLEAR = "Wat {} betekent staat niet, of niet eenduidig, op de pagina."


def with_legend(rows: Iterable[IndicatorRow], blocks: Sequence[Block]) -> tuple[IndicatorRow, ...]:
    """Add to the note of a row what the letters in its cells mean, where the page says so.

    The value stays the letter, as printed. A letter that is explained twice is explained by
    neither: two tables may each have their own. The note says so where a letter stays unclear.
    """
    legend = legend_of(blocks)
    return tuple(_explained(row, legend) for row in rows)


def legend_of(blocks: Sequence[Block]) -> Mapping[str, str]:
    """Give the meaning of each letter that a line of the page explains, or a row of a table."""
    marked = _explained_once(_MEANING, _texts(blocks))
    lines = (line for block in blocks for line in block.lines)
    bare = _explained_once(_BARE_MEANING, lines)
    meanings = {letter: bare[letter] for letter in bare if letter not in marked} | marked
    return {letter: meaning for letter, meaning in meanings.items() if meaning}


def _explained_once(pattern: re.Pattern[str], texts: Iterable[str]) -> dict[str, str]:
    """Give what each letter means; nothing for a letter that means several things."""
    found: dict[str, set[str]] = {}
    for text in texts:
        if match := pattern.fullmatch(text):
            found.setdefault(match[1], set()).add(match[2].rstrip("."))
    return {
        letter: meanings.pop() if len(meanings) == 1 else "" for letter, meanings in found.items()
    }


def _texts(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        yield from block.lines
        yield from (row.cells[0].text for row in block.rows if row.cells)


def _explained(row: IndicatorRow, legend: Mapping[str, str]) -> IndicatorRow:
    values = [cell.value for cell in row.columns]
    letters = {
        match[1]: value.meaning is Meaning.TEXT
        for value in values
        if (match := _LETTER.fullmatch(value.shown))
    }
    unclear = [letter for letter, asks in letters.items() if asks and letter not in legend]
    notes = [row.note, *(f"{letter}: {legend[letter]}." for letter in letters if letter in legend)]
    notes += [_UNCLEAR.format(listed(unclear))] if unclear else []
    return replace(row, note=" ".join(filter(None, notes)))
