"""Refusing a file as a whole: what is wrong, as codes that a page turns into sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.rules.files.words import Facts, FileProblem


@dataclass(frozen=True, slots=True)
class FileFault:
    """One reason why a file cannot be read."""

    problem: FileProblem
    facts: Facts


class UnreadableFileError(ValueError):
    """A file cannot be read; `problems` says why. Nothing of its content is repeated."""

    def __init__(self, problems: Sequence[FileFault]) -> None:
        """Keep all reasons."""
        super().__init__(", ".join(fault.problem.value for fault in problems))
        self.problems = tuple(problems)


def refusal(problem: FileProblem, **facts: str | int) -> UnreadableFileError:
    """Return the error to raise for one reason."""
    return UnreadableFileError([FileFault(problem, facts)])
