"""Numbers of people that are tied together by sums, as somebody sees them who subtracts.

What is left of a whole after its parts is a number too, although nobody published it: whoever
knows both can work it out. It stands here as `Unprinted`, so that it is protected with the rest.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

Key = Hashable


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A number that is published nowhere and follows from others; `of` says from which."""

    of: Hashable
    says_all: bool = False
    """Nobody in it says something of everybody in the whole: then all of them are in the part."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts add up to exactly the whole."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class System:
    """Numbers in order of importance, with all the sums that they are in, unprinted ones too."""

    numbers: Mapping[Key, int]
    sums: tuple[Sum, ...]

    @cached_property
    def places(self) -> Mapping[Key, int]:
        """The place of every number in the order of importance."""
        return {key: place for place, key in enumerate(self.numbers)}


def tied(
    numbers: Mapping[Key, int],
    whole: Key,
    parts: Sequence[Key],
    *,
    apart: bool = False,
    says_all: bool = False,
    is_all: bool = False,
) -> tuple[list[Sum], dict[Key, int]]:
    """Tie parts to their whole, and return the sums with the unprinted numbers in them.

    Parts in which nobody can be twice leave one rest. Where parts must overlap, because together
    they are more than the whole, two of them may still be known to be different people, so every
    two that fit leave a rest. With `apart` each part by itself leaves a rest as well: it is a
    figure of its own. With `is_all` everybody is in one of the parts. `says_all` is true where to
    be in the part says something of a person: then a part that is the whole is protected too.
    """
    together, says_all = sum(numbers[part] for part in parts), says_all and numbers[whole] > 0
    groups: list[tuple[Key, ...]] = [tuple(parts)] if together <= numbers[whole] else []
    if apart or not groups:
        groups += [(part,) for part in parts if (part,) not in groups]
    if apart and together > numbers[whole]:
        pairs = combinations(parts, 2)
        groups += [
            (one, two) for one, two in pairs if numbers[one] + numbers[two] <= numbers[whole]
        ]
    sums, rests = [], dict[Key, int]()
    for some in groups:
        if is_all and len(some) == len(parts) and together == numbers[whole]:
            sums.append(Sum(whole, some))
            continue
        rest = Unprinted((whole, some), says_all)
        sums.append(Sum(whole, (*some, rest)))
        rests[rest] = numbers[whole] - sum(numbers[part] for part in some)
    return sums, rests


def covered(
    numbers: Mapping[Key, int], whole: Key, parts: Sequence[Key]
) -> tuple[list[Sum], dict[Key, int]]:
    """Say that everybody of the whole is in at least one of the parts, which overlap.

    How often people are in one part more is a number that follows: with a whole of 30 and parts
    of 20 and 13 three people are in both.
    """
    together = sum(numbers[part] for part in parts)
    total, more = Unprinted(("all", whole, tuple(parts))), Unprinted(("more", whole, tuple(parts)))
    sums = [Sum(total, tuple(parts)), Sum(total, (whole, more))]
    return sums, {total: together, more: together - numbers[whole]}


def made_up(
    numbers: Mapping[Key, int], whole: Key, parts: Sequence[Key]
) -> tuple[list[Sum], dict[Key, int]]:
    """Say that a number is what others are together; who is in two of them is counted once."""
    together = sum(numbers[part] for part in parts)
    if together == numbers[whole]:
        return [Sum(whole, tuple(parts))], {}
    return covered(numbers, whole, parts) if together > numbers[whole] else ([], {})
