"""Between which numbers a hidden one lies for a reader, before any sum is made.

One reader goes by the marks. Another works the rules themselves out: they are public, and what is
hidden where tells why it was hidden.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.pieces import Piece, Sum
from meedoen.rules.indicators.reach import Bounds


def by_marks(piece: Piece, unseen: AbstractSet[int], plain: AbstractSet[int]) -> dict[int, Bounds]:
    """Return what each hidden number could be by its mark, `<10` for those that are plain.

    Outside `groups` a zero is hidden only with all other zeros of its breakdown. So a reader who
    sees a zero in a breakdown knows that what is hidden there is at least one, unless it was
    hidden in an earlier publication already. What is true always fits.
    """
    vague = set(piece.groups)
    for one in piece.sums:
        printed = [part for part in one.parts if part < piece.printed]
        has_rest = len(printed) < len(one.parts) and one.whole < piece.printed
        if has_rest and all(piece.counts[part] or part in unseen for part in printed):
            vague.update(printed)
    found: dict[int, Bounds] = {}
    for place in range(piece.printed):
        if place in plain or is_marked_small(piece.fixed[place]):
            found[place] = Bounds(1, piece.threshold - 1)
        elif place in unseen:
            may_be_nobody = place in vague or piece.hidden[place] is not None
            found[place] = Bounds(0 if may_be_nobody or not piece.counts[place] else 1)
    return found | dict.fromkeys(range(piece.printed, len(piece.counts)), Bounds(0))


def is_marked_small(fixed: Shown | None) -> bool:
    """Tell whether a number was decided on already, with a mark that says that it is small."""
    return fixed is not None and fixed.text.startswith("<")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A reader of a piece who knows which hidden numbers are small, and which are not.

    Two hidden parts with nothing hidden after them are both small: otherwise the last would be
    hidden and not these. So 18 people in two such parts would be 9 and 9. And a large number that
    is hidden beside a small one is large: of two small ones more would be hidden.
    """

    piece: Piece
    small: Mapping[int, int]
    """With each what it can be at most."""
    large: AbstractSet[int]

    def bounds(self, unseen: AbstractSet[int]) -> dict[int, Bounds]:
        """Return what each hidden number could be, for who knows that of them."""
        found = by_marks(self.piece, unseen, frozenset())
        for place, most in self.small.items():
            found[place] = Bounds(found[place].low, most)
        return found | dict.fromkeys(self.large & unseen, Bounds(self.piece.threshold))


def worked_out(piece: Piece) -> WorkedOut:
    """Return what a reader who works the rules out knows of the numbers of a piece.

    Of a part beside a small rest that nobody printed they cannot say which of the two is small, and
    what was hidden earlier may be hidden for that. That a small whole is more than one of its parts
    is no news.
    """
    doubted = {place for one in piece.sums for place in _beside_few(one, piece)}
    known = [place for place in range(piece.printed) if place not in doubted]
    inside = dict.fromkeys(range(piece.printed), 0)
    for one in piece.sums:
        if one.whole < piece.printed:
            others = sum(part < piece.printed and piece.counts[part] > 0 for part in one.parts) - 1
            inside[one.whole] = max(inside[one.whole], others)
    return WorkedOut(
        piece,
        small={
            place: piece.threshold - 1 + inside[place] for place in known if piece.is_small(place)
        },
        large={
            place
            for place in known
            if piece.counts[place] >= piece.threshold and piece.hidden[place] is None
        },
    )


def _beside_few(one: Sum, piece: Piece) -> Iterable[int]:
    """Give the only printed part of a sum when what is left beside it is few people."""
    if len(one.parts) == 2:
        part, rest = sorted(one.parts)
        if part < piece.printed <= rest and piece.counts[rest] < piece.threshold:
            yield part
