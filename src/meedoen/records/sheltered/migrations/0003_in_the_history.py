"""Let the history know who was on the way to new sheltered work, as the steps told it then.

The rows of each track are gone through as they were written down. Where the days on the way became
otherwise by a row, an entry of that moment takes the place of what was said before. Where somebody
lived then is not looked up: an entry says where they live now.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, zip_longest
from typing import Any

from django.db import migrations

STILL_OPEN = date(9999, 12, 31)
AT_ONCE = 2_000
IN_PROCESS = {
    *("requested", "in_research", "advice_positive", "advice_negative"),
    *("granted", "waiting", "bridging"),
}
SAID = (
    *("pk", "track_id", "number", "state", "on", "replaces_id", "taken_back", "recorded_at"),
    *("recorded_by_id", "municipality_id", "track__pseudonym_id"),
)


def tell(apps: Any, _schema_editor: Any) -> None:
    entry = apps.get_model("history", "Entry")
    steps = apps.get_model("sheltered", "Step").objects.order_by("track_id", "pk").values(*SAID)
    said = [one for _track, rows in groupby(steps, _track) for one in _told(list(rows))]
    living = _districts(apps, {one["pseudonym_id"] for one in said})
    for one in said:
        one["district_id"] = living.get(one["pseudonym_id"])
    made: dict[int, Any] = {}
    for turn in range(max((one["turn"] for one in said), default=-1) + 1):
        # An entry is made after the one that it replaces.
        now = [one for one in said if one["turn"] == turn]
        rows = [entry(**_values(one, made)) for one in now]
        for one, row in zip(now, entry.objects.bulk_create(rows, AT_ONCE), strict=True):
            made[id(one)] = row.pk


def _track(row: dict[str, Any]) -> int:
    return row["track_id"]  # type: ignore[no-any-return]


def _told(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what is to be said of a track, in the order in which it became known."""
    current: dict[int, dict[str, Any]] = {}
    told: list[dict[str, Any]] = []
    for row in rows:
        current.pop(row["replaces_id"], None)
        if not row["taken_back"]:
            current[row["pk"]] = row
        wanted = list(_processes(sorted(current.values(), key=lambda one: one["number"])))
        wrong = [one for one in told if _stretch(one) not in wanted]
        said = [_stretch(one) for one in told]
        for earlier, days in zip_longest(wrong, [one for one in wanted if one not in said]):
            starts_on, ends_on = days or _stretch(earlier)
            new = {
                "municipality_id": row["municipality_id"],
                "pseudonym_id": row["track__pseudonym_id"],
                "recorded_at": row["recorded_at"],
                "recorded_by_id": row["recorded_by_id"],
                "starts_on": starts_on,
                "ends_on": ends_on,
                "withdrawn": days is None,
                "earlier": earlier,
                "turn": earlier["turn"] + 1 if earlier else 0,
            }
            told = [one for one in told if one is not earlier]
            told += [] if days is None else [new]
            yield new


def _stretch(said: dict[str, Any]) -> tuple[date, date]:
    return said["starts_on"], said["ends_on"]


def _processes(steps: list[dict[str, Any]]) -> Iterator[tuple[date, date]]:
    since: date | None = None
    for step in steps:
        if step["state"] in IN_PROCESS:
            since = since or step["on"]
        elif since is not None:
            if since < step["on"]:
                yield since, step["on"]
            since = None
    if since is not None:
        yield since, STILL_OPEN


def _districts(apps: Any, people: set[int]) -> dict[int, int]:
    """Return where people live; of those whose name was removed nobody knows."""
    residents = apps.get_model("people", "Resident").objects
    found: dict[int, int] = {}
    wanted = sorted(people)
    for first in range(0, len(wanted), 500):
        rows = residents.filter(pseudonym_id__in=wanted[first : first + 500])
        found.update(rows.values_list("pseudonym_id", "district_id"))
    return found


def _values(said: dict[str, Any], made: dict[int, Any]) -> dict[str, Any]:
    earlier = said["earlier"]
    own = {name: value for name, value in said.items() if name not in ("earlier", "turn")}
    replaces = made[id(earlier)] if earlier else None
    return {**own, "kind": "sheltered_process", "replaces_id": replaces}


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0007_sheltered_process"),
        ("people", "0004_departures"),
        ("sheltered", "0002_tell_stretches"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
