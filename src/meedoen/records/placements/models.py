"""Placements: someone takes part at a place, in one state after another."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.directory.models import Location
from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.links.models import Link
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.models import Place
from meedoen.records.proposals.models import Proposal
from meedoen.rules.placement_states import NOT_OVER
from meedoen.rules.vocabulary import (
    Guidance,
    MonthAnswer,
    MoveReason,
    Outcome,
    PartnerReportKind,
    PlacementState,
    Presence,
    ReportFollowUp,
)

STATES = [(word.value, word.value) for word in PlacementState]
REASONS = [(word.value, word.value) for word in MoveReason]
AT_AN_ORGANISATION = PARTNERS | {Role.LINK_HOLDER}


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    """Placements of people at places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those at the own organisation for who works there, else of visible people."""
        if viewer.role in AT_AN_ORGANISATION:
            return self.filter(place__organisation_id=viewer.organisation_id, ever_held=True)
        return self.filter(of_visible_people(viewer))


class Placement(models.Model):
    """One person at one place; `state` is the present state, `StatePeriod` the whole story.

    Until `held_until` a seat is kept for somebody who did not begin yet; after that day it goes
    to who waits. Who only ever waited is not known to the organisation: `ever_held` is not set.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT)
    self_found = models.BooleanField(default=False)
    planned_end_on = models.DateField(null=True)
    """The last day that was agreed on beforehand; None when none was."""
    held_until = models.DateField(null=True)
    ever_held = models.BooleanField(default=True)
    state = models.CharField(max_length=20, choices=STATES)
    outcome = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in Outcome]
    )
    reason = models.CharField(max_length=30, blank=True, choices=REASONS)
    """Why it came into this state, where a reason is asked."""

    objects = PlacementQuerySet.as_manager()

    privacy = classify(
        personal="place self_found planned_end_on held_until ever_held state outcome reason",
        technical="id municipality pseudonym key proposal",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym", "place"],
                condition=Q(state__in=sorted(state.value for state in NOT_OVER)),
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
            # Whoever waits is not the organisation's business yet, and may never be.
            return self.filter(of_visible_placements(viewer)).exclude(state=PlacementState.WAITING)
        return self.filter(of_visible_placements(viewer))


class StatePeriod(models.Model):
    """A placement was in one state during a stretch; `entry` is where the history says so.

    What lasted no day, because the next state came on the day itself, is `withdrawn` and keeps
    that one day. What was not so at all is `withdrawn` and open.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    state = models.CharField(max_length=20, choices=STATES)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=30, blank=True, choices=REASONS)
    """Why it left this state, where a reason is asked."""

    objects = StatePeriodQuerySet.as_manager()

    privacy = classify(
        personal="state starts_on ends_on withdrawn reason",
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
        return Q(
            placement__place__organisation_id=viewer.organisation_id, placement__ever_held=True
        )
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


class TermsQuerySet(ScopedQuerySet["Terms"]):
    """What was agreed about placements."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about the placements that the viewer may see."""
        return self.filter(of_visible_placements(viewer))


class Terms(models.Model):
    """What was agreed about a placement from a day on, as said at a moment; only added to.

    Hours, days, guidance and location change by a row inside the placement; it never stops for
    that. On a day it is what the newest statement says of those that begin on or before that day.
    `hours_a_week` and `half_days` (a mask of `rules.half_days`, 0 for not agreed) are this
    person's; None, nothing and no location mean: as the place says.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    starts_on = models.DateField()
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    half_days = models.PositiveIntegerField(default=0)
    guidance = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in Guidance]
    )
    location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT, db_index=False)
    why = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = TermsQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="starts_on hours_a_week half_days guidance location why recorded_at recorded_by",
        technical="id municipality placement",
    )

    class Meta:
        indexes = [models.Index(fields=["placement", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.placement_id} from {self.starts_on:%Y-%m-%d}"


class PartnerReportQuerySet(ScopedQuerySet["PartnerReport"]):
    """What organisations report of placements."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about the placements that the viewer may see."""
        return self.filter(of_visible_placements(viewer))


class PartnerReport(models.Model):
    """An organisation has a worry about a placement, or proposes to end it; only added to.

    `last_day` and `reason` belong to a proposal to end; the coach decides.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in PartnerReportKind]
    )
    text = models.CharField(max_length=300, blank=True)
    last_day = models.DateField(null=True)
    reason = models.CharField(max_length=30, blank=True, choices=REASONS)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = PartnerReportQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="kind text last_day reason reported_at reported_by",
        technical="id municipality placement key",
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.placement_id}"


class ReportAnswerQuerySet(ScopedQuerySet["ReportAnswer"]):
    """What coaches did with reports."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about the placements that the viewer may see."""
        if viewer.role in AT_AN_ORGANISATION:
            return self.filter(
                report__placement__place__organisation_id=viewer.organisation_id,
                report__placement__ever_held=True,
            )
        return self.filter(of_visible_people(viewer, "report__placement__pseudonym_id"))


class ReportAnswer(models.Model):
    """What a coach did with a report, and the words about it for the organisation."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    report = models.OneToOneField(PartnerReport, on_delete=models.PROTECT, related_name="answer")
    follow_up = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ReportFollowUp]
    )
    text = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ReportAnswerQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="follow_up text answered_at answered_by", technical="id municipality report"
    )

    def __str__(self) -> str:
        return f"{self.follow_up} {self.report_id}"
