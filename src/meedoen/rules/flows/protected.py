"""Small numbers in a table with totals in two directions, where each number has several wholes.

`meedoen.rules.indicators.disclosure` protects parts that have one whole. Here a number is part of
its row and of its column, so every sum that a reader could make is a line of its own, and at the
end it is worked out whether all lines together still give a small number away.
"""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from meedoen.rules.indicators.disclosure import LOWEST_THRESHOLD, PROTECTED, USUAL_THRESHOLD, Shown

Key = TypeVar("Key", bound=Hashable)
NOTHING = 1e-9
"""Under this a number that was reckoned with is a zero."""


@dataclass(frozen=True, slots=True)
class Line(Generic[Key]):
    """The parts add up to exactly the whole; in order of importance."""

    whole: Key
    parts: tuple[Key, ...]


def protect_lines(
    figures: Mapping[Key, int],
    lines: Sequence[Line[Key]],
    threshold: int = USUAL_THRESHOLD,
    *,
    hidden: AbstractSet[Key] = frozenset(),
    sums: AbstractSet[Key] = frozenset(),
) -> dict[Key, Shown]:
    """Show figures that add up in several directions; what is hidden is `x`, a zero is shown.

    Small figures are hidden, and then more, the last of a line first and its whole when there is
    nothing else, until no line and not all of them together give a small figure. `hidden` are
    hidden for another reason already. `sums` are published nowhere and are there to tie lines
    together: two lines with the same sum as their whole say that their parts are equal. Raises
    ValueError for a threshold under 5, a figure under 0, and parts that do not add up.
    """
    _check(figures, lines, threshold)
    unseen = {key for key, count in figures.items() if 0 < count < threshold}
    unseen |= {key for key in (*hidden, *sums) if figures[key]}
    while more := _next_to_hide(figures, lines, unseen, threshold, sums):
        unseen.add(more[0])
    return {
        key: Shown(PROTECTED, hidden=True) if key in unseen else Shown(str(count), hidden=False)
        for key, count in figures.items()
    }


def _next_to_hide(
    figures: Mapping[Key, int],
    lines: Sequence[Line[Key]],
    hidden: set[Key],
    threshold: int,
    sums: AbstractSet[Key],
) -> tuple[Key, ...]:
    """Return one more to hide, or nothing when everything is safe."""
    for line in lines:
        found: Sequence[Key] = ()
        if line.whole in sums:
            if (hidden - sums).intersection(line.parts):
                found = _to_hide_of_sum(line, figures, lines, hidden, threshold)
        elif _gives_away(line, figures, hidden, threshold):
            found = _hideable(line, figures, hidden)
        if found:
            return (found[0],)
    for key in _determined(figures, lines, hidden):
        small = figures[key] < threshold and key not in sums
        if small or any(
            line.whole == key
            and not hidden.intersection(line.parts) <= sums
            and _narrows(line, figures, hidden, threshold)
            for line in lines
        ):
            around = [line for line in lines if key == line.whole or key in line.parts]
            found = [one for line in around for one in _hideable(line, figures, hidden)]
            # A number that follows from lines further away is safe when one of those is vaguer.
            found += [one for line in lines for one in _hideable(line, figures, hidden)]
            if found:
                return (found[0],)
    return ()


def _to_hide_of_sum(
    line: Line[Key],
    figures: Mapping[Key, int],
    lines: Sequence[Line[Key]],
    hidden: set[Key],
    threshold: int,
) -> list[Key]:
    """Return what could be hidden when a sum that can be found elsewhere gives a number away.

    What is on the other side of the equation comes first: this side has lost a number already.
    """
    others = [one for one in lines if one.whole == line.whole and one is not line]
    seen = any(not hidden.intersection(one.parts) for one in others)
    if not seen or not _gives_away(line, figures, hidden - {line.whole}, threshold):
        return []
    return [key for one in (*others, line) for key in _hideable(one, figures, hidden)]


def _hideable(line: Line[Key], figures: Mapping[Key, int], hidden: set[Key]) -> list[Key]:
    """Return what of a line could still be hidden: the last part first, the whole at the end."""
    candidates = [*reversed(line.parts), line.whole]
    return [key for key in candidates if figures[key] and key not in hidden]


def _gives_away(
    line: Line[Key], figures: Mapping[Key, int], hidden: set[Key], threshold: int
) -> bool:
    """Tell whether a line narrows a small number down, by the measure of `disclosure`."""
    if line.whole in hidden:
        # Shown parts give a hidden whole; that it follows from other lines is looked at later.
        return not hidden.intersection(line.parts)
    return _narrows(line, figures, hidden, threshold)


def _narrows(line: Line[Key], figures: Mapping[Key, int], hidden: set[Key], threshold: int) -> bool:
    """Tell whether whoever knows the whole of a line comes too close to a small part of it."""
    unseen = sum(figures[part] for part in line.parts if part in hidden)
    unknown = sum(part in hidden for part in line.parts)
    return unknown > 0 and (unknown == 1 or unseen < threshold - 1 + (unknown - 1) * threshold)


def _determined(
    figures: Mapping[Key, int], lines: Sequence[Line[Key]], hidden: set[Key]
) -> list[Key]:
    """Return the hidden figures that follow from all lines together.

    They are those that no change of the hidden figures touches that leaves every line right: what
    the lines leave free is at right angles to them, so nothing of such a figure is left over.
    """
    names = [key for key in figures if key in hidden]
    if not names:
        return []
    at = {key: place for place, key in enumerate(names)}
    sums = np.zeros((len(lines) + 1, len(names)))
    for row, line in enumerate(lines):
        for sign, keys in ((1.0, line.parts), (-1.0, (line.whole,))):
            for key in keys:
                if key in at:
                    sums[row, at[key]] += sign
    _left, sizes, right = np.linalg.svd(sums, full_matrices=False)
    said = right[sizes > NOTHING]
    left_over = 1.0 - np.sum(said * said, axis=0)
    return [key for key in names if left_over[at[key]] < NOTHING]


def _check(figures: Mapping[Key, int], lines: Sequence[Line[Key]], threshold: int) -> None:
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} is under the lowest, {LOWEST_THRESHOLD}")
    if any(count < 0 for count in figures.values()):
        raise ValueError("a number of people cannot be under 0")
    for line in lines:
        together = sum(figures[part] for part in line.parts)
        if together != figures[line.whole]:
            raise ValueError(
                f"the parts of {line.whole!r} are {together} together, not {figures[line.whole]}"
            )
