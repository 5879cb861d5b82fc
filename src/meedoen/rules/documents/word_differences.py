"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\S+\s*|\s+")
"""A word with the white space behind it: apart, the many spaces would make comparing slow."""
MOST_WORDS = 6_000
"""Of two texts together; above it they are set beside each other whole."""


class Difference(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that belong together, with the white space between them."""

    kind: Difference
    text: str


def word_differences(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the words of both texts in order: the same, gone, new.

    The stretches without what is new are the first text, and without what is gone the second.
    """
    if before == after:
        return (Stretch(Difference.SAME, before),) if before else ()
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    if len(first) + len(second) > MOST_WORDS:
        return tuple(_pair(before, after))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return tuple(_stretches(matcher, first, second))


def _stretches(
    matcher: "SequenceMatcher[str]", first: list[str], second: list[str]
) -> Iterator[Stretch]:
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Difference.SAME, "".join(first[begin:end]))
        else:
            yield from _pair("".join(first[begin:end]), "".join(second[new_begin:new_end]))


def _pair(gone: str, new: str) -> Iterator[Stretch]:
    if gone:
        yield Stretch(Difference.GONE, gone)
    if new:
        yield Stretch(Difference.NEW, new)
