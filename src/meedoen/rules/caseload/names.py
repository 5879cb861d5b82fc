"""Names of people: one text into parts, and whether two family names may be one person's."""

import re
import unicodedata

from meedoen.rules.files.spelling import distance

PREFIXES = frozenset(
    [
        *("van", "von", "der", "den", "de", "het", "ten", "ter", "te", "t", "'t", "s", "'s"),
        *("in", "op", "aan", "bij", "uit", "onder", "over", "voor", "y", "d'", "l'"),
        *("al", "el", "la", "le", "les", "du", "des", "da", "dos", "di", "do", "las", "los"),
        *("ibn", "bin", "ben", "abu"),
    ]
)
"""Words before a Dutch or foreign family name that are not part of it when it is looked up."""

_SPACE = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[^\w]+")
_LONG_NAME = 8
_SHORT_NAME = 4
_SHORTEST_PART = 4


def split_full_name(text: str) -> tuple[str, str]:
    """Return the given name and the family name, with its prefixes, of a name in one cell.

    `Berg, Jan van den` and `Jan van den Berg` both give `Jan` and `van den Berg`. Without a
    comma or prefix the last word is the family name.
    """
    text = _SPACE.sub(" ", text.strip())
    if "," in text:
        family, _, rest = (part.strip() for part in text.partition(","))
        words = rest.split()
        cut = len(words)
        while cut and words[cut - 1].casefold() in PREFIXES:
            cut -= 1
        return " ".join(words[:cut]), " ".join([*words[cut:], family])
    words = text.split()
    last = len(words) - 1
    inner = range(1, last)
    cut = next((at for at in inner if words[at].casefold() in PREFIXES), max(last, 0))
    return " ".join(words[:cut]), " ".join(words[cut:])


def with_prefix(prefix: str, family_name: str) -> str:
    """Return the family name as it is written behind a given name; a prefix is put once."""
    if not prefix or family_name.casefold().startswith(f"{prefix.casefold()} "):
        return family_name
    return f"{prefix} {family_name}"


def same_given_name(known: str, told: str) -> bool:
    """Return whether a file says nothing new: the same name, or initials of the one known."""
    if known == told:
        return True
    initials = told.replace(".", "").replace(" ", "")
    is_initials = initials.isupper() and (told.endswith(".") or len(initials) == 1)
    return bool(known) and is_initials and known[0].casefold() == initials[0].casefold()


def may_be_same_given_name(one: str, other: str) -> bool:
    """Return whether two given names may be one person's: alike, initials, or one is not told."""
    if not one or not other or same_given_name(one, other) or same_given_name(other, one):
        return True
    return _words_of(one)[:1] == _words_of(other)[:1]


def parts_of(family_name: str) -> tuple[str, ...]:
    """Return the words of a family name, small, without accents, prefixes and hyphens."""
    words = _words_of(family_name)
    return tuple(word for word in words if word not in PREFIXES) or words


def _words_of(family_name: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", family_name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return tuple(word for word in _NOT_LETTERS.split(bare) if word)


def alike(one: str, other: str) -> int:
    """Return how much two family names are alike, 0 (not) to 3 (the same but for spelling).

    2 is a part that double names share; 1 a slip of the pen: one letter, in longer names two.
    """
    left, right = parts_of(one), parts_of(other)
    if not left or not right:
        return 0
    if left == right or "".join(_words_of(one)) == "".join(_words_of(other)):
        return 3
    if any(len(part) >= _SHORTEST_PART and part in right for part in left):
        return 2
    a, b = "".join(left), "".join(right)
    shortest = min(len(a), len(b))
    allowed = 2 if shortest >= _LONG_NAME else int(shortest >= _SHORT_NAME)
    return int(distance(a, b, most=allowed) <= allowed) if allowed else 0
