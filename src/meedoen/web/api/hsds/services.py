"""Services, and where they are: the public places."""

from django.http import Http404, HttpRequest, HttpResponse

from meedoen.records.places.hsds_queries import (
    Part,
    ServiceFilter,
    hsds_modified,
    hsds_service,
    hsds_services,
)
from meedoen.rules.hsds.facts import ServiceFacts
from meedoen.rules.hsds.ids import paired
from meedoen.rules.hsds.objects import minimal_service, without_empty
from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds import parameters
from meedoen.web.api.hsds.api import Key, api, number_in
from meedoen.web.api.hsds.document import described, one, page_of
from meedoen.web.api.hsds.lists import queried_page
from meedoen.web.api.hsds.parameters import MOST_MINIMAL, asked
from meedoen.web.api.hsds.shown import (
    place_line,
    service_whole,
    service_with_organisation,
    whole_place,
)


@api.get(
    "/services",
    url_name="services",
    summary="Openbare plekken",
    openapi_extra=described(page_of("compiled/service_list"), parameters.SERVICES),
)
def services(request: HttpRequest) -> HttpResponse:
    """Return a page of services: short, with all that belongs to them, or only their numbers."""
    given = asked(request, parameters.SERVICES)
    if given.get("minimal"):
        return queried_page(given, hsds_modified, lambda card: minimal_service(*card), MOST_MINIMAL)
    return queried_page(
        given, hsds_services, service_whole if given.get("full") else service_with_organisation
    )


@api.get(
    "/services/{id}",
    url_name="service",
    summary="Eén openbare plek",
    openapi_extra=described(one("compiled/service"), parameters.ONE, may_be_missing=True),
)
def service(request: HttpRequest, key: Key) -> HttpResponse:
    """Return a service with all that belongs to it."""
    asked(request, parameters.ONE)
    found = hsds_service(number_in(key))
    if found is None:
        raise Http404
    return as_json(without_empty(service_whole(found)))


@api.get(
    "/service_at_locations",
    url_name="service_at_locations",
    summary="Waar openbare plekken zijn",
    openapi_extra=described(page_of("compiled/service_at_location_list"), parameters.AT_LOCATIONS),
)
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """Return a page of services with the location where they are."""
    given = asked(request, parameters.AT_LOCATIONS)
    return queried_page(given, _at_locations, whole_place if given.get("full") else place_line)


@api.get(
    "/service_at_locations/{id}",
    url_name="service_at_location",
    summary="Waar één openbare plek is",
    openapi_extra=described(
        one("compiled/service_at_location"), parameters.ONE, may_be_missing=True
    ),
)
def service_at_location(request: HttpRequest, key: Key) -> HttpResponse:
    """Return where a service is and when."""
    asked(request, parameters.ONE)
    found = hsds_service(paired(number_in(key)))
    if found is None or found.location is None:
        raise Http404
    return as_json(without_empty(whole_place(found)))


def _at_locations(wanted: ServiceFilter, *, number: int, size: int) -> Part[ServiceFacts]:
    return hsds_services(wanted, number=number, size=size, at_locations=True)
