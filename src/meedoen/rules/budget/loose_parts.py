"""What all readers of tables of loose cells share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.page import Refusal, SectionKind
from meedoen.rules.budget.rows import ReadTable
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

NO_CELL = {Meaning.TEXT, Meaning.EMPTY}
_LONGEST_NAME = 200
_LONGEST_ANSWER = 100
_MOST_HEADINGS = 80
_WORDS_OF_PROSE = 12
_MOST_NAMED = 60
"""How many texts of a table that is refused are said: its rows are known by their names."""
AS_HTML = (
    "Lever de tabel aan als HTML, of geef elke kolom een opschrift met een woord (behaald, "
    "begroting, beoogd) en een jaar. Vul anders deze tabel met de hand in."
)


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table found in the blocks, and the index of the first block after it.

    ``text`` are blocks before that index which are no part of the table.
    """

    stop: int
    read: ReadTable
    text: tuple[Block, ...] = ()


_ABOUT = r"(?:ca\.?|circa|ongeveer|[±~]|binnen|tussen|rond(?: de)?)\s?[0-9].{0,30}"
_RANGE = (
    r"[0-9][0-9.,]*\s?%?\s?(?:-|\u2013|tot|\u00e0)\s?[0-9][0-9.,]*\s?%?|1 op (?:de )?[0-9][0-9.,]*"
)
_AGE = re.compile(r"[0-9]{1,2}\s?\+")
"""Perhaps a group of people, ``65+``: the name of a row as well as a target."""
_WAY = (
    r"(?:minimaal |minstens |ten minste )?"
    r"(?:gelijk(?:blijvend)?|toename|afname|stijging|daling|stabiel|hoger|lager|meer|minder)"
    r"(?:(?: of |/)(?:gelijk|toename|afname|hoger|lager|meer|minder))?"
    r"|stijgt|stijgend?|daalt|dalend?|blijft gelijk|behouden|verbeteren|geen(?:;.{1,60})?"
)
_PLACE = r"[0-9]{1,3}(?:e|de|ste)\s(?:plaats|positie|plek)\b.{0,40}"
_NOTHING = (
    r"(?:in (?:19|20)[0-9]{2} )?(?:is |zijn )?(?:nog )?(?:niet|geen) "
    r"(?:gemeten|beschikbaar|bekend|onderzocht|meting|onderzoek|cijfers?|gegevens)\b.{0,40}"
    r"|in (?:19|20)[0-9]{2} (?:is|zijn|was|werd) (?:er )?(?:geen|niet)\b.{0,60}"
    r"|(?:de )?(?:gegevens|cijfers?)(?: (?:is|zijn|worden))?(?: nog)?(?: niet)?"
    r" (?:beschikbaar|bekend|volgen|volgt)\b.{0,60}"
)
_ANSWER = re.compile("|".join((_ABOUT, _RANGE, _WAY, _PLACE, _NOTHING)), re.IGNORECASE)


def cell_value(block: Block) -> Value | None:
    """Give the value of a block that can only be a cell, or perhaps one; None for text.

    Words are a cell only where they are those with which pages answer: ``stijgt``, ``niet
    gemeten``, ``ca. 1.200``. They never have a number.
    """
    if block.kind is not BlockKind.PARAGRAPH or _AGE.fullmatch(block.text):
        return None
    value = read_value(block.text)
    short = len(value.shown) <= _LONGEST_ANSWER
    if value.meaning is Meaning.TEXT and short and _ANSWER.fullmatch(value.shown):
        return value
    return None if value.meaning in NO_CELL else value


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks between two headings of a page, in which tables may stand.

    ``end`` is the index after the last block, ``last_value`` that of the last block that can be
    a cell (-1 when there is none), ``section`` the heading above and ``kind`` its kind.
    """

    blocks: Sequence[Block]
    end: int
    last_value: int
    section: str
    kind: SectionKind | None

    def from_here(self, start: int) -> Sequence[Block]:
        """Give the blocks from a place on, as many as may head a table."""
        return self.blocks[start : min(self.end, start + _MOST_HEADINGS)]


def stretch_of(
    blocks: Sequence[Block], start: int, end: int, *, section: str, kind: SectionKind | None
) -> Stretch:
    """Give the stretch from ``start`` up to ``end``."""
    backwards = range(end - 1, start - 1, -1)
    last_value = next((at for at in backwards if cell_value(blocks[at])), -1)
    return Stretch(blocks, end, last_value, section, kind)


_UNIT = re.compile(
    r".*(?:%|\bper\b|aantal|percentage|procent|euro|€|\bx 1|dagen|weken|maanden|jaren|uren|fte"
    r"|personen|inwoners|huishoudens|score|cijfer|index|ja/nee|kosten|kilo|kg|ton|km|punten)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[a-z\u00e0-\u00ff]{2,30}(?:en|s)")
"""What is counted, in one word of small letters, as no name of a row begins: ``plekken``."""
_GOES_ON = re.compile(
    r".*\b(?:aan|als|bij|binnen|dat|de|die|door|een|en|het|in|met|na|naar|of|om|onder|op|over|per"
    r"|te|tot|tussen|uit|van|via|voor|wat|wie|zonder|zijn)",
    re.IGNORECASE | re.DOTALL,
)
"""A name that cannot end here: what stands below it is the rest of it, and no unit."""


def is_unit(text: str, below: str = "") -> bool:
    """Tell whether a text can stand in a column of units, right behind the text ``below``."""
    if _UNIT.match(text):
        return True
    return bool(_COUNTED.fullmatch(text)) and not _GOES_ON.fullmatch(below)


def is_prose(block: Block) -> bool:
    """Tell whether a block is running text: long, or a sentence of many words."""
    text = block.text
    return len(text) > _LONGEST_NAME or (
        ends_sentence(block) and len(text.split()) >= _WORDS_OF_PROSE
    )


def ends_sentence(block: Block) -> bool:
    """Tell whether a block ends as sentences do."""
    return block.text.endswith((".", ":", "!", "?", ";"))


def refuse_whole(stretch: Sequence[Block], why: str, what_to_do: str = AS_HTML) -> ReadTable:
    """Refuse a table as a whole, with its headings and the names of its rows."""
    texts = [block.text[:_LONGEST_ANSWER] for block in stretch if cell_value(block) is None]
    what = f"De tabel met {listed(texts, most=_MOST_NAMED)}, in haar geheel."
    return ReadTable(refused=(Refusal(stretch[0].where, what, why, what_to_do),))
