"""Which numbers are hidden, so that no small number follows from the others.

It goes in three steps: what is small is hidden; while a reader who works these rules out comes too
close to a small number, something beside it is hidden too; and `<10` is said only where that does
not bring them closer.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
)
from meedoen.rules.indicators.hidden_bounds import by_marks, is_marked_small, worked_out
from meedoen.rules.indicators.pieces import Aims, Piece, Sum, pieces
from meedoen.rules.indicators.reach import Reader
from meedoen.rules.indicators.sums import Key, System, Unprinted

REMEMBERED = 2_000
"""Pieces of which is remembered how they are shown: some days of a large municipality."""


def hide(system: System, aims: Aims) -> dict[Key, Shown]:
    """Show every number that is not hidden; the marks of hidden ones are `<10` and `x`.

    The numbers stand in order of importance. What is hidden beside a small number is the last of a
    sum that is still shown. It is the last and not the smallest, because a reader who knows that
    the smallest is hidden knows more. Where no part with people is left the zeros go too, so that
    the whole breakdown is `x`, and where even that is not enough the whole.
    """
    shown: dict[Key, Shown] = {}
    for keys, piece in pieces(system, aims):
        shown.update(zip(keys, _protected(piece), strict=True))
    return {key: shown[key] for key in system.numbers if not isinstance(key, Unprinted)}


@lru_cache(maxsize=REMEMBERED)
def _protected(piece: Piece) -> tuple[Shown, ...]:
    """Return how each printed number of a piece is shown.

    What was worked out for one page is asked again for the next, so it is remembered.
    """
    unseen = {place for place in range(piece.printed) if _must_be_hidden(place, piece)}
    asked = [place for place in range(len(piece.counts)) if _is_sensitive(place, piece)]
    net = _Net(piece, piece.around())
    reader, known = Reader(piece), worked_out(piece)
    while True:
        found = reader.narrowed(known.bounds(unseen), asked)
        near = [net.around[place] for place in found]
        near += [[number] for number in _small_left(piece, unseen)]
        more = {place for starts in near for place in net.beside(starts, unseen)}
        if not more:
            break
        unseen |= more
    plain = _plain(net, unseen)
    reader.safe.clear()
    while found := reader.narrowed(by_marks(piece, unseen, plain), asked):
        marked = {place for place in plain if piece.fixed[place] is None}
        less = {place for each in found for place in net.vaguer(net.around[each], unseen, marked)}
        if not less:
            break
        plain -= less
    return tuple(_shown(place, piece, unseen, plain) for place in range(piece.printed))


def _must_be_hidden(place: int, piece: Piece) -> bool:
    if (fixed := piece.fixed[place]) is not None:
        return fixed.hidden
    if piece.is_small(place) or piece.hidden[place] is not None:
        return True
    return not piece.counts[place] and place in piece.groups


def _is_sensitive(place: int, piece: Piece) -> bool:
    """Tell whether a number is one that a reader may not come close to."""
    if piece.counts[place]:
        return piece.is_small(place)
    return place in (piece.says_all if place >= piece.printed else piece.groups)


def _small_left(piece: Piece, unseen: AbstractSet[int]) -> list[int]:
    """Return the sums of which what is not shown is few people together."""
    found = []
    for number, one in enumerate(piece.sums):
        if one.whole not in unseen and one.whole < piece.printed:
            hidden = [part for part in one.parts if part in unseen or part >= piece.printed]
            if 0 < sum(piece.counts[part] for part in hidden) < piece.threshold:
                found.append(number)
    return found


@dataclass(slots=True)
class _Net:
    """The sums of a piece, as they hang on each other by what is hidden."""

    piece: Piece
    around: Sequence[Sequence[int]]
    """For each number in which sums it is."""
    _empty: set[int] = field(default_factory=set)
    """Sums beside which nothing can be hidden any more."""
    _full: set[int] = field(default_factory=set)
    """Those of which that is so of all that hang on them too."""

    def beside(self, starts: Iterable[int], unseen: AbstractSet[int]) -> Sequence[int]:
        """Return what to hide so that less follows from sums; empty when nothing is left to hide.

        Of the nearest sum of which something is still shown it is the last number in which somebody
        is. Where that is the whole alone its zeros go first: the whole takes along what stands
        beside it.
        """
        if self._full.issuperset(starts):
            return ()
        passed = []
        for number in self._nearest(starts, unseen):
            passed.append(number)
            if number in self._empty:
                continue
            one = self.piece.sums[number]
            free = [place for place in one.parts if self._free(place, unseen)]
            whole = [one.whole] if self._free(one.whole, unseen) else []
            if people := [place for place in free if self.piece.counts[place]]:
                return (max(people + whole),)
            if rest := free or whole:
                return rest
            self._empty.add(number)
        self._full.update(passed)
        return ()

    def vaguer(
        self, starts: Iterable[int], unseen: AbstractSet[int], marked: AbstractSet[int]
    ) -> Sequence[int]:
        """Return which mark says too much, the last part first; empty when no mark is near."""
        for number in self._nearest(starts, unseen):
            one = self.piece.sums[number]
            for place in (*reversed(one.parts), one.whole):
                if place in marked:
                    return (place,)
        return ()

    def _free(self, place: int, unseen: AbstractSet[int]) -> bool:
        if place in unseen or place >= self.piece.printed:
            return False
        return self.piece.fixed[place] is None

    def _nearest(self, starts: Iterable[int], unseen: AbstractSet[int]) -> Iterator[int]:
        """Give these sums, then those that hang on them by what is hidden, the nearest first."""
        row = list(starts)
        seen, through = set(row), set[int]()
        for number in row:
            yield number
            for place in self.piece.sums[number].places:
                if place not in through and (place in unseen or place >= self.piece.printed):
                    through.add(place)
                    more = [each for each in self.around[place] if each not in seen]
                    seen.update(more)
                    row += more


def _plain(net: _Net, unseen: AbstractSet[int]) -> set[int]:
    """Return the small numbers that may be marked as small, as far as one sum at a time tells.

    That is where a number is the only hidden part of a whole that is shown, and where the whole is
    itself marked as small. What had another mark earlier gets none that says more.
    """
    piece = net.piece
    mark = f"<{piece.threshold}"
    decided = {place for place in range(piece.printed) if piece.fixed[place] is not None}
    plain = {
        place
        for place in unseen - decided
        if piece.is_small(place) and piece.hidden[place] in (None, mark)
    }
    plain |= {place for place in decided if is_marked_small(piece.fixed[place])}
    while vague := {
        place
        for place in plain - decided
        if not all(
            _says_enough(piece.sums[number], place, piece, unseen, plain)
            for number in net.around[place]
        )
    }:
        plain -= vague
    return plain


def _says_enough(
    one: Sum, place: int, piece: Piece, unseen: AbstractSet[int], plain: AbstractSet[int]
) -> bool:
    if place == one.whole or one.whole >= piece.printed:
        return True
    if one.whole in unseen:
        return one.whole in plain
    return not any(part in unseen and part != place for part in one.parts)


def _shown(place: int, piece: Piece, unseen: AbstractSet[int], plain: AbstractSet[int]) -> Shown:
    if (fixed := piece.fixed[place]) is not None:
        return fixed
    if place in plain:
        return Shown(f"<{piece.threshold}", hidden=True)
    if place in unseen:
        return HIDDEN
    return Shown(str(piece.counts[place]), hidden=False)
