"""One page of a list, as HSDS describes it."""

from collections.abc import Sequence
from typing import Any


def page_object(contents: Sequence[Any], *, total: int, number: int, size: int) -> dict[str, Any]:
    """Return a page: `number` from 1, of `size` at most; one beyond the last is empty."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": list(contents),
    }
