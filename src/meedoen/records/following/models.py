"""What follows a placement: how it goes, what comes next, and how somebody is after the end.

The days on which it is time stand nowhere: they follow from the placement and from what is kept
here, by `rules.places.following`.
"""

import uuid
from typing import Self, TypeVar

from django.db import models

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import AftercareFinding, HowItGoes, Preference, WhatFollows

HOW_IT_GOES = [(word.value, word.value) for word in HowItGoes]
Row = TypeVar("Row", bound=models.Model)


class OfPersonQuerySet(ScopedQuerySet[Row]):
    """What was talked over with people about their placements."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about people whose file the viewer may open; the own for a resident.

        Nothing for an organisation: what somebody says of it is not told to it from here.
        """
        return self.filter(of_visible_people(viewer))


class EvaluationQuerySet(OfPersonQuerySet["Evaluation"]):
    """How placements go."""


class Evaluation(models.Model):
    """It was talked over how a placement goes: who was there, what each finds, what was agreed on.

    Only added to; one that was wrong is replaced by a newer one. `next_on` is the day agreed on
    for the next time; None leaves it to the rhythm.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    held_on = models.DateField()
    with_resident = models.BooleanField()
    with_partner = models.BooleanField()
    resident_finds = models.CharField(max_length=20, choices=HOW_IT_GOES)
    resident_said = models.CharField(max_length=500, blank=True)
    partner_finds = models.CharField(max_length=20, choices=HOW_IT_GOES)
    partner_said = models.CharField(max_length=500, blank=True)
    agreed = models.CharField(max_length=500, blank=True)
    """What changes from now on; empty when all stays as it is."""
    next_on = models.DateField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = EvaluationQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="held_on with_resident with_partner resident_finds resident_said partner_finds "
        "partner_said agreed next_on recorded_at recorded_by",
        technical="id municipality pseudonym placement key replaces",
    )

    class Meta:
        indexes = [models.Index(fields=["placement", "held_on"])]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.held_on:%Y-%m-%d}"


class NextStepChoiceQuerySet(OfPersonQuerySet["NextStepChoice"]):
    """What people chose to do after placements."""


class NextStepChoice(models.Model):
    """What comes after a placement, chosen before its last day; only added to, the newest holds.

    `for_last_day` is the last day as it was expected then. `follow_up` is what is done about it,
    and `follow_up_on` when. `new_placement` is the place that was proposed with it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    for_last_day = models.DateField()
    follows = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in WhatFollows]
    )
    preference = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in Preference]
    )
    resident_said = models.CharField(max_length=500)
    follow_up = models.CharField(max_length=200, blank=True)
    follow_up_on = models.DateField(null=True)
    new_placement = models.OneToOneField(
        Placement, null=True, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = NextStepChoiceQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="for_last_day follows preference resident_said follow_up follow_up_on chosen_at "
        "chosen_by",
        technical="id municipality pseudonym placement key new_placement",
    )

    def __str__(self) -> str:
        return f"{self.follows} {self.placement_id}"


class AftercareContactQuerySet(OfPersonQuerySet["AftercareContact"]):
    """How people are after their placements."""


class AftercareContact(models.Model):
    """Somebody was asked, or tried in vain, how it goes after a placement ended; only added to.

    `number` is the moment it was for, from 1, and `planned_on` its day as it was then; an
    `AftercareContact` that was wrong is replaced by a newer one.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    done_on = models.DateField()
    finding = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in AftercareFinding]
    )
    words = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = AftercareContactQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="planned_on done_on finding words recorded_at recorded_by",
        technical="id municipality pseudonym placement key number replaces",
    )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.done_on:%Y-%m-%d}"
