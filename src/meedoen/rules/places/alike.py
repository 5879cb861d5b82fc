"""Names of organisations that may be the same one, written by different people."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

NEAR = 0.87
"""How alike two names are, from 0 to 1, before somebody is asked whether they are the same."""
MOST = 5
SAYS_LITTLE = frozenset(
    {"de", "het", "een", "stichting", "vereniging", "st", "ver", "bv", "van", "voor", "en"}
)
"""Words that people leave out of a name, or put before it."""


def same_name(one: str, other: str) -> bool:
    """Return whether two names differ in nothing but capitals and white space."""
    return one.casefold().split() == other.casefold().split()


def alike(name: str, known: Iterable[str]) -> list[str]:
    """Return which of the known names may be meant, the nearest first; at most five.

    White space, capitals, accents, signs and words that say little play no part.
    """
    wanted = _core(name)
    if not wanted:
        return []
    found = [(_nearness(wanted, _core(one)), one) for one in known]
    near = sorted((-nearness, one) for nearness, one in found if nearness >= NEAR)
    return [one for _nearness_below_zero, one in near[:MOST]]


def _nearness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Twice cheap and never too low, before it is worked out.
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0.0
    return matcher.ratio()


def _core(name: str) -> str:
    """Return the words that tell organisations apart, as one text without accents or signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if _is_kept(sign))
    words = letters.split()
    return " ".join(word for word in words if word not in SAYS_LITTLE) or " ".join(words)


def _is_kept(sign: str) -> bool:
    return not unicodedata.combining(sign)
