"""Let the history know the trainings that are there, as if it had been told at their moment.

Each row becomes an entry, and one that replaces another replaces the entry of that one. Where
somebody lived when a training began is not looked up: an entry says where they live now.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import migrations

STILL_OPEN = date(9999, 12, 31)
AT_ONCE = 2_000
SAID = (
    *("pk", "municipality_id", "pseudonym_id", "starts_on", "ended_on", "replaces_id", "withdrawn"),
    *("recorded_at", "recorded_by_id"),
)


def tell(apps: Any, _schema_editor: Any) -> None:
    training = apps.get_model("trainings", "Training")
    entry = apps.get_model("history", "Entry")
    entries: dict[int, int] = {}
    for rows in _by_turns(training):
        living = _districts(apps, {row["pseudonym_id"] for row in rows})
        made = entry.objects.bulk_create(
            [entry(**_said(row, living, entries)) for row in rows], batch_size=AT_ONCE
        )
        entries |= {row["pk"]: one.pk for row, one in zip(rows, made, strict=True)}
        training.objects.bulk_update(
            [training(pk=row["pk"], entry_id=entries[row["pk"]]) for row in rows],
            ["entry"],
            batch_size=200,
        )


def _by_turns(training: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield rows after those that they replace, so that an entry is there to be replaced."""
    waiting = list(training.objects.order_by("pk").values(*SAID))
    while waiting:
        later = {row["pk"] for row in waiting}
        turn = [row for row in waiting if row["replaces_id"] not in later]
        for first in range(0, len(turn), AT_ONCE):
            yield turn[first : first + AT_ONCE]
        waiting = [row for row in waiting if row["replaces_id"] in later]


def _districts(apps: Any, people: set[int]) -> dict[int, int]:
    """Return where people live; of those whose name was removed nobody knows."""
    residents = apps.get_model("people", "Resident").objects
    found: dict[int, int] = {}
    wanted = sorted(people)
    for first in range(0, len(wanted), 500):
        rows = residents.filter(pseudonym_id__in=wanted[first : first + 500])
        found.update(rows.values_list("pseudonym_id", "district_id"))
    return found


def _said(row: dict[str, Any], living: dict[int, int], entries: dict[int, int]) -> dict[str, Any]:
    ended_on, replaces = row["ended_on"], row["replaces_id"]
    return {
        "municipality_id": row["municipality_id"],
        "pseudonym_id": row["pseudonym_id"],
        "kind": "training",
        "starts_on": row["starts_on"],
        "ends_on": ended_on + timedelta(days=1) if ended_on else STILL_OPEN,
        "recorded_at": row["recorded_at"],
        "recorded_by_id": row["recorded_by_id"],
        "replaces_id": entries[replaces] if replaces else None,
        "withdrawn": row["withdrawn"],
        "district_id": living.get(row["pseudonym_id"]),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0006_training"),
        ("people", "0004_departures"),
        ("trainings", "0002_entry"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
