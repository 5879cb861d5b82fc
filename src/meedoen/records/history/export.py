"""The history row by row, for who wants to count again with tools of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import Entry
from meedoen.records.organisations.viewer import Permission, Viewer

COLUMNS = (
    "id",
    "pseudonym",
    "kind",
    "starts_on",
    "ends_on",
    "recorded_at",
    "replaces",
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
    "district",
    "organisation",
)
"""The fields of an entry but the municipality and who wrote it, which counting does not need."""
NUMBERS_OF = ("pseudonym", "replaces", "district", "organisation")
ROWS_AT_ONCE = 5_000


def entry_rows(viewer: Viewer, *, known_at: datetime | None) -> Iterator[tuple[str, ...]]:
    """Yield every entry recorded by a moment, in order of number, a text for each of COLUMNS.

    `known_at` None is everything recorded. Entries that were replaced or withdrawn are there too:
    `replaces` and `withdrawn` say so. People, districts and organisations are numbers; still it
    is personal data. Days are as 2026-12-31, moments as 2026-12-31T22:59:59.999999+00:00, what is
    true is `true`, and what there is none of is empty. Raises PermissionDenied, at the first row,
    for who may not read the history, and ValueError for a moment without a time zone.
    """
    if not viewer.may(Permission.READ_HISTORY):
        raise PermissionDenied(f"{viewer.role} may not {Permission.READ_HISTORY}")
    rows = Entry.objects.visible_to(viewer).order_by("pk")
    if known_at is not None:
        if known_at.utcoffset() is None:
            raise ValueError(f"{known_at.isoformat()} has no time zone; give an aware moment")
        rows = rows.filter(recorded_at__lte=known_at)
    names = [f"{name}_id" if name in NUMBERS_OF else name for name in COLUMNS]
    for row in rows.values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
        yield tuple(_as_text(value) for value in row)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
