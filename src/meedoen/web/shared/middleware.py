"""Who is looking, and the refusal of any view that does not say for whom it is."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from meedoen.records.organisations.queries import Person, person_for
from meedoen.records.organisations.second_lock import narrow_to
from meedoen.records.organisations.viewer import Role
from meedoen.web.shared.roles import ROLE_IN_SESSION

SECOND_STEP_SEEN = "second_step_seen"
FREE_OF_SECOND_STEP = ("/account/", "/afmelden/", "/aanmelden/", "/taal/", "/static/")

Respond = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Adds `request.viewer` and `request.person` for who is signed in, anew at every request.

    An account that is switched off, or has no role any more, is signed out at once.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person, or send an account without any role to the page that says so."""
        request.person = None  # type: ignore[attr-defined]
        request.viewer = None  # type: ignore[attr-defined]
        # The connection may have served somebody of another municipality just before.
        narrow_to(None)
        if request.user.is_authenticated:
            wanted = request.session.get(ROLE_IN_SESSION)
            person = person_for(request.user.pk, membership_id=wanted)
            if person is None:
                request.session.flush()
                return redirect("account_login")
            if wanted is not None and wanted != person.viewer.membership_id:
                # That role has ended; going on in another one unasked would be a surprise.
                del request.session[ROLE_IN_SESSION]
                return redirect("home")
            request.person = person  # type: ignore[attr-defined]
            request.viewer = person.viewer  # type: ignore[attr-defined]
            narrow_to(person.viewer.municipality_id)
            if _second_step_missing(request, person):
                return redirect("mfa_activate_totp")
        return self.get_response(request)


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
    """Refuses a view that was not made with @page or @public_page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing here; the view is known a little later."""
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, view: Callable[..., HttpResponse], *_rest: Any
    ) -> None:
        """Raise ImproperlyConfigured for a view that does not say who may see it."""
        if not hasattr(view, "guard"):
            raise ImproperlyConfigured(
                f"{view.__module__}.{getattr(view, '__name__', view)} does not say who may see it:"
                " decorate it with @page(permission) or @public_page."
            )
