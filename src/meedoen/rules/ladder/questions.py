"""What is asked to find someone's rung, and the answers as they were given."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """A yes-or-no question about what can be observed.

    The values are stored with each measurement and are also the fields of `Answers`.
    """

    HAS_CONTRACT = "has_contract"
    """Does the person have an employment contract, or work as self-employed?"""
    HAS_SUPPORT = "has_support"
    """Does that paid work come with a municipal instrument, a supplementary benefit, Wsw or
    other sheltered work, a job coach, or schooling with work below the start qualification?"""
    UNPAID_TASKS_WITH_RESPONSIBILITY = "unpaid_tasks_with_responsibility"
    """Does the person do unpaid tasks that others count on, in person, at least weekly?"""
    ORGANISED_ACTIVITY_WEEKLY = "organised_activity_weekly"
    """Does the person take part, in person, in something organised at least weekly?"""
    CONTACTS_OUTSIDE_WEEKLY = "contacts_outside_weekly"
    """Does the person at least weekly meet people from outside the household in person, more
    than functionally (shop, doctor, care worker) and outside organised activities?"""


class AnswersUnreadableError(ValueError):
    """Stored or posted answers hold an unknown question or something else than yes or no."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep every problem, each one a sentence, in `problems`."""
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer for each question: True for yes, False for no, None when not answered."""

    has_contract: bool | None = None
    has_support: bool | None = None
    unpaid_tasks_with_responsibility: bool | None = None
    organised_activity_weekly: bool | None = None
    contacts_outside_weekly: bool | None = None

    def to(self, question: Question) -> bool | None:
        """Return the answer to one question."""
        return self.as_mapping()[question.value]

    def as_mapping(self) -> dict[str, bool | None]:
        """Return the answers by question code, fit for storing as JSON."""
        return {
            "has_contract": self.has_contract,
            "has_support": self.has_support,
            "unpaid_tasks_with_responsibility": self.unpaid_tasks_with_responsibility,
            "organised_activity_weekly": self.organised_activity_weekly,
            "contacts_outside_weekly": self.contacts_outside_weekly,
        }

    @classmethod
    def from_mapping(cls, given: Mapping[str, object]) -> "Answers":
        """Read answers by question code; questions left out count as not answered.

        Raises AnswersUnreadableError, with every problem at once, for an unknown code or a
        value other than True, False or None.
        """
        known: dict[str, bool | None] = {}
        problems: list[str] = []
        for code, answer in given.items():
            if code not in set(Question):
                problems.append(f"There is no question {code!r}; use one of {', '.join(Question)}.")
            elif answer is None or isinstance(answer, bool):
                known[code] = answer
            else:
                problems.append(f"The answer to {code!r} is {answer!r}; give true, false or null.")
        if problems:
            raise AnswersUnreadableError(tuple(problems))
        return cls(**known)
