"""What happened, only added to: about a pseudonym, never a name."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.packed import PackedNumbers, PackedWords
from meedoen.records.organisations.models import District, Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.rules.vocabulary import (
    EntryKind,
    LegalTask,
    MoveReason,
    Outcome,
    PlaceKind,
    PlacementState,
)

STILL_OPEN = date(9999, 12, 31)
"""The end of a stretch that has not ended; a far day instead of NULL keeps questions simple."""


class Pseudonym(models.Model):
    """The number under which everything about one person is kept; says nothing by itself."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    privacy = classify(personal="key", technical="id municipality")

    def __str__(self) -> str:
        return str(self.key)


class EntryQuerySet(ScopedQuerySet["Entry"]):
    """The history; readable as a whole by those who count, by nobody else."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all entries for those who may read the history, else none."""
        return self if viewer.may(Permission.READ_HISTORY) else self.none()


class Entry(models.Model):
    """One statement about a person: what was true from when to when, and since when we know.

    The stretch is half-open: `starts_on` belongs to it, `ends_on` does not. A later entry that
    `replaces` this one says the same thing better, or with `withdrawn` that it was not true at
    all. Rows are never changed or removed; the database refuses it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, choices=[(word.value, word.value) for word in EntryKind])
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdrawn = models.BooleanField(default=False)
    state = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in PlacementState]
    )
    place_kind = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in PlaceKind]
    )
    self_found = models.BooleanField(default=False)
    rung = models.PositiveSmallIntegerField(default=0)
    ladder_version = models.CharField(max_length=20, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in Outcome]
    )
    reason = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in MoveReason]
    )
    """Why a placement left this state, where a reason is asked."""
    legal_task = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in LegalTask]
    )
    """Under which law the place was when this was written; empty in what was written before."""
    district = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    packed_numbers = models.GeneratedField(
        expression=PackedNumbers(), output_field=models.BinaryField(), db_persist=True
    )
    packed_words = models.GeneratedField(
        expression=PackedWords(), output_field=models.TextField(), db_persist=True
    )

    objects = EntryQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="kind starts_on ends_on withdrawn state place_kind self_found rung domain "
        "score outcome reason legal_task district organisation recorded_by packed_numbers "
        "packed_words",
        technical="id municipality pseudonym recorded_at replaces ladder_version",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(name="entry_rung_0_to_6", condition=Q(rung__lte=6)),
            models.CheckConstraint(
                name="entry_rung_only_in_measurements",
                condition=Q(kind=EntryKind.MEASUREMENT.value, rung__gte=1)
                | (~Q(kind=EntryKind.MEASUREMENT.value) & Q(rung=0)),
            ),
            models.CheckConstraint(
                name="entry_score_only_in_life_domains",
                condition=Q(kind=EntryKind.LIFE_DOMAIN.value, score__range=(1, 5)) & ~Q(domain="")
                | (~Q(kind=EntryKind.LIFE_DOMAIN.value) & Q(score=0, domain="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on:%Y-%m-%d}"


class ChangeQuerySet(ScopedQuerySet["Change"]):
    """Whose situation changed; for Meedoen itself."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all for Meedoen itself, none for anyone else."""
        return self if viewer.role == Role.SYSTEM else self.none()


class Change(models.Model):
    """Something about a person changed that the signals must be worked out anew for.

    A row for each change, removed when it has been dealt with; two changes at once are two rows,
    so that dealing with one never loses the other.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.CASCADE)

    objects = ChangeQuerySet.as_manager()

    privacy = classify(personal="pseudonym", technical="id municipality")

    def __str__(self) -> str:
        return str(self.pseudonym_id)


class ReadingQuerySet(ScopedQuerySet["Reading"]):
    """Who looked at which file."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all of it for who watches over privacy, else none."""
        return self if viewer.may(Permission.SEE_ACCESS_LOG) else self.none()

    def about_oneself(self, viewer: Viewer, *, pseudonym_id: int) -> Self:
        """Return who looked at one person's file; the caller knows that it is the viewer's own."""
        own = self.filter(municipality_id=viewer.municipality_id, pseudonym_id=pseudonym_id)
        own._scoped = True  # noqa: SLF001 - our own flag, on our own copy
        return own


class Reading(models.Model):
    """Somebody opened a page about one person: who, in which role, what, when."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    read_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=60)
    read_at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="read_by page read_at",
        technical="id municipality pseudonym",
    )

    def __str__(self) -> str:
        return f"{self.page} {self.read_at:%Y-%m-%d %H:%M}"
