"""Training and language lessons beside a placement, with their result."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import Entry, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import Placement
from meedoen.records.trainings.limits import LONGEST_NAME, LONGEST_REASON
from meedoen.rules.vocabulary import TrainingKind, TrainingResult, TrainingStop


class TrainingQuerySet(ScopedQuerySet["Training"]):
    """Trainings of people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return the trainings as they are known now."""
        return self.filter(replaced_by__isnull=True, withdrawn=False)


class Training(models.Model):
    """What is known of one training since a moment; only added to.

    All rows of one training have the same `key`; a row that `replaces` another says more or
    better, or with `withdrawn` that there was no such training. `ended_on` is the last day;
    None while it goes on. `stop` says why it stopped without a result. `entry` is where the history
    says what this row says.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, null=True, on_delete=models.PROTECT)
    """The placement that it goes with; None when it stands alone."""
    kind = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in TrainingKind]
    )
    what = models.CharField(max_length=LONGEST_NAME)
    given_by = models.CharField(max_length=LONGEST_NAME)
    starts_on = models.DateField()
    planned_end_on = models.DateField(null=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    ended_on = models.DateField(null=True)
    result = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in TrainingResult]
    )
    stop = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in TrainingStop]
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdrawn = models.BooleanField(default=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    correction_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    """Why a row was wrong; empty when it only tells more."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = TrainingQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="placement kind what given_by starts_on planned_end_on hours_a_week ended_on "
        "result stop withdrawn correction_reason recorded_at recorded_by",
        technical="id municipality pseudonym key replaces entry",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="training_ends_no_earlier_than_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="training_has_a_result_when_it_ended",
                condition=Q(ended_on__isnull=True, result="")
                | Q(ended_on__isnull=False) & ~Q(result=""),
            ),
        ]
        indexes = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.what} {self.starts_on:%Y-%m-%d}"
