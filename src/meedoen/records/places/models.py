"""Places where people take part: at which organisation, where, when, and with how many."""

import uuid

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.models import District, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.rules.vocabulary import PlaceKind


class Place(models.Model):
    """A place at an organisation; `half_days` is a mask of `rules.half_days`.

    `taken` counts the placements that hold a seat. The database keeps it at or under
    `capacity`, so a place is never given to more people than it has room for.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30, choices=[(word.value, word.value) for word in PlaceKind])
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    half_days = models.PositiveIntegerField()
    half_days_needed = models.PositiveSmallIntegerField(default=1)
    language_level_asked = models.PositiveSmallIntegerField(default=0)
    functional_demands = models.JSONField(default=list, blank=True)
    interests = models.JSONField(default=list, blank=True)
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    opens_on = models.DateField()
    closes_on = models.DateField(default=STILL_OPEN)

    privacy = classify(
        plain="organisation district kind title description half_days half_days_needed "
        "language_level_asked functional_demands interests capacity taken "
        "opens_on closes_on",
        technical="id municipality key",
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
        indexes = [models.Index(fields=["municipality", "kind"])]

    def __str__(self) -> str:
        return self.title
