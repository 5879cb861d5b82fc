"""HTML of a page as blocks. Nothing is fetched and nothing in the page is executed."""

from collections.abc import Iterator

from lxml import etree

from meedoen.rules.budget.blocks import Block, BlockKind, Source
from meedoen.rules.budget.decoding import UnreadablePageError
from meedoen.rules.budget.html_grid import grid_block, is_skipped
from meedoen.rules.budget.wording import tidy

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEXT_BLOCKS = frozenset(("address", "blockquote", "center", "hr", "legend", "p", "pre", "summary"))
_LISTS = frozenset(("dd", "dl", "dt", "li", "ol", "ul"))
_PARTS = frozenset(
    ("article", "aside", "body", "details", "div", "fieldset", "figcaption", "figure", "form")
)
_BLOCKS = _HEADINGS | _TEXT_BLOCKS | _LISTS | _PARTS | {"header", "main", "section"}


def html_source(markup: str) -> Source:
    """Give the blocks of an HTML page.

    Raises UnreadablePageError when the markup cannot be read to its end.
    """
    root = _parse(markup)
    if root is None:
        return Source()
    title = root.find(".//title")
    return Source(
        tuple(_Walk().blocks(root)),
        title=tidy(title.text or "") if title is not None else "",
    )


def _parse(markup: str) -> "etree._Element | None":
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(markup.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePageError([_broken(error.lineno)]) from error
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            raise UnreadablePageError([_broken(entry.line)])
    return root


def _broken(line: int | None) -> str:
    return (
        f"De HTML is niet tot het einde te lezen; het gaat mis bij regel {line or 1}. "
        "Bewaar de pagina opnieuw vanuit de browser, of kopieer haar als tekst."
    )


class _Walk:
    """One walk through the elements; keeps the block and the list that are being read."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._where = ""
        self._kind = BlockKind.PARAGRAPH
        self._items: list[str] = []
        self._items_where = ""
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
                yield from () if skipped else self._close(tag)
                self._say(element.tail, element)
        yield from self._end_block()
        yield from self._end_list()

    def _open(self, element: "etree._Element", tag: str) -> Iterator[Block]:
        if tag in _BLOCKS or tag == "table":
            yield from self._end_block()
        if tag in _HEADINGS:
            self._kind = BlockKind.HEADING
        if tag == "li":
            self._item_depth += 1
            self._item_is_new = True
        if tag == "br":
            self._words.append("\n")
        if tag == "table":
            yield from self._end_list()
            yield grid_block(element)
        else:
            self._say(element.text, element)

    def _close(self, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._end_block()
            self._kind = BlockKind.PARAGRAPH
        if tag == "li":
            self._item_depth -= 1

    def _say(self, text: str | None, element: "etree._Element") -> None:
        """Add words to the block. A line break of the markup is no line break of the page."""
        if words := (text or "").replace("\n", " "):
            if words.strip() and not self._where:
                self._where = f"regel {element.sourceline} van de HTML"
            self._words.append(words)

    def _end_block(self) -> Iterator[Block]:
        lines = tuple(filter(None, map(tidy, "".join(self._words).split("\n"))))
        where, self._where = self._where, ""
        self._words.clear()
        if not lines:
            return
        if self._item_depth and self._kind is BlockKind.PARAGRAPH:
            self._add_to_list(" ".join(lines), where)
            return
        yield from self._end_list()
        yield Block(self._kind, where, lines)

    def _add_to_list(self, text: str, where: str) -> None:
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
            yield Block(BlockKind.LIST, self._items_where, tuple(self._items))
            self._items.clear()
            self._items_where = ""
