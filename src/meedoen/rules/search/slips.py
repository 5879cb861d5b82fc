"""Words with a typing error in them: how far two words are apart, letter by letter."""

from meedoen.rules.search.words import pieces_of

SHORTEST = 4
"""Shorter words are never taken for a slip: "bus" and "bos" are both meant."""
SHORTEST_FOR_TWO = 8
PIECES_A_SLIP_CHANGES = 4
"""Two letters that changed places stand in four pieces of three letters."""


def slips_allowed(word: str) -> int:
    """Return how many slips a word may hold: 0 to 3 letters none, 4 to 7 one, from 8 on two."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < SHORTEST_FOR_TWO else 2


def fewest_shared_pieces(word: str) -> int:
    """Return how many pieces a word with the slips allowed still has in common; at least one."""
    return max(1, len(pieces_of(word)) - PIECES_A_SLIP_CHANGES * slips_allowed(word))


def slips_between(one: str, other: str, *, most: int) -> int | None:
    """Return in how many slips one word becomes the other, or None when it takes more than `most`.

    A slip is a letter too many, too few, another letter, or two neighbours that changed places.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(
                last[column] + 1, this[column - 1] + 1, last[column - 1] + (letter != wanted)
            )
            if _swapped(one, other, row, column):
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        if min(this) > most:
            return None
        before, last = last, this
    return last[-1] if last[-1] <= most else None


def _swapped(one: str, other: str, row: int, column: int) -> bool:
    return (
        row > 1
        and column > 1
        and one[row - 1] == other[column - 2]
        and one[row - 2] == other[column - 1]
    )
