"""One statement of the history, as the indicator rules read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

HIGHEST_RUNG = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was recorded about a person (a pseudonym) for a half-open stretch of days.

    History only grows: a correction is a new statement that `replaces` an earlier one, and a
    fact that turned out not to be true is replaced by a statement that is `withdrawn`.
    Raises ValueError for a moment without a time zone or a rung that does not exist.
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

    def __post_init__(self) -> None:
        if self.recorded_at.utcoffset() is None:
            raise ValueError(
                f"statement {self.id}: recorded_at has no time zone; give an aware moment"
            )
        if not 0 <= self.rung <= HIGHEST_RUNG:
            raise ValueError(f"statement {self.id}: rung {self.rung} does not exist; use 0 to 6")
