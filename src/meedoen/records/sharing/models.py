"""What may be shared with whom: three separate things that are never one tick.

The ground on which something is shared (AVG, article 6), the release from professional secrecy,
and whether somebody agrees with the support. Each is given on a day, in a way, under a text, and
can be withdrawn; refusing one has no effect on another.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow

WAYS = [(word.value, word.value) for word in ObtainedHow]
TASKS = [(word.value, word.value) for word in LegalTask]


class SharingQuerySet(ScopedQuerySet["Sharing"]):
    """What may be shared about people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open; for a partner what it is told.

        Not for who holds a link: what is shared is read by somebody who is known by name.
        """
        if viewer.role in PARTNERS:
            return self.filter(organisation_id=viewer.organisation_id)
        return self.filter(of_visible_people(viewer))


class Sharing(models.Model):
    """Certain facts may be told to an organisation, on a legal ground, during a stretch.

    The stretch is half-open; one that ended on the day it began was never used. `ended_by` is
    set when somebody ended it, not when it ran out as agreed.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    what = models.JSONField()
    legal_task = models.CharField(max_length=30, choices=TASKS)
    ground = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in LegalGround]
    )
    explanation = models.CharField(max_length=500)
    text_version = models.CharField(max_length=20)
    told_how = models.CharField(max_length=20, choices=WAYS)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SharingQuerySet.as_manager()

    privacy = classify(
        personal="organisation what legal_task ground explanation told_how starts_on ends_on "
        "noted_by noted_at ended_by",
        technical="id municipality pseudonym key text_version",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sharing_ends_not_before_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.starts_on:%Y-%m-%d}"


class SecrecyReleaseQuerySet(ScopedQuerySet["SecrecyRelease"]):
    """Releases from professional secrecy."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class SecrecyRelease(models.Model):
    """Somebody bound by professional secrecy may tell something, for a purpose, until a day.

    On the day `until`, or the day it was withdrawn on, it no longer holds.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    who = models.CharField(max_length=200)
    purpose = models.CharField(max_length=500)
    text_version = models.CharField(max_length=20)
    given_how = models.CharField(max_length=20, choices=WAYS)
    given_on = models.DateField()
    until = models.DateField()
    withdrawn_on = models.DateField(null=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = SecrecyReleaseQuerySet.as_manager()

    privacy = classify(
        personal="who purpose given_how given_on until withdrawn_on noted_by noted_at",
        technical="id municipality pseudonym key text_version",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="secrecy_release_ends_after_it_is_given",
                condition=Q(until__gt=F("given_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_on:%Y-%m-%d} - {self.until:%Y-%m-%d}"


class SupportAgreementQuerySet(ScopedQuerySet["SupportAgreement"]):
    """Whether people agreed with support."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class SupportAgreement(models.Model):
    """Somebody agreed, or did not, with the support that was offered; refusing costs nothing."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreed = models.BooleanField()
    about = models.CharField(max_length=500)
    text_version = models.CharField(max_length=20)
    given_how = models.CharField(max_length=20, choices=WAYS)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = SupportAgreementQuerySet.as_manager()

    privacy = classify(
        personal="agreed about given_how given_on withdrawn_on noted_by noted_at",
        technical="id municipality pseudonym key text_version",
    )

    def __str__(self) -> str:
        return f"{self.agreed} {self.given_on:%Y-%m-%d}"
