"""From answers to a rung, with the reasons.

The order of the questions follows from the rules of the rungs (see rungs.py): paid work is
looked at first, then responsibility, then organised activities, then contacts. Only the
questions on the way to a rung have to be answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from meedoen.rules.ladder.questions import Answers, Question
from meedoen.rules.ladder.rungs import Rung


@dataclass(frozen=True, slots=True)
class _Fork:
    """Where a yes and a no lead: to a next question, or to a rung."""

    yes: Question | Rung
    no: Question | Rung


_FIRST = Question.HAS_CONTRACT
_FORKS = {
    Question.HAS_CONTRACT: _Fork(
        yes=Question.HAS_SUPPORT, no=Question.UNPAID_TASKS_WITH_RESPONSIBILITY
    ),
    Question.HAS_SUPPORT: _Fork(yes=Rung.PAID_WORK_WITH_SUPPORT, no=Rung.PAID_WORK),
    Question.UNPAID_TASKS_WITH_RESPONSIBILITY: _Fork(
        yes=Rung.UNPAID_WORK, no=Question.ORGANISED_ACTIVITY_WEEKLY
    ),
    Question.ORGANISED_ACTIVITY_WEEKLY: _Fork(
        yes=Rung.ORGANISED_ACTIVITIES, no=Question.CONTACTS_OUTSIDE_WEEKLY
    ),
    Question.CONTACTS_OUTSIDE_WEEKLY: _Fork(yes=Rung.CONTACTS_OUTSIDE_HOME, no=Rung.ISOLATED),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer on the way, and the highest rung that is still possible after it."""

    question: Question
    answer: bool
    rung: Rung

    @property
    def code(self) -> str:
        """Name this reason for a sentence, such as `has_contract_no`."""
        return f"{self.question.value}_{'yes' if self.answer else 'no'}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The rung that follows from the answers; reasons in the order of asking, at least two."""

    rung: Rung
    reasons: tuple[Reason, ...]

    @property
    def deciding(self) -> Reason:
        """The reason that settled the rung: the last one."""
        return self.reasons[-1]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that cannot both be right."""

    question: Question
    answer: bool
    other_question: Question
    other_answer: bool


class MissingAnswerError(ValueError):
    """A question on the way to the rung has not been answered."""

    def __init__(self, question: Question) -> None:
        """Name the question that is needed next."""
        super().__init__(f"The rung cannot be found yet: answer the question {question.value!r}.")
        self.question = question


class ContradictoryAnswersError(ValueError):
    """Some of the answers cannot both be right."""

    def __init__(self, contradictions: tuple[Contradiction, ...]) -> None:
        """Keep every contradiction and say each in a sentence."""
        sentences = (
            f"{_spoken(found.question, answer=found.answer)} does not go with "
            f"{_spoken(found.other_question, answer=found.other_answer)}; change one of the two."
            for found in contradictions
        )
        super().__init__(" ".join(sentences))
        self.contradictions = contradictions


class SetRungNeedsReasonError(ValueError):
    """The rung was set otherwise than derived and nobody said why."""

    def __init__(self, derived: Rung, set_rung: Rung) -> None:
        """Name both rungs."""
        super().__init__(
            f"The answers lead to rung {derived.value} and rung {set_rung.value} was set; "
            "give the reason for the difference."
        )
        self.derived = derived
        self.set_rung = set_rung


def assess(answers: Answers) -> Assessment:
    """Find the rung that follows from the answers.

    Raises ContradictoryAnswersError when answers cannot both be right, and
    MissingAnswerError for the first question on the way that has no answer.
    """
    found = contradictions(answers)
    if found:
        raise ContradictoryAnswersError(found)
    reasons, end = _walk(answers)
    if isinstance(end, Question):
        raise MissingAnswerError(end)
    return Assessment(rung=end, reasons=reasons)


def next_question(answers: Answers) -> Question | None:
    """Return the question to ask now, or None when the rung is known."""
    _, end = _walk(answers)
    return end if isinstance(end, Question) else None


def questions_needed(answers: Answers) -> tuple[Question, ...]:
    """Return the questions these answers make necessary, in order.

    First those that have been answered, then the one to ask now, if any. Answers to other
    questions play no part in the rung.
    """
    reasons, end = _walk(answers)
    asked = tuple(reason.question for reason in reasons)
    return (*asked, end) if isinstance(end, Question) else asked


def answers_before(question: Question) -> Mapping[Question, bool]:
    """Return the answers after which this question is asked; none before the first one."""
    for before, fork in _FORKS.items():
        for answer, onward in ((True, fork.yes), (False, fork.no)):
            if onward is question:
                return {**answers_before(before), before: answer}
    return {}


def contradictions(answers: Answers) -> tuple[Contradiction, ...]:
    """Return the pairs of answers that cannot both be right.

    Support is asked about paid work only, so a yes to it without a contract means that one of
    the two was a slip. A job coach on a participation job is not support in this sense: leave
    the question open there. Every other combination occurs in real life; someone with a club
    every week may well have no other contacts.
    """
    if answers.has_support is True and answers.has_contract is False:
        return (
            Contradiction(
                question=Question.HAS_SUPPORT,
                answer=True,
                other_question=Question.HAS_CONTRACT,
                other_answer=False,
            ),
        )
    return ()


def check_set_rung(derived: Rung, set_rung: Rung, reason: str) -> None:
    """Let a set rung differ from the derived one only with a reason.

    Raises SetRungNeedsReasonError when they differ and the reason is blank.
    """
    if set_rung != derived and not reason.strip():
        raise SetRungNeedsReasonError(derived, set_rung)


def _walk(answers: Answers) -> tuple[tuple[Reason, ...], Question | Rung]:
    """Follow the answers until a rung or an open question."""
    reasons: list[Reason] = []
    here: Question | Rung = _FIRST
    while isinstance(here, Question):
        answer = answers.to(here)
        if answer is None:
            break
        fork = _FORKS[here]
        onward = fork.yes if answer else fork.no
        reasons.append(Reason(question=here, answer=answer, rung=_highest(onward)))
        here = onward
    return tuple(reasons), here


def _highest(branch: Question | Rung) -> Rung:
    """Return the highest rung that lies beyond a fork."""
    if isinstance(branch, Rung):
        return branch
    fork = _FORKS[branch]
    return max(_highest(fork.yes), _highest(fork.no))


def _spoken(question: Question, *, answer: bool) -> str:
    return f"{'yes' if answer else 'no'} to {question.value!r}"
