"""What the municipality decides about people's participation jobs: Participatiewet, article 10a."""

import uuid
from typing import Self

from django.db import models

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.limits import LONGEST_WORDS
from meedoen.records.people.models import of_visible_people
from meedoen.rules.participation_job.decided import Matter


class DecisionQuerySet(ScopedQuerySet["Decision"]):
    """What was decided about participation jobs."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about visible people; an organisation sees none of it."""
        return self.filter(of_visible_people(viewer))


class Decision(models.Model):
    """One word on a matter of one person; only added to.

    Of each matter and number the newest row holds; when that is `withdrawn`, nothing does.
    The dates of the law count for a person, over all participation jobs at any organisation.
    What `day` (there: `on`), `ends_on`, `choice` and `cents` mean stands in
    `rules.participation_job.decided`.
    `basis` is what a premium was worked out from: all that is needed to work it out again.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.CharField(max_length=30, choices=[(word.value, word.value) for word in Matter])
    number = models.PositiveSmallIntegerField(default=1)
    choice = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    ends_on = models.DateField(null=True)
    other_work = models.BooleanField(default=False)
    other_environment = models.BooleanField(default=False)
    cents = models.PositiveIntegerField(default=0)
    basis = models.JSONField(default=dict)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = DecisionQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="matter number choice day ends_on other_work other_environment cents basis words "
        "withdrawn recorded_at recorded_by",
        technical="id municipality pseudonym key",
    )

    def __str__(self) -> str:
        return f"{self.matter} {self.number} {self.day:%Y-%m-%d}"
