"""Criteria, activities and typed targets become rows of their own."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import migrations


def make_rows(apps: Any, _schema: Any) -> None:
    """Take over what stood in lists on a goal, and what was promised with a linked indicator."""
    models = {name: apps.get_model("budget", name) for name in ("Criterion", "Activity", "Target")}
    goals = list(apps.get_model("budget", "Goal").objects.order_by("pk"))
    models["Criterion"].objects.bulk_create(
        row for one in goals for row in _lines(models["Criterion"], one, one.printed_criteria)
    )
    models["Activity"].objects.bulk_create(
        row for one in goals for row in _lines(models["Activity"], one, one.printed_activities)
    )
    links = apps.get_model("budget", "GoalIndicator").objects.filter(target__isnull=False)
    models["Target"].objects.bulk_create(
        models["Target"](
            municipality_id=link.municipality_id,
            goal_id=link.goal_id,
            indicator=link.indicator,
            year=link.target_year,
            number=link.target,
            # What could be typed until now was what a text promises: "at least 200 people".
            direction="at_least",
            at=link.goal.imported_at,
        )
        for link in links.select_related("goal").order_by("pk")
    )


def _lines(model: Any, goal: Any, texts: list[str]) -> Iterator[Any]:
    for position, text in enumerate(dict.fromkeys(texts)):
        yield model(
            municipality_id=goal.municipality_id,
            key=uuid.uuid4(),
            goal_id=goal.pk,
            position=position,
            printed=text,
            text=text,
        )


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_tree")]

    operations = [migrations.RunPython(make_rows, migrations.RunPython.noop)]
