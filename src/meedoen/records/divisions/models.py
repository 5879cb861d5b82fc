"""Divisions of scarce places: who asked, what went in, what came out, and what was said to it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.divisions.words import BUSY, LineAnswer, RunFault, RunState
from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import District, Membership, Municipality, Team
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import ChoiceReason, Preference, RefusalReason


class DivisionQuerySet(ScopedQuerySet["Division"]):
    """Divisions of places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the own team's for coaches, all for Meedoen itself, none for others."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in {Role.COACH, Role.TEAM_LEAD}:
            return self.filter(team_id=viewer.team_id)
        return self.none()


class Division(models.Model):
    """One division of the free places over everyone of a team who waits; `Line` is who got what.

    `kinds` and `district` are what it was narrowed to; empty is all. `done` of `total` people are
    looked at while it runs, which was begun `tries` times; `told_at` is when that was said
    last. What went in: the facts of `day` as they were known at `known_at`, with the rules of
    `rule_set`; `places` and `pairs` are packed (see packing.py), the facts of the people stand with
    their lines. What came out, together with the lines: `first_wishes`, `points` and `prices`, by
    which anyone can check that no other division is better. `shortage` is what one more place would
    bring, per kind and district.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    asked_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    kinds = models.JSONField(default=list)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT)
    state = models.CharField(
        max_length=20, choices=[(state.value, state.value) for state in RunState]
    )
    fault = models.CharField(
        max_length=20, blank=True, choices=[(fault.value, fault.value) for fault in RunFault]
    )
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    known_at = models.DateTimeField(null=True)
    rule_set = models.CharField(max_length=40, blank=True)
    places = models.BinaryField(default=b"")
    pairs = models.BinaryField(default=b"")
    prices = models.JSONField(default=list)
    people = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=0)
    placed = models.PositiveIntegerField(default=0)
    first_wishes = models.PositiveIntegerField(default=0)
    points = models.PositiveIntegerField(default=0)
    shortage = models.JSONField(default=dict)

    objects = DivisionQuerySet.as_manager()

    privacy = classify(
        personal="asked_by pairs shortage",
        plain="team kinds district fault day rule_set places prices people seats placed "
        "first_wishes points",
        technical="id municipality key asked_at state tries done total told_at finished_at "
        "known_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state__in=[state.value for state in BUSY]),
                name="division_one_at_a_time_per_team",
            ),
            models.CheckConstraint(
                name="division_done_is_whole",
                condition=~Q(state=RunState.DONE.value)
                | (Q(day__isnull=False, known_at__isnull=False) & ~Q(rule_set="")),
            ),
            models.CheckConstraint(
                name="division_fault_says_why",
                condition=Q(state=RunState.FAILED.value) ^ Q(fault=""),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.team_id} {self.asked_at:%Y-%m-%d} ({self.state})"


class LineQuerySet(ScopedQuerySet["Line"]):
    """Lines of divisions."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the own team about people whose file the viewer may open."""
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role in {Role.COACH, Role.TEAM_LEAD}:
            return self.filter(of_visible_people(viewer), division__team_id=viewer.team_id)
        return self.none()


class Line(models.Model):
    """What a division proposes for one person, why, and what was said to it.

    `number` counts from nought in the order in which people went in. `since` is the day from
    which the person waits. `place` is None for who gets none; `wish` is 1 for the first own wish,
    0 for a place that was not picked. `why` and `why_facts` are a code and numbers for a sentence,
    see rules/matching/explained.py. A line without a place has nothing to answer: it stays open.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    division = models.ForeignKey(Division, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    since = models.DateField()
    facts = models.JSONField()
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    wish = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=40)
    why_facts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    """What speaks for the place, by the rule set: codes and facts for sentences."""
    answer = models.CharField(
        max_length=10,
        default=LineAnswer.OPEN.value,
        choices=[(answer.value, answer.value) for answer in LineAnswer],
    )
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    preference = models.CharField(
        max_length=20, blank=True, choices=[(word.value, word.value) for word in Preference]
    )
    resident_said = models.CharField(max_length=500, blank=True)
    """What the resident says of it, in their own words."""
    choice = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in ChoiceReason]
    )
    """Why the place was accepted."""
    refusal = models.CharField(
        max_length=30, blank=True, choices=[(word.value, word.value) for word in RefusalReason]
    )
    """Why it was refused."""
    placement = models.OneToOneField(Placement, null=True, on_delete=models.PROTECT)

    objects = LineQuerySet.as_manager()

    privacy = classify(
        personal="since facts place wish points why why_facts reasons answer "
        "answered_by answered_at preference resident_said choice refusal",
        technical="id municipality division number pseudonym placement",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "number"], name="division_line_once_per_number"
            ),
            models.UniqueConstraint(
                fields=["division", "pseudonym"], name="division_line_once_per_person"
            ),
            models.CheckConstraint(
                name="division_line_answer_is_whole",
                condition=Q(
                    answer=LineAnswer.OPEN.value,
                    preference="",
                    resident_said="",
                    choice="",
                    refusal="",
                    answered_at=None,
                    placement=None,
                )
                | (
                    Q(place__isnull=False, answered_at__isnull=False)
                    & ~Q(preference="")
                    & ~Q(resident_said="")
                    & (
                        Q(answer=LineAnswer.ACCEPTED.value, placement__isnull=False, refusal="")
                        & ~Q(choice="")
                        | Q(answer=LineAnswer.REFUSED.value, placement=None, choice="")
                        & ~Q(refusal="")
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id}: {self.number}"
