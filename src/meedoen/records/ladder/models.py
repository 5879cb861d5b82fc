"""Measurements on the participation ladder: answers, the derived rung and the rung that was set."""

import uuid
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
    potential_rung = models.PositiveSmallIntegerField(null=True)
    """The rung that can be reached within the period of the ladder version; None: not asked."""
    own_rung = models.PositiveSmallIntegerField(null=True)
    """Where the resident places themselves; None: not asked. Never mixed with the set rung."""
    own_words = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = MeasurementQuerySet.as_manager()

    privacy = classify(
        personal="measured_on assessor answers derived_rung set_rung deviation_reason "
        "potential_rung own_rung own_words correction_reason",
        technical="id municipality pseudonym conversation ladder_version entry replaces",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="measurement_rungs_1_to_6",
                condition=Q(derived_rung__range=(1, 6), set_rung__range=(1, 6)),
            ),
            models.CheckConstraint(
                name="measurement_other_rungs_1_to_6",
                condition=(Q(potential_rung__isnull=True) | Q(potential_rung__range=(1, 6)))
                & (Q(own_rung__isnull=True) | Q(own_rung__range=(1, 6))),
            ),
            models.CheckConstraint(
                name="measurement_deviation_has_a_reason",
                condition=Q(set_rung=F("derived_rung")) | ~Q(deviation_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["pseudonym", "-measured_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.set_rung} {self.measured_on:%Y-%m-%d}"


class DomainMeasurementQuerySet(ScopedQuerySet["DomainMeasurement"]):
    """Measurements of life domains."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class DomainMeasurement(models.Model):
    """Steps in life domains on one day, by one version of the instrument."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    measured_on = models.DateField()
    assessor = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    instrument = models.CharField(max_length=20)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)

    objects = DomainMeasurementQuerySet.as_manager()

    privacy = classify(
        personal="measured_on assessor correction_reason",
        technical="id municipality pseudonym conversation key instrument replaces",
    )

    class Meta:
        indexes = [models.Index(fields=["pseudonym", "-measured_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.instrument} {self.measured_on:%Y-%m-%d}"


class DomainScoreQuerySet(ScopedQuerySet["DomainScore"]):
    """Steps in one life domain."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer, "measurement__pseudonym_id"))


class DomainScore(models.Model):
    """The step in one life domain, 1 to 5, and the resident's own step beside it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    measurement = models.ForeignKey(DomainMeasurement, on_delete=models.PROTECT)
    domain = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    own_score = models.PositiveSmallIntegerField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = DomainScoreQuerySet.as_manager()

    privacy = classify(
        personal="domain score own_score", technical="id municipality measurement entry"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "domain"], name="domain_score_once_per_measurement"
            ),
            models.CheckConstraint(
                name="domain_score_1_to_5",
                condition=Q(score__range=(1, 5))
                & (Q(own_score__isnull=True) | Q(own_score__range=(1, 5))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.score}"
