from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0006_training"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("benefit", "benefit"),
                    ("attempt", "attempt"),
                    ("conversation", "conversation"),
                    ("measurement", "measurement"),
                    ("placement", "placement"),
                    ("life_domain", "life_domain"),
                    ("plan", "plan"),
                    ("training", "training"),
                    ("sheltered_process", "sheltered_process"),
                ],
                max_length=20,
            ),
        ),
    ]
