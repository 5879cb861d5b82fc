"""How well a word that stands in a text fits a word that somebody asks for.

Whole numbers only, so that every database and every machine gives the same order.
"""

from dataclasses import dataclass
from enum import IntEnum

from meedoen.rules.search.words import covering_pieces, forms_of, stem_of, telling_words

MOST_WORDS = 10
"""So many words of a question are looked at; more do not make it clearer."""
PART = 4
"""A part inside a longer word has at least so many letters; "zee" in "zeep" means nothing."""
BEFORE_PART = 3
"""So many letters stand before a part: "open" is no part of "kopen"."""
SHORTEST_BEGINNING = 2


class Fit(IntEnum):
    """A way in which a word fits; the number says how much it counts, out of 100."""

    EXACT = 100
    STEM = 90
    """Another form of the word: "wandeling" for "wandelen"."""
    BEGINNING = 70
    """It begins like that, as when somebody is still typing: "fietsgroep" for "fiets"."""
    END = 60
    """A compound is a kind of what it ends with: "schuldhulpverlening" for "hulpverlening"."""
    START = 50
    """A compound that begins with a form of the word: "kookgroep" for "koken"."""
    INSIDE = 40
    """The word, or a form of it, stands somewhere inside."""
    ONE_ERROR = 30
    """One slip of the pen away; asked only when nothing above is there."""
    SPLIT = 25
    """A part of a compound that nobody used as a whole: "fietsen" for "fietsenmaker"."""
    TWO_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that somebody asks for, with its stem and how it may stand inside another."""

    text: str
    stem: str
    forms: frozenset[str]


def asked_words(text: str) -> tuple[Asked, ...]:
    """Return the words of a question that say something, the first `MOST_WORDS` of them."""
    words = telling_words(text)[:MOST_WORDS]
    return tuple(Asked(text=word, stem=stem_of(word), forms=forms_of(word)) for word in words)


def fit(asked: Asked, word: str, stem: str) -> Fit | None:
    """Return how a word with its stem fits without any mistake, or None when it does not."""
    if word == asked.text:
        return Fit.EXACT
    if {word, stem} & {asked.text, asked.stem}:
        return Fit.STEM
    if len(asked.text) >= SHORTEST_BEGINNING and word.startswith(asked.text):
        return Fit.BEGINNING
    fits = [_fit_of_part(form, word) for form in asked.forms if len(form) >= PART]
    return max((one for one in fits if one), default=None)


def _fit_of_part(part: str, word: str) -> Fit | None:
    if word.startswith(part):
        return Fit.START
    if word.endswith(part) and len(word) - len(part) >= BEFORE_PART:
        return Fit.END
    return Fit.INSIDE if part in word[BEFORE_PART:] else None


def pieces_to_seek(asked: Asked) -> frozenset[frozenset[str]]:
    """Return sets of pieces; what fits as a part has all the pieces of at least one of them.

    A few pieces say nearly as much as all of them, and fewer words are read for each.
    """
    inside = {form for form in asked.forms if len(form) >= PART}
    # What holds "fietsen" holds "fiets" as well: the shortest says it all.
    shortest = {one for one in inside if not any(two in one for two in inside - {one})}
    found = {covering_pieces(form) for form in shortest}
    if SHORTEST_BEGINNING <= len(asked.text) < PART:
        found.add(covering_pieces(f" {asked.text}"))
    return frozenset(found)
