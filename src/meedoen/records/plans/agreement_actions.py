"""Agreeing on a plan: with the coach, or by the resident who is signed in.

Who agrees, agrees with the words that were shown: the version of them goes along. When goals,
actions or duties change after that, the plan stays in force as it was agreed, and is to be
agreed on again; every agreement is kept with the words of that moment.
"""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, note_changes, state_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.plans import checks
from meedoen.records.plans.keeping import held_at
from meedoen.records.plans.models import Plan, PlanAgreement, PlanEvaluation
from meedoen.records.plans.wording import words_of
from meedoen.rules.plans.evaluations import next_evaluation
from meedoen.rules.vocabulary import EntryKind, ObtainedHow, PlanState


class AlreadyAgreedError(ActionRefusedError):
    """The same version was agreed on before: on another day, in another way or other words."""

    def __init__(self) -> None:
        """Say what happened and where what was typed can go."""
        super().__init__(
            _(
                "Dit plan is al afgesproken. Wat u hier invulde, is niet opgeslagen. Schrijf het "
                "op bij een gesprek, of als u samen terugkijkt."
            )
        )


@action(Permission.MAKE_PLAN)
def agree(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    version: int,
    agreed_on: date,
    how: ObtainedHow,
    resident_said: str,
) -> None:
    """Record that the resident agreed with the plan as it was shown, in which words.

    The same agreement sent twice is kept once. Raises PlanChangedError when the plan has changed
    since, AlreadyAgreedError when this version was agreed on otherwise, and ActionRefusedError
    when it cannot have been so.
    """
    if how is ObtainedHow.SIGNED_IN:
        raise ActionRefusedError(_("Alleen de inwoner zelf kan in Meedoen akkoord geven."))
    said = checks.words(
        resident_said, checks.LONGEST_SAYING, _("Schrijf op wat de inwoner van het plan vindt.")
    )
    _agree(viewer, held_at(viewer, key, version), agreed_on=agreed_on, how=how, said=said)


@action(Permission.ANSWER_OWN_PLAN)
def agree_own_plan(viewer: Viewer, *, key: uuid.UUID, version: int, said: str) -> None:
    """Agree with one's own plan as it was shown. Raises as `agree` does."""
    kept = checks.at_most(said, checks.LONGEST_SAYING)
    plan = held_at(viewer, key, version)
    _agree(viewer, plan, agreed_on=clock.today(), how=ObtainedHow.SIGNED_IN, said=kept)


def _agree(viewer: Viewer, plan: Plan, *, agreed_on: date, how: ObtainedHow, said: str) -> None:
    shown = words_of(viewer, plan)
    checks.demand_goal(shown["goals"])
    checks.refuse_future(agreed_on)
    earlier = PlanAgreement.objects.visible_to(viewer).filter(plan=plan)
    newest = earlier.order_by("-version").first()
    if newest is not None and newest.version == plan.version:
        if (newest.agreed_on, newest.how, newest.resident_said) != (agreed_on, how, said):
            raise AlreadyAgreedError
        return
    checks.not_before(agreed_on, newest.agreed_on if newest else plan.drafted_on)
    PlanAgreement.objects.create(
        municipality_id=viewer.municipality_id,
        plan=plan,
        version=plan.version,
        agreed_on=agreed_on,
        how=how,
        resident_said=said,
        shown=shown,
        noted_by_id=viewer.membership_id,
        recorded_at=clock.now(),
    )
    if plan.agreed_on is None:
        _put_in_force(viewer, plan, agreed_on)
    note_changes(viewer, [plan.pseudonym_id])


def _put_in_force(viewer: Viewer, plan: Plan, agreed_on: date) -> None:
    """State that the plan holds from this day, and plan the first time to look back."""
    districts = districts_of_visible(viewer, pseudonym_ids=[plan.pseudonym_id])
    [entry] = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=plan.pseudonym_id,
                kind=EntryKind.PLAN,
                starts_on=agreed_on,
                district_id=districts.get(plan.pseudonym_id),
            )
        ],
    )
    Plan.objects.visible_to(viewer).filter(pk=plan.pk).update(
        state=PlanState.AGREED, agreed_on=agreed_on, entry=entry
    )
    PlanEvaluation.objects.create(
        municipality_id=viewer.municipality_id,
        plan=plan,
        planned_on=next_evaluation(agreed_on, plan.evaluation_months),
    )
