"""Goals and figures as published pages say them, and the pages that Meedoen publishes."""

import uuid

from django.db import models
from django.db.models import Q

from meedoen.records.figures.models import Figure
from meedoen.records.organisations.models import (
    District,
    Membership,
    Municipality,
    Organisation,
)
from meedoen.records.organisations.privacy import classify
from meedoen.rules.indicators.language import Direction
from meedoen.rules.vocabulary import PlaceKind


class Programme(models.Model):
    """The top of the tree of the budget, which the council decides on (BBV, article 7)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    portfolio_holder = models.CharField(max_length=200, blank=True)

    privacy = classify(plain="code name portfolio_holder", technical="id municipality key")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="programme_once_per_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PolicyField(models.Model):
    """A part of a programme, with who of the aldermen answers for it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="fields")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    portfolio_holder = models.CharField(max_length=200, blank=True)

    privacy = classify(
        plain="code name portfolio_holder", technical="id municipality key programme"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"], name="policy_field_once_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Goal(models.Model):
    """A goal of the budget, with its sections as the page gave them; `year` None when not said.

    `sections` is a list of objects with `heading`, `kind`, `paragraphs` and `items`. A goal
    without `imported_at` was made by hand; `policy_field` is None until somebody says where it
    belongs, for no page prints it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    policy_field = models.ForeignKey(
        PolicyField, null=True, on_delete=models.PROTECT, related_name="goals"
    )
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300)
    sections = models.JSONField(default=list)
    portfolio_holders = models.JSONField(default=list)
    policy_notes = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    imported_at = models.DateTimeField(null=True)

    privacy = classify(
        plain="code year title sections portfolio_holders policy_notes source imported_at",
        technical="id municipality policy_field",
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


class Criterion(models.Model):
    """By what a goal can be seen to be reached.

    `printed` is the text as a page gave it, by which a later page knows it again; empty for one
    that was made by hand. `text` is how it reads now.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    printed = models.TextField(blank=True)
    text = models.TextField()

    privacy = classify(plain="position printed text", technical="id municipality key goal")

    def __str__(self) -> str:
        return self.text[:40]


class CriterionIndicator(models.Model):
    """An indicator of the goal that measures this criterion."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=60)

    privacy = classify(plain="indicator", technical="id municipality criterion")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "indicator"], name="criterion_indicator_once"
            )
        ]

    def __str__(self) -> str:
        return self.indicator


class Activity(models.Model):
    """What is done to reach a goal; `printed` and `text` as for a criterion."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField()
    printed = models.TextField(blank=True)
    text = models.TextField()

    privacy = classify(plain="position printed text", technical="id municipality key goal")

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.text[:40]


class ActivityIndicator(models.Model):
    """An indicator of the goal in which this activity should show."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=60)

    privacy = classify(plain="indicator", technical="id municipality activity")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "indicator"], name="activity_indicator_once"
            )
        ]

    def __str__(self) -> str:
        return self.indicator


class Reference(models.Model):
    """A goal's page mentions another goal or a programme; it resolves when that goal is there.

    One that was made `by_hand` stays when the page is read again.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=20, choices=[("goal", "goal"), ("programme", "programme")])
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    by_hand = models.BooleanField(default=False)

    privacy = classify(plain="kind code position by_hand", technical="id municipality goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "kind", "code"], name="reference_once_per_goal")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ImportedRow(models.Model):
    """An indicator as printed on an imported page; `indicator` links it to one of the catalogue.

    `source` is the file or page it was read from; one goal may have rows of several.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=100)
    indicator = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300, blank=True)

    privacy = classify(
        plain="position name unit indicator source", technical="id municipality goal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "position"], name="imported_row_position")
        ]

    def __str__(self) -> str:
        return self.name


class ImportedValue(models.Model):
    """One value as shown on an imported page; `-` stays `-`.

    `entity` is whose value it is where a table compares areas, and `period` the time it is about
    where that is no calendar year; both as printed.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    row = models.ForeignKey(ImportedRow, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    entity = models.CharField(max_length=100, blank=True)
    period = models.CharField(max_length=100, blank=True)

    privacy = classify(
        plain="position label year kind value entity period", technical="id municipality row"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "position"], name="imported_value_position")
        ]

    def __str__(self) -> str:
        return self.value


class GoalIndicator(models.Model):
    """An indicator of the catalogue that shows how a goal is doing, beside the imported ones."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=60)

    privacy = classify(plain="indicator", technical="id municipality goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator"], name="goal_indicator_once_per_goal"
            ),
        ]

    def __str__(self) -> str:
        return self.indicator


class Target(models.Model):
    """The number that was promised for an indicator of a goal, where no table gives it.

    `year` is None when the promise names none. A later row of the same year takes the place of
    an earlier one, and both stay to be read; `number` None takes the promise back. `source` says
    where it was decided, on `decided_on` when that is known.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    direction = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Direction]
    )
    source = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by",
        plain="indicator year number direction source decided_on at",
        technical="id municipality goal",
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "indicator"], name="target_of_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.number}"


class Publication(models.Model):
    """A goal's page as it was published: an earlier one stays, a later one goes before it.

    `references` are the mentions of goals and programmes then, objects with `kind` and `code`;
    `threshold` is the number of people from which a figure was shown then, and `rounding` to what
    it was rounded (0 is not at all). `document_key` is set when the page was published by adopting
    a document.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=330)
    sections = models.JSONField(default=list)
    references = models.JSONField(default=list)
    explanation = models.TextField(blank=True)
    threshold = models.PositiveSmallIntegerField()
    rounding = models.PositiveSmallIntegerField(default=0)
    reference_date = models.DateField()
    known_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    document_key = models.UUIDField(null=True)

    append_only = True
    privacy = classify(
        personal="published_by",
        plain="title sections references explanation threshold rounding reference_date known_at "
        "published_at",
        technical="id municipality goal document_key",
    )

    def __str__(self) -> str:
        return self.title


class PublishedCell(models.Model):
    """A cell of a published page: a copy of the text shown, and the figure it came from.

    `row_position` tells rows of the same name apart. `hidden` says that the text protects a
    small number. Imported values have no figure. A target that no table gave has no label.

    A cell of a breakdown names its `district`, `place_kind` or `organisation`; `place` is how the
    district or the organisation was called then. Where nobody is, there is no figure.
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
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    place_kind = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in PlaceKind]
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        plain="position row_position row unit label year kind text hidden indicator counted_on "
        "district place_kind organisation place",
        technical="id municipality publication figure",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "position"], name="published_cell_position"
            ),
            models.CheckConstraint(
                name="published_cell_hidden_only_when_counted",
                condition=Q(hidden=False) | Q(counted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
