"""Reaching out and talking: campaigns, attempts, drafts, conversations, notes and next steps."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality, Team
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.encryption import EncryptedField
from meedoen.records.people.models import of_visible_people
from meedoen.rules.vocabulary import Channel, LegalTask, Outcome

CHANNELS = [(word.value, word.value) for word in Channel]
TASKS = [(word.value, word.value) for word in LegalTask]


class CampaignQuerySet(ScopedQuerySet["Campaign"]):
    """Lists of people to invite."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the own team's for coaches, all for Meedoen itself, none for others."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in {Role.COACH, Role.TEAM_LEAD}:
            return self.filter(team_id=viewer.team_id)
        return self.none()


class Campaign(models.Model):
    """A list of people whom a team invites one by one, such as everyone in a district."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=500)
    criteria = models.JSONField(default=dict)
    """What the list was made from, so that it can be told afterwards."""
    starts_on = models.DateField()
    closed_on = models.DateField(null=True)
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)

    objects = CampaignQuerySet.as_manager()

    privacy = classify(
        personal="made_by",
        plain="name purpose criteria team starts_on closed_on",
        technical="id municipality key",
    )

    def __str__(self) -> str:
        return self.name


class CampaignMemberQuerySet(ScopedQuerySet["CampaignMember"]):
    """People on lists to invite."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those whose file the viewer may open; a resident does not see the lists."""
        if viewer.role == Role.RESIDENT:
            return self.none()
        return self.filter(of_visible_people(viewer))


class CampaignMember(models.Model):
    """Somebody on a list; how far it is follows from attempts and conversations since its start."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)

    objects = CampaignMemberQuerySet.as_manager()

    privacy = classify(personal="campaign", technical="id municipality pseudonym")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "pseudonym"], name="campaign_member_once_per_campaign"
            )
        ]

    def __str__(self) -> str:
        return str(self.pseudonym_id)


class AttemptQuerySet(ScopedQuerySet["Attempt"]):
    """Attempts to reach people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Attempt(models.Model):
    """Somebody tried to reach a resident, with or without result."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    made_on = models.DateField()
    channel = models.CharField(max_length=20, choices=CHANNELS)
    outcome = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in Outcome]
    )
    note = models.CharField(max_length=300, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = AttemptQuerySet.as_manager()

    privacy = classify(
        personal="made_by made_on channel outcome note",
        technical="id municipality pseudonym key entry",
    )

    def __str__(self) -> str:
        return f"{self.channel} {self.made_on:%Y-%m-%d}"


class ConversationQuerySet(ScopedQuerySet["Conversation"]):
    """Conversations with people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those with people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return those that no correction took the place of."""
        return self.filter(replaced_by__isnull=True)


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
    language_level = models.PositiveSmallIntegerField(null=True)
    """Level of spoken Dutch; None when it was not asked."""
    functional_limits = models.JSONField(default=list, blank=True)
    other_limits = models.CharField(max_length=300, blank=True)
    legal_task = models.CharField(max_length=30, choices=TASKS, default="participation")
    keep_until = models.DateField(default=STILL_OPEN)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    objects = ConversationQuerySet.as_manager()

    privacy = classify(
        personal="held_by held_on channel story wished_kinds interests half_days whole_town "
        "language_level functional_limits other_limits legal_task keep_until correction_reason",
        technical="id municipality pseudonym key entry replaces",
    )

    class Meta:
        indexes = [models.Index(fields=["pseudonym", "-held_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.held_on:%Y-%m-%d}"


class DraftQuerySet(ScopedQuerySet["Draft"]):
    """What was typed and is not finished."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open; not for residents."""
        if viewer.role == Role.RESIDENT:
            return self.none()
        return self.filter(of_visible_people(viewer))


class Draft(models.Model):
    """A conversation that is being written: what stands in the form, saved as one goes.

    `key` is the key that the conversation will have. `version` counts the times it was saved:
    who saves on another version than the last one is told, and nothing of either is lost.
    Removed when the conversation is kept.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(unique=True)
    content = EncryptedField()
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Membership, on_delete=models.PROTECT)

    objects = DraftQuerySet.as_manager()

    privacy = classify(
        personal="content saved_by started_at saved_at",
        technical="id municipality pseudonym key version",
    )

    def __str__(self) -> str:
        return f"{self.saved_at:%Y-%m-%d %H:%M} ({self.version})"


class NoteQuerySet(ScopedQuerySet["Note"]):
    """Notes about people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return those that no correction took the place of."""
        return self.filter(replaced_by__isnull=True)


class Note(models.Model):
    """A note beside the conversations, with its purpose and how long it is kept."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField()
    about_on = models.DateField()
    legal_task = models.CharField(max_length=30, choices=TASKS)
    keep_until = models.DateField()
    written_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)

    objects = NoteQuerySet.as_manager()

    privacy = classify(
        personal="text about_on legal_task keep_until written_by written_at correction_reason",
        technical="id municipality pseudonym key replaces",
    )

    def __str__(self) -> str:
        return f"{self.about_on:%Y-%m-%d}"


class NextStepQuerySet(ScopedQuerySet["NextStep"]):
    """Next steps that are planned with people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those with people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class NextStep(models.Model):
    """A day on which contact with somebody is planned; `Resident.next_contact_on` is the first.

    Done by the first contact, or the first attempt at it, on or after the day it was agreed on
    (`agreed_on`). `attempt` is the attempt in vain after which it was planned, if it was.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    planned_on = models.DateField()
    what = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField()
    planned_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    attempt = models.OneToOneField(
        Attempt, null=True, on_delete=models.PROTECT, related_name="next_step"
    )
    done_on = models.DateField(null=True)

    objects = NextStepQuerySet.as_manager()

    privacy = classify(
        personal="planned_on what agreed_on planned_by done_on",
        technical="id municipality pseudonym attempt",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["pseudonym", "planned_on"],
                condition=Q(done_on__isnull=True),
                name="next_step_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.planned_on:%Y-%m-%d}"


class ContactPauseQuerySet(ScopedQuerySet["ContactPause"]):
    """Times in which people want no contact."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class ContactPause(models.Model):
    """Somebody wants no contact, with the reason they gave and a day to ask again.

    `Resident.no_contact_until` is the day of the pause that runs.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    since = models.DateField()
    ask_again_on = models.DateField()
    reason = models.CharField(max_length=500)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    ended_on = models.DateField(null=True)

    objects = ContactPauseQuerySet.as_manager()

    privacy = classify(
        personal="since ask_again_on reason noted_by ended_on",
        technical="id municipality pseudonym",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym"],
                condition=Q(ended_on__isnull=True),
                name="contact_pause_one_at_a_time",
            ),
            models.CheckConstraint(
                name="contact_pause_asks_again_later",
                condition=Q(ask_again_on__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} - {self.ask_again_on:%Y-%m-%d}"
