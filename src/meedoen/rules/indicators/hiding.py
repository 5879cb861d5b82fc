"""Which numbers are hidden, so that no small number follows from the others.

It goes in three steps: what is small is hidden; while a reader comes too close to a small number,
something beside it is hidden too; and `<10` is said only where that does not bring them closer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.reach import Bounds, Reader
from meedoen.rules.indicators.sums import Key, Sum, System, Unprinted


@dataclass(frozen=True, slots=True)
class Aims:
    """What is to be hidden.

    `fixed` are shown as they are whatever follows, because they were decided on before, and
    `hidden` were hidden earlier, with these marks. Of `groups`, parts of some people, nobody says
    something of everybody who could have been in it: there a zero is hidden too.
    """

    threshold: int
    fixed: Mapping[Key, Shown]
    hidden: Mapping[Key, str]
    groups: AbstractSet[Key]


def hide(system: System, aims: Aims) -> dict[Key, Shown]:
    """Show every number that is not hidden; the marks of hidden ones are `<10` and `x`.

    The numbers stand in order of importance. What is hidden beside a small number is the last of a
    sum that is still shown. It is the last and not the smallest, because a reader who knows that
    the smallest is hidden knows more. Where even that is not enough the zeros go too, so that the
    whole breakdown is `x`.
    """
    printed = [key for key in system.numbers if not isinstance(key, Unprinted)]
    unseen = {key for key in printed if _must_be_hidden(key, system, aims)}
    asked = [key for key in system.numbers if _is_sensitive(key, system, aims)]
    around = _around(system.sums)
    reader = Reader(system, aims.threshold)
    while True:
        found = reader.narrowed(_bounds(system, aims, unseen, frozenset()), asked)
        near = [_nearest(around.get(key, ()), around, unseen) for key in found]
        near += [_nearest([one], around, unseen) for one in _small_left(system, unseen, aims)]
        more = {key for sums in near for key in _beside(sums, system, unseen, aims)}
        if not more:
            break
        unseen |= more
    plain = _plain(system, aims, unseen, around)
    reader.safe.clear()
    while found := reader.narrowed(_bounds(system, aims, unseen, plain), asked):
        marked = plain - aims.fixed.keys()
        less = {_vaguer(key, around, unseen, marked) for key in found}
        if less == {None}:
            break
        plain -= less
    return {key: _shown(key, system, aims, unseen, plain) for key in printed}


def _must_be_hidden(key: Key, system: System, aims: Aims) -> bool:
    if key in aims.fixed:
        return aims.fixed[key].hidden
    count = system.numbers[key]
    return 0 < count < aims.threshold or key in aims.hidden or (not count and key in aims.groups)


def _is_sensitive(key: Key, system: System, aims: Aims) -> bool:
    """Tell whether a number is one that a reader may not come close to."""
    if isinstance(key, Unprinted) and not system.numbers[key]:
        return key.says_all
    count = system.numbers[key]
    return 0 < count < aims.threshold or (not count and key in aims.groups)


def _small_left(system: System, unseen: AbstractSet[Key], aims: Aims) -> list[Sum]:
    """Return the sums of which what is not shown is few people together."""
    found = []
    for one in system.sums:
        hidden = [key for key in one.parts if key in unseen or isinstance(key, Unprinted)]
        if one.whole not in unseen and not isinstance(one.whole, Unprinted):
            left = sum(system.numbers[key] for key in hidden)
            found += [one] if 0 < left < aims.threshold else []
    return found


def _around(sums: Sequence[Sum]) -> Mapping[Key, list[Sum]]:
    """Return the sums that each number is in."""
    found: dict[Key, list[Sum]] = {}
    for one in sums:
        for key in (one.whole, *one.parts):
            found.setdefault(key, []).append(one)
    return found


def _bounds(
    system: System, aims: Aims, unseen: AbstractSet[Key], plain: AbstractSet[Key]
) -> dict[Key, Bounds]:
    """Return what each hidden number could be by itself, for a reader who knows these rules.

    Outside `groups` a zero is hidden only with all other zeros of its breakdown. So a reader who
    sees a zero in a breakdown knows that what is hidden there is at least one.
    """
    vague = set(aims.groups)
    for one in system.sums:
        printed = [part for part in one.parts if not isinstance(part, Unprinted)]
        has_rest = len(printed) < len(one.parts) and not isinstance(one.whole, Unprinted)
        if has_rest and all(system.numbers[part] or part in unseen for part in printed):
            vague.update(printed)
    found: dict[Key, Bounds] = {}
    for key in system.numbers:
        if isinstance(key, Unprinted):
            found[key] = Bounds(0)
        elif key in plain or (key in aims.fixed and aims.fixed[key].text.startswith("<")):
            found[key] = Bounds(1, aims.threshold - 1)
        elif key in unseen:
            found[key] = Bounds(0 if key in vague else 1)
    return found


def _beside(
    sums: Iterable[Sum], system: System, unseen: AbstractSet[Key], aims: Aims
) -> Sequence[Key]:
    """Return what to hide so that less follows from sums; empty when nothing is left to hide."""
    zeros: list[Key] = []
    for one in sums:
        free = [
            each
            for each in (one.whole, *one.parts)
            if not isinstance(each, Unprinted) and each not in unseen and each not in aims.fixed
        ]
        if people := [each for each in free if system.numbers[each]]:
            return [max(people, key=system.places.__getitem__)]
        zeros = zeros or free
    return zeros


def _nearest(
    first: Iterable[Sum], around: Mapping[Key, list[Sum]], unseen: AbstractSet[Key]
) -> Iterator[Sum]:
    """Give these sums, then those that hang on them by what is hidden, the nearest first."""
    waiting = dict.fromkeys(first)
    done: set[Sum] = set()
    while waiting:
        one = next(iter(waiting))
        del waiting[one]
        done.add(one)
        yield one
        for key in (*one.parts, one.whole):
            if key in unseen or isinstance(key, Unprinted):
                waiting |= dict.fromkeys(each for each in around[key] if each not in done)


def _plain(
    system: System,
    aims: Aims,
    unseen: AbstractSet[Key],
    around: Mapping[Key, list[Sum]],
) -> set[Key]:
    """Return the small numbers that may be marked as small, as far as one sum at a time tells.

    That is where a number is the only hidden part of a whole that is shown, and where the whole is
    itself marked as small. What had another mark earlier gets none that says more.
    """
    mark = f"<{aims.threshold}"
    plain = {
        key
        for key in unseen - aims.fixed.keys()
        if 0 < system.numbers[key] < aims.threshold and aims.hidden.get(key, mark) == mark
    }
    plain |= {key for key, shown in aims.fixed.items() if shown.text.startswith("<")}
    while vague := {
        key
        for key in plain - aims.fixed.keys()
        if any(not _says_enough(one, key, unseen, plain) for one in around.get(key, ()))
    }:
        plain -= vague
    return plain


def _says_enough(one: Sum, key: Key, unseen: AbstractSet[Key], plain: AbstractSet[Key]) -> bool:
    if key == one.whole or isinstance(one.whole, Unprinted):
        return True
    if one.whole in unseen:
        return one.whole in plain
    return not any(part in unseen and part != key for part in one.parts)


def _vaguer(
    key: Key,
    around: Mapping[Key, list[Sum]],
    unseen: AbstractSet[Key],
    marked: AbstractSet[Key],
) -> Key | None:
    """Return which mark says too much, the last part first; None when no mark is near."""
    for one in _nearest(around.get(key, ()), around, unseen):
        for candidate in (*reversed(one.parts), one.whole):
            if candidate in marked:
                return candidate
    return None


def _shown(
    key: Key, system: System, aims: Aims, unseen: AbstractSet[Key], plain: AbstractSet[Key]
) -> Shown:
    if key in aims.fixed:
        return aims.fixed[key]
    if key in plain:
        return Shown(f"<{aims.threshold}", hidden=True)
    if key in unseen:
        return Shown(PROTECTED, hidden=True)
    return Shown(str(system.numbers[key]), hidden=False)
