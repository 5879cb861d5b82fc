"""What was measured before there was a word for it is done: its figures came with it at once."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS_AT_ONCE = 2_000


def say_done(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write of every measuring that it is done, at the moment at which it was measured."""
    done = apps.get_model("figures", "MeasuringDone")
    rows = apps.get_model("figures", "Measuring").objects.filter(done__isnull=True)
    done.objects.bulk_create(
        (
            done(municipality_id=row.municipality_id, measuring_id=row.pk, at=row.measured_at)
            for row in rows.order_by("pk")
        ),
        batch_size=ROWS_AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_breakdowns_and_state")]

    operations = [migrations.RunPython(say_done, migrations.RunPython.noop)]
