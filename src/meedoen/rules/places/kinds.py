"""What goes with each kind of place: its law, what is asked, and what its agreement says.

The lines stand in catalogue/places/kinds.toml, dated. What no law says, such as who insures, is
there a choice of our own that a municipality changes.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.vocabulary import ContactRole, LegalTask, PlaceKind

LONGEST_TEXT = 300
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRules:
    """What goes with one kind of place during a stretch.

    The texts are Dutch, as the agreement says them; `source` is where the article stands.
    `found_by_person` says whether somebody can find such a place without the municipality,
    `attendance` whether the organisation is asked who was there, as long as a place says nothing
    else. `closed_to_new` says that the law lets nobody in who was in no such place before. An
    agreement is usually made for `usual_months`.
    """

    kind: PlaceKind
    valid_from: date
    valid_to: date | None
    legal_task: LegalTask
    article: str
    purpose: str
    source: str
    insurance: str
    found_by_person: bool
    displacement_check: bool
    closed_to_new: bool
    attendance: bool
    contact_roles: tuple[ContactRole, ...]
    usual_months: int


KindTable = Mapping[PlaceKind, tuple[KindRules, ...]]
"""The lines of each kind, in order of date, without gaps."""


def rules_of(kind: PlaceKind, on: date, table: KindTable | None = None) -> KindRules:
    """Return what goes with a kind on a day; before the first line, that line."""
    return holding((table or shipped_kinds())[kind], on)


def kinds_to_find(on: date) -> tuple[PlaceKind, ...]:
    """Return the kinds of places that somebody can find without the municipality."""
    return tuple(kind for kind in PlaceKind if rules_of(kind, on).found_by_person)


def kinds_to_check(on: date) -> frozenset[PlaceKind]:
    """Return the kinds of places that ask for a check on displacing paid work, on a day."""
    return frozenset(kind for kind in PlaceKind if rules_of(kind, on).displacement_check)


@lru_cache(maxsize=4)
def closed_kinds(on: date) -> frozenset[PlaceKind]:
    """Return the kinds of places where by law nobody new comes in, on a day."""
    return frozenset(kind for kind in PlaceKind if rules_of(kind, on).closed_to_new)


def kinds_open_to(earlier: Set[PlaceKind], on: date) -> frozenset[PlaceKind]:
    """Return the kinds that the law opens to somebody who was at places of these kinds before."""
    return frozenset(PlaceKind) - (closed_kinds(on) - earlier)


def read_kinds(text: str, file_name: str) -> KindTable:
    """Read the lines from TOML.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every kind that is missing, and every gap and overlap in the dates.
    """
    return read_series_of_each(
        text, file_name, "kinds", _line, of=lambda line: line.kind, each=PlaceKind
    )


@cache
def shipped_kinds() -> KindTable:
    """Read the lines that come with the package, once. Raises DatedTableError."""
    return read_kinds(shipped_text("places", "kinds.toml"), "kinds.toml")


def _line(row: Row) -> KindRules:
    row.refuse_unknown(field.name for field in fields(KindRules))
    valid_from, valid_to = row.dates()
    source = row.text("source", LONGEST_TEXT)
    if source and not source.startswith("https://"):
        row.wrong("source must begin with https://")
    return KindRules(
        kind=PlaceKind(row.word("kind", PlaceKind)),
        valid_from=valid_from,
        valid_to=valid_to,
        legal_task=LegalTask(row.word("legal_task", LegalTask)),
        contact_roles=tuple(map(ContactRole, row.words("contact_roles", ContactRole))),
        usual_months=row.number("usual_months", MOST_MONTHS),
        article=row.text("article", LONGEST_TEXT),
        purpose=row.text("purpose", LONGEST_TEXT),
        source=source,
        insurance=row.text("insurance", LONGEST_TEXT),
        found_by_person=row.flag("found_by_person"),
        displacement_check=row.flag("displacement_check"),
        closed_to_new=row.flag("closed_to_new"),
        attendance=row.flag("attendance"),
    )
