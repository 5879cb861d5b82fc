"""What people get to see of the figures of one day, published together."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
)
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import (
    Catalogue,
    PlainWord,
    Word,
    headline_part,
)
from meedoen.rules.indicators.one_number import Names, everywhere, is_local, is_outside
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.indicators.published_table import (
    Cell,
    Protection,
    Ties,
    may_replace,
    protect_published,
)
from meedoen.rules.indicators.wholes import Counting, countings, differences, wholes_by_words

Parts = Mapping[str, Mapping[str, int]]
"""The parts of figures, by code of the indicator."""
GIVEN_AWAY = ("0", "100")
"""Shares that say something of everybody in the group."""
NONE: frozenset[str] = frozenset()


def show_together(
    catalogue: Catalogue,
    values: Mapping[str, int],
    parts: Parts,
    threshold: int,
    rounding: int = 0,
) -> dict[str, Shown]:
    """Protect the figures of one day for the whole municipality, with their parts.

    As `show_published`; a part of a figure is named `code:part`.
    """
    numbers = {Cell(code): value for code, value in values.items()}
    numbers |= {
        Cell(code, part): value for code in values for part, value in parts.get(code, {}).items()
    }
    shown = show_published(catalogue, numbers, Protection(threshold, rounding))
    return {_named(cell): one for cell, one in shown.items()}


def show_published(
    catalogue: Catalogue,
    numbers: Mapping[Cell, int],
    protection: Protection,
    *,
    hidden: Mapping[Cell, str] | None = None,
    shown: Collection[Cell] = (),
) -> dict[Cell, Shown]:
    """Protect the figures of one day, with their parts and breakdowns, as one publication.

    `hidden` and `shown` are what an earlier publication hid and showed, see `protect_published`.

    Give all figures of a family (see `family_of`), or all there are. Of a breakdown only what is
    not zero need be given; its zeros are in the answer. A share, a ratio or a median is hidden
    with any of the numbers that it was worked out from, and is worked out from rounded ones where
    these are rounded. So is a share of 0 or 100: it says something of everybody in the group.
    Organisations and places are no people: nothing about those is hidden.
    """
    words = {code: catalogue[code].versions[-1].count for code in _codes(numbers)}
    whole = _in_order({**numbers, **_zeros(catalogue, numbers)}, catalogue, words)
    of_people = {
        cell: count for cell, count in whole.items() if _about_people(words[cell.indicator])
    }
    counted = {
        cell: one
        for cell, one in of_people.items()
        if _is_count(cell, words) and not is_outside(words[cell.indicator], cell)
    }
    ties = _ties(catalogue, words, counted)
    protected = protect_published(counted, ties, protection, hidden=hidden, shown=shown)
    return {
        cell: protected.get(cell) or _plain_or_worked_out(cell, count, words, protected, protection)
        for cell, count in whole.items()
    }


def may_be_replaced(
    catalogue: Catalogue, earlier: Mapping[Cell, int], later: Mapping[Cell, int], threshold: int
) -> bool:
    """Tell whether later figures of a family may be published where earlier ones of the day were.

    As `may_replace`; what counts no people may always be.
    """
    words = {code: catalogue[code].versions[-1].count for code in _codes([*earlier, *later])}
    then, now = (
        {
            cell: count
            for cell, count in each.items()
            if _about_people(words[cell.indicator]) and _is_count(cell, words)
        }
        for each in (earlier, later)
    )
    return may_replace(then, now, _ties(catalogue, words, then), threshold)


def families(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Give all indicators, those together that might be worked out from each other."""
    pairs = _pairs_of_codes(catalogue)
    seen: set[str] = set()
    for each in catalogue:
        if each.code not in seen:
            family = _family(catalogue, each.code, pairs)
            seen.update(family)
            yield family


