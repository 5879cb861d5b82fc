"""Making a move: of one placement, or the same of several, all or none."""

import uuid

from django.http import Http404, HttpResponse

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import confirm_one, move_one
from meedoen.records.placements.bulk_actions import SameMove, confirm_many, move_many
from meedoen.records.placements.movable_queries import MovableCard, movable_by_key
from meedoen.records.placements.moving import sentence
from meedoen.records.placements.queries import placement
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.placement_states import MoveProblem
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.api.answers import InvalidParameter, as_json
from meedoen.web.api.placements import document, shown
from meedoen.web.api.placements.api import Key, RefusedMoveError, api, key_in
from meedoen.web.api.placements.body import TO, AskedMove, asked_move, at_line
from meedoen.web.api.placements.judging import faults_of_asked, faults_of_one
from meedoen.web.shared.pages import ViewerRequest


@api.post(
    "/plaatsingen/{id}/overgangen",
    url_name="placement_moves",
    summary="Laat één plaatsing een overgang maken",
    openapi_extra=document.move(),
)
def overgang(request: ViewerRequest, key: Key) -> HttpResponse:
    """Let a placement come into a state."""
    viewer, number = request.viewer, key_in(key)
    card = _movable(viewer, number)
    asked = asked_move(request)
    faults = [*faults_of_asked(viewer, asked), *faults_of_one(card, asked)]
    if faults:
        raise RefusedMoveError(faults)
    _make(viewer, number, asked)
    return as_json(shown.made(asked.to, [number]))


def _movable(viewer: Viewer, key: uuid.UUID) -> MovableCard:
    """Return a placement that may move; Http404 for what is not there for the viewer."""
    found = movable_by_key(viewer, keys=[key]).get(key)
    if found is not None:
        return found
    if placement(viewer, key=key) is None:
        raise Http404
    over = MoveProblem.NO_SUCH_MOVE
    raise RefusedMoveError([InvalidParameter(TO, over.value, sentence(over))])


def _make(viewer: Viewer, key: uuid.UUID, asked: AskedMove) -> None:
    """Make a move as the pages make it. Raises ActionRefusedError."""
    if not viewer.may(Permission.PLACE_RESIDENT):
        confirm_one(viewer, key=key, to=asked.to, on=asked.on)
    elif asked.to is PlacementState.PROPOSED:
        # Whoever waits gets a seat by the rule of the list, or with a reason that is kept.
        promote_one(viewer, key=key, reason=asked.because)
    else:
        move_one(
            viewer,
            key=key,
            to=asked.to,
            on=asked.on,
            outcome=asked.outcome,
            reason=asked.reason,
        )


@api.post(
    "/overgangen",
    url_name="moves",
    summary="Laat meer plaatsingen dezelfde overgang maken: allemaal, of geen",
    openapi_extra=document.moves(),
)
def overgangen(request: ViewerRequest) -> HttpResponse:
    """Let several placements come into a state."""
    viewer, asked = request.viewer, asked_move(request, of_many=True)
    cards = movable_by_key(viewer, keys=asked.keys)
    faults = list(faults_of_asked(viewer, asked, of_many=True))
    for at, key in enumerate(asked.keys):
        faults += _faults_of_line(at, cards.get(key), asked)
    if faults:
        raise RefusedMoveError(faults)
    if viewer.may(Permission.PLACE_RESIDENT):
        same = SameMove(to=asked.to, on=asked.on, outcome=asked.outcome, reason=asked.reason)
        move_many(viewer, keys=asked.keys, same=same)
    else:
        confirm_many(viewer, keys=asked.keys, to=asked.to, on=asked.on)
    return as_json(shown.made(asked.to, asked.keys))


def _faults_of_line(at: int, card: MovableCard | None, asked: AskedMove) -> list[InvalidParameter]:
    if card is None:
        return [InvalidParameter(at_line(at), "not_there", document.not_there_text())]
    return [
        InvalidParameter(f"{at_line(at)}.{one.name}", one.code, one.reason)
        for one in faults_of_one(card, asked)
    ]
