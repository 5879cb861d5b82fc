"""What was offered to whom, why, what fell off and why, and the answer."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.models import Place


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Proposals made for people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those for people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Proposal(models.Model):
    """A list of places as it was shown: the facts that went in, the rules used, what came out."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    rule_set = models.CharField(max_length=40)
    facts = models.JSONField()
    offered = models.JSONField()
    fallen_off = models.JSONField()
    chosen_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    chosen_at = models.DateTimeField(null=True)
    chosen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    resident_said = models.CharField(max_length=500, blank=True)

    objects = ProposalQuerySet.as_manager()

    privacy = classify(
        personal="made_at made_by facts offered fallen_off chosen_place chosen_at chosen_by "
        "resident_said",
        technical="id municipality pseudonym key rule_set",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_choice_is_whole",
                condition=Q(chosen_place__isnull=True, chosen_at__isnull=True)
                | (Q(chosen_place__isnull=False, chosen_at__isnull=False) & ~Q(resident_said="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.made_at:%Y-%m-%d}"
