"""The only ways to make a page: say for whom it is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.records.organisations.queries import Person
from meedoen.records.organisations.viewer import Permission, Viewer

P = ParamSpec("P")
log = logging.getLogger(__name__)


class ViewerRequest(HttpRequest):
    """A request of someone who is signed in; the middleware adds the viewer and the person."""

    viewer: Viewer
    person: Person


@dataclass(frozen=True, slots=True)
class Guard:
    """For whom a page is: a permission, or everyone."""

    permission: Permission | None


def demand(request: ViewerRequest, permission: Permission) -> None:
    """Raise Http404 when the viewer lacks the permission.

    To someone who may not see it, a page looks exactly like one that does not exist.
    """
    if not request.viewer.may(permission):
        log.warning("%s asked for %s without %s", request.viewer, request.path, permission)
        raise Http404


class View(Protocol):
    """Anything that answers a request."""

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""


def page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[
    [Callable[Concatenate[ViewerRequest, P], HttpResponse]],
    Callable[Concatenate[ViewerRequest, P], HttpResponse],
]:
    """Make a page for people with this permission; it is never kept in a cache."""

    def decorate(
        view: Callable[Concatenate[ViewerRequest, P], HttpResponse],
    ) -> Callable[Concatenate[ViewerRequest, P], HttpResponse]:
        allowed: Any = never_cache(require_http_methods(list(methods))(view))

        @wraps(view)
        def guarded(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            demand(request, permission)
            answer: HttpResponse = allowed(request, *args, **kwargs)
            return answer

        guarded.guard = Guard(permission)  # type: ignore[attr-defined]
        return guarded

    return decorate


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    *,
    methods: tuple[str, ...] = ("GET", "HEAD"),
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make a page for everyone, signed in or not."""
    allowed: Any = require_http_methods(list(methods))(view)

    @wraps(view)
    def open_to_all(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer: HttpResponse = allowed(request, *args, **kwargs)
        return answer

    _open(open_to_all)
    return open_to_all


def outside_view(view: View, *, permission: Permission | None = None) -> Any:
    """Take in a view of a library: for everyone, or for people with the permission."""
    if permission is None:

        def open_to_all(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        _open(open_to_all)
        return open_to_all

    def guarded(request: ViewerRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        demand(request, permission)
        return view(request, *args, **kwargs)

    guarded.guard = Guard(permission)  # type: ignore[attr-defined]
    return guarded


def _open(view: Any) -> None:
    view.guard = Guard(None)
    view.login_required = False
