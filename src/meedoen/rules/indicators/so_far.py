"""As much of an unfinished text as can be counted already: how it counts is enough for that."""

from collections.abc import Sequence
from dataclasses import replace

from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.reader import read_unfinished

WHOLES = "part_of"
CHOSEN = (".districts", ".organisations")


def so_far(code: str, text: str, mistakes: Sequence[Mistake]) -> Definition | None:
    """Return what a text with these mistakes would count, without the words that it lacks.

    None where a mistake is in how it counts: then it counts something else than was meant. Worked
    examples are left out when one of them is wrong.
    """
    definition = read_unfinished(f"{code}.toml", text)
    chosen_wrong = any(one.where == WHOLES or one.where.endswith(CHOSEN) for one in mistakes)
    if definition is None or chosen_wrong:
        return None
    wrong = any(one.where.startswith("examples") for one in mistakes)
    return replace(definition, examples=()) if wrong else definition


def is_about_counting(mistake: Mistake) -> bool:
    """Tell whether a mistake is in how it counts, or in the whole text."""
    return not mistake.where or mistake.where == WHOLES or mistake.where.startswith("versions")
