import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0006_training"),
        ("trainings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="training",
            name="entry",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="history.entry",
            ),
        ),
    ]
