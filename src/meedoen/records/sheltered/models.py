"""Sheltered work: the track of a person to a new job, what was worked out for it, and the Wsw."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import Placement
from meedoen.records.sheltered.limits import LONGEST_TEXT
from meedoen.rules.sheltered.states import is_closed
from meedoen.rules.sheltered.words import (
    ObjectionState,
    ShelteredParty,
    ShelteredReason,
    ShelteredState,
    WswCategory,
    WswKind,
)

STATES = [(word.value, word.value) for word in ShelteredState]
CLOSED = sorted(state.value for state in ShelteredState if is_closed(state))


class TrackQuerySet(ScopedQuerySet["Track"]):
    """The tracks of people to new sheltered work."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Track(models.Model):
    """One person on the way to new sheltered work; `state` is the present state.

    `Step` is the whole story. Somebody has one track that goes on; after an end or a refusal
    another may begin.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=STATES)

    objects = TrackQuerySet.as_manager()

    privacy = classify(personal="state", technical="id municipality pseudonym key")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym"],
                condition=~Q(state__in=CLOSED),
                name="sheltered_track_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} ({self.pk})"


class StepQuerySet(ScopedQuerySet["Step"]):
    """The steps of tracks."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer, "track__pseudonym_id"))

    def current(self) -> Self:
        """Return the steps as they are known now: not corrected later, not taken back."""
        return self.filter(replaced_by__isnull=True, taken_back=False)


class Step(models.Model):
    """A track came into a state on a day; only added to.

    A later row that `replaces` this one says the same step better, or with `taken_back` that it
    was not made. `by` is who advised, decided or employed, `recorded_by` who wrote it down.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    """The place in the story, from 1; what was corrected keeps its place."""
    state = models.CharField(max_length=20, choices=STATES)
    on = models.DateField()
    """The first day of the state."""
    by = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ShelteredParty]
    )
    reason = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in ShelteredReason]
    )
    explanation = models.CharField(max_length=LONGEST_TEXT, blank=True)
    placement = models.ForeignKey(Placement, null=True, on_delete=models.PROTECT)
    """The placement in which somebody who is employed works."""
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    taken_back = models.BooleanField(default=False)
    correction_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = StepQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="state on by reason explanation placement taken_back correction_reason "
        "recorded_at recorded_by",
        technical="id municipality track number replaces",
    )

    def __str__(self) -> str:
        return f"{self.state} {self.on:%Y-%m-%d}"


class HoursQuerySet(ScopedQuerySet["Hours"]):
    """The hours of contracts."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer, "track__pseudonym_id"))


class Hours(models.Model):
    """The hours a week of a contract from a day on; only added to, the newest of a day holds.

    A job does not stop and begin again because the hours change. None: not written down;
    `withdrawn`: on that day nothing changed after all.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    starts_on = models.DateField()
    week_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = HoursQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="starts_on week_hours withdrawn recorded_at recorded_by",
        technical="id municipality track",
    )

    def __str__(self) -> str:
        return f"{self.week_hours} from {self.starts_on:%Y-%m-%d}"


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    """What residents object to, and what became of it."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer, "track__pseudonym_id"))


class Objection(models.Model):
    """A resident objects to the decision of a track, or what became of it; only added to.

    The newest row of a track says how it stands.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    state = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ObjectionState]
    )
    on = models.DateField()
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ObjectionQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="state on text recorded_at recorded_by", technical="id municipality track"
    )

    def __str__(self) -> str:
        return f"{self.state} {self.on:%Y-%m-%d}"


class WageSubsidyQuerySet(ScopedQuerySet["WageSubsidy"]):
    """The wage-cost subsidies that were worked out."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer, "track__pseudonym_id"))


class WageSubsidy(models.Model):
    """The wage-cost subsidy of a job from a day on; only added to, the newest of a day holds.

    Everything that went into it is kept with the result, so that it can be worked out again.
    `loonwaarde` is a part of the minimum wage, 0 to 1; None means the fixed part of the first
    months. `percent` is what of the minimum wage with holiday allowance is paid, in percents.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    starts_on = models.DateField()
    job_started_on = models.DateField()
    minimum_wage = models.DecimalField(max_digits=8, decimal_places=2)
    week_hours = models.DecimalField(max_digits=5, decimal_places=2)
    full_week_hours = models.DecimalField(max_digits=5, decimal_places=2)
    loonwaarde = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    result = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = WageSubsidyQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="starts_on job_started_on minimum_wage week_hours full_week_hours loonwaarde "
        "percent result recorded_at recorded_by",
        technical="id municipality track",
    )

    def __str__(self) -> str:
        return f"{self.percent}% from {self.starts_on:%Y-%m-%d}"


class WswStretchQuerySet(ScopedQuerySet["WswStretch"]):
    """Old sheltered work of people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return that of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return the stretches as they are known now."""
        return self.filter(replaced_by__isnull=True, withdrawn=False)


class WswStretch(models.Model):
    """Somebody has old sheltered work during a stretch; only added to.

    `ends_on` is the first day after it. A later row that `replaces` this one says it better, or
    with `withdrawn` that it was not so. Other hours, another kind or another category are
    another stretch.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    week_hours = models.DecimalField(max_digits=5, decimal_places=2)
    category = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in WswCategory]
    )
    kind = models.CharField(max_length=20, choices=[(word.value, word.value) for word in WswKind])
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdrawn = models.BooleanField(default=False)
    correction_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = WswStretchQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="starts_on ends_on week_hours category kind withdrawn correction_reason "
        "recorded_at recorded_by",
        technical="id municipality pseudonym key replaces",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wsw_stretch_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on:%Y-%m-%d}"
