"""Looks up the letters that stand in a table as values: ``A`` where a line says what A means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import Block
from meedoen.rules.budget.page import IndicatorRow

_LETTER = re.compile(r"\(?([A-Z])\)?")
_MEANING = re.compile(r"\(?([A-Z])\)?\s?[=:.)]\s?(\S.{2,200})")


def with_legend(rows: Iterable[IndicatorRow], blocks: Sequence[Block]) -> tuple[IndicatorRow, ...]:
    """Add to the note of a row what the letters in its cells mean, where the page says so.

    The value stays the letter, as printed. A letter that is explained twice is explained by
    neither: two tables may each have their own.
    """
    legend = legend_of(blocks)
    return tuple(_explained(row, legend) for row in rows)


def legend_of(blocks: Sequence[Block]) -> Mapping[str, str]:
    """Give the meaning of each letter that a line of the page explains, or a row of a table."""
    found: dict[str, set[str]] = {}
    for text in _texts(blocks):
        if match := _MEANING.fullmatch(text):
            found.setdefault(match[1], set()).add(match[2])
    return {letter: meanings.pop() for letter, meanings in found.items() if len(meanings) == 1}


def _texts(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        yield from block.lines
        yield from (row.cells[0].text for row in block.rows if row.cells)


def _explained(row: IndicatorRow, legend: Mapping[str, str]) -> IndicatorRow:
    letters = [match[1] for cell in row.columns if (match := _LETTER.fullmatch(cell.value.shown))]
    known = [letter for letter in dict.fromkeys(letters) if letter in legend]
    meanings = " ".join(f"{letter}: {legend[letter].rstrip('.')}." for letter in known)
    return replace(row, note=f"{row.note} {meanings}".strip()) if meanings else row
