"""What a page consists of before anything is made of it: blocks in reading order.

Text and HTML both become blocks, so that everything after this is the same for both.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a page is."""

    HEADING = "heading"
    """Marked as a heading in HTML. In text a heading is a paragraph like any other."""
    PARAGRAPH = "paragraph"
    LIST = "list"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One position of a grid. ``stretched``: filled by a cell that covers more positions.

    ``doubt`` tells why the text is not certain; empty when it is.
    """

    text: str
    stretched: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a real table, with the place where it stands."""

    cells: tuple[GridCell, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``lines`` are tidy: of a list the items, of a grid nothing.

    ``problem`` tells why a grid cannot be laid out; then it has no rows. Of other blocks it
    tells why their words are not certain. ``marks`` are the numbers in front of the items of a
    list that the page numbers itself: ``1)``.
    """

    kind: BlockKind
    where: str
    lines: tuple[str, ...] = ()
    rows: tuple[GridRow, ...] = ()
    problem: str = ""
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Source:
    """The blocks of a page. ``title`` is the title an HTML page gives itself, else empty.

    ``address`` is where the page was found, when its text or its file says so.
    """

    blocks: tuple[Block, ...] = field(default=())
    title: str = ""
    address: str = ""
