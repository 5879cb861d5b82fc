"""What must hold of the parts of a plan, with a sentence for who typed them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.plans.new import NewAction, NewDuty, NewEvaluation, NewGoal, NewPlan
from meedoen.rules.plans.articles import articles_for, shipped_articles
from meedoen.rules.plans.evaluations import LEAST_MONTHS, MOST_MONTHS
from meedoen.rules.vocabulary import ActionOwner, DutyKind

LONGEST_GOAL = 500
LONGEST_ACTION = 300
LONGEST_SAYING = 500
LONGEST_FINDINGS = 5_000


def words(text: str, longest: int, missing: str) -> str:
    """Return a text without white space around it. Raises ActionRefusedError.

    `missing` is what to say when nothing is left.
    """
    kept = text.strip()
    if not kept:
        raise ActionRefusedError(missing)
    return at_most(kept, longest)


def at_most(text: str, longest: int) -> str:
    """Return a text that may be empty. Raises ActionRefusedError when it is too long."""
    kept = text.strip()
    if len(kept) > longest:
        raise ActionRefusedError(
            _("Deze tekst is te lang: hoogstens %(longest)s tekens.") % {"longest": longest}
        )
    return kept


def refuse_future(day: date) -> None:
    """Raise ActionRefusedError for a day that has not come."""
    if day > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))


def not_before(day: date, first: date) -> None:
    """Raise ActionRefusedError for a day before the first day that is possible."""
    if day < first:
        raise ActionRefusedError(
            _("De datum ligt voor %(day)s. Kies die dag of een latere dag.")
            % {"day": first.strftime("%d-%m-%Y")}
        )


def check_goal(goal: NewGoal) -> None:
    """Raise ActionRefusedError when the goal says nothing, or too much."""
    words(goal.words, LONGEST_GOAL, _("Schrijf het doel op, in de woorden van de inwoner."))


def check_actions(viewer: Viewer, actions: Iterable[NewAction]) -> Mapping[int, Organisation]:
    """Return the organisations that the actions name, by id.

    Raises ActionRefusedError for an action without words, or of an organisation not from here.
    """
    named: set[int] = set()
    for action in actions:
        words(action.what, LONGEST_ACTION, _("Schrijf op wat er gaat gebeuren."))
        if (action.owner is ActionOwner.PARTNER) is (action.organisation_id is None):
            raise ActionRefusedError(
                _("Kies een organisatie als een partner iets doet, en anders geen organisatie.")
            )
        if action.organisation_id is not None:
            named.add(action.organisation_id)
    here = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    known = here.in_bulk(sorted(named)) if named else {}
    if named - known.keys():
        raise ActionRefusedError(_("Deze organisatie is hier niet bekend."))
    return known


def check_months(months: int) -> None:
    """Raise ActionRefusedError for a rhythm of evaluations that is too quick or too slow."""
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise ActionRefusedError(
            _("Kies %(least)s tot %(most)s maanden.") % {"least": LEAST_MONTHS, "most": MOST_MONTHS}
        )


def check_evaluation(evaluation: NewEvaluation, *, agreed_on: date | None) -> None:
    """Raise ActionRefusedError when looking back was not possible then, or tells nothing."""
    if agreed_on is None:
        raise ActionRefusedError(
            _("Spreek het plan eerst af met de inwoner. Daarna kunt u erop terugkijken.")
        )
    if evaluation.held_on is None:
        return
    refuse_future(evaluation.held_on)
    not_before(evaluation.held_on, agreed_on)
    words(evaluation.findings, LONGEST_FINDINGS, _("Schrijf op hoe het gaat met het plan."))
    said = at_most(evaluation.resident_said, LONGEST_SAYING)
    if evaluation.with_resident and not said:
        raise ActionRefusedError(_("Schrijf op wat de inwoner er zelf van vindt."))


def check_plan(plan: NewPlan) -> None:
    """Raise ActionRefusedError when the parts of the plan do not fit each other."""
    refuse_future(plan.drafted_on)
    for goal in plan.goals:
        check_goal(goal)
    if plan.evaluation_months is not None:
        check_months(plan.evaluation_months)
    agreed_on = plan.agreement.agreed_on if plan.agreement else None
    if plan.agreement is not None:
        demand_goal(plan.goals)
        refuse_future(plan.agreement.agreed_on)
        not_before(plan.agreement.agreed_on, plan.drafted_on)
        at_most(plan.agreement.resident_said, LONGEST_SAYING)
    for evaluation in plan.evaluations:
        check_evaluation(evaluation, agreed_on=agreed_on)
    for duty in plan.duties:
        check_duty(duty)
    if plan.end is not None:
        check_end(plan.end.ended_on, plan.end.reason, begun_on=agreed_on or plan.drafted_on)


def check_end(ended_on: date, reason: str, *, begun_on: date) -> None:
    """Raise ActionRefusedError when the plan cannot end then, or for no reason."""
    refuse_future(ended_on)
    not_before(ended_on, begun_on)
    words(reason, LONGEST_SAYING, _("Schrijf op waarom het plan stopt."))


def demand_goal(goals: Iterable[object]) -> None:
    """Raise ActionRefusedError when there is nothing to agree on."""
    if not any(True for _goal in goals):
        raise ActionRefusedError(_("Schrijf eerst minstens één doel op."))


def check_duty(duty: NewDuty) -> None:
    """Raise ActionRefusedError for a right or duty that does not rest on the law as it was then.

    Participatiewet, article 44a: a duty comes with what follows from not keeping it.
    """
    refuse_future(duty.fixed_on)
    words(duty.text, LONGEST_SAYING, _("Schrijf op wat er is vastgesteld."))
    consequence = at_most(duty.consequence, LONGEST_SAYING)
    if duty.kind is DutyKind.DUTY and not consequence:
        raise ActionRefusedError(
            _("Schrijf op wat er gebeurt als de inwoner zich niet aan de plicht houdt.")
        )
    if duty.kind is not DutyKind.DUTY and consequence:
        raise ActionRefusedError(_("Alleen bij een plicht hoort een gevolg."))
    fitting = articles_for(shipped_articles(), duty.kind, duty.fixed_on)
    if duty.article not in {article.code for article in fitting}:
        raise ActionRefusedError(_("Kies een artikel waar dit uit volgt."))
