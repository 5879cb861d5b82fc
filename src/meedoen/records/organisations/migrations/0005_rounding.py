from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_matching_setting"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="rounding",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rounding", 0), ("rounding", 5), ("rounding", 10), _connector="OR"
                ),
                name="municipality_rounding_0_5_or_10",
            ),
        ),
    ]
