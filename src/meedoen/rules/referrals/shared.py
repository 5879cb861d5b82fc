"""Which facts about somebody may go with a referral, per theme: functional, and never why.

The sets stand in catalogue/referrals/sharing.toml, dated; they are choices of Meedoen's own.
Source of the principle: AVG, articles 5(1)c (no more than is needed) and 9 (no health data).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache

from meedoen.rules.dated_tables import Row, holding, read_series_of_each, shipped_text
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import LegalTask, Shared, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSet:
    """What may be told in a referral for one theme, and under which legal tasks.

    `proposed` is what is ticked to begin with, the first of `tasks` what is chosen.
    """

    theme: Theme
    valid_from: date
    valid_to: date | None
    proposed: tuple[Shared, ...]
    allowed: tuple[Shared, ...]
    tasks: tuple[LegalTask, ...]


FieldSetTable = Mapping[Theme, tuple[FieldSet, ...]]
"""The sets of each theme, in order of date, without gaps."""


def field_set_on(theme: Theme, on: date) -> FieldSet:
    """Return what may be told in a referral for a theme on a day."""
    return holding(shipped_field_sets()[theme], on)


@cache
def shipped_field_sets() -> FieldSetTable:
    """Read the sets that come with the package, once. Raises DatedTableError."""
    return read_field_sets(shipped_text("referrals", "sharing.toml"), "sharing.toml")


def read_field_sets(text: str, file_name: str) -> FieldSetTable:
    """Read the sets from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(
        text, file_name, "sharing", _line, of=lambda line: line.theme, each=REFERRED_FOR
    )


def _line(row: Row) -> FieldSet:
    row.refuse_unknown(field.name for field in fields(FieldSet))
    valid_from, valid_to = row.dates()
    proposed, allowed = row.words("proposed", Shared), row.words("allowed", Shared)
    if allowed and not set(proposed) <= set(allowed):
        row.wrong("proposed names what is not allowed; add it to allowed or leave it out")
    return FieldSet(
        theme=Theme(row.word("theme", REFERRED_FOR)),
        valid_from=valid_from,
        valid_to=valid_to,
        proposed=tuple(Shared(word) for word in proposed),
        allowed=tuple(Shared(word) for word in allowed),
        tasks=tuple(LegalTask(word) for word in row.words("tasks", LegalTask)),
    )
