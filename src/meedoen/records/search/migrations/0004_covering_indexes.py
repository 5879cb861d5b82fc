from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length


def measure_words(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write with each piece how long its word is."""
    words = apps.get_model("search", "Word").objects.filter(pk=OuterRef("word_id"))
    length = words.annotate(length=Length("text")).values("length")
    apps.get_model("search", "Piece").objects.update(length=Subquery(length))


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_invited_as"),
        ("search", "0003_meanings"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="piece", name="search_piec_municip_f33b2a_idx"),
        migrations.AddField(
            model_name="piece",
            name="length",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(measure_words, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                fields=["municipality", "letters", "length", "word"],
                name="search_piec_municip_7611ec_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["word", "document", "weight", "municipality"],
                name="search_post_word_id_b87d86_idx",
            ),
        ),
    ]
