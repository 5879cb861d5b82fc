"""Reaching out and talking: attempts, conversations, and what someone wishes and can."""

import uuid
from typing import Self

from django.db import models

from meedoen.records.history.models import Entry, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.rules.vocabulary import Channel, Outcome

CHANNELS = [(word.value, word.value) for word in Channel]


class AttemptQuerySet(ScopedQuerySet["Attempt"]):
    """Attempts to reach people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Attempt(models.Model):
    """Somebody tried to reach a resident, with or without result."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    made_on = models.DateField()
    channel = models.CharField(max_length=20, choices=CHANNELS)
    outcome = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in Outcome]
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = AttemptQuerySet.as_manager()

    privacy = classify(
        personal="made_by made_on channel outcome", technical="id municipality pseudonym entry"
    )

    def __str__(self) -> str:
        return f"{self.channel} {self.made_on:%Y-%m-%d}"


class ConversationQuerySet(ScopedQuerySet["Conversation"]):
    """Conversations with people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those with people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Conversation(models.Model):
    """What was said, in the resident's words, and what someone wishes and can at that time.

    `half_days` is a mask of `rules.half_days`; `functional_limits` says what someone cannot do,
    never why.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    held_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    held_on = models.DateField()
    channel = models.CharField(max_length=20, choices=CHANNELS)
    story = models.TextField(blank=True)
    wished_kinds = models.JSONField(default=list, blank=True)
    interests = models.JSONField(default=list, blank=True)
    half_days = models.PositiveIntegerField(default=0)
    whole_town = models.BooleanField(default=True)
    language_level = models.PositiveSmallIntegerField(default=0)
    functional_limits = models.JSONField(default=list, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = ConversationQuerySet.as_manager()

    privacy = classify(
        personal="held_by held_on channel story wished_kinds interests half_days whole_town "
        "language_level functional_limits",
        technical="id municipality pseudonym key entry",
    )

    class Meta:
        indexes = [models.Index(fields=["pseudonym", "-held_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.held_on:%Y-%m-%d}"
