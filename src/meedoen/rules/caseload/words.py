"""The words of a caseload import; the stored ones never change their spelling."""

import dataclasses
from enum import StrEnum

from meedoen.rules.files.words import Facts


class RowVerdict(StrEnum):
    """What a row of a file means for what is known."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    BACK = "back"
    """Known, without a running benefit, and now on benefit again."""
    LEFT = "left"
    """On benefit here and no longer in the file, or with an end date in it: to be closed."""
    LOOKS_LIKE = "looks_like"
    """Somebody with another number, known or in the file, has the same birth date and name.

    Nearly the same name will do for who is known; in the file the given names must fit too.
    """
    OTHER_TEAM = "other_team"
    """Known to a team of which the one who imports may not see the files; left alone."""
    WRONG = "wrong"


class RowDecision(StrEnum):
    """What somebody decided about a row that looks like a person who is known."""

    SAME = "same"
    """The same person: the number that is known was wrong, the one in the file is right."""
    OTHER = "other"
    """Somebody else, who is new."""
    SKIP = "skip"
    """Leave the row out."""


class Field(StrEnum):
    """What a column of a file can hold; a mapping goes from these to headings."""

    BSN = "bsn"
    GIVEN_NAME = "given_name"
    PREFIX = "prefix"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    DISTRICT = "district"
    BENEFIT_START = "benefit_start"
    BENEFIT_END = "benefit_end"
    """The last day on benefit, as municipal files have it."""
    COACH = "coach"


class RowProblem(StrEnum):
    """What is wrong with a row, or (see `NOTES`) what is not taken over from it."""

    MISSING_VALUE = "missing_value"
    TOO_MANY_CELLS = "too_many_cells"
    """Facts: `cells` and `headings`, how many."""
    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    TOO_LONG = "too_long"
    """Facts: `most`, in characters."""
    BSN_NOT_DIGITS = "not_digits"
    BSN_WRONG_LENGTH = "wrong_length"
    BSN_FAILS_ELEVEN_TEST = "fails_eleven_test"
    BSN_TWICE = "bsn_twice"
    """Facts: `line` of the first."""
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE_DATE = "impossible_date"
    BIRTH_IN_FUTURE = "birth_in_future"
    BIRTH_BEFORE_1900 = "birth_before_1900"
    START_BEFORE_BIRTH = "start_before_birth"
    START_TOO_FAR = "start_too_far"
    """More than a year ahead."""
    END_BEFORE_START = "end_before_start"
    END_TOO_FAR = "end_too_far"
    """More than ten years ahead."""
    END_BEFORE_LAST_CHANGE = "end_before_last_change"
    """Before the day on which the benefit began or the person moved, as far as known here."""
    DISTRICT_UNKNOWN = "district_unknown"
    DISTRICT_AMBIGUOUS = "district_ambiguous"
    COACH_UNKNOWN = "coach_unknown"
    COACH_AMBIGUOUS = "coach_ambiguous"
    COACH_MISSING = "coach_missing"
    """The row names no coach, and no coach was chosen for the whole file."""
    OTHER_PERSON = "other_person"
    """The number is known, with another birth date and another name."""
    CHANGED_MEANWHILE = "changed_meanwhile"
    """It meant something else when it was to be taken over than it did in the report."""
    NOT_TO_BE_KEPT = "not_to_be_kept"
    """The database does not take what stands in it."""
    COACH_OF_OTHER_TEAM = "coach_of_other_team"
    HAND_OVER_PLANNED = "hand_over_planned"
    """Somebody already planned who comes next; the coach in the file is left out."""
    PHONE_LEFT_OUT = "phone_left_out"
    START_DIFFERS = "start_differs"
    END_DIFFERS = "end_differs"
    ENDED_BEFORE = "ended_before"
    """Not known here, and no longer on benefit: not registered."""
    LIKE_EARLIER_LINE = "like_earlier_line"
    """Facts: `line` with the same birth date, nearly the same name and another number."""


NOTES = frozenset(
    {
        RowProblem.COACH_OF_OTHER_TEAM,
        RowProblem.HAND_OVER_PLANNED,
        RowProblem.PHONE_LEFT_OUT,
        RowProblem.START_DIFFERS,
        RowProblem.END_DIFFERS,
        RowProblem.ENDED_BEFORE,
        RowProblem.LIKE_EARLIER_LINE,
    }
)
"""Problems that do not keep a row from being taken over; they say what is left as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, in which column; never with what stands in it."""

    problem: RowProblem
    field: Field | None = None
    facts: Facts = dataclasses.field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Return whether the row can be taken over all the same."""
        return self.problem in NOTES
