from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0006_half_day_limits"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="place", name="place_in_directory"),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                fields=[
                    "municipality",
                    "status",
                    "closes_on",
                    "is_public",
                    "opens_on",
                    "organisation",
                    "confirm_by",
                    "title",
                    "id",
                ],
                name="place_in_directory",
            ),
        ),
    ]
