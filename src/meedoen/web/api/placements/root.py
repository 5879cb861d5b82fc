"""The description as OpenAPI, for everyone."""

from django.http import HttpRequest, HttpResponse

from meedoen.web.api.answers import as_json
from meedoen.web.api.placements.api import api
from meedoen.web.api.placements.document import openapi


def description(request: HttpRequest) -> HttpResponse:
    """Return the description of the API as OpenAPI; it tells of nobody."""
    return as_json(openapi(api))
