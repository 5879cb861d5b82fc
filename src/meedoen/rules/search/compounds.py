"""A compound that nobody used as a whole, cut into words that are known."""

from collections.abc import Collection, Iterator

from meedoen.rules.search.fit import PART
from meedoen.rules.search.words import stem_of

LINKS = ("", "s", "en", "e")
"""What stands between the parts of a Dutch compound: "werk-s-fruit", "boek-en-kast"."""
LONGEST = 40
"""Longer words are not cut: it takes too many questions."""
MOST_PARTS = 3


def stems_of_parts(word: str) -> dict[str, frozenset[str]]:
    """Return the stretches of a word that may be a part of it, each with the stems to seek.

    Only a stretch at the beginning, or one that leaves enough letters for a part before it.
    """
    if not 2 * PART <= len(word) <= LONGEST:
        return {}
    return {
        word[start:end]: stems_of_part(word[start:end])
        for start in (0, *range(PART, len(word) - PART + 1))
        for end in range(start + PART, len(word) + 1)
        if end - start < len(word)
    }


def stems_of_part(part: str) -> frozenset[str]:
    """Return the stems of a part; who does something counts as doing it: "maker" as "maken"."""
    stems = {part, stem_of(part)}
    for ending in ("aars", "aar", "sters", "ster", "ers", "er"):
        if part.endswith(ending) and len(part) - len(ending) >= PART - 1:
            stems.add(stem_of(part[: -len(ending)] + "en"))
            break
    return frozenset(stems)


def split(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the parts of a word that are all known, in order; empty when it cannot be cut.

    Of several ways the one with the fewest parts, then the one that leaves out the fewest letters.
    """
    ways = [way for way in _ways(word, known, MOST_PARTS) if len(way) > 1]
    return min(ways, key=lambda way: (len(way), -sum(map(len, way)), way), default=())


def _ways(rest: str, known: Collection[str], parts: int) -> Iterator[tuple[str, ...]]:
    if rest in known:
        yield (rest,)
    if parts == 1:
        return
    for end in range(PART, len(rest) - PART + 1):
        if rest[:end] not in known:
            continue
        for link in LINKS:
            if rest.startswith(link, end):
                for way in _ways(rest[end + len(link) :], known, parts - 1):
                    yield (rest[:end], *way)
