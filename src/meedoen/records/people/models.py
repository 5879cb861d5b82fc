"""Residents and what identifies them, kept apart from everything else; who is responsible."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import (
    District,
    Membership,
    Municipality,
    Organisation,
    Team,
)
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.records.people.encryption import EncryptedField
from meedoen.rules.places.following import NO_AFTERCARE


class ResponsibilityQuerySet(ScopedQuerySet["Responsibility"]):
    """Who is or was responsible for whom."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the team's for coaches, the own for a resident, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in {Role.COACH, Role.TEAM_LEAD}:
            return self.filter(team_id=viewer.team_id)
        if viewer.role == Role.RESIDENT:
            return self.filter(pseudonym__resident__membership_id=viewer.membership_id)
        return self.none()

    def current(self) -> Self:
        """Return those that hold today."""
        today = clock.today()
        return self.filter(starts_on__lte=today, ends_on__gt=today)


class Responsibility(models.Model):
    """A coach is responsible for a resident during a stretch; the team comes with the coach."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    coach = models.ForeignKey(Membership, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)
    reason = models.CharField(max_length=300, blank=True)
    """Why this coach took over; empty for the first one."""
    arranged_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who handed over; empty for the first one."""
    for_placement = models.BooleanField(default=False)
    """Goes on after the benefit because a placement waits or runs, and ends with the last one."""

    objects = ResponsibilityQuerySet.as_manager()

    privacy = classify(
        personal="coach team starts_on ends_on reason arranged_by for_placement",
        technical="id municipality pseudonym",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="responsibility_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["pseudonym"],
                condition=Q(ends_on=STILL_OPEN),
                name="responsibility_one_at_a_time",
            ),
        ]
        # Whether someone belongs to a team is asked of every row that is shown to a coach.
        indexes = [models.Index(fields=["pseudonym", "team"])]

    def __str__(self) -> str:
        return f"{self.pseudonym_id}: {self.coach_id}"


def of_visible_people(viewer: Viewer, pseudonym: str = "pseudonym_id") -> Q:
    """Return the condition that a row is about a person whose file this viewer may open.

    `pseudonym` names the column with the pseudonym. This is the one rule for who may open
    which file; every personal table above this one uses it.
    """
    match viewer.role:
        case Role.SYSTEM:
            return Q()
        case Role.COACH | Role.TEAM_LEAD:
            responsible = Responsibility.objects.visible_to(viewer).current()
            return Q(Exists(responsible.filter(pseudonym_id=OuterRef(pseudonym))))
        case Role.RESIDENT:
            own = Resident.objects.visible_to(viewer)
            return Q(Exists(own.filter(pseudonym_id=OuterRef(pseudonym))))
        case _:
            return Q(pk__in=[])


class ResidentQuerySet(ScopedQuerySet["Resident"]):
    """Residents by name."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the team's for coaches, the own row for a resident, none for others."""
        if viewer.role == Role.RESIDENT:
            return self.filter(membership_id=viewer.membership_id, membership__isnull=False)
        return self.filter(of_visible_people(viewer))


class Resident(models.Model):
    """Who a pseudonym is. Removing this row cuts the link; counts and history stay."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.OneToOneField(Pseudonym, on_delete=models.PROTECT)
    membership = models.OneToOneField(Membership, null=True, on_delete=models.PROTECT)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    birth_date = models.DateField()
    bsn = EncryptedField()
    bsn_index = models.CharField(max_length=64, editable=False)
    phone = models.CharField(max_length=20, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    benefit_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    last_spoken_on = models.DateField(null=True)
    """The last day of a conversation, or of aftercare in which this person was reached."""
    next_contact_on = models.DateField(null=True)
    """The first day on which a next step with this person is planned."""
    no_contact_until = models.DateField(null=True)
    """Until this day the person wants no contact; then somebody asks again."""

    objects = ResidentQuerySet.as_manager()

    privacy = classify(
        personal="membership given_name family_name birth_date bsn bsn_index phone district "
        "last_spoken_on next_contact_on no_contact_until",
        technical="id municipality pseudonym benefit_entry",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "bsn_index"], name="resident_once_per_municipality"
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "family_name", "given_name"]),
            models.Index(fields=["municipality", "last_spoken_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class ClientNumberQuerySet(ScopedQuerySet["ClientNumber"]):
    """The numbers by which organisations know people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the organisation's own for who works there; else those of visible people."""
        if viewer.role in {*PARTNERS, Role.LINK_HOLDER}:
            return self.filter(organisation_id=viewer.organisation_id)
        return self.filter(of_visible_people(viewer))


class ClientNumber(models.Model):
    """The number by which one organisation knows one person: drawn by lot, another for each.

    A partner never gets a BSN (Wabb, article 10), and two partners who lay their lists side by
    side cannot tell from the numbers that they know the same person.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    number = models.CharField(max_length=8)

    objects = ClientNumberQuerySet.as_manager()

    privacy = classify(personal="number organisation", technical="id municipality pseudonym")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym", "organisation"], name="client_number_one_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"], name="client_number_once_in_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DepartureQuerySet(ScopedQuerySet["Departure"]):
    """Who died or moved away."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return what is known now: not said better later, and not taken back."""
        return self.filter(replaced_by__isnull=True, taken_back=False)


class Departure(models.Model):
    """Somebody died or moved away, also when they took part nowhere; only added to.

    A later row that `replaces` this one says it better, or with `taken_back` that it was not so.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    outcome = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in sorted(NO_AFTERCARE)]
    )
    last_day = models.DateField()
    """The last day on which they lived, or lived here."""
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    taken_back = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = DepartureQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="outcome last_day taken_back recorded_at recorded_by",
        technical="id municipality pseudonym replaces",
    )

    def __str__(self) -> str:
        return f"{self.outcome} {self.last_day:%Y-%m-%d}"
