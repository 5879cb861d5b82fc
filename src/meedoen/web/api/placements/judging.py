"""What is wrong with a move of a placement, before it is made: everything at once.

The action judges again once nobody else can change the placement; this is only to say it better.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import PARTNER_MAY_CONFIRM
from meedoen.records.placements.movable_queries import MovableCard
from meedoen.records.placements.moving import sentence
from meedoen.rules.placement_states import MoveNotAllowedError, MoveProblem, move, next_states
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.api.answers import InvalidParameter
from meedoen.web.api.placements.body import ON, OUTCOME, REASON, TO, AskedMove

FIELD: Mapping[MoveProblem, str] = {
    MoveProblem.NO_SUCH_MOVE: TO,
    MoveProblem.OUTCOME_MISSING: OUTCOME,
    MoveProblem.OUTCOME_DOES_NOT_FIT: OUTCOME,
    MoveProblem.REASON_MISSING: REASON,
    MoveProblem.REASON_DOES_NOT_FIT: REASON,
}


def moves_for(viewer: Viewer, state: PlacementState) -> Sequence[PlacementState]:
    """Return where this viewer may bring a placement from here, in the order of the vocabulary."""
    if viewer.may(Permission.PLACE_RESIDENT):
        return next_states(state)
    return [to for to in next_states(state) if to in PARTNER_MAY_CONFIRM]


def faults_of_asked(
    viewer: Viewer, asked: AskedMove, *, of_many: bool = False
) -> Iterator[InvalidParameter]:
    """Tell what is wrong with a move whichever placement makes it."""
    today = clock.today()
    if asked.on > today:
        reason = _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
        yield InvalidParameter(ON, "in_the_future", reason)
    if not viewer.may(Permission.PLACE_RESIDENT) and asked.to not in PARTNER_MAY_CONFIRM:
        reason = _("Dat beslist de gemeente. Neem contact op met de coach.")
        yield InvalidParameter(TO, "decided_by_municipality", reason)
    elif asked.to is PlacementState.PROPOSED:
        if of_many:
            reason = _("Wie wacht krijgt één voor één een plaats, volgens de regel van de lijst.")
            yield InvalidParameter(TO, "one_by_one", reason)
        if asked.on < today:
            reason = _("Wie wacht krijgt vandaag een plaats. Vul de dag van vandaag in.")
            yield InvalidParameter(ON, "not_today", reason)


def faults_of_one(card: MovableCard, asked: AskedMove) -> Iterator[InvalidParameter]:
    """Tell what is wrong with a move for this placement."""
    try:
        move(card.state, asked.to, asked.outcome, asked.reason)
    except MoveNotAllowedError as error:
        problem = error.problem
        yield InvalidParameter(FIELD[problem], problem.value, sentence(problem))
    if asked.on < card.since:
        reason = _("De datum ligt voor %(day)s, de dag waarop dit begon. Kies een latere dag.")
        day = {"day": card.since.strftime("%d-%m-%Y")}
        yield InvalidParameter(ON, "before_its_start", reason % day)
