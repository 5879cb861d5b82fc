"""What was offered to whom, why, what fell off and why, and the answer."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import PARTNERS, Role, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.models import Place
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.vocabulary import (
    ChoiceReason,
    Guidance,
    Preference,
    RefusalReason,
    RefusalSide,
)

PREFERENCES = [(word.value, word.value) for word in Preference]
REASONS = [(word.value, word.value) for word in RefusalReason]


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Proposals made for people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those for people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class Proposal(models.Model):
    """A list of places as it was shown: the facts that went in, the rules used, what came out.

    `travel`, `guidance` and `most_half_days` (a week) are what the person said when the list was
    made, empty when not said.
    `way` is how the places were found and put in order, see `records.proposals.kept`. `districts`
    are the names that the sentences use, by code. `set_aside` has the rules that a coach did not
    let count, each with the reason, who and when; `left_out` the places where the person was
    already. Of the first places, and of those that nearly
    fit, everything that was shown is kept; of the others the number and the rules, in `rest`.
    `format` says how: 1 has every place in full and no `rest`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False)
    """The list of which a rule was set aside."""
    rule_set = models.CharField(max_length=40)
    travel = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in TravelBy]
    )
    guidance = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in Guidance]
    )
    most_half_days = models.PositiveSmallIntegerField(null=True)
    way = models.CharField(max_length=20, default="fit")
    districts = models.JSONField(default=dict)
    set_aside = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    facts = models.JSONField()
    format = models.PositiveSmallIntegerField(default=1)
    offered = models.JSONField()
    fallen_off = models.JSONField()
    rest = models.BinaryField(default=b"")
    chosen_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    chosen_at = models.DateTimeField(null=True)
    chosen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    choice_reason = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in ChoiceReason]
    )
    preference = models.CharField(max_length=20, blank=True, choices=PREFERENCES)
    resident_said = models.CharField(max_length=500, blank=True)

    objects = ProposalQuerySet.as_manager()

    privacy = classify(
        personal="made_at made_by travel guidance most_half_days set_aside left_out facts offered "
        "fallen_off rest chosen_place chosen_at chosen_by choice_reason preference resident_said",
        technical="id municipality pseudonym key follows rule_set way districts format",
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


class WishListQuerySet(ScopedQuerySet["WishList"]):
    """Places that people picked."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open, the own for a resident."""
        return self.filter(of_visible_people(viewer))


class WishList(models.Model):
    """The places that somebody would like, first wish first; only added to, the newest holds.

    `places` are numbers of places. `by_resident` says whether they picked them themselves.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    places = models.JSONField()
    said_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by_resident = models.BooleanField()

    objects = WishListQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="places said_at noted_by by_resident", technical="id municipality pseudonym"
    )

    def __str__(self) -> str:
        return f"{len(self.places)} ({self.pk})"


class RefusalQuerySet(ScopedQuerySet["Refusal"]):
    """Places that did not come to be for people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open, the own for a resident."""
        return self.filter(of_visible_people(viewer))


class Refusal(models.Model):
    """A suggestion that was refused: by which side, why, what the person said; only added to.

    Until `paused_until` the place is not offered to this person. `was_chosen` marks a late one:
    the place had been chosen from the list before.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    side = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in RefusalSide]
    )
    reason = models.CharField(max_length=30, choices=REASONS)
    preference = models.CharField(max_length=20, choices=PREFERENCES)
    resident_said = models.CharField(max_length=500)
    paused_until = models.DateField(null=True)
    ask_again = models.BooleanField(default=False)
    told_place = models.BooleanField(default=False)
    was_chosen = models.BooleanField(default=False)
    refused_at = models.DateTimeField()
    refused_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = RefusalQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="place side reason preference resident_said paused_until ask_again told_place "
        "was_chosen refused_at refused_by",
        technical="id municipality pseudonym proposal",
    )

    class Meta:
        constraints = [
            # A list can be answered once for each place, also when two people press at once.
            models.UniqueConstraint(fields=["proposal", "place"], name="refusal_once_per_list"),
            models.CheckConstraint(
                name="refusal_says_what_the_person_said", condition=~Q(resident_said="")
            ),
            models.CheckConstraint(
                name="refusal_asks_again_on_a_day",
                condition=Q(ask_again=False) | Q(paused_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.reason}"


class PlaceMessageQuerySet(ScopedQuerySet["PlaceMessage"]):
    """What organisations get to know of refusals."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those about the own places for who works there, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in PARTNERS:
            return self.filter(place__organisation_id=viewer.organisation_id)
        return self.none()


class PlaceMessage(models.Model):
    """Somebody turned a place down for a reason that the organisation can do something about.

    Without who it was: nothing here leads to a person, and only the month is kept.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    reason = models.CharField(max_length=30, choices=REASONS)
    month = models.DateField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = PlaceMessageQuerySet.as_manager()

    privacy = classify(
        personal="seen_by", plain="place reason month", technical="id municipality seen_at"
    )

    class Meta:
        indexes = [models.Index(fields=["place", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.place_id} {self.reason}"
