"""Who is looking, and the refusal of any view that does not say for whom it is."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from meedoen.records.organisations.queries import Person, person_for
from meedoen.records.organisations.second_lock import narrow_to
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.web.shared.held import of_ended_role
from meedoen.web.shared.pages import Guard
from meedoen.web.shared.roles import ROLE_IN_SESSION

SECOND_STEP_SEEN = "second_step_seen"
FREE_OF_SECOND_STEP = ("/account/", "/afmelden/", "/aanmelden/", "/taal/", "/static/")

Respond = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Adds `request.viewer` and `request.person` for who is signed in, anew at every request.

    An account that is switched off, or has no role any more, is signed out at once and told so.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person; say so to an account without any role."""
        request.person = None  # type: ignore[attr-defined]
        request.viewer = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            wanted = request.session.get(ROLE_IN_SESSION)
            person = person_for(request.user.pk, membership_id=wanted)
            if person is None:
                logout(request)
                return render(request, "shared/no_role.html", status=403)
            if wanted is not None and wanted != person.viewer.membership_id:
                # That role has ended; going on in another one unasked would be a surprise.
                del request.session[ROLE_IN_SESSION]
                if request.method != "POST":
                    return redirect("home")
                # Whether it came from our own page is known a little later: see process_view.
                request.role_ended = True  # type: ignore[attr-defined]
            request.person = person  # type: ignore[attr-defined]
            request.viewer = person.viewer  # type: ignore[attr-defined]
            if _second_step_missing(request, person):
                return redirect("mfa_activate_totp")
        try:
            return self.get_response(request)
        finally:
            if request.viewer is not None:  # type: ignore[attr-defined]
                # The next one on this connection may be of another municipality.
                narrow_to(None)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], *_rest: Any
    ) -> HttpResponse | None:
        """Stop what was sent in a role that has ended, and give it back."""
        if not getattr(request, "role_ended", False):
            return None
        return of_ended_role(request) or redirect("home")


def _second_step_missing(request: HttpRequest, person: Person) -> bool:
    """Tell whether this person must first set up the second step of signing in."""
    if not settings.MFA_REQUIRED or person.viewer.role == Role.RESIDENT:
        return False
    if request.path.startswith(FREE_OF_SECOND_STEP) or request.session.get(SECOND_STEP_SEEN):
        return False
    enabled = is_mfa_enabled(request.user)
    request.session[SECOND_STEP_SEEN] = enabled
    return not enabled


class GuardMiddleware:
    """Refuses a view that does not say who may see it; narrows the database to the viewer's own."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing here; the view is known a little later."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_rest: Any
    ) -> None:
        """Raise ImproperlyConfigured for a view that does not say who may see it."""
        guard: Guard | None = getattr(view, "guard", None)
        if guard is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{getattr(view, '__name__', view)} does not say who may see it:"
                " decorate it with @page(permission) or @public_page."
            )
        viewer: Viewer | None = getattr(request, "viewer", None)
        # What is for everyone shows every municipality, also to who happens to be signed in.
        if guard.permission is not None and viewer is not None:
            narrow_to(viewer.municipality_id)
