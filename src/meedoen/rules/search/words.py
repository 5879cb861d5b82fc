"""From text to the words that it is found by: small letters, no accents, the Dutch stem."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from threading import local

import Stemmer

LONGEST_WORD = 60
"""Longer is no word; it is cut."""
PIECE = 3

ON_ITS_OWN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
    # The Turkish i without a dot.
    | {"\u0131": "i", "ħ": "h"}
)
"""Letters that are no accent on another one, as people type them on a Dutch keyboard."""

_WORD = re.compile(r"[^\W_]+")
_HERE = local()


def folded(text: str) -> str:
    """Return text in small letters and without accents: "Café" and "cafe" are the same word.

    So are "Łódź" and "lodz", "Straße" and "strasse".
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower())
    # Taking a sign apart may give capitals again, such as the sign for "TEL".
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain.lower().translate(ON_ITS_OWN)


def words_of(text: str) -> Iterator[str]:
    """Go through the words of a text, folded, in order; what is no letter or digit parts them."""
    for found in _WORD.finditer(folded(text)):
        yield found.group()[:LONGEST_WORD]


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, each once, in the order of the text."""
    silent = stop_words()
    return tuple(dict.fromkeys(word for word in words_of(text) if word not in silent))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about what is looked for; nothing is found by them."""
    text = files("meedoen").joinpath("catalogue", "search", "stop_words.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["words"])


def stem_of(word: str) -> str:
    """Return the stem of a folded Dutch word: "wandelen" and "wandeling" share one."""
    return _stemmed(word, "dutch")


def forms_of(word: str) -> frozenset[str]:
    """Return how a folded word may stand inside a longer one.

    "koken" stands in "kookgroep" and "schulden" in "schuldhulpverlening". There are two sets of
    rules for Dutch stems; what one of them gets wrong, the other mostly does not.
    """
    return frozenset({word, stem_of(word), _stemmed(word, "dutch_porter")})


def pieces_of(word: str) -> frozenset[str]:
    """Return the pieces of three letters of a folded word, its edges marked by a space."""
    edged = f" {word} "
    return frozenset(edged[at : at + PIECE] for at in range(len(edged) - PIECE + 1))


def covering_pieces(part: str) -> frozenset[str]:
    """Return a few pieces of a part of a word, side by side, that together hold all its letters."""
    last = len(part) - PIECE
    return frozenset(part[at : at + PIECE] for at in (*range(0, last, PIECE), last) if at >= 0)


def _stemmed(word: str, rules: str) -> str:
    if not hasattr(_HERE, rules):
        # A stemmer keeps a cache that threads may not share.
        setattr(_HERE, rules, Stemmer.Stemmer(rules))
    stem: str = getattr(_HERE, rules).stemWord(word)
    return stem
