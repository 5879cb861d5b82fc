from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("divisions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="division",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
    ]
