from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

AT_ONCE = 500
"""So many documents are done together; each has some dozens of postings."""


def write_what_documents_are(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write with each posting what its document is about, and whether everybody may find it."""
    documents = apps.get_model("search", "Document").objects
    of_posting = documents.filter(pk=OuterRef("document_id"))
    values = {
        name: Subquery(of_posting.values(name)) for name in ("kind", "subject_id", "is_public")
    }
    numbers = list(documents.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        rows = apps.get_model("search", "Posting").objects.filter(document_id__in=some)
        rows.update(**values)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_matching_setting"),
        ("search", "0004_covering_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="posting", name="search_post_word_id_b87d86_idx"),
        migrations.AddField(
            model_name="posting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("place", "place"),
                    ("organisation", "organisation"),
                    ("post", "post"),
                ],
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="posting",
            name="subject_id",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="posting",
            name="is_public",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_what_documents_are, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["word", "kind", "weight", "subject_id", "municipality", "is_public"],
                name="search_post_word_id_e95627_idx",
            ),
        ),
    ]
