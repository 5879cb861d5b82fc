"""From a word that somebody asks for to the words of the index that stand for it.

The list of words is short, so it is here that other forms, parts of compounds and slips of the
pen are looked for, and not in the texts. Only equality and whole numbers are asked of the
database, and what it gives is put in order here: every database gives the same answers.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from django.db.models import Count, QuerySet

from meedoen.records.organisations.packed import Packed, unpacked
from meedoen.records.organisations.paging import in_groups
from meedoen.records.search.shelf import Fits, Shelf
from meedoen.rules.search.compounds import split, stems_of_part, stems_of_parts
from meedoen.rules.search.fit import Asked, Fit, fit, pieces_to_seek
from meedoen.rules.search.scores import Scores
from meedoen.rules.search.slips import fewest_shared_pieces, slips_allowed, slips_between
from meedoen.rules.search.words import pieces_of

MOST_FORMS = 400
"""So many words of the index are taken for one word of a question, the best fits first."""
MOST_CANDIDATES = 400
"""So many words are compared letter by letter, those with the most pieces in common first."""


def found_by(shelf: Shelf, asked: Asked) -> list[Scores]:
    """Return what the word asked finds; of a compound what each of its parts finds.

    The first way that leads anywhere is taken. Empty when there is none.
    """
    for way in ways(shelf, asked):
        found = [*takewhile(len, map(shelf.scores, way))]
        if way and len(found) == len(way):
            return found
    return []


def ways(shelf: Shelf, asked: Asked) -> Iterator[list[Fits]]:
    """Go through the words that stand for the one asked, the surest way first.

    The word itself in some form, one slip of the pen, the parts of a compound, two slips. All
    parts of a compound must be found. Some ways are empty.
    """
    sure = _that_fit(shelf, asked)
    yield [sure] if sure else []
    slips = _with_slips(shelf, asked)
    for kind in (Fit.ONE_ERROR, Fit.TWO_ERRORS):
        if kind is Fit.TWO_ERRORS:
            yield _parts(shelf, asked)
        near = {word_id: kind.value for word_id, one in slips.items() if one is kind}
        yield [near] if near else []


def _that_fit(shelf: Shelf, asked: Asked) -> Fits:
    """Return the words that fit without any mistake."""
    words, same = shelf.words(), {asked.text, asked.stem}
    seen = [words.filter(text__in=same), words.filter(stem__in=same)]
    for pieces in sorted(map(sorted, pieces_to_seek(asked))):
        holding = _sharing(shelf, frozenset(pieces)).filter(shared=len(pieces))
        seen.append(words.filter(pk__in=holding.values("word_id")))
    # Put together as one question; asked with "or" a database may read the whole list of words.
    first, *others = [rows.values_list("pk", "text", "stem") for rows in seen]
    rows = first.union(*others)
    fits = [(how, text, pk) for pk, text, stem in rows if (how := fit(asked, text, stem))]
    best = sorted(fits, key=lambda one: (-one[0], len(one[1]), one[1]))[:MOST_FORMS]
    return {pk: how.value for how, _text, pk in best}


def _with_slips(shelf: Shelf, asked: Asked) -> dict[int, Fit]:
    """Return the words that are a slip of the pen or two away."""
    most = slips_allowed(asked.text)
    kinds = {1: Fit.ONE_ERROR, 2: Fit.TWO_ERRORS}
    found = {}
    for text, word_id in _alike(shelf, asked.text) if most else ():
        slips = slips_between(asked.text, text, most=most)
        if slips:
            found[word_id] = kinds[slips]
    return found


def _alike(shelf: Shelf, text: str) -> list[tuple[str, int]]:
    """Return the words of about this length with the most pieces in common, and their numbers."""
    most, length = slips_allowed(text), len(text)
    near = _sharing(shelf, pieces_of(text)).filter(
        length__gte=length - most,
        length__lte=length + most,
        shared__gte=fewest_shared_pieces(text),
    )
    packed = near.aggregate(numbers=Packed("word_id"), many=Packed("shared"))
    shared = dict(
        zip(*(unpacked(packed[name]).tolist() for name in ("numbers", "many")), strict=True)
    )
    enough = sorted(shared.values(), reverse=True)[:MOST_CANDIDATES]
    close = sorted(word_id for word_id, many in shared.items() if many >= enough[-1])
    words = [
        word
        for group in in_groups(close)
        for word in shelf.words().filter(pk__in=group).values_list("text", "pk")
    ]
    return sorted(words, key=lambda one: (-shared[one[1]], one[0]))[:MOST_CANDIDATES]


def _sharing(shelf: Shelf, letters: frozenset[str]) -> QuerySet[Any]:
    """Return the numbers of words that hold some of these pieces, with how many as `shared`."""
    return shelf.pieces(letters).values("word_id").annotate(shared=Count("*"))


def _parts(shelf: Shelf, asked: Asked) -> list[Fits]:
    """Return for each part of a compound the words that stand for it; empty if it has none."""
    stems = stems_of_parts(asked.text)
    there: dict[str, dict[int, int]] = {}
    for some_stems in in_groups(sorted(frozenset().union(*stems.values()))):
        rows = shelf.words_here().filter(stem__in=some_stems)
        for word_id, stem in rows.values_list("pk", "stem"):
            there.setdefault(stem, {})[word_id] = Fit.SPLIT.value
    known = [part for part, of_part in stems.items() if of_part & there.keys()]
    return [
        {pk: how for stem in stems_of_part(part) for pk, how in there.get(stem, {}).items()}
        for part in split(asked.text, known)
    ]
