"""Pages for some of the roles that have a permission: the others have pages of their own."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from meedoen.records.organisations.viewer import Permission, Role
from meedoen.web.shared.pages import ViewerRequest, page

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponse]


def role_page(
    roles: Collection[Role],
    permission: Permission,
    *,
    methods: tuple[str, ...] = ("GET", "HEAD", "POST"),
) -> Callable[[View[P]], View[P]]:
    """Make a page for those of these roles that have this permission."""

    def decorate(view: View[P]) -> View[P]:
        guarded = page(permission, methods=methods)(view)

        # The guard comes along: `wraps` copies what stands on the function.
        @wraps(guarded)
        def of_roles(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.viewer.role not in roles:
                raise Http404
            return guarded(request, *args, **kwargs)

        return of_roles

    return decorate
