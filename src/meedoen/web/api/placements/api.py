"""The API itself: for whom it is, and what it answers when something is wrong."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path
from ninja.operation import Operation

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.web.api.answers import InvalidInputError, InvalidParameter, Respond, problem
from meedoen.web.api.placements.document import ABOUT, API_VERSION
from meedoen.web.shared.pages import Guard, ViewerRequest

Key = Annotated[str, Path(alias="id")]
"""What stands in an address for a placement."""
MOVERS = (Permission.PLACE_RESIDENT, Permission.CONFIRM_PLACEMENT)
"""Who moves placements: coaches make every move, an organisation confirms some."""
STATUS_OF_CODE: Mapping[str, HTTPStatus] = {
    "decided_by_municipality": HTTPStatus.FORBIDDEN,
    "no_such_move": HTTPStatus.CONFLICT,
}
"""What is wrong with a move and not with how it was written; the first one here counts."""

log = logging.getLogger(__name__)


class PlacementsApi(NinjaAPI):
    """The API, whose operations are called after their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return how OpenAPI calls an operation: without the folders it is kept in."""
        return operation.view_func.__name__


api = PlacementsApi(
    title="Plaatsingen",
    version=API_VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="placements",
)


def for_movers(view: Respond) -> Any:
    """Let in who moves placements, and answer in Dutch; for everyone else there is nothing here.

    The pages keep what somebody typed; software keeps it itself, so nothing is held for it.
    """

    def answer(request: ViewerRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(request.viewer.may(permission) for permission in MOVERS):
            log.warning("%s asked for %s without moving placements", request.viewer, request.path)
            raise Http404
        asked = request.method
        with translation.override("nl"):
            try:
                request.method = "GET" if asked == "HEAD" else asked
                return view(request, *args, **kwargs)
            finally:
                request.method = asked

    answer.guard = Guard(Permission.CHANGE_OWN_ACCOUNT)  # type: ignore[attr-defined]
    return answer


def key_in(text: str) -> uuid.UUID:
    """Return the key in an address; Http404 for what is none, as for one that is not there."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at an address; also when only a slash is too much."""
    raise Http404


class RefusedMoveError(ValueError):
    """A move that cannot be made as it was asked; `faults` has everything that is wrong."""

    def __init__(self, faults: Sequence[InvalidParameter]) -> None:
        """Keep what is wrong."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.name}: {one.code}" for one in faults))


@api.exception_handler(InvalidInputError)
def invalid(request: HttpRequest, error: InvalidInputError) -> HttpResponse:
    """Say everything that is wrong with what was asked."""
    detail = _("Er kloppen dingen niet in wat u vraagt. Er is niets veranderd.")
    return problem(HTTPStatus.BAD_REQUEST, detail, invalid=error.problems)


@api.exception_handler(RefusedMoveError)
def refused_move(request: HttpRequest, error: RefusedMoveError) -> HttpResponse:
    """Say everything that is wrong with a move; what stands in its way counts most."""
    codes = {one.code for one in error.faults}
    found = (status for code, status in STATUS_OF_CODE.items() if code in codes)
    detail = _("Deze overgang kan zo niet. Er is niets veranderd.")
    return problem(next(found, HTTPStatus.BAD_REQUEST), detail, invalid=error.faults)


@api.exception_handler(ActionRefusedError)
def refused(request: HttpRequest, error: ActionRefusedError) -> HttpResponse:
    """Say why it cannot be done as things stand now, in the words of the pages."""
    return problem(HTTPStatus.CONFLICT, str(error))


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the fault is here, and write it to the log."""
    log.error("%s failed", request.path, exc_info=error)
    detail = _("Er ging iets mis bij ons. Probeer het later nog eens.")
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Leave it to what answers for every address here, so that all that is not there is alike."""
    return HttpResponse(status=HTTPStatus.NOT_FOUND)
