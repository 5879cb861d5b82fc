"""One statement of the history, as the indicator rules read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

HIGHEST_RUNG = 6
HIGHEST_SCORE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was recorded about a person (a pseudonym) for a half-open stretch of days.

    History only grows: a correction is a new statement that `replaces` an earlier one, and a
    fact that turned out not to be true is replaced by a statement that is `withdrawn`.
    Raises ValueError for a moment without a time zone, or a rung or a step that does not exist.
    """

    id: int
    """Increases with every statement; at least 1."""
    person: int
    kind: EntryKind
    starts_on: date
    ends_on: date | None
    """First day on which it no longer holds; None is open. An event lasts one day."""
    recorded_at: datetime
    replaces: int | None = None
    withdrawn: bool = False
    state: PlacementState | Literal[""] = ""
    place_kind: PlaceKind | Literal[""] = ""
    self_found: bool = False
    rung: int = 0
    """1 to 6 on the participation ladder; 0 is no rung."""
    ladder_version: str = ""
    outcome: Outcome | Literal[""] = ""
    district: int = 0
    """0 is no district."""
    organisation: int = 0
    """0 is no organisation."""
    legal_task: LegalTask | Literal[""] = ""
    """Under which law the place is; of a placement, where it is known."""
    domain: str = ""
    """Of a step in a life domain; `ladder_version` is then the version of that instrument."""
    score: int = 0
    """1 to 5 in a life domain; 0 is no step."""

    def __post_init__(self) -> None:
        if self.recorded_at.utcoffset() is None:
            raise ValueError(
                f"statement {self.id}: recorded_at has no time zone; give an aware moment"
            )
        if not 0 <= self.rung <= HIGHEST_RUNG:
            raise ValueError(f"statement {self.id}: rung {self.rung} does not exist; use 0 to 6")
        if not 0 <= self.score <= HIGHEST_SCORE:
            raise ValueError(f"statement {self.id}: step {self.score} does not exist; use 0 to 5")
