"""Places of before the directory get their first statement, and their interests to filter by.

Without one nobody could say that such a place is full, stopped, or something else from a day on.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

SAID = [
    "organisation_id",
    "district_id",
    "location_id",
    "owner_id",
    "kind",
    "title",
    "description",
    "half_days",
    "half_days_needed",
    "hours_per_week",
    "sessions",
    "language_level_asked",
    "functional_demands",
    "interests",
    "guidance",
    "guidance_note",
    "start_window",
    "next_start_on",
    "cost_cents",
    "cost_note",
    "legal_task",
    "purpose",
    "is_public",
    "open_to_sign_up",
    "photo_free",
    "asks_attendance",
    "capacity",
    "is_full",
    "opens_on",
    "closes_on",
]
DAYS = ("opens_on", "closes_on", "next_start_on")
AT_ONCE = 500


def give_first_statements(apps: Any, _schema_editor: Any) -> None:
    place, period, interest = (
        apps.get_model("places", name) for name in ("Place", "PlacePeriod", "PlaceInterest")
    )
    now = timezone.now()
    today = timezone.localdate(now)
    rows = list(place.objects.filter(placeperiod__isnull=True).order_by("pk"))
    period.objects.bulk_create(
        [
            period(
                municipality_id=row.municipality_id,
                place_id=row.pk,
                # A place that opened long ago is known from that day on, as far as we know.
                starts_on=min(row.opens_on, today),
                recorded_at=now,
                facts=_facts(row),
            )
            for row in rows
        ],
        batch_size=AT_ONCE,
    )
    interest.objects.bulk_create(
        [
            interest(municipality_id=row.municipality_id, place_id=row.pk, code=code)
            for row in rows
            for code in row.interests
        ],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def _facts(row: Any) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in SAID}
    return facts | {name: facts[name] and facts[name].isoformat() for name in DAYS}


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_place_in_directory"),
    ]

    operations = [
        migrations.RunPython(give_first_statements, migrations.RunPython.noop),
    ]
