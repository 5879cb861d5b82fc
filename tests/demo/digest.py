"""A town as plain values without generated keys, to compare two towns with."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from meedoen.records.history.models import Entry
from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.models import Place
from meedoen.rules.bsn import check_bsn

T = TypeVar("T")
ENTRY = [
    "kind",
    "starts_on",
    "ends_on",
    "recorded_at",
    "withdrawn",
    "state",
    "place_kind",
    "self_found",
    "rung",
    "ladder_version",
    "outcome",
    "district__code",
    "organisation__name",
    "recorded_by__account__email",
]


def looked_at_and_undone(build: Callable[[], T]) -> T:
    """Build something, return what was seen of it, and leave the database as it was."""
    with transaction.atomic():
        seen = build()
        transaction.set_rollback(True)
    return seen


def history(viewer: Viewer) -> list[tuple]:
    """Return every entry, with whose it is and the statement that it replaces, in a fixed order."""
    numbers = _numbers(viewer)
    rows = Entry.objects.visible_to(viewer).values_list("pseudonym_id", *ENTRY, *_REPLACED)
    return sorted(
        ((numbers[row[0]], *(str(value) for value in row[1:])) for row in rows),
    )


_REPLACED = [f"replaces__{name}" for name in ("starts_on", "ends_on", "state", "recorded_at")]


def records(viewer: Viewer) -> dict[str, list[tuple]]:
    """Return the present records, in a fixed order."""
    numbers = _numbers(viewer)
    periods = StatePeriod.objects.visible_to(viewer).values_list(
        "placement__pseudonym_id",
        "placement__place__title",
        "placement__place__organisation__name",
        "placement__state",
        "placement__outcome",
        "placement__self_found",
        "state",
        "starts_on",
        "ends_on",
        "withdrawn",
        "entry__recorded_at",
    )
    measurements = Measurement.objects.visible_to(viewer).values_list(
        "pseudonym_id", "measured_on", "derived_rung", "set_rung", "conversation__story"
    )
    residents = Resident.objects.visible_to(viewer).values_list(
        "pseudonym_id", "given_name", "family_name", "last_spoken_on", "benefit_entry__ends_on"
    )
    responsibilities = Responsibility.objects.visible_to(viewer).values_list(
        "pseudonym_id", "coach__account__email", "starts_on", "ends_on"
    )
    return {
        "periods": _sorted(periods, numbers),
        "measurements": _sorted(measurements, numbers),
        "residents": _sorted(residents, numbers),
        "responsibilities": _sorted(responsibilities, numbers),
        "seats": sorted(
            Place.objects.filter(municipality_id=viewer.municipality_id).values_list(
                "title", "organisation__name", "district__code", "capacity", "taken"
            )
        ),
    }


def _sorted(rows, numbers):
    return sorted((numbers[row[0]], *(str(value) for value in row[1:])) for row in rows)


def _numbers(viewer: Viewer) -> dict[int, str]:
    """Return the citizen service number of each pseudonym: the only thing both towns share."""
    residents = Resident.objects.visible_to(viewer)
    return {row.pseudonym_id: check_bsn(row.bsn) for row in residents}


def count_placements(viewer: Viewer) -> int:
    """Return how many placements there are."""
    return Placement.objects.visible_to(viewer).count()
