"""Pages of the directory: for who works with it at the municipality, never for an organisation.

An organisation has a desk of its own with the same permissions; here it finds nothing.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from meedoen.records.directory.queries import OrganisationPage, organisation_page
from meedoen.records.organisations.viewer import PARTNERS, Permission
from meedoen.records.places.detail_queries import PlacePage, place_page
from meedoen.web.shared.pages import ViewerRequest, page

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponse]


def directory_page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], View[P]]:
    """Make a page for people of the municipality with this permission."""

    def decorate(view: View[P]) -> View[P]:
        guarded = page(permission, methods=methods)(view)

        # The guard comes along: `wraps` copies what stands on the function.
        @wraps(guarded)
        def municipal(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.viewer.role in PARTNERS:
                raise Http404
            return guarded(request, *args, **kwargs)

        return municipal

    return decorate


def open_place(request: ViewerRequest, key: uuid.UUID) -> PlacePage:
    """Return a place; raises Http404 when it is not there for this viewer."""
    found = place_page(request.viewer, key=key)
    if found is None:
        raise Http404
    return found


def open_organisation(request: ViewerRequest, key: uuid.UUID) -> OrganisationPage:
    """Return an organisation; raises Http404 when it is not there for this viewer."""
    found = organisation_page(request.viewer, key=key)
    if found is None:
        raise Http404
    return found
