"""Tell how everybody stands in sheltered work by the tracks and jobs that are there already."""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db import migrations

GRANTED = {"granted", "waiting", "bridging", "employed"}
STILL_OPEN = date(9999, 12, 31)


def tell(apps: Any, _schema_editor: Any) -> None:
    stretch = apps.get_model("sheltered_stretches", "ShelteredStretch")
    told = [*_by_tracks(apps), *_by_jobs(apps)]
    stretch.objects.bulk_create([stretch(**one) for one in told], batch_size=2_000)


def _by_tracks(apps: Any) -> Iterator[dict[str, Any]]:
    rows = apps.get_model("sheltered", "Step").objects.filter(
        replaced_by__isnull=True, taken_back=False
    )
    steps = list(rows.order_by("track_id", "number").select_related("track"))
    for step, after in zip_longest(steps, steps[1:]):
        goes_on = after is not None and after.track_id == step.track_id
        ends_on = after.on if goes_on else STILL_OPEN
        if step.state in GRANTED and step.on < ends_on:
            yield {
                "municipality_id": step.municipality_id,
                "pseudonym_id": step.track.pseudonym_id,
                "kind": "sheltered_new",
                "is_employed": step.state == "employed",
                "starts_on": step.on,
                "ends_on": ends_on,
            }


def _by_jobs(apps: Any) -> Iterator[dict[str, Any]]:
    rows = apps.get_model("sheltered", "WswStretch").objects.filter(
        replaced_by__isnull=True, withdrawn=False
    )
    for row in rows.order_by("pk"):
        yield {
            "municipality_id": row.municipality_id,
            "pseudonym_id": row.pseudonym_id,
            "kind": "sheltered_wsw",
            "is_employed": True,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }


class Migration(migrations.Migration):
    dependencies = [
        ("sheltered", "0001_initial"),
        ("sheltered_stretches", "0001_initial"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
