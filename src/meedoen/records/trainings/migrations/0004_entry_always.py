import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trainings", "0003_in_the_history"),
    ]

    operations = [
        migrations.AlterField(
            model_name="training",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="history.entry",
            ),
        ),
    ]
