"""Who and where in the voorveld: contacts and locations of organisations, and distances."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.models import District, Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.rules.vocabulary import ContactRole, SubjectKind

LATITUDE_RANGE, LONGITUDE_RANGE = (50.0, 54.0), (3.0, 8.0)
"""The Netherlands, in degrees; anything else is a slip, mostly the two the wrong way round."""


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """People to ask at organisations."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all for who works with organisations, the own for a partner, else none."""
        if viewer.role in {Role.SYSTEM, Role.COACH, Role.TEAM_LEAD, Role.SUBSIDY_OFFICER}:
            return self
        if viewer.role in {*PARTNERS, Role.LINK_HOLDER}:
            return self.filter(organisation_id=viewer.organisation_id)
        return self.none()


class Contact(models.Model):
    """Somebody, or a shared address, to ask for one thing at an organisation, during a stretch."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ContactRole]
    )
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)

    objects = ContactQuerySet.as_manager()

    privacy = classify(
        personal="name email phone",
        plain="organisation role starts_on ends_on",
        technical="id municipality key",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="contact_can_be_reached", condition=~Q(email="") | ~Q(phone="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.pk})"


class Location(models.Model):
    """Where an organisation has places; `bag_id` is the number of the address in the BAG.

    Latitude and longitude are degrees (WGS 84), both or neither; without them the centre of the
    district stands in for them.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=12, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=80, blank=True)
    bag_id = models.CharField(max_length=16, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accessibility = models.JSONField(default=list, blank=True)
    accessibility_note = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True)

    privacy = classify(
        plain="organisation district name street house_number postal_code town bag_id latitude "
        "longitude accessibility accessibility_note closed_on",
        technical="id municipality key",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="location_has_a_whole_position",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=LATITUDE_RANGE, longitude__range=LONGITUDE_RANGE),
            )
        ]
        indexes = [models.Index(fields=["municipality", "postal_code"])]

    def __str__(self) -> str:
        return self.name


class PostcodeArea(models.Model):
    """The middle of a postcode area, by the four digits; read in from a file."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    digits = models.CharField(max_length=4)
    latitude = models.FloatField()
    longitude = models.FloatField()

    privacy = classify(plain="digits latitude longitude", technical="id municipality")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "digits"], name="postcode_area_once_per_municipality"
            ),
            models.CheckConstraint(
                name="postcode_area_in_the_netherlands",
                condition=Q(latitude__range=LATITUDE_RANGE, longitude__range=LONGITUDE_RANGE),
            ),
        ]

    def __str__(self) -> str:
        return self.digits


class DirectoryChange(models.Model):
    """What an organisation, contact or location was changed from and to; only added to.

    `before` and `after` hold the fields that differ, by name; of a contact only that they
    differ, never the name, address or number of a person.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    subject = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in SubjectKind]
    )
    subject_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    append_only = True
    privacy = classify(
        plain="organisation subject before after",
        technical="id municipality subject_id changed_at changed_by",
    )

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"
