"""Plans of the cast, made through actions."""

import uuid
from datetime import date

from meedoen.records.plans.actions import draft_plan, make_plans
from meedoen.records.plans.agreement_actions import agree
from meedoen.records.plans.cards import PlanCard
from meedoen.records.plans.new import NewAction, NewAgreement, NewGoal, NewPlan
from meedoen.records.plans.queries import plan
from meedoen.rules.vocabulary import ActionOwner, ObtainedHow
from tests.standing_town import kept
from tests.town import Person, Town
from tests.web.coach.scenes import on

BEGUN = date(2026, 3, 2)
AGREED = date(2026, 3, 9)
SAID = "Zo wil ik het ook."


@kept
def drafted(town: Town, person: Person | None = None, template: str | None = None) -> uuid.UUID:
    """Let Anna begin a plan for someone (Roos) and return its key."""
    with on(BEGUN):
        return draft_plan(
            town.anna,
            pseudonym_id=(person or town.roos_file).pseudonym_id,
            template=template,
        )


@kept
def agreed(town: Town, template: str = "first_steps") -> uuid.UUID:
    """Let Anna and Roos agree on a plan from a template and return its key."""
    key = drafted(town, template=template)
    with on(AGREED):
        agree(
            town.anna,
            key=key,
            version=1,
            agreed_on=AGREED,
            how=ObtainedHow.SPOKEN,
            resident_said=SAID,
        )
    return key


def card(town: Town, key: uuid.UUID) -> PlanCard:
    """Return the plan as Anna sees it."""
    found = plan(town.anna, key=key)
    assert found is not None
    return found


def with_actions(town: Town, count: int) -> uuid.UUID:
    """Make an agreed plan for Roos with this many actions, a third of them by a partner."""
    owners = (ActionOwner.RESIDENT, ActionOwner.COACH, ActionOwner.PARTNER)
    actions = [
        NewAction(
            what=f"Verzonnen actie {at}",
            owner=owners[at % 3],
            organisation_id=town.petra.organisation_id if at % 3 == 2 else None,
            due_on=date(2026, 4, 1),
        )
        for at in range(count)
    ]
    with on(AGREED):
        [key] = make_plans(
            town.anna,
            plans=[
                NewPlan(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    drafted_on=BEGUN,
                    goals=tuple(
                        NewGoal(words="Ik wil iets doen.", actions=tuple(actions[at::3]))
                        for at in range(3)
                    ),
                    agreement=NewAgreement(
                        agreed_on=AGREED, how=ObtainedHow.SPOKEN, resident_said=SAID
                    ),
                )
            ],
        )
    return key
