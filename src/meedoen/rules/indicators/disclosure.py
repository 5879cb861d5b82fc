"""Small numbers are not shown: a few people in a table can be somebody the reader knows.

There are two marks, and both are true. `<10` says that the number is 1 to 9. `x` says only
that there is a number which is not shown: a small one, or one that would give a small one
away by subtraction. A real zero is shown, for it describes nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

USUAL_THRESHOLD = 10
LOWEST_THRESHOLD = 5
PROTECTED = "x"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets to see of a number."""

    text: str
    hidden: bool


HIDDEN = Shown(PROTECTED, hidden=True)
"""A number of which nothing is told."""


def protect(count: int, threshold: int = USUAL_THRESHOLD) -> Shown:
    """Show a number that stands alone, or that it is under the threshold.

    Raises ValueError for a threshold under 5 and for a number of people under 0.
    """
    _check(threshold, [count])
    if _small(count, threshold):
        return Shown(f"<{threshold}", hidden=True)
    return Shown(str(count), hidden=False)


def protect_part(part: int, whole: int, threshold: int = USUAL_THRESHOLD) -> Shown:
    """Show a part beside its whole, so that neither the part nor the rest can be found.

    A small part is `<10`, a part that leaves a small rest is `x`. Beside a whole under twice
    the threshold a small part is `x` as well: with 11 as the whole and `<10` for small parts,
    `x` could only mean 10. Raises ValueError as `protect` does, and for a part that is larger
    than its whole.
    """
    _check(threshold, [part, whole])
    if part > whole:
        raise ValueError(f"a part of {part} is larger than its whole of {whole}")
    shown = protect_together({"whole": whole, "part": part}, {"part": "whole"}, threshold)
    return shown["part"]


def protect_together(
    figures: Mapping[str, int],
    relations: Mapping[str, str],
    threshold: int = USUAL_THRESHOLD,
) -> dict[str, Shown]:
    """Show figures that are published together; `relations` maps each part to its whole.

    List the figures in order of importance. A small figure is hidden, and so is every part of
    a hidden whole. Then, while a small number could be found by subtraction from a whole that
    is shown, the last listed part of it that is still shown is hidden too. It is the last and
    not the smallest, because a reader who knows that the smallest is hidden knows more.

    Parts of one whole may add up to it, as the classes of growth do, or leave a rest, which
    is protected as if it were shown. A zero is always shown. Relations with a figure that is
    not published play no role. Raises ValueError as `protect` does, and for relations that
    go round in a ring.
    """
    _check(threshold, figures.values())
    wholes = {
        part: whole for part, whole in relations.items() if part in figures and whole in figures
    }
    _check_rings(wholes)
    families = _families(figures, wholes)
    hidden = {code for code, count in figures.items() if _small(count, threshold)}
    while more := _next_to_hide(families, figures, hidden, threshold):
        hidden |= more
    vague = _vague(families, figures, hidden, threshold)
    return {
        code: _marked(count, threshold, hidden=code in hidden, vague=code in vague)
        for code, count in figures.items()
    }


@dataclass(frozen=True, slots=True)
class _Family:
    """Parts of one whole in which no person is twice."""

    whole: str
    parts: tuple[str, ...]
    """In order of importance."""


def _families(figures: Mapping[str, int], wholes: Mapping[str, str]) -> list[_Family]:
    """Put the parts of one whole together; parts that must overlap each stand alone."""
    families = []
    for whole in dict.fromkeys(wholes.values()):
        parts = tuple(code for code in figures if wholes.get(code) == whole)
        if sum(figures[part] for part in parts) <= figures[whole]:
            families.append(_Family(whole, parts))
        else:
            families += [_Family(whole, (part,)) for part in parts]
    return families


def _next_to_hide(
    families: Iterable[_Family], figures: Mapping[str, int], hidden: set[str], threshold: int
) -> set[str]:
    """Find what must be hidden next; nothing when everything is protected."""
    for family in families:
        shown = [part for part in family.parts if figures[part] and part not in hidden]
        if shown and family.whole in hidden:
            return set(shown)
        if shown and not _is_safe(family, figures, hidden, threshold):
            return {shown[-1]}
    return set()


def _is_safe(family: _Family, figures: Mapping[str, int], hidden: set[str], threshold: int) -> bool:
    """Tell whether no small number follows from what is left after subtracting what is shown.

    Each number in what is left could then be anything from 1 to the threshold minus one, even
    for a reader who supposes that all the others in it are large.
    """
    left = figures[family.whole] - sum(figures[part] for part in family.parts if part not in hidden)
    rest = figures[family.whole] - sum(figures[part] for part in family.parts)
    unknown = sum(part in hidden for part in family.parts) + (rest > 0)
    if unknown == 0 or (unknown == 1 and rest >= threshold):
        return True
    return unknown > 1 and left >= threshold - 1 + (unknown - 1) * threshold


def _vague(
    families: Sequence[_Family], figures: Mapping[str, int], hidden: set[str], threshold: int
) -> set[str]:
    """Find the hidden parts for which even `<10` would say too much.

    That is where several parts of a whole are hidden, where nothing more could be hidden, and
    where the whole is hidden and its own mark does not say that it is small.
    """
    vague: set[str] = set()
    for _ in families:
        for family in families:
            unseen = {part for part in family.parts if part in hidden}
            if family.whole in hidden:
                plain = _small(figures[family.whole], threshold) and family.whole not in vague
            else:
                plain = len(unseen) == 1 and _is_safe(family, figures, hidden, threshold)
            vague |= set() if plain else unseen
    return vague


def _marked(count: int, threshold: int, *, hidden: bool, vague: bool) -> Shown:
    if hidden and (vague or not _small(count, threshold)):
        return HIDDEN
    return protect(count, threshold)


def _check(threshold: int, counts: Iterable[int]) -> None:
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} is under the lowest, {LOWEST_THRESHOLD}")
    if any(count < 0 for count in counts):
        raise ValueError("a number of people cannot be under 0")


def _check_rings(wholes: Mapping[str, str]) -> None:
    for start in wholes:
        seen, code = [start], wholes[start]
        while code in wholes and code not in seen:
            seen.append(code)
            code = wholes[code]
        if code in seen:
            raise ValueError(f"{code} is a part of itself, by way of {', '.join(seen)}")


def _small(count: int, threshold: int) -> bool:
    return 0 < count < threshold
