"""Goals and figures as published pages say them, and the pages that Meedoen publishes."""

from django.db import models
from django.db.models import Q

from meedoen.records.figures.models import Figure
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify


class Goal(models.Model):
    """A goal of the budget, with its sections as the page gave them; `year` None when not said.

    `sections` is a list of objects with `heading`, `kind`, `paragraphs` and `items`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300)
    sections = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    portfolio_holders = models.JSONField(default=list)
    policy_notes = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    imported_at = models.DateTimeField()

    privacy = classify(
        plain="code year title sections criteria activities portfolio_holders policy_notes source "
        "imported_at",
        technical="id municipality",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "year"], name="goal_once_per_year"
            ),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                condition=Q(year__isnull=True),
                name="goal_once_without_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Reference(models.Model):
    """A goal's page mentions another goal or a programme; it resolves when that goal is there."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=20, choices=[("goal", "goal"), ("programme", "programme")])
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()

    privacy = classify(plain="kind code position", technical="id municipality goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "kind", "code"], name="reference_once_per_goal")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ImportedRow(models.Model):
    """An indicator as printed on an imported page; `indicator` links it to one of the catalogue."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=100)
    indicator = models.CharField(max_length=60, blank=True)

    privacy = classify(plain="position name unit indicator", technical="id municipality goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "position"], name="imported_row_position")
        ]

    def __str__(self) -> str:
        return self.name


class ImportedValue(models.Model):
    """One value as shown on an imported page; `-` stays `-`."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    row = models.ForeignKey(ImportedRow, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    privacy = classify(plain="position label year kind value", technical="id municipality row")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "position"], name="imported_value_position")
        ]

    def __str__(self) -> str:
        return self.value


class GoalIndicator(models.Model):
    """An indicator of the catalogue that shows how a goal is doing, beside the imported ones.

    `target` is what the text of the goal promises where no table gives a number, in
    `target_year` when the text names one.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=60)
    target = models.PositiveIntegerField(null=True)
    target_year = models.PositiveSmallIntegerField(null=True)

    privacy = classify(plain="indicator target target_year", technical="id municipality goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator"], name="goal_indicator_once_per_goal"
            ),
            models.CheckConstraint(
                name="goal_indicator_year_only_with_target",
                condition=Q(target_year__isnull=True) | Q(target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.indicator


class Publication(models.Model):
    """A goal's page as it was published: an earlier one stays, a later one goes before it.

    `references` are the mentions of goals and programmes then, objects with `kind` and `code`;
    `threshold` is the number of people from which a figure was shown then.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=330)
    sections = models.JSONField(default=list)
    references = models.JSONField(default=list)
    explanation = models.TextField(blank=True)
    threshold = models.PositiveSmallIntegerField()
    reference_date = models.DateField()
    known_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)

    append_only = True
    privacy = classify(
        personal="published_by",
        plain="title sections references explanation threshold reference_date known_at "
        "published_at",
        technical="id municipality goal",
    )

    def __str__(self) -> str:
        return self.title


class PublishedCell(models.Model):
    """A cell of a published page: a copy of the text shown, and the figure it came from.

    `row_position` tells rows of the same name apart. `hidden` says that the text protects a
    small number. Imported values have no figure. A target that no table gave has no label.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="cells")
    position = models.PositiveSmallIntegerField()
    row_position = models.PositiveSmallIntegerField()
    row = models.CharField(max_length=300)
    unit = models.CharField(max_length=100, blank=True)
    label = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=200)
    hidden = models.BooleanField(default=False)
    indicator = models.CharField(max_length=60, blank=True)
    counted_on = models.DateField(null=True)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        plain="position row_position row unit label year kind text hidden indicator counted_on",
        technical="id municipality publication figure",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "position"], name="published_cell_position"
            ),
            models.CheckConstraint(
                name="published_cell_hidden_only_when_counted",
                condition=Q(hidden=False) | Q(figure__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
