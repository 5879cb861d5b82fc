"""The API itself, and what it answers when something is wrong."""

import logging
import uuid
from http import HTTPStatus
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path
from ninja.operation import Operation

from meedoen.records.directory.areas import UnknownAreaError
from meedoen.web.api.answers import InvalidInputError, InvalidParameter, not_there, problem
from meedoen.web.api.hsds.document import ABOUT, API_VERSION

Key = Annotated[str, Path(alias="id")]
"""What stands in an address for one of a kind."""

log = logging.getLogger(__name__)


class OpenReferralApi(NinjaAPI):
    """The API, whose operations are called after their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return how OpenAPI calls an operation: without the folders it is kept in."""
        return operation.view_func.__name__


api = OpenReferralApi(
    title="Open Referral (HSDS)",
    version=API_VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="hsds",
)


def number_in(text: str) -> uuid.UUID:
    """Return the number in an address; Http404 for what is none, as for one that is not there."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at an address; also when only a slash is too much."""
    return not_there()


@api.exception_handler(InvalidInputError)
def invalid(request: HttpRequest, error: InvalidInputError) -> HttpResponse:
    """Say everything that is wrong with what was asked."""
    detail = _("Er kloppen dingen niet in wat u vraagt. Bij elke parameter staat wat er mis is.")
    return problem(HTTPStatus.BAD_REQUEST, detail, invalid=error.problems)


@api.exception_handler(UnknownAreaError)
def unknown_area(request: HttpRequest, error: UnknownAreaError) -> HttpResponse:
    """Say that nobody here knows where a postcode is; an empty list would say something else."""
    return invalid(
        request, InvalidInputError([InvalidParameter("postcode", "not_known", str(error))])
    )


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that something is not there."""
    return not_there()


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the fault is here, and write it to the log."""
    log.error("%s failed", request.path, exc_info=error)
    detail = _("Er ging iets mis bij ons. Probeer het later nog eens.")
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
