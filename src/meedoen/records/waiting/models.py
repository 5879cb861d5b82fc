"""Who waits for a kind of place, how a list gives out seats, and every promotion.

Who waits for one place has a placement in the state `waiting`; it needs no table of its own.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import District, Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import LeftWaiting, PlaceKind, PromotionWay

WAYS = [(word.value, word.value) for word in PromotionWay]


class KindWaitingQuerySet(ScopedQuerySet["KindWaiting"]):
    """Who waits for kinds of places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class KindWaiting(models.Model):
    """Somebody waits for a kind of place, in one district or, without one, in the whole town.

    `lost_place` and `own_wish_first` are what the coach said when the waiting began; see
    `rules.flows.waiting_order`. `placement` is what came of it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30, choices=[(word.value, word.value) for word in PlaceKind])
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT)
    since = models.DateField()
    lost_place = models.BooleanField(default=False)
    own_wish_first = models.BooleanField(default=False)
    left_on = models.DateField(null=True)
    how = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in LeftWaiting]
    )
    placement = models.ForeignKey(Placement, null=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = KindWaitingQuerySet.as_manager()

    privacy = classify(
        personal="kind district since lost_place own_wish_first left_on how placement "
        "recorded_at recorded_by",
        technical="id municipality pseudonym key",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym", "kind"],
                condition=Q(left_on__isnull=True),
                name="kind_waiting_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["municipality", "kind", "left_on"])]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since:%Y-%m-%d}"


class ListSetting(models.Model):
    """How a place gives out seats that come free, from a day on; only added to.

    On a day the newest statement holds of those that begin on or before that day. A place of
    which nothing was said does so by hand.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    starts_on = models.DateField()
    way = models.CharField(max_length=20, choices=WAYS)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    append_only = True
    privacy = classify(
        plain="place starts_on way", technical="id municipality recorded_at recorded_by"
    )

    class Meta:
        indexes = [models.Index(fields=["place", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.place_id} {self.way} from {self.starts_on:%Y-%m-%d}"


class PromotionQuerySet(ScopedQuerySet["Promotion"]):
    """Who got a seat from a waiting list."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the people whose file the viewer may open; none for organisations."""
        if viewer.role in AT_AN_ORGANISATION:
            return self.none()
        return self.filter(of_visible_people(viewer, "placement__pseudonym_id"))


class Promotion(models.Model):
    """Somebody got a seat from a waiting list; only added to.

    `explanation` holds the whole list as it was and what the rule made of it, so that it can be
    worked out again: see `records.waiting.explaining`. `reason` is why somebody who was not the
    first was chosen. `line` is the line of the list of a kind, None for the list of a place.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT)
    line = models.ForeignKey(KindWaiting, null=True, on_delete=models.PROTECT)
    way = models.CharField(max_length=20, choices=WAYS)
    reason = models.CharField(max_length=300, blank=True)
    explanation = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = PromotionQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="placement line way reason explanation made_at made_by",
        technical="id municipality",
    )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.way}"
