"""Lists of terms, and the terms in them."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse

from meedoen.records.places.hsds_queries import hsds_areas
from meedoen.rules.hsds.facts import Taxonomy
from meedoen.rules.hsds.objects import Json, taxonomy_object, term_id, term_object, without_empty
from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds import parameters
from meedoen.web.api.hsds.api import Key, api, number_in
from meedoen.web.api.hsds.document import described, one, page_of
from meedoen.web.api.hsds.lists import Asked, page_of_all
from meedoen.web.api.hsds.parameters import asked
from meedoen.web.api.hsds.terms import all_terms, taxonomy


@api.get(
    "/taxonomies",
    url_name="taxonomies",
    summary="Lijsten van termen",
    openapi_extra=described(page_of("taxonomy"), parameters.TAXONOMY_PARAMETERS),
)
def taxonomies(request: HttpRequest) -> HttpResponse:
    """Return the lists of terms that services are described with."""
    given = asked(request, parameters.TAXONOMY_PARAMETERS)
    found = [taxonomy_object(taxonomy(which)) for which in Taxonomy]
    return page_of_all(given, [each for each in found if _holds(each, given.get("search", ""))])


@api.get(
    "/taxonomies/{id}",
    url_name="taxonomy",
    summary="Eén lijst van termen",
    openapi_extra=described(one("taxonomy"), parameters.ONE, may_be_missing=True),
)
def one_taxonomy(request: HttpRequest, key: Key) -> HttpResponse:
    """Return one list, without its terms."""
    asked(request, parameters.ONE)
    wanted = str(number_in(key))
    found = [taxonomy_object(taxonomy(which)) for which in Taxonomy]
    return _only([each for each in found if each["id"] == wanted])


@api.get(
    "/taxonomy_terms",
    url_name="taxonomy_terms",
    summary="Termen",
    openapi_extra=described(page_of("taxonomy_term"), parameters.TERMS),
)
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """Return the terms of all lists or of one."""
    given = asked(request, parameters.TERMS)
    found = [without_empty(term_object(term)) for term in all_terms(hsds_areas())]
    return page_of_all(given, [term for term in found if _term_wanted(term, given)])


@api.get(
    "/taxonomy_terms/{id}",
    url_name="taxonomy_term",
    summary="Eén term",
    openapi_extra=described(one("taxonomy_term"), parameters.ONE, may_be_missing=True),
)
def taxonomy_term(request: HttpRequest, key: Key) -> HttpResponse:
    """Return one term with the list that it is from."""
    asked(request, parameters.ONE)
    wanted = str(number_in(key))
    return _only([term_object(term) for term in all_terms(hsds_areas()) if term_id(term) == wanted])


def _term_wanted(term: Json, given: Asked) -> bool:
    of, parent = given.get("taxonomy_id"), given.get("parent_id")
    return (
        (of is None or term["taxonomy_id"] == str(of))
        and (parent is None or term.get("parent_id") == str(parent))
        and not (given.get("top_only") and "parent_id" in term)
        and _holds(term, given.get("search", ""))
    )


def _holds(found: Json, words: str) -> bool:
    text = f"{found['name']} {found['description']}".casefold()
    return all(word in text for word in words.casefold().split())


def _only(found: Sequence[Json]) -> HttpResponse:
    if not found:
        raise Http404
    return as_json(without_empty(found[0]))
