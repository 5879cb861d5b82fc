"""Warnings in time: what must be looked at, since when, and what was put off with which reason."""

from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.models import of_visible_people


class SignalQuerySet(ScopedQuerySet["Signal"]):
    """Signals about people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open; not for residents."""
        if viewer.role == Role.RESIDENT:
            return self.none()
        return self.filter(of_visible_people(viewer))


class Signal(models.Model):
    """Something about a person needs a look; one of a kind and subject at a time.

    `subject` tells two of a kind apart, such as the key of a plan. `facts` goes into the
    sentence that says why. The signal ends by itself when the facts no longer ask for it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    since = models.DateTimeField()
    rule_set = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    snoozed_until = models.DateField(null=True)

    objects = SignalQuerySet.as_manager()

    privacy = classify(
        personal="kind due_on since facts ended_at snoozed_until",
        technical="id municipality pseudonym subject rule_set",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym", "kind", "subject"],
                condition=Q(ended_at__isnull=True),
                name="signal_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_on"],
                condition=Q(ended_at__isnull=True),
                name="signal_open_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on:%Y-%m-%d}"


class SnoozeQuerySet(ScopedQuerySet["Snooze"]):
    """Signals that were put off."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the signals that the viewer may see."""
        if viewer.role == Role.RESIDENT:
            return self.none()
        return self.filter(of_visible_people(viewer, "signal__pseudonym_id"))


class Snooze(models.Model):
    """Somebody put a signal off until a day, with a reason; it comes back by itself."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT)
    until = models.DateField()
    reason = models.CharField(max_length=500)
    noted_by = models.ForeignKey(Membership, on_delete=models.PROTECT)
    noted_at = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    privacy = classify(
        personal="until reason noted_by noted_at", technical="id municipality signal"
    )

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"


class Digest(models.Model):
    """The weekly mail about signals was sent to a member for the week that began on a Monday."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    week = models.DateField()
    sent_at = models.DateTimeField(null=True)

    privacy = classify(technical="id municipality membership week sent_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "week"], name="digest_once_per_week")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.week:%Y-%m-%d}"
