"""Keeps a made-up history in the database of Meedoen, as fast as that database can take it."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from django.core.management.color import no_style
from django.db import connection, transaction
from history import ORGANISATIONS, Table
from numpy.typing import NDArray
from tables import fill

from meedoen.records.history import append_only
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.organisations.actions import found_municipality
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.days import day_number
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

CODE = "GM9997"
VERSIONS = ("", "2023.1", "2026.1", "steps 2024.1")
AT_ONCE = 100_000
LATER = date(2026, 1, 15)


def keep(table: Table, people: int, districts: int) -> Viewer:
    """Write the history into an empty database and return Meedoen acting for its municipality."""
    names = {f"D{number:05}": f"Wijk {number}" for number in range(1, districts + 1)}
    viewer = found_municipality(code=CODE, name="Groot Meerdam", districts=names)
    Organisation.objects.bulk_create(
        Organisation(pk=pk, municipality_id=viewer.municipality_id, name=f"Organisatie {pk}")
        for pk in range(1, ORGANISATIONS + 1)
    )
    town = viewer.municipality_id
    keys = ((number, town, _key(number)) for number in range(1, people + 1))
    fill("history_pseudonym", ("id", "municipality_id", "key"), keys)
    append_only.unlock(connection)
    fill("history_entry", COLUMNS, _entries(table, town))
    append_only.lock(connection)
    _count_on(Pseudonym, Entry)
    return viewer


def _count_on(*models: Any) -> None:
    """Let the database give later numbers to what comes after this."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _key(number: int) -> Any:
    key = uuid.UUID(int=number)
    return key if connection.vendor == "postgresql" else key.hex


COLUMNS = (
    "id",
    "municipality_id",
    "pseudonym_id",
    "kind",
    "starts_on",
    "ends_on",
    "recorded_at",
    "replaces_id",
    "withdrawn",
    "state",
    "place_kind",
    "self_found",
    "rung",
    "ladder_version",
    "domain",
    "score",
    "outcome",
    "reason",
    "legal_task",
    "district_id",
    "organisation_id",
)


def _words(kind: type[StrEnum], codes: Any) -> list[str]:
    words = ["", *(word.value for word in kind)]
    return [words[code] for code in codes.tolist()]


def _entries(table: Table, town: int) -> Iterator[Sequence[Any]]:
    """Yield the rows of the table of entries; as Python values only some of them at a time."""
    for first in range(0, len(table["entry"]), AT_ONCE):
        some = {name: column[first : first + AT_ONCE] for name, column in table.items()}
        yield from _rows(some, town)


def _rows(table: Table, town: int) -> Iterable[Sequence[Any]]:
    size = len(table["entry"])
    moments = np.datetime_as_string(table["recorded"].astype("datetime64[us]"))
    zone = "+00" if connection.vendor == "postgresql" else ""
    flags = {
        name: [bool(one) for one in table[name].tolist()] for name in ("withdrawn", "self_found")
    }
    return zip(
        table["entry"].tolist(),
        [town] * size,
        table["person"].tolist(),
        _words(EntryKind, table["kind"]),
        _days(table["starts"]),
        _days(np.minimum(table["ends"], day_number(STILL_OPEN))),
        [moment.replace("T", " ") + zone for moment in moments.tolist()],
        [n or None for n in table["replaces"].tolist()],
        flags["withdrawn"],
        _words(PlacementState, table["state"]),
        _words(PlaceKind, table["place_kind"]),
        flags["self_found"],
        table["rung"].tolist(),
        [VERSIONS[n] for n in table["ladder_version"].tolist()],
        [f"domain_{n}" if n else "" for n in table["domain"].tolist()],
        table["score"].tolist(),
        _words(Outcome, table["outcome"]),
        [""] * size,
        _words(LegalTask, table["legal_task"]),
        table["district"].tolist(),
        [n or None for n in table["organisation"].tolist()],
        strict=True,
    )


def _days(numbers: NDArray[np.int64]) -> list[str]:
    days: list[str] = np.datetime_as_string(numbers.astype("datetime64[D]")).tolist()
    return days


def system() -> Viewer:
    """Return Meedoen acting for the town."""
    return system_viewer(CODE)


def add(viewer: Viewer, count: int) -> None:
    """Add conversations of the first people, by the way every entry is added."""
    with transaction.atomic():
        state_all(
            viewer,
            [
                Statement(
                    pseudonym_id=number,
                    kind=EntryKind.CONVERSATION,
                    starts_on=LATER,
                    ends_on=on_one_day(LATER),
                )
                for number in range(1, count + 1)
            ],
        )
