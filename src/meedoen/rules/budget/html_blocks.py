"""HTML of a page as blocks. Nothing is fetched and nothing in the page is executed."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from meedoen.rules.budget.amounts import within_limits
from meedoen.rules.budget.blocks import Block, BlockKind, Source
from meedoen.rules.budget.decoding import UnreadablePageError
from meedoen.rules.budget.html_elements import BLOCKS, HEADINGS, is_skipped
from meedoen.rules.budget.html_grid import grid_block
from meedoen.rules.budget.html_words import CUT_OFF, MarkedWords
from meedoen.rules.budget.wording import tidy

_TABLE_STARTS = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
_END_OF_PAGE = re.compile(r"</(?:body|html)(?:\s[^>]*)?>", re.IGNORECASE)


def html_source(markup: str) -> Source:
    """Give the blocks of an HTML page.

    Raises UnreadablePageError when the markup cannot be read to its end.
    """
    root = _parse(markup)
    if root is None:
        return Source()
    title = root.find(".//title")
    blocks = list(within_limits(_Walk().blocks(root)))
    if len(_TABLE_ENDS.findall(markup)) < len(_TABLE_STARTS.findall(markup)):
        blocks = _cut_off(blocks)
    return Source(
        tuple(blocks),
        title=tidy(title.text or "") if title is not None else "",
    )


def _cut_off(blocks: list[Block]) -> list[Block]:
    """Doubt the last row of the last table of a page that breaks off before the table ends."""
    at = max((at for at, block in enumerate(blocks) if block.rows), default=None)
    if at is None:
        return blocks
    *rows, last = blocks[at].rows
    cells = tuple(replace(cell, doubt=CUT_OFF) for cell in last.cells)
    blocks[at] = replace(blocks[at], rows=(*rows, replace(last, cells=cells)))
    return blocks


def _parse(markup: str) -> "etree._Element | None":
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_without_ends(markup).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePageError([_broken(error.lineno)]) from error
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            raise UnreadablePageError([_broken(entry.line)])
    return root


def _without_ends(markup: str) -> str:
    """Take out the ends of the page: browsers show what stands after them, the parser drops it.

    Line breaks stay, so that the lines keep their numbers.
    """
    return _END_OF_PAGE.sub(lambda found: "\n" * found[0].count("\n"), markup)


def _broken(line: int | None) -> str:
    return (
        f"De HTML is niet tot het einde te lezen; het gaat mis bij regel {line or 1}. "
        "Bewaar de pagina opnieuw vanuit de browser, of kopieer haar als tekst."
    )


def _caption(table: "etree._Element") -> Iterator[Block]:
    """Give the caption of a table as the text above it."""
    caption = table.find("caption")
    if caption is None or is_skipped(caption):
        return
    if text := tidy(" ".join(map(str, caption.itertext()))):
        where = f"regel {caption.sourceline} van de HTML"
        yield Block(BlockKind.PARAGRAPH, where, (text,))


class _Walk:
    """One walk through the elements; keeps the block and the list that are being read."""

    def __init__(self) -> None:
        self._words = MarkedWords(in_cell=False)
        self._where = ""
        self._kind = BlockKind.PARAGRAPH
        self._items: list[str] = []
        self._items_where = ""
        self._items_problem = ""
        self._item_depth = 0
        self._item_is_new = False

    def blocks(self, root: "etree._Element") -> Iterator[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            skipped = is_skipped(element)
            if event == "start":
                if skipped or tag == "table":
                    walk.skip_subtree()
                yield from () if skipped else self._open(element, tag)
            else:
                yield from () if skipped else self._close(element, tag)
                self._say(element.tail, element)
        yield from self._end_block()
        yield from self._end_list()

    def _open(self, element: "etree._Element", tag: str) -> Iterator[Block]:
        if tag in BLOCKS or tag == "table":
            yield from self._end_block()
        if tag in HEADINGS:
            self._kind = BlockKind.HEADING
        if tag == "li":
            self._item_depth += 1
            self._item_is_new = True
        if tag == "br":
            self._words.break_line("\n")
        elif tag not in BLOCKS and tag != "table":
            self._words.open(element)
        if tag == "table":
            yield from self._end_list()
            yield from _caption(element)
            yield grid_block(element)
        else:
            self._say(element.text, element)

    def _close(self, element: "etree._Element", tag: str) -> Iterator[Block]:
        if tag in BLOCKS:
            yield from self._end_block()
            self._kind = BlockKind.PARAGRAPH
        elif tag not in {"br", "table"}:
            self._words.close(element)
        if tag == "li":
            self._item_depth -= 1

    def _say(self, text: str | None, element: "etree._Element") -> None:
        """Add words to the block. A line break of the markup is no line break of the page."""
        if words := (text or "").replace("\n", " "):
            if words.strip() and not self._where:
                self._where = f"regel {element.sourceline} van de HTML"
            self._words.say(words)

    def _end_block(self) -> Iterator[Block]:
        lines = tuple(filter(None, map(tidy, self._words.text().split("\n"))))
        where, self._where = self._where, ""
        problem = self._words.doubt
        self._words.clear()
        if not lines:
            return
        if self._item_depth and self._kind is BlockKind.PARAGRAPH:
            self._add_to_list(" ".join(lines), where, problem)
            return
        yield from self._end_list()
        yield Block(self._kind, where, lines, problem=problem)

    def _add_to_list(self, text: str, where: str, problem: str) -> None:
        self._items_problem = self._items_problem or problem
        if self._item_is_new:
            self._items_where = self._items_where or where
            self._items.append(text)
            self._item_is_new = False
        elif self._items:
            self._items[-1] = f"{self._items[-1]} {text}"
        else:
            self._items.append(text)

    def _end_list(self) -> Iterator[Block]:
        if self._items:
            yield Block(
                BlockKind.LIST,
                self._items_where,
                tuple(self._items),
                problem=self._items_problem,
            )
            self._items.clear()
            self._items_where = self._items_problem = ""
