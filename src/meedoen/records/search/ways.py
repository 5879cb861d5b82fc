"""From a word that somebody asks for to the words of the index that stand for it.

The list of words is short, so it is here that other forms, parts of compounds and slips of the
pen are looked for, and not in the texts. Only equality and whole numbers are asked of the
database, and what it gives is put in order here: every database gives the same answers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from meedoen.records.organisations.paging import in_groups
from meedoen.records.search.shelf import Shelf
from meedoen.rules.search.compounds import split, stems_of_part, stems_of_parts
from meedoen.rules.search.fit import Asked, Fit, fit, pieces_to_seek
from meedoen.rules.search.slips import fewest_shared_pieces, slips_allowed, slips_between
from meedoen.rules.search.words import pieces_of

MOST_FORMS = 400
"""So many words of the index are taken for one word of a question, the best fits first."""
MOST_CANDIDATES = 400
"""So many words are compared letter by letter, those with the most pieces in common first."""

Fits = Mapping[int, int]
"""How well words fit, in hundredths, by the number of the word."""


def ways(shelf: Shelf, asked: Asked) -> list[Fits]:
    """Return the words that stand for the one asked; all parts of a compound must be found.

    The surest way that leads anywhere is taken: the word itself in some form, one slip of the
    pen, the parts of a compound, two slips. Empty when there is none.
    """
    for way in _in_order(shelf, asked):
        if way and all(shelf.postings(list(part)).exists() for part in way):
            return way
    return []


def _in_order(shelf: Shelf, asked: Asked) -> Iterator[list[Fits]]:
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
    names = ("pk", "text", "stem")
    same = {asked.text, asked.stem}
    rows = {*shelf.words().filter(text__in=same).values_list(*names)}
    rows |= {*shelf.words().filter(stem__in=same).values_list(*names)}
    for pieces in sorted(map(sorted, pieces_to_seek(asked))):
        holding = _sharing(shelf, frozenset(pieces)).filter(shared=len(pieces))
        rows |= {*shelf.words().filter(pk__in=holding.values("word_id")).values_list(*names)}
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
    shared = dict(near.values_list("word_id", "shared"))
    enough = sorted(shared.values(), reverse=True)[:MOST_CANDIDATES]
    if not enough:
        return []
    close = near.filter(shared__gte=enough[-1]).values("word_id")
    words = [*shelf.words().filter(pk__in=close).values_list("text", "pk")]
    return sorted(words, key=lambda one: (-shared[one[1]], one[0]))[:MOST_CANDIDATES]


def _sharing(shelf: Shelf, letters: frozenset[str]) -> QuerySet[Any]:
    """Return the numbers of words that hold some of these pieces, with how many as `shared`."""
    return shelf.pieces(letters).values("word_id").annotate(shared=Count("pk"))


def _parts(shelf: Shelf, asked: Asked) -> list[Fits]:
    """Return for each part of a compound the words that stand for it; empty if it has none."""
    stems = stems_of_parts(asked.text)
    by_stem: dict[str, list[int]] = {}
    for some_stems in in_groups(sorted(frozenset().union(*stems.values()))):
        for word_id, stem in shelf.words().filter(stem__in=some_stems).values_list("pk", "stem"):
            by_stem.setdefault(stem, []).append(word_id)
    seen: set[int] = set()
    for group in in_groups(sorted({pk for numbers in by_stem.values() for pk in numbers})):
        seen |= {*shelf.postings(group).values_list("word_id", flat=True).distinct()}
    there = {
        stem: fits
        for stem, numbers in by_stem.items()
        if (fits := {pk: Fit.SPLIT.value for pk in numbers if pk in seen})
    }
    known = [part for part, of_part in stems.items() if of_part & there.keys()]
    return [
        {pk: how for stem in stems_of_part(part) for pk, how in there.get(stem, {}).items()}
        for part in split(asked.text, known)
    ]
