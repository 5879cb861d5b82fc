"""Whether somebody may begin at a place: its check on displacing paid work must be there.

Participatiewet, article 10a(1) and (2): a participation job is additional work only. That the
check is asked when somebody begins, and from which day on, is a choice of our own in
catalogue/places/displacement.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.places.displacement import Version, version_on
from meedoen.rules.places.kinds import rules_of
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceKind


class Lack(StrEnum):
    """What is wrong with the check of a place on the day on which somebody begins."""

    NEVER_CHECKED = "never_checked"
    LAPSED = "lapsed"
    """There was a check, that does not count on that day."""
    DISPLACES = "displaces"
    """The newest check says that paid work goes away, or left that unclear without a reason."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a place; `valid_until` is the last day on which it counts.

    `is_explained` says that somebody wrote why it may be although the work is unclear.
    """

    verdict: DisplacementVerdict
    is_explained: bool
    checked_on: date
    valid_until: date

    @property
    def lets_in(self) -> bool:
        """Return whether people may work there, as long as the check counts."""
        match self.verdict:
            case DisplacementVerdict.ADDITIONAL:
                return True
            case DisplacementVerdict.UNCLEAR:
                return self.is_explained
            case DisplacementVerdict.DISPLACES:
                return False

    def holds(self, day: date) -> bool:
        """Return whether the check counts on a day and lets people in."""
        return self.lets_in and day <= self.valid_until


def is_asked_at_start(
    kind: PlaceKind, day: date, versions: tuple[Version, ...] | None = None
) -> bool:
    """Return whether nobody may begin on a day at a place of this kind without a check."""
    return version_on(day, versions).asked_at_start and rules_of(kind, day).displacement_check


def lack_at_start(
    kind: PlaceKind,
    day: date,
    today: date,
    checks: Sequence[Check],
    versions: tuple[Version, ...] | None = None,
) -> Lack | None:
    """Return what is missing for a start on a day; None when nothing is, or no check is asked.

    `checks` are those of the place, the oldest first. The newest of that day must hold then. Who
    tells of a start later may also have the place checked later: then the newest holds today.
    """
    if not is_asked_at_start(kind, day, versions):
        return None
    if not checks:
        return Lack.NEVER_CHECKED
    newest = checks[-1]
    of_that_day = [one for one in checks if one.checked_on <= day][-1:]
    if newest.holds(today) or any(one.holds(day) for one in of_that_day):
        return None
    return Lack.LAPSED if newest.lets_in else Lack.DISPLACES
