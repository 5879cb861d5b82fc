"""Signed links: one question about one thing, answered without an account; and their mails."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.organisations.models import Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.rules.vocabulary import LinkEventKind, LinkPurpose


class LinkQuerySet(ScopedQuerySet["Link"]):
    """Links that were sent."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all for Meedoen itself and coaches, the organisation's own for a partner.

        Who holds a link finds that link and no other.
        """
        if viewer.role in {Role.SYSTEM, Role.COACH, Role.TEAM_LEAD}:
            return self
        if viewer.role in PARTNERS:
            return self.filter(organisation_id=viewer.organisation_id)
        if viewer.role == Role.LINK_HOLDER:
            return self.filter(pk=viewer.link_id)
        return self.none()

    def with_key(self, key: uuid.UUID) -> Self:
        """Return the link with a key that stood signed in an address: who has it may ask."""
        found = self.filter(key=key)
        found._scoped = True  # noqa: SLF001 - our own flag, on our own copy
        return found


class Link(models.Model):
    """A link for one purpose and one subject, until a moment, for an organisation.

    What is in the link itself is a signed number of this row and nothing else. `subject_id`
    is the row that the question is about, in the table that belongs to the purpose; `about`
    holds what else belongs to the question, such as a month. `owner_id` is who owned the
    subject when the link was made: when that changed, the link no longer holds. `recipient` is
    empty once the link is so old that nobody needs to know any more to whom it went.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in LinkPurpose]
    )
    subject_id = models.BigIntegerField()
    about = models.JSONField(default=dict)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    owner_id = models.BigIntegerField(null=True)
    recipient = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    privacy = classify(
        personal="recipient",
        plain="purpose about organisation",
        technical="id municipality key subject_id owner_id made_at made_by expires_at sent_at "
        "answered_at revoked_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            )
        ]
        indexes = [models.Index(fields=["municipality", "purpose", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"


class LinkEvent(models.Model):
    """Somebody opened a link, answered with it, or tried it when it no longer held."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT)
    kind = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in LinkEventKind]
    )
    happened_at = models.DateTimeField()

    append_only = True
    privacy = classify(plain="kind", technical="id municipality link happened_at")

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d %H:%M}"


class Mailing(models.Model):
    """A mail of one kind to one address about one stretch was claimed by whoever sends it.

    `about` says which kind. `recipient_digest` recognises the address and does not hold it;
    `subject_id` is what the mail is about, 0 for all that an address is asked in one mail.
    `day` is the first day of the stretch: of a month, or that day alone. Claimed before the mail
    leaves: a worker that is killed in between costs a mail, and never sends one twice. A mail
    that did not leave is no longer claimed.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    about = models.CharField(max_length=30)
    recipient_digest = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(default=0)
    day = models.DateField()
    claimed_at = models.DateTimeField()

    privacy = classify(technical="id municipality about recipient_digest subject_id day claimed_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "about", "recipient_digest", "subject_id", "day"],
                name="mailing_once_per_stretch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.day:%Y-%m-%d}"
