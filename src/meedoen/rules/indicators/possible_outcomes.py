"""Which outcomes what is counted can have: the form offers them, and a text names no others."""

from meedoen.rules.indicators.people_words import PeopleEnded, ShareFallenBack
from meedoen.rules.placement_states import PLACEMENT_OUTCOMES
from meedoen.rules.vocabulary import Outcome

OF_A_PLACEMENT = tuple(one for one in Outcome if one in PLACEMENT_OUTCOMES)
OF_AN_ATTEMPT = tuple(one for one in Outcome if one not in PLACEMENT_OUTCOMES)
"""Of everything that happens only an attempt to reach somebody has an outcome."""


def outcomes_of(word: str) -> tuple[Outcome, ...]:
    """Return the outcomes of what a word counts, in the order of the vocabulary."""
    ends = word in (PeopleEnded.word, ShareFallenBack.word)
    return OF_A_PLACEMENT if ends else OF_AN_ATTEMPT
