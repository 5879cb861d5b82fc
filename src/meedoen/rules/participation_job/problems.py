"""What the law does not allow, or what cannot be counted: each with its code."""

from collections.abc import Iterable
from enum import StrEnum


class ClockProblem(StrEnum):
    """Why facts about a participation job are refused."""

    NO_STRETCH = "no_stretch"
    """There is no day of work in a participation job."""
    STRETCH_ENDS_BEFORE_START = "stretch_ends_before_start"
    STRETCHES_OVERLAP = "stretches_overlap"
    """Two stretches hold the same day, or an open one is not the last."""
    LEFT_OUT_WITHOUT_OTHER_PROVISION = "left_out_without_other_provision"
    """Only work under another provision may be left out of the two years: 10a(3)."""
    ASSESSED_BEFORE_START = "assessed_before_start"
    ASSESSED_TOO_EARLY = "assessed_too_early"
    """An assessment is of about the moment that the law names: 10a(8), (9), (10)."""
    ASSESSED_TWICE = "assessed_twice"
    """Two assessments of one kind: give the one that counts."""
    EXTENSION_NUMBER = "extension_number"
    """There are a first and a second extension, each once, and no others: 10a(9), (10)."""
    EXTENSION_WITHOUT_FIRST = "extension_without_first"
    """The second extension follows on the first: 10a(10)."""
    EXTENSION_NOT_ASSESSED = "extension_not_assessed"
    """An extension follows on its assessment: 10a(9), (10)."""
    EXTENSION_CHANCE_NOT_BETTER = "extension_chance_not_better"
    """It was assessed that going on does not make the chance of work much better: 10a(9), (10)."""
    EXTENSION_SAME_WORK = "extension_same_work"
    """In the third year the work is other work: 10a(9)."""
    EXTENSION_SAME_ENVIRONMENT = "extension_same_environment"
    """In the third year the work is in another environment: 10a(9)."""
    EXTENSION_TOO_EARLY = "extension_too_early"
    """A year more is decided on in the year before it: 10a(9), (10)."""
    EXTENSION_TOO_LATE = "extension_too_late"
    """An extension is decided on before the term it extends is over: 10a(9), (10)."""
    PERIOD_NOT_OVER = "period_not_over"
    """A premium is decided on after the six months: 10a(6)."""
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"
    """Whether a premium counts as means depends on the age: 31(5)."""
    WAGE_SUBSIDY_GROUP_UNKNOWN = "wage_subsidy_group_unknown"
    """Below 27 a premium is exempt only in the group of the wage subsidy: 31(5)."""


SENTENCES = {
    ClockProblem.NO_STRETCH: "Give at least one stretch of work in a participation job.",
    ClockProblem.STRETCH_ENDS_BEFORE_START: "A stretch must end after the day it starts on.",
    ClockProblem.STRETCHES_OVERLAP: "Stretches may not overlap; only the last may have no end.",
    ClockProblem.LEFT_OUT_WITHOUT_OTHER_PROVISION: (
        "Only work under another provision can be left out (article 10a(3))."
    ),
    ClockProblem.ASSESSED_BEFORE_START: "An assessment cannot come before the work starts.",
    ClockProblem.ASSESSED_TOO_EARLY: (
        "An assessment comes too long before its moment (article 10a(8), (9) and (10))."
    ),
    ClockProblem.ASSESSED_TWICE: "Give one assessment of each kind: the one that counts.",
    ClockProblem.EXTENSION_NUMBER: (
        "There is a first and a second extension, each once (article 10a(9) and (10))."
    ),
    ClockProblem.EXTENSION_WITHOUT_FIRST: (
        "The second extension needs the first one before it (article 10a(10))."
    ),
    ClockProblem.EXTENSION_NOT_ASSESSED: (
        "Assess first whether going on makes the chance of work much better "
        "(article 10a(9) and (10))."
    ),
    ClockProblem.EXTENSION_CHANCE_NOT_BETTER: (
        "Going on does not make the chance of work much better, so there is no extension "
        "(article 10a(9) and (10))."
    ),
    ClockProblem.EXTENSION_SAME_WORK: "The third year must be other work (article 10a(9)).",
    ClockProblem.EXTENSION_SAME_ENVIRONMENT: (
        "The third year must be in another environment (article 10a(9))."
    ),
    ClockProblem.EXTENSION_TOO_EARLY: (
        "An extension comes too long before the end of the term (article 10a(9) and (10))."
    ),
    ClockProblem.EXTENSION_TOO_LATE: (
        "An extension is decided on before the term is over (article 10a(9) and (10))."
    ),
    ClockProblem.PERIOD_NOT_OVER: (
        "A premium is decided on when the six months are over (article 10a(6))."
    ),
    ClockProblem.BIRTH_DATE_UNKNOWN: "Give the date of birth: the age decides (article 31(5)).",
    ClockProblem.WAGE_SUBSIDY_GROUP_UNKNOWN: (
        "Say whether the person is in the group of the wage subsidy: below 27 that decides "
        "(article 31(5))."
    ),
}


class ClockError(ValueError):
    """Facts that the law does not allow; `problems` has every code, in order of the facts."""

    def __init__(self, problems: Iterable[ClockProblem]) -> None:
        """Keep the codes once each, and say what is wrong."""
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(SENTENCES[problem] for problem in self.problems))
