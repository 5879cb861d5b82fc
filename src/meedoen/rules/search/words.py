"""From text to the words that it is found by: small letters, no accents, the Dutch stem."""

import re
import unicodedata
from collections.abc import Iterator
from threading import local

import Stemmer

LONGEST_WORD = 60
"""Longer is no word; it is cut."""
PIECE = 3

_WORD = re.compile(r"[^\W_]+")
_HERE = local()


def folded(text: str) -> str:
    """Return text in small letters and without accents: "Café" and "cafe" are the same word."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_of(text: str) -> Iterator[str]:
    """Go through the words of a text, folded, in order; what is no letter or digit parts them."""
    for found in _WORD.finditer(folded(text)):
        yield found.group()[:LONGEST_WORD]


def stem_of(word: str) -> str:
    """Return the stem of a folded Dutch word: "wandelen" and "wandeling" share one."""
    if not hasattr(_HERE, "stemmer"):
        # A stemmer keeps a cache that threads may not share.
        _HERE.stemmer = Stemmer.Stemmer("dutch")
    stem: str = _HERE.stemmer.stemWord(word)
    return stem


def pieces_of(word: str) -> frozenset[str]:
    """Return the pieces of three letters of a folded word, its edges marked by a space."""
    marked = f" {word} "
    return frozenset(marked[at : at + PIECE] for at in range(len(marked) - PIECE + 1))