def family_of(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    """Return the indicators from which this one might be worked out, itself included."""
    return _family(catalogue, catalogue[code].code, _pairs_of_codes(catalogue))


def _pairs_of_codes(catalogue: Catalogue) -> list[set[str]]:
    """Return the pairs of indicators of which one says something of the other."""
    words = {each.code: each.versions[-1].count for each in catalogue}
    pairs = [{code, whole} for code, wholes in catalogue.relations.items() for whole in wholes]
    pairs += [
        {code, whole}
        for (code, _part), wholes in wholes_by_words(words).items()
        for whole, _part in wholes
    ]
    alike: dict[Word, str] = {}
    for one in countings(words):
        pairs.append({one.code, alike.setdefault(everywhere(one.word), one.code)})
    return pairs


def _family(catalogue: Catalogue, code: str, pairs: Iterable[set[str]]) -> tuple[str, ...]:
    family = {code}
    while more := {one for pair in pairs if pair & family for one in pair} - family:
        family |= more
    return tuple(each.code for each in catalogue if each.code in family)


def _named(cell: Cell) -> str:
    return f"{cell.indicator}:{cell.part}" if cell.part else cell.indicator


def _codes(numbers: Iterable[Cell]) -> Iterable[str]:
    return dict.fromkeys(cell.indicator for cell in numbers)


def _in_order(
    numbers: Mapping[Cell, int], catalogue: Catalogue, words: Mapping[str, Word]
) -> dict[Cell, int]:
    """Put numbers in order of importance: the last of those that give each other away is hidden.

    A figure comes before its parts, and figures for the whole municipality before breakdowns.
    Only what gathers several kinds of places comes after these kinds: a council asks for each.
    """
    wholes = wholes_of(catalogue, words)
    places = {
        code: (any(_gathers(word, words[one]) for one in words), _depth(code, wholes))
        for code, word in words.items()
    }
    shares = {Cell(code, word.parts[0]) for code, word in words.items() if word.form is Form.SHARE}
    cells = sorted(
        numbers,
        key=lambda cell: (
            not cell.is_whole or is_local(words[cell.indicator], cell.part),
            places[cell.indicator],
            Cell(cell.indicator, cell.part) in shares,
        ),
    )
    return {cell: numbers[cell] for cell in cells}


def _gathers(word: Word, other: Word) -> bool:
    """Tell whether one counts the same as the other at more kinds of places."""
    if not isinstance(word, PeopleInState) or not isinstance(other, PeopleInState):
        return False
    kinds, others = word.where.place_kinds, other.where.place_kinds
    more = bool(others) and (not kinds or set(others) < set(kinds))
    asked = [(one.kind, one.states, one.also) for one in (word, other)]
    return more and asked[0] == asked[1]


def _depth(code: str, wholes: Mapping[str, Sequence[str]], seen: frozenset[str] = NONE) -> int:
    """Return of how many indicators, one in another, this one is a part."""
    over = [one for one in wholes.get(code, ()) if one not in seen]
    return 1 + max(_depth(one, wholes, seen | {code}) for one in over) if over else 0


def wholes_of(
    catalogue: Catalogue, words: Mapping[str, Word] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return of which others each indicator is a part: by its own text and by what words say.

    With `words` those of these indicators alone.
    """
    if words is None:
        words = {each.code: each.versions[-1].count for each in catalogue}
    found = {code: tuple(one for one in catalogue[code].part_of if one in words) for code in words}
    for (code, part), wholes in wholes_by_words(words).items():
        if not part:
            more = (whole for whole, its_part in wholes if not its_part)
            found[code] = tuple(dict.fromkeys([*found[code], *more]))
    return {code: wholes for code, wholes in found.items() if wholes}


def _about_people(word: Word) -> bool:
    """Tell whether a word counts people, or what is about somebody, such as an ask."""
    return not isinstance(word, PlainWord)


def _is_count(cell: Cell, words: Mapping[str, Word]) -> bool:
    """Tell whether a cell is a number of people, and no share, ratio or median."""
    return bool(cell.part) or words[cell.indicator].form is Form.COUNT


def _zeros(catalogue: Catalogue, numbers: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the cells of the breakdowns in which nobody is."""
    places: dict[tuple[bool, ...], dict[Cell, None]] = {}
    for cell in numbers:
        if not cell.is_whole:
            places.setdefault(cell.breakdown, {})[replace(cell, indicator="", part="")] = None
    broken_down = dict.fromkeys(
        (cell.indicator, cell.breakdown) for cell in numbers if not cell.is_whole
    )
    return {
        zero: 0
        for code, breakdown in broken_down
        for part in ("", *catalogue[code].versions[-1].count.parts)
        for place in places[breakdown]
        if (zero := replace(place, indicator=code, part=part)) not in numbers
    }


def _ties(catalogue: Catalogue, words: Mapping[str, Word], counted: Mapping[Cell, int]) -> Ties:
    """Return what a reader of the catalogue knows of how these numbers hang together.

    Who is at one of several kinds of places is in a part of those who are at any, and that says no
    more of a person than a breakdown by kind does.
    """
    parts: dict[Cell, list[Cell]] = {}
    sorts: dict[Cell, list[Cell]] = {}
    counting = {(one.code, one.part): one for one in countings(words)}
    along: dict[tuple[Cell, Cell], str] = {}
    for part, whole in _wholes(catalogue, words, counted):
        one, other = (counting[cell.indicator, cell.part] for cell in (part, whole))
        along[part, whole] = differences(one.word, other.word)
        theirs = (sorts if _says_only_where(one, other) else parts).setdefault(part, [])
        if whole not in theirs:
            theirs.append(whole)
    same, made_of = _same(words, counted)
    local = {cell for cell in counted if is_local(words[cell.indicator], cell.part)}
    return Ties(parts, sorts, tuple(same), made_of, local, along)


def _says_only_where(one: Counting, whole: Counting) -> bool:
    """Tell whether one differs from the other in districts, kinds of places or organisations."""
    return (
        one.all_of_it
        and one.word != whole.word
        and one.inner == whole.inner
        and everywhere(one.word) == everywhere(whole.word)
    )


def _wholes(
    catalogue: Catalogue, words: Mapping[str, Word], counted: Mapping[Cell, int]
) -> Iterator[tuple[Cell, Cell]]:
    """Give each number with every other of which it is a part, as far as both are there.

    A part is never more than its whole: where it is, the two were not counted of the same people.
    """
    by_words = wholes_by_words(words)
    for cell, count in counted.items():
        word = words[cell.indicator]
        numbers = list(by_words.get((cell.indicator, cell.part), ()))
        if word.form is Form.SHARE and cell.part == word.parts[0]:
            numbers.append((cell.indicator, word.parts[1]))
        elif not cell.part:
            numbers += [(whole, "") for whole in catalogue[cell.indicator].part_of]
        for code, part in numbers:
            whole = replace(cell, indicator=code, part=part)
            if count <= counted.get(whole, -1):
                yield cell, whole


def _same(
    words: Mapping[str, Word], counted: Mapping[Cell, int]
) -> tuple[list[tuple[Cell, Cell]], dict[Cell, tuple[Cell, ...]]]:
    """Return the numbers that stand there twice, under two names, and those that are a sum.

    What is counted in one district is the same under an indicator of that district alone and in
    the breakdown of one without it; what is counted in two is the sum of those. Of who is somewhere
    on the day that is so of kinds of places and organisations too, by themselves.
    """
    names, by_name = Names(words), dict[Hashable, Cell]()
    same: list[tuple[Cell, Cell]] = []
    for cell in counted:
        headline = headline_part(words[cell.indicator])
        if headline is not None and cell.part == headline:
            same.append((replace(cell, part=""), cell))
        name = names.of(cell)
        if name is not None and by_name.setdefault(name, cell) != cell:
            same.append((by_name[name], cell))
    made_of = {}
    for cell in counted:
        parts = [by_name.get(name) for name in names.in_districts(cell)]
        if parts and None not in parts:
            made_of[cell] = tuple(part for part in parts if part is not None)
    return same, made_of


def _plain_or_worked_out(
    cell: Cell,
    value: int,
    words: Mapping[str, Word],
    shown: Mapping[Cell, Shown],
    protection: Protection,
) -> Shown:
    """Show what is no number of people: something of organisations, or worked out from people."""
    word = words[cell.indicator]
    if not _about_people(word):
        return Shown(str(value), hidden=False)
    parts = [shown[one] for part in word.parts if (one := replace(cell, part=part)) in shown]
    if any(part.hidden for part in parts):
        return HIDDEN
    text = str(_worked_out(word, value, [int(part.text) for part in parts], protection))
    if word.form is Form.SHARE and text in GIVEN_AWAY:
        return HIDDEN
    return Shown(text, hidden=False)


def _worked_out(word: Word, value: int, parts: list[int], protection: Protection) -> int:
    """Return a share or a ratio of rounded numbers, halves up; otherwise the value itself."""
    if not protection.rounding or len(parts) != 2 or not parts[1]:
        return value
    per = getattr(word, "per", 100)
    return (2 * parts[0] * per + parts[1]) // (2 * parts[1])
