"""Values of indicators, with all that is needed to compute them again."""

from django.db import models

from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify


class Measuring(models.Model):
    """One run of measuring: all indicators on one day, as known at one moment."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    reference_date = models.DateField()
    known_at = models.DateTimeField()
    last_entry = models.BigIntegerField()
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)

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


class Figure(models.Model):
    """The value of one indicator; `part` names a class within it, empty for the figure itself.

    `definition_version` is the day from which the version of the definition used is valid.

    Figures are never changed: measuring again gives new ones beside the old.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    measuring = models.ForeignKey(Measuring, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    definition_version = models.DateField()
    part = models.CharField(max_length=30, blank=True)
    value = models.PositiveIntegerField()

    append_only = True
    privacy = classify(
        plain="indicator definition_version part value", technical="id municipality measuring"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measuring", "indicator", "part"], name="figure_once_per_measuring"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
