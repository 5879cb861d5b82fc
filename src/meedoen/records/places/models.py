"""Places where people take part: at which organisation, where, when, and with how many."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.directory.models import Contact, Location
from meedoen.records.history.models import STILL_OPEN, Pseudonym
from meedoen.records.links.models import Link
from meedoen.records.organisations.models import District, Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.revised import RevisedQuerySet, next_revision
from meedoen.rules.vocabulary import (
    DisplacementVerdict,
    FoundBy,
    FreshnessAnswer,
    Guidance,
    LegalTask,
    PlaceKind,
    PlaceStatus,
    SignUpState,
    StartWindow,
)


class Place(models.Model):
    """A place at an organisation, as it is today; `PlacePeriod` holds what it was and will be.

    `half_days` is a mask of `rules.half_days`. `taken` counts the placements that hold a seat.
    The database keeps it at or under `capacity`, so a place is never given to more people than
    it has room for. `sessions` are the weekly times, see `rules.schedule`. Until `confirm_by`
    somebody stands for what is said here; after that day, or without one, the place is stale.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    location = models.ForeignKey(Location, null=True, on_delete=models.PROTECT)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30, choices=[(word.value, word.value) for word in PlaceKind])
    status = models.CharField(
        max_length=20,
        choices=[(word.value, word.value) for word in PlaceStatus],
        default=PlaceStatus.LISTED.value,
    )
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    half_days = models.PositiveIntegerField()
    half_days_needed = models.PositiveSmallIntegerField(default=1)
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    sessions = models.JSONField(default=list, blank=True)
    language_level_asked = models.PositiveSmallIntegerField(default=0)
    functional_demands = models.JSONField(default=list, blank=True)
    interests = models.JSONField(default=list, blank=True)
    guidance = models.CharField(
        max_length=20,
        choices=[(word.value, word.value) for word in Guidance],
        default=Guidance.NOW_AND_THEN.value,
    )
    guidance_note = models.CharField(max_length=300, blank=True)
    start_window = models.CharField(
        max_length=20,
        choices=[(word.value, word.value) for word in StartWindow],
        default=StartWindow.BY_APPOINTMENT.value,
    )
    next_start_on = models.DateField(null=True)
    cost_cents = models.PositiveIntegerField(default=0)
    cost_note = models.CharField(max_length=200, blank=True)
    legal_task = models.CharField(
        max_length=20,
        choices=[(word.value, word.value) for word in LegalTask],
        default=LegalTask.PARTICIPATION.value,
    )
    purpose = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)
    open_to_sign_up = models.BooleanField(default=False)
    photo_free = models.BooleanField(default=True)
    asks_attendance = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField()
    most_per_half_day = models.PositiveSmallIntegerField(null=True)
    """How many people can be there at the same time; None when that is no question."""
    taken = models.PositiveSmallIntegerField(default=0)
    is_full = models.BooleanField(default=False)
    """The organisation says that there is no room, whatever the numbers say."""
    opens_on = models.DateField()
    closes_on = models.DateField(default=STILL_OPEN)
    owner = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT)
    confirmed_on = models.DateField(null=True)
    confirm_by = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)
    revision = models.BigIntegerField(default=0, editable=False)
    """Rises with every change of this row; see revised.py."""

    objects = RevisedQuerySet.as_manager()

    privacy = classify(
        plain="organisation location district kind status title description half_days "
        "half_days_needed hours_per_week sessions language_level_asked functional_demands "
        "interests guidance guidance_note start_window next_start_on cost_cents cost_note "
        "legal_task purpose is_public open_to_sign_up photo_free asks_attendance capacity "
        "most_per_half_day taken is_full opens_on closes_on owner confirmed_on confirm_by "
        "changed_at",
        technical="id municipality key revision",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_never_overbooked", condition=Q(taken__lte=F("capacity"))
            ),
            models.CheckConstraint(
                name="place_closes_after_it_opens", condition=Q(closes_on__gt=F("opens_on"))
            ),
            models.CheckConstraint(name="place_open_some_time", condition=Q(half_days__gt=0)),
        ]
        indexes = [
            models.Index(fields=["municipality", "kind"]),
            models.Index(fields=["municipality", "confirm_by"]),
            models.Index(name="place_revision", fields=["municipality", "revision"]),
            # All that a page of the directory is chosen and put in order by; a row is wide. With
            # its number, which SQLite adds by itself and PostgreSQL would read the row for.
            models.Index(
                name="place_in_directory",
                fields=[
                    "municipality",
                    "status",
                    "closes_on",
                    "is_public",
                    "opens_on",
                    "organisation",
                    "confirm_by",
                    "title",
                    "id",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, **how: Any) -> None:
        """Save a row; one that was there already rises like with any other change."""
        was_there = not self._state.adding
        if not was_there:
            self.revision = next_revision()
        super().save(**how)
        if was_there:
            Place.objects.filter(pk=self.pk).update()


class PlaceInterest(models.Model):
    """One interest that goes with a place, beside the list on the place itself, to filter by."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    code = models.CharField(max_length=40)

    privacy = classify(plain="code", technical="id municipality place")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "code"], name="place_interest_once")
        ]
        indexes = [models.Index(fields=["municipality", "code", "place"])]

    def __str__(self) -> str:
        return self.code


class PlacePeriod(models.Model):
    """What a place is from a day on, as somebody said at a moment; only added to.

    On a day it is what the newest statement says of those that begin on or before that day; a
    statement that begins later wins from its own day on. `facts` are those of
    `records.places.details`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, db_index=False)
    """The link with which it was said, by somebody without an account."""
    facts = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)

    append_only = True
    privacy = classify(
        plain="place starts_on facts reason",
        technical="id municipality recorded_at recorded_by link",
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.place_id} from {self.starts_on:%Y-%m-%d}"


