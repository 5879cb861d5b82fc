"""How much a page may hold. It is asked while the page is taken apart, before it is read."""

from collections.abc import Iterable, Sized

from meedoen.rules.budget.blocks import Block
from meedoen.rules.budget.decoding import UnreadablePageError

MOST_ROWS = 5_000
"""Rows of the tables of a page together; published tables have tens or hundreds."""
MOST_PIECES = 10_000
"""Paragraphs, lists, tables and loose cells of a page together."""
_IN_PARTS = "Lever één pagina van de begroting per bestand aan, of deel de tabel op."


def within_limits(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks; raises UnreadablePageError as soon as there are more than any page has."""
    kept: list[Block] = []
    rows = 0
    for block in blocks:
        kept.append(block)
        rows += len(block.rows)
        if rows > MOST_ROWS:
            raise too_many_rows(f"meer dan {MOST_ROWS}")
        check_pieces(len(kept))
    return tuple(kept)


def check_pieces(count: int) -> None:
    """Raise UnreadablePageError for more paragraphs and loose cells than a page has."""
    if count > MOST_PIECES:
        raise UnreadablePageError(
            [f"Deze pagina heeft meer dan {MOST_PIECES} losse cellen en alinea's. {_IN_PARTS}"]
        )


def check_run(lines: Sized) -> None:
    """Raise UnreadablePageError for more lines behind each other than a page can have pieces.

    They would be the rows of one table, or each a piece.
    """
    if len(lines) > MOST_PIECES:
        raise too_many_rows(f"{len(lines)}")


def too_many_rows(count: str) -> UnreadablePageError:
    """Say that there are too many rows, how many, and what to do."""
    return UnreadablePageError(
        [f"De tabellen hebben {count} rijen; er mogen hoogstens {MOST_ROWS} zijn. {_IN_PARTS}"]
    )
