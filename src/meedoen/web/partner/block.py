"""What a block on the desk of an organisation is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html

from meedoen.web.shared.words import Words

MOST_SHOWN = 6
"""So many are shown in a block; the rest is a click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in a block: what it is about, some lines, and what can be done about it, if any.

    `about` is what a button says more to who cannot see where it stands.
    """

    title: str
    lines: Sequence[Words]
    url: str
    label: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something that waits: a heading, how much in a sentence, the first items, and a way on."""

    code: str
    heading: str
    sentence: str
    items: Sequence[Item] = ()
    url: str = ""
    label: str = ""


def stored(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text)


def way_on(total: int, url: str, label: str) -> dict[str, str]:
    """Return the way to all of them, when not all are shown."""
    return {"url": url, "label": label} if total > MOST_SHOWN else {}
