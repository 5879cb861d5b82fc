"""Measurements on the participation ladder: answers, the derived rung and the rung that was set."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.conversations.models import Conversation
from meedoen.records.history.models import Entry, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people


class MeasurementQuerySet(ScopedQuerySet["Measurement"]):
    """Measurements of people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Measurement(models.Model):
    """One measurement; `deviation_reason` says why the set rung is not the derived one."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT)
    measured_on = models.DateField()
    assessor = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    ladder_version = models.CharField(max_length=20)
    answers = models.JSONField()
    derived_rung = models.PositiveSmallIntegerField()
    set_rung = models.PositiveSmallIntegerField()
    deviation_reason = models.CharField(max_length=500, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = MeasurementQuerySet.as_manager()

    privacy = classify(
        personal="measured_on assessor answers derived_rung set_rung deviation_reason",
        technical="id municipality pseudonym conversation ladder_version entry",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="measurement_rungs_1_to_6",
                condition=Q(derived_rung__range=(1, 6), set_rung__range=(1, 6)),
            ),
            models.CheckConstraint(
                name="measurement_deviation_has_a_reason",
                condition=Q(set_rung=F("derived_rung")) | ~Q(deviation_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["pseudonym", "-measured_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.set_rung} {self.measured_on:%Y-%m-%d}"
