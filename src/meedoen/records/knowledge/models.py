"""What partners and coaches share about places and approaches; never about people."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.organisations.models import District, Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.vocabulary import PostKind, Theme


class PostQuerySet(ScopedQuerySet["Post"]):
    """Notes, questions and answers."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all for who keeps watch; what was not taken away for who shares; else none.

        The own posts stay to be seen by who wrote them, with the reason why they are gone.
        """
        if viewer.may(Permission.MODERATE_KNOWLEDGE):
            return self
        if not viewer.may(Permission.SHARE_KNOWLEDGE):
            return self.none()
        own = Q(author_id=viewer.membership_id, author__isnull=False)
        return self.filter(Q(hidden_at__isnull=True) | own)


class Post(models.Model):
    """A note or a question, or an answer to one (`parent`); gone means hidden, with a reason.

    `hidden_by` is who took it away: the author, or whoever keeps watch.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=[(word.value, word.value) for word in PostKind])
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    theme = models.CharField(max_length=20, choices=[(word.value, word.value) for word in Theme])
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    author = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    """The organisation that the author wrote for; None for the municipality."""
    written_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hidden_reason = models.CharField(max_length=300, blank=True)

    objects = PostQuerySet.as_manager()

    privacy = classify(
        personal="title body author organisation written_at hidden_by hidden_reason",
        plain="kind theme district hidden_at",
        technical="id municipality key parent",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_reply_has_a_parent_and_no_title",
                condition=Q(kind=PostKind.REPLY.value, parent__isnull=False, title="")
                | (~Q(kind=PostKind.REPLY.value) & Q(parent__isnull=True) & ~Q(title="")),
            )
        ]
        indexes = [models.Index(fields=["municipality", "-written_at"])]

    def __str__(self) -> str:
        return self.title or f"{self.kind} ({self.pk})"


class PostReportQuerySet(ScopedQuerySet["PostReport"]):
    """Who thinks that something does not belong there."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return all for who keeps watch, the own for others."""
        if viewer.may(Permission.MODERATE_KNOWLEDGE):
            return self
        return self.filter(reported_by_id=viewer.membership_id)


class PostReport(models.Model):
    """Somebody says that a post does not belong there; settled when somebody looked at it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    reported_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    settled_at = models.DateTimeField(null=True)

    objects = PostReportQuerySet.as_manager()

    privacy = classify(
        personal="reported_by reported_at reason",
        plain="settled_at",
        technical="id municipality post",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reported_by"],
                condition=Q(settled_at__isnull=True),
                name="post_report_once_for_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} ({self.pk})"
