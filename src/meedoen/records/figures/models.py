"""Values of indicators, with all that is needed to compute them again."""

from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.organisations.models import (
    District,
    Membership,
    Municipality,
    Organisation,
)
from meedoen.records.organisations.privacy import classify
from meedoen.rules.vocabulary import PlaceKind


class MeasuringQuerySet(models.QuerySet["Measuring"]):
    """Measurings, those that are still being computed included."""

    def done(self) -> Self:
        """Return those of which all figures are there; no other counts anywhere."""
        return self.filter(done__isnull=False)

    def computing(self) -> Self:
        """Return those that were begun and are not done: they go on, or somebody takes them up."""
        return self.filter(done__isnull=True)


class Measuring(models.Model):
    """One run of measuring: all indicators on one day, as known at one moment.

    The row is there from the beginning, with the moment that is counted as known at. It counts
    only when it has a `MeasuringDone`, which comes with all its figures at once.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    reference_date = models.DateField()
    known_at = models.DateTimeField()
    last_entry = models.BigIntegerField()
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)

    objects = MeasuringQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="measured_by",
        plain="reference_date known_at measured_at",
        technical="id municipality last_entry",
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "reference_date", "-known_at", "-id"])]

    def __str__(self) -> str:
        return f"{self.reference_date:%Y-%m-%d}"


class MeasuringDone(models.Model):
    """All figures of a measuring are there; written with them in one transaction.

    `names` says how the districts and organisations in it were called then, by `district` and
    `organisation` and in those by number: a closed period keeps the names of its time. It is empty
    for what was measured before names were kept.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    measuring = models.OneToOneField(Measuring, on_delete=models.PROTECT, related_name="done")
    at = models.DateTimeField()
    names = models.JSONField(default=dict)

    append_only = True
    privacy = classify(plain="at names", technical="id municipality measuring")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Figure(models.Model):
    """The value of one indicator; `part` names a class within it, empty for the figure itself.

    `definition_version` is the day from which the version of the definition used is valid.

    `district`, `place_kind` and `organisation` say of which people this is, empty for all. Of a
    breakdown only what is not zero is kept: a cell that the definition allows and that has no row
    is zero. People of whom no district is known are in no cell by district, and who is at two
    organisations is in the cells of both.

    Figures are never changed: measuring again gives new ones beside the old.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    measuring = models.ForeignKey(Measuring, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    definition_version = models.DateField()
    part = models.CharField(max_length=30, blank=True)
    district = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place_kind = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in PlaceKind]
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    value = models.PositiveIntegerField()

    append_only = True
    privacy = classify(
        plain="indicator definition_version part district place_kind organisation value",
        technical="id municipality measuring",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measuring", "indicator", "part", "place_kind"],
                condition=Q(district__isnull=True, organisation__isnull=True),
                name="figure_once_per_measuring",
            ),
            models.UniqueConstraint(
                fields=["measuring", "indicator", "part", "place_kind", "district"],
                name="figure_once_per_district",
            ),
            models.UniqueConstraint(
                fields=["measuring", "indicator", "part", "place_kind", "organisation"],
                name="figure_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
