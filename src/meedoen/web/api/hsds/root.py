"""What this is: the version of HSDS, and the description as OpenAPI."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds import parameters
from meedoen.web.api.hsds.api import api
from meedoen.web.api.hsds.document import HSDS_VERSION, PROFILE, ROOT, described, openapi
from meedoen.web.api.hsds.parameters import asked


@api.get("/", url_name="root", summary="Wat dit is", openapi_extra=described(ROOT, parameters.ONE))
def root(request: HttpRequest) -> HttpResponse:
    """Return which version of HSDS this is, and where it is described."""
    asked(request, parameters.ONE)
    return as_json(
        {
            "version": HSDS_VERSION,
            "profile": PROFILE,
            "openapi_url": settings.SITE_URL + reverse("api:hsds_openapi"),
        }
    )


@api.get("/openapi.json", url_name="openapi", include_in_schema=False)
def description(request: HttpRequest) -> HttpResponse:
    """Return the description of all this as OpenAPI."""
    return as_json(openapi(api))
