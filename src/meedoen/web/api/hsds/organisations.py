"""Organisations that have a public place."""

from django.http import Http404, HttpRequest, HttpResponse

from meedoen.records.places.hsds_queries import (
    OrganisationPlaces,
    hsds_organisation,
    hsds_organisations,
    hsds_organisations_with_places,
)
from meedoen.rules.hsds.objects import (
    Json,
    organisation_line,
    service_name,
    whole_organisation,
    without_empty,
)
from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds import parameters
from meedoen.web.api.hsds.api import Key, api, number_in
from meedoen.web.api.hsds.document import described, one, page_of
from meedoen.web.api.hsds.lists import queried_page
from meedoen.web.api.hsds.parameters import asked
from meedoen.web.api.hsds.shown import service_whole
from meedoen.web.api.hsds.words import accessibility_words, organisation_words


@api.get(
    "/organizations",
    url_name="organizations",
    summary="Organisaties met een openbare plek",
    openapi_extra=described(page_of("compiled/organization_list"), parameters.ORGANISATIONS),
)
def organizations(request: HttpRequest) -> HttpResponse:
    """Return a page of organisations, short or with all that belongs to them."""
    given = asked(request, parameters.ORGANISATIONS)
    if given.get("full_service"):
        return queried_page(given, hsds_organisations_with_places, _with_whole_services)
    if given.get("full"):
        return queried_page(given, hsds_organisations_with_places, _with_services)
    return queried_page(
        given,
        hsds_organisations,
        lambda found: organisation_line(found, organisation_words(found)),
    )


@api.get(
    "/organizations/{id}",
    url_name="organization",
    summary="Eén organisatie",
    openapi_extra=described(
        one("compiled/organization"), parameters.ORGANISATION_PARAMETERS, may_be_missing=True
    ),
)
def organization(request: HttpRequest, key: Key) -> HttpResponse:
    """Return an organisation with its public places, by name or whole."""
    given = asked(request, parameters.ORGANISATION_PARAMETERS)
    found = hsds_organisation(number_in(key))
    if found is None:
        raise Http404
    shown = _with_whole_services if given.get("full_service") else _with_services
    return as_json(without_empty(shown(found)))


def _with_services(found: OrganisationPlaces) -> Json:
    words = accessibility_words()
    organisation = found.organisation
    return whole_organisation(
        organisation,
        organisation_words(organisation),
        locations=[(location, words) for location in found.locations],
    ) | {"services": [service_name(service) for service in found.services]}


def _with_whole_services(found: OrganisationPlaces) -> Json:
    return _with_services(found) | {
        "services": [service_whole(service) for service in found.services]
    }
