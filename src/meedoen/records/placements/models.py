"""Placements: someone takes part at a place, in one state after another."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.links.models import Link
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.models import Place
from meedoen.records.proposals.models import Proposal
from meedoen.rules.vocabulary import MonthAnswer, Outcome, PlacementState, Presence

STATES = [(word.value, word.value) for word in PlacementState]
AT_AN_ORGANISATION = PARTNERS | {Role.LINK_HOLDER}
HOLDS_A_SEAT = [PlacementState.PROPOSED.value, PlacementState.ACTIVE.value]


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    """Placements of people at places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those at the own organisation for who works there, else of visible people."""
        if viewer.role in AT_AN_ORGANISATION:
            return self.filter(place__organisation_id=viewer.organisation_id)
        return self.filter(of_visible_people(viewer))


class Placement(models.Model):
    """One person at one place; `state` is the present state, `StatePeriod` the whole story."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT)
    self_found = models.BooleanField(default=False)
    planned_end_on = models.DateField(null=True)
    """The last day that was agreed on beforehand; None when none was."""
    state = models.CharField(max_length=20, choices=STATES)
    outcome = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in Outcome]
    )

    objects = PlacementQuerySet.as_manager()

    privacy = classify(
        personal="place self_found planned_end_on state outcome",
        technical="id municipality pseudonym key proposal",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym", "place"],
                condition=Q(state__in=HOLDS_A_SEAT),
                name="placement_once_at_a_time_per_place",
            )
        ]
        indexes = [models.Index(fields=["place", "state"])]

    def __str__(self) -> str:
        return f"{self.state} ({self.pk})"


class StatePeriodQuerySet(ScopedQuerySet["StatePeriod"]):
    """The stretches of placements."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the placements that the viewer may see."""
        if viewer.role in AT_AN_ORGANISATION:
            return self.filter(placement__place__organisation_id=viewer.organisation_id)
        return self.filter(of_visible_people(viewer, "placement__pseudonym_id"))


class StatePeriod(models.Model):
    """A placement was in one state during a stretch; `entry` is where the history says so."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    state = models.CharField(max_length=20, choices=STATES)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)

    objects = StatePeriodQuerySet.as_manager()

    privacy = classify(
        personal="state starts_on ends_on withdrawn",
        technical="id municipality placement entry",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="state_period_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(ends_on=STILL_OPEN, withdrawn=False),
                name="state_period_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.starts_on:%Y-%m-%d}"


def of_visible_placements(viewer: Viewer) -> Q:
    """Return the condition that a row is about a placement that the viewer may see."""
    if viewer.role in AT_AN_ORGANISATION:
        return Q(placement__place__organisation_id=viewer.organisation_id)
    return of_visible_people(viewer, "placement__pseudonym_id")


class MonthConfirmationQuerySet(ScopedQuerySet["MonthConfirmation"]):
    """How months of placements went."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about the placements that the viewer may see."""
        return self.filter(of_visible_placements(viewer))


class MonthConfirmation(models.Model):
    """How a month of a placement went, as the organisation says; only added to, the newest holds.

    `month` is the first day of it. `hours` are those of the month, when they were others.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    month = models.DateField()
    answer = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in MonthAnswer]
    )
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    last_day = models.DateField(null=True)
    """The last day that somebody came, when it stopped."""
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, db_index=False)

    objects = MonthConfirmationQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="month answer hours last_day note answered_at answered_by",
        technical="id municipality placement link",
    )

    class Meta:
        indexes = [models.Index(fields=["placement", "month"])]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.month:%Y-%m}"


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    """Who was at a place on which days."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about the placements that the viewer may see."""
        return self.filter(of_visible_placements(viewer))


class Attendance(models.Model):
    """Whether somebody was there on a day, and for how many hours; only added to, newest holds."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    day = models.DateField()
    presence = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in Presence]
    )
    hours = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = AttendanceQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="day presence hours noted_at noted_by", technical="id municipality placement"
    )

    class Meta:
        indexes = [models.Index(fields=["placement", "day"])]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.day:%Y-%m-%d}"
