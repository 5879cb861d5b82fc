"""The steps of referrals, and who takes part, as columns: one NumPy array per field.

Whoever counts asks `Referrals.known_at` first: it leaves out what was recorded later. Steps are
only added to, so nothing is ever replaced.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from meedoen.rules.indicators.columns import (
    check_increasing,
    check_lengths,
    check_names,
    code_of,
    fitting,
    words_to_codes,
)
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number, moment_number
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

STEP_TYPES: Mapping[str, type[np.generic]] = {
    "step": np.int64,
    "recorded": np.int64,
    "day": np.int32,
    "event": np.int8,
    "referral": np.int64,
    "ask": np.int64,
    "sender": np.int64,
    "receiver": np.int64,
    "theme": np.int8,
    "district": np.int32,
    "due": np.int32,
    "reason": np.int8,
}
"""Every column of the steps with the type in which it is kept."""
DIRECTORY_TYPES: Mapping[str, type[np.generic]] = {
    "organisation": np.int64,
    "joins": np.int32,
    "leaves": np.int32,
    "recorded": np.int64,
}
"""Every column about who takes part with the type in which it is kept."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class StepColumns:
    """The steps of referrals in order of id; see `ReferralStatement` for what they mean."""

    step: NDArray[np.int64]
    recorded: NDArray[np.int64]
    """Microseconds since 1970 in UTC."""
    day: NDArray[np.int32]
    """Days since 1970-01-01."""
    event: NDArray[np.int8]
    """`code_of` a ReferralEvent."""
    referral: NDArray[np.int64]
    ask: NDArray[np.int64]
    sender: NDArray[np.int64]
    receiver: NDArray[np.int64]
    theme: NDArray[np.int8]
    district: NDArray[np.int32]
    due: NDArray[np.int32]
    """FAR_FUTURE_DAY where nothing is due."""
    reason: NDArray[np.int8]
    """`code_of` a DeclineReason."""

    @classmethod
    def from_arrays(cls, **columns: ArrayLike) -> Self:
        """Columns from arrays of equal length, the steps in order of id.

        Raises HistoryError for ids that do not increase, and for a column that is missing,
        unknown, too short, or holds a value that does not fit.
        """
        check_names(columns, STEP_TYPES.keys())
        arrays = {name: fitting(name, each, STEP_TYPES[name]) for name, each in columns.items()}
        check_lengths("step", arrays)
        check_increasing(arrays["step"])
        return cls(**arrays)

    @classmethod
    def from_statements(cls, statements: Iterable[ReferralStatement]) -> Self:
        """Columns from steps in any order. Raises HistoryError as `from_arrays` does."""
        rows = sorted(statements, key=lambda row: row.id)
        return cls.from_arrays(
            step=[row.id for row in rows],
            recorded=[moment_number(row.recorded_at) for row in rows],
            day=[day_number(row.on) for row in rows],
            event=words_to_codes(ReferralEvent, (row.event for row in rows)),
            referral=[row.referral for row in rows],
            ask=[row.ask for row in rows],
            sender=[row.sender for row in rows],
            receiver=[row.receiver for row in rows],
            theme=words_to_codes(Theme, (row.theme for row in rows)),
            district=[row.district for row in rows],
            due=[FAR_FUTURE_DAY if row.due_on is None else day_number(row.due_on) for row in rows],
            reason=words_to_codes(DeclineReason, (row.reason for row in rows)),
        )

    def __len__(self) -> int:
        return len(self.step)

    def kept(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Self:
        """Return some of the steps."""
        return type(self)(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def of(self, *events: ReferralEvent) -> NDArray[np.bool_]:
        """Tell which steps are one of these events."""
        return np.isin(self.event, [code_of(event) for event in events])


@dataclass(frozen=True, slots=True, eq=False)
class DirectoryColumns:
    """Who takes part from when until when, in the order in which it was recorded."""

    organisation: NDArray[np.int64]
    joins: NDArray[np.int32]
    leaves: NDArray[np.int32]
    """First day of no longer taking part; FAR_FUTURE_DAY for who stays."""
    recorded: NDArray[np.int64]

    @classmethod
    def from_arrays(cls, **columns: ArrayLike) -> Self:
        """Columns from arrays of equal length. Raises HistoryError as for steps."""
        check_names(columns, DIRECTORY_TYPES.keys())
        arrays = {
            name: fitting(name, each, DIRECTORY_TYPES[name]) for name, each in columns.items()
        }
        check_lengths("organisation", arrays)
        return cls(**arrays)

    @classmethod
    def from_statements(cls, statements: Iterable[DirectoryStatement]) -> Self:
        """Columns from statements in the order in which they were recorded."""
        rows = list(statements)
        return cls.from_arrays(
            organisation=[row.organisation for row in rows],
            joins=[day_number(row.joins_on) for row in rows],
            leaves=[
                FAR_FUTURE_DAY if row.leaves_on is None else day_number(row.leaves_on)
                for row in rows
            ],
            recorded=[moment_number(row.recorded_at) for row in rows],
        )

    def last_known(self, until: int | None) -> Self:
        """Keep the last statement about each organisation recorded by a moment; None is all."""
        there = np.ones(len(self.organisation), dtype=np.bool_)
        if until is not None:
            there = self.recorded <= until
        rows = np.flatnonzero(there)
        # From the end on, so that the first of each organisation is the last that was recorded.
        backwards = rows[::-1]
        _organisations, places = np.unique(self.organisation[backwards], return_index=True)
        last = np.sort(backwards[places])
        return type(self)(**{one.name: getattr(self, one.name)[last] for one in fields(self)})


@dataclass(frozen=True, slots=True, eq=False)
class Referrals:
    """All that was ever recorded of referrals, and of who takes part."""

    steps: StepColumns
    directory: DirectoryColumns

    @classmethod
    def from_statements(
        cls,
        steps: Iterable[ReferralStatement],
        directory: Iterable[DirectoryStatement] = (),
    ) -> Self:
        """Both from statements. Raises HistoryError as the columns do."""
        return cls(StepColumns.from_statements(steps), DirectoryColumns.from_statements(directory))

    def known_at(self, moment: datetime | None) -> "KnownReferrals":
        """Keep what was recorded by a moment; None is everything recorded.

        Raises ValueError for a moment without a time zone.
        """
        until = None if moment is None else moment_number(moment)
        steps = self.steps if until is None else self.steps.kept(self.steps.recorded <= until)
        return KnownReferrals(steps, self.directory.last_known(until))


@dataclass(frozen=True, slots=True, eq=False)
class KnownReferrals:
    """What was known at one moment: what may be counted."""

    steps: StepColumns
    directory: DirectoryColumns
    """One statement per organisation."""

    def about(self, themes: Collection[Theme]) -> "KnownReferrals":
        """Keep the referrals about these themes; none is every theme.

        The theme of a referral is that of its sent steps, so all steps of the others go.
        """
        if not themes:
            return self
        sent = self.steps.of(ReferralEvent.SENT)
        wanted = sent & np.isin(self.steps.theme, [code_of(theme) for theme in themes])
        rows = np.isin(self.steps.referral, self.steps.referral[wanted])
        return KnownReferrals(self.steps.kept(rows), self.directory)
