"""Answering a page of a list, and working out what is asked of it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from meedoen.records.places.hsds_queries import Part, ServiceFilter, hsds_areas
from meedoen.rules.hsds.facts import Taxonomy, TermFacts
from meedoen.rules.hsds.objects import Json, taxonomy_id, term_id, without_empty
from meedoen.rules.hsds.page import page_object
from meedoen.web.api.answers import as_json
from meedoen.web.api.hsds.parameters import USUAL_DISTANCE, USUAL_SIZE
from meedoen.web.api.hsds.terms import all_terms, taxonomy

Asked = Mapping[str, Any]


def queried_page(
    given: Asked,
    query: Callable[..., Part[Any]],
    shown: Callable[[Any], Json],
    usual: int = USUAL_SIZE,
) -> HttpResponse:
    """Answer a page of what is asked of a query, each card shown as an object of HSDS."""
    number, size = given.get("page", 1), given.get("per_page", usual)
    wanted = _wanted(given)
    part = Part((), 0) if wanted is None else query(wanted, number=number, size=size)
    contents = [without_empty(shown(card)) for card in part.cards]
    return as_json(page_object(contents, total=part.total, number=number, size=size))


def page_of_all(given: Asked, found: Sequence[Json]) -> HttpResponse:
    number, size = given.get("page", 1), given.get("per_page", USUAL_SIZE)
    contents = found[(number - 1) * size : number * size]
    return as_json(page_object(contents, total=len(found), number=number, size=size))


def _wanted(given: Asked) -> ServiceFilter | None:
    """Return which services are asked for; None when they are of a list or term that is not."""
    taxonomies = {taxonomy_id(taxonomy(which)): which for which in Taxonomy}
    of = given.get("taxonomy_id")
    term = _term(given.get("taxonomy_term_id"))
    if ("taxonomy_term_id" in given and term is None) or (of and str(of) not in taxonomies):
        return None
    return ServiceFilter(
        words=given.get("search", ""),
        municipality=given.get("municipality", ""),
        organisation_key=given.get("organization_id"),
        terms=((term.of.taxonomy, term.code),) if term else (),
        taxonomy=taxonomies[str(of)] if of else None,
        modified_after=given.get("modified_after"),
        near=given.get("postcode", ""),
        within=given.get("proximity", USUAL_DISTANCE),
    )


def _term(wanted: uuid.UUID | None) -> TermFacts | None:
    if wanted is None:
        return None
    terms = all_terms(hsds_areas())
    return next((term for term in terms if term_id(term) == str(wanted)), None)
