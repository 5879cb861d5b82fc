"""Reading placements: a page of a list, one, and the moves that it may make."""

import uuid

from django.http import Http404, HttpResponse

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import resident
from meedoen.records.placements.actions import note_opened
from meedoen.records.placements.movable_queries import movable
from meedoen.records.placements.people_queries import own_person
from meedoen.records.placements.queries import placement, resident_of
from meedoen.records.placements.terms_queries import story_of_terms
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds.parameters import Parameter, RefusedError, asked, whole
from meedoen.web.api.placements import document, shown
from meedoen.web.api.placements.api import Key, api, key_in
from meedoen.web.api.placements.judging import moves_for
from meedoen.web.shared.pages import ViewerRequest

USUAL_SIZE, MOST_ON_A_PAGE, LAST_PAGE = 25, 200, 1_000_000


def _state(text: str) -> PlacementState:
    try:
        return PlacementState(text)
    except ValueError as error:
        raise RefusedError(document.one_of(PlacementState)) from error


LIST = (
    Parameter(
        "toestand",
        _state,
        {"type": "string", "enum": [state.value for state in PlacementState]},
        "Alleen plaatsingen die nu zo staan. Wat voorbij is staat niet in de lijst.",
    ),
    Parameter(
        "pagina",
        whole(1, LAST_PAGE),
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        "Het nummer van de bladzijde, vanaf 1. Na de laatste komt de laatste.",
    ),
    Parameter(
        "perPagina",
        whole(1, MOST_ON_A_PAGE),
        {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": USUAL_SIZE},
        "Hoeveel er op een bladzijde staan.",
    ),
)


@api.get(
    "/plaatsingen",
    url_name="placements",
    summary="Plaatsingen die lopen of nog kunnen beginnen",
    openapi_extra=document.list_of(LIST),
)
def plaatsingen(request: ViewerRequest) -> HttpResponse:
    """Return a page of the placements that the viewer may see and that are not over."""
    given = asked(request, LIST)
    found = movable(
        request.viewer,
        state=given.get("toestand"),
        number=given.get("pagina", 1),
        size=given.get("perPagina", USUAL_SIZE),
    )
    return as_json(
        {
            "plaatsingen": [shown.line(card) for card in found.cards],
            "totaal": found.total,
            "pagina": found.number,
            "paginas": found.pages,
        }
    )


@api.get(
    "/plaatsingen/{id}",
    url_name="placement",
    summary="Eén plaatsing, met verloop, afspraken en wat er nu kan",
    openapi_extra=document.one(),
)
def plaatsing(request: ViewerRequest, key: Key) -> HttpResponse:
    """Return a placement as the pages show it to this viewer, and note that it was opened."""
    viewer, number = request.viewer, key_in(key)
    asked(request, ())
    if viewer.may(Permission.PLACE_RESIDENT):
        state, body = _of_coach(viewer, number)
        page = "placement"
    else:
        state, body = _of_organisation(viewer, number)
        page = "guest"
    note_opened(viewer, key=number, page=page)
    return as_json({**body, "overgangen": shown.moves(state, moves_for(viewer, state))})


def _of_coach(viewer: Viewer, key: uuid.UUID) -> tuple[PlacementState, shown.Json]:
    card, resident_key = placement(viewer, key=key), resident_of(viewer, key=key)
    person = resident(viewer, key=resident_key) if resident_key else None
    if card is None or person is None:
        raise Http404
    return card.state, shown.for_coach(card, person, story_of_terms(viewer, key=key))


def _of_organisation(viewer: Viewer, key: uuid.UUID) -> tuple[PlacementState, shown.Json]:
    found = own_person(viewer, key=key)
    if found is None:
        raise Http404
    return found.person.state, shown.for_organisation(found)