class PlaceConfirmation(models.Model):
    """The owner of a place said whether it is still right; only added to."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    answer = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in FreshnessAnswer]
    )
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, db_index=False)

    append_only = True
    privacy = classify(
        plain="place answer note", technical="id municipality answered_at answered_by link"
    )

    def __str__(self) -> str:
        return f"{self.place_id} {self.answer}"


class FoundPlaceQuerySet(ScopedQuerySet["FoundPlace"]):
    """Places that were found for or by one person."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class FoundPlace(models.Model):
    """A place that is not in the directory yet, for the person who found it, and what became of it.

    `reason` comes with the decision; whoever entered it does not decide.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.OneToOneField(Place, on_delete=models.PROTECT)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    found_by = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in FoundBy]
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = FoundPlaceQuerySet.as_manager()

    privacy = classify(
        personal="place found_by entered_at entered_by decided_at decided_by reason",
        technical="id municipality pseudonym",
    )

    def __str__(self) -> str:
        return f"{self.place_id} ({self.found_by})"


class DisplacementCheck(models.Model):
    """Whether work at a place would take paid work away; only added to, the newest holds.

    `answers` are those of `rules.places.displacement`, under the questions of `version`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    version = models.CharField(max_length=20)
    answers = models.JSONField()
    verdict = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in DisplacementVerdict]
    )
    reason = models.CharField(max_length=500, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    """Who signed for the organisation, in which function."""
    checked_on = models.DateField()
    valid_until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    append_only = True
    privacy = classify(
        plain="place version answers verdict reason signed_by checked_on valid_until",
        technical="id municipality recorded_at recorded_by",
    )

    def __str__(self) -> str:
        return f"{self.place_id} {self.verdict}"


class SignUpQuerySet(ScopedQuerySet["SignUp"]):
    """People who showed interest in a place, on the public pages."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those at the own organisation for who works there, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in {*PARTNERS, Role.LINK_HOLDER}:
            return self.filter(place__organisation_id=viewer.organisation_id)
        return self.none()


class SignUp(models.Model):
    """Somebody who would like to come to a place, in their own words; removed after `keep_until`.

    Not tied to a resident: anybody may ask, and the organisation need not know who has a benefit.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    contact = models.CharField(max_length=150)
    message = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in SignUpState]
    )
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    keep_until = models.DateField()

    objects = SignUpQuerySet.as_manager()

    privacy = classify(
        personal="place name contact message made_at state handled_at handled_by keep_until",
        technical="id municipality key",
    )

    def __str__(self) -> str:
        return f"{self.state} ({self.pk})"
