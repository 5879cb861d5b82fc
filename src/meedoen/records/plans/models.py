"""The plan of someone (plan van aanpak): goals, who does what, and looking back together.

Participatiewet, article 44a: the plan holds the support and, where they apply, the duties and
what follows from not keeping them; the municipality evaluates it with the person from time to
time. Only municipal roles fix rights and duties (article 7(4)).
"""

import uuid
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Entry, Pseudonym
from meedoen.records.organisations.models import Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    DutyKind,
    GoalState,
    ObtainedHow,
    PlanState,
)

Part = TypeVar("Part", bound=models.Model)


class PlanQuerySet(ScopedQuerySet["Plan"]):
    """Plans of people."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of people whose file the viewer may open, the own one for a resident."""
        return self.filter(of_visible_people(viewer))


class Plan(models.Model):
    """Someone's plan; at most one that is not ended.

    `version` counts the changes to what is agreed on: goals, actions and what was fixed. How far
    goals and actions are is no such change.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=10, choices=[(word.value, word.value) for word in PlanState]
    )
    template = models.CharField(max_length=40, blank=True)
    drafted_on = models.DateField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    agreed_on = models.DateField(null=True)
    """The day since which the plan is in force: that of the first agreement."""
    evaluation_months = models.PositiveSmallIntegerField()
    """How many months there are between evaluations, for this plan."""
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    privacy = classify(
        personal="state drafted_on made_by agreed_on ended_on end_reason",
        technical="id municipality pseudonym key template evaluation_months entry version",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym"],
                condition=~Q(state=PlanState.ENDED.value),
                name="plan_one_at_a_time",
            ),
            models.CheckConstraint(
                name="plan_agreed_since_a_day",
                condition=~Q(state=PlanState.AGREED.value) | Q(agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_ended_on_a_day_for_a_reason",
                condition=(Q(state=PlanState.ENDED.value, ended_on__isnull=False))
                & ~Q(end_reason="")
                | (~Q(state=PlanState.ENDED.value) & Q(ended_on__isnull=True, end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.drafted_on:%Y-%m-%d}"


class OfPlanQuerySet(ScopedQuerySet[Part]):
    """Parts of plans."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the plans that the viewer may see."""
        return self.filter(of_visible_people(viewer, "plan__pseudonym_id"))


class PlanAgreementQuerySet(OfPlanQuerySet["PlanAgreement"]):
    """Agreements on plans."""


class PlanAgreement(models.Model):
    """The person agreed with the plan as it was then: when, how, what was shown, what they said.

    `version` is that of the plan; while the plan has a later one, it is to be agreed on again.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()
    agreed_on = models.DateField()
    how = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ObtainedHow]
    )
    resident_said = models.CharField(max_length=500, blank=True)
    shown = models.JSONField()
    """The words that were agreed with; see records/plans/wording.py for the shape."""
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = PlanAgreementQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="agreed_on how resident_said shown noted_by",
        technical="id municipality plan version recorded_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version"], name="plan_agreement_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.agreed_on:%Y-%m-%d}"


class PlanGoalQuerySet(OfPlanQuerySet["PlanGoal"]):
    """Goals of plans."""


class PlanGoal(models.Model):
    """What someone wants to reach, in their own words."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    state = models.CharField(
        max_length=10, choices=[(word.value, word.value) for word in GoalState]
    )
    closed_on = models.DateField(null=True)

    objects = PlanGoalQuerySet.as_manager()

    privacy = classify(personal="words state closed_on", technical="id municipality plan order")

    def __str__(self) -> str:
        return f"{self.order} ({self.state})"


class PlanActionQuerySet(OfPlanQuerySet["PlanAction"]):
    """Actions of plans."""


class PlanAction(models.Model):
    """Something that somebody will do for a goal, before a day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    goal = models.ForeignKey(PlanGoal, on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    owner = models.CharField(
        max_length=10, choices=[(word.value, word.value) for word in ActionOwner]
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    due_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10, choices=[(word.value, word.value) for word in ActionState]
    )
    done_on = models.DateField(null=True)

    objects = PlanActionQuerySet.as_manager()

    privacy = classify(
        personal="what owner organisation due_on state done_on",
        technical="id municipality plan goal order",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_action_partner_has_an_organisation",
                condition=Q(owner=ActionOwner.PARTNER.value, organisation__isnull=False)
                | (~Q(owner=ActionOwner.PARTNER.value) & Q(organisation__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} ({self.state})"


class PlanEvaluationQuerySet(OfPlanQuerySet["PlanEvaluation"]):
    """Evaluations of plans."""


class PlanEvaluation(models.Model):
    """A day on which the plan is looked at again, together; `held_on` once that was done.

    One to come at a time: holding it plans the next.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    with_resident = models.BooleanField(default=True)
    findings = models.TextField(blank=True)
    resident_said = models.CharField(max_length=500, blank=True)
    held_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField(null=True)

    objects = PlanEvaluationQuerySet.as_manager()

    privacy = classify(
        personal="planned_on held_on with_resident findings resident_said held_by",
        technical="id municipality plan recorded_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(held_on__isnull=True),
                name="plan_evaluation_one_to_come",
            ),
            models.UniqueConstraint(
                fields=["plan", "held_on"],
                condition=Q(held_on__isnull=False),
                name="plan_evaluation_once_a_day",
            ),
            models.CheckConstraint(
                name="plan_evaluation_held_and_recorded",
                condition=Q(held_on__isnull=True, recorded_at__isnull=True, findings="")
                | Q(held_on__isnull=False, recorded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_on:%Y-%m-%d}"


class DutyQuerySet(OfPlanQuerySet["Duty"]):
    """Rights and duties in plans."""


class Duty(models.Model):
    """A right or duty that the municipality fixed, with what follows from not keeping it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(word.value, word.value) for word in DutyKind])
    text = models.CharField(max_length=500)
    consequence = models.CharField(max_length=500, blank=True)
    article = models.CharField(max_length=100)
    fixed_on = models.DateField()
    fixed_by = models.ForeignKey(Membership, on_delete=models.PROTECT)
    ended_on = models.DateField(null=True)

    objects = DutyQuerySet.as_manager()

    privacy = classify(
        personal="kind text consequence article fixed_on fixed_by ended_on",
        technical="id municipality plan",
    )

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                name="duty_has_a_consequence",
                condition=~Q(kind=DutyKind.DUTY.value) | ~Q(consequence=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fixed_on:%Y-%m-%d}"
