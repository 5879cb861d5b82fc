"""What was typed by someone whose sign-in ran out is held on the page, not thrown away.

Whoever sends a form after the session ended gets it back as it was, with a way to sign in in
another tab and to go on. Signing in changes the token of a form, so that the next try fails on
the token; that too comes back with everything in it. Nothing is kept on the server.

Signing in also begins in the first of someone's roles. What was typed in another role is held
until that one is chosen, as is what was sent in a role that has ended.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as plain_refusal

from meedoen.records.organisations.queries import Person
from meedoen.records.organisations.viewer import MAY, Permission, Viewer
from meedoen.web.shared.pages import Guard
from meedoen.web.shared.roles import ROLE_NAMES

MOST_HELD = 500_000
"""In bytes: what a page with hidden fields may weigh."""

NEVER_HELD = ("csrf", "password")
"""A field whose name holds one of these words is not given back."""

Respond = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Held:
    """What was sent: every value of every field, and what could not be given back."""

    fields: Sequence[tuple[str, str]]
    has_files: bool
    too_much: bool


@dataclass(frozen=True, slots=True)
class WhoMay:
    """Whether a form that is worth holding is for the role of now, and for another of one's own."""

    now: bool
    another: bool


class HeldMiddleware:
    """Gives a form back to who is no longer signed in, or is so in another role.

    Stands before the one that sends away.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing here; the view is known a little later."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_rest: Any
    ) -> HttpResponse | None:
        """Answer 401 with the form in it; its token was right, so it came from our own page."""
        if request.user.is_authenticated or _permission(request, view) is None:
            return None
        return _page(request, "shared/signed_out.html", status=401)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 403 with the form in it when another role of this person may find the page.

        To everyone else a page that is not for them stays one that does not exist.
        """
        if not isinstance(error, Http404) or not _who_may(request).another:
            return None
        return _choose_role(request)


def of_ended_role(request: HttpRequest) -> HttpResponse | None:
    """Return the page with a form that was sent in a role that has ended.

    None when there is nothing to hold, or the person has no role left that may do this.
    """
    may = _who_may(request)
    return _choose_role(request, ended=True) if may.now or may.another else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form without the right token; give it back when a page of ours sent it.

    A form of another site is refused without showing what is in it, as is one to a page that
    does not hold anything.
    """
    match = request.resolver_match
    held = match is not None and _permission(request, match.func) is not None
    if not held or not _from_our_own_page(request):
        return plain_refusal(request, reason)
    if not request.user.is_authenticated:
        return _page(request, "shared/signed_out.html", status=401)
    return _in_another_role(request) or _page(request, "shared/press_again.html", status=403)


def _in_another_role(request: HttpRequest) -> HttpResponse | None:
    """Return the page that asks for a role, when it is sure already that pressing fails."""
    if getattr(request, "role_ended", False):
        return of_ended_role(request)
    may = _who_may(request)
    return _choose_role(request) if may.another and not may.now else None


def _who_may(request: HttpRequest) -> WhoMay:
    match, person = request.resolver_match, getattr(request, "person", None)
    permission = _permission(request, match.func) if match else None
    if not isinstance(person, Person) or permission is None:
        return WhoMay(now=False, another=False)
    others = [
        card.role for card in person.roles if card.membership_id != person.viewer.membership_id
    ]
    return WhoMay(
        now=person.viewer.may(permission),
        another=any(permission in MAY[role] for role in others),
    )


def _permission(request: HttpRequest, view: Callable[..., Any]) -> Permission | None:
    """Return what the page asks for when this form is worth holding.

    That is work of people; not signing in, or an account.
    """
    guard: Guard | None = getattr(view, "guard", None)
    if request.method != "POST" or guard is None:
        return None
    return None if guard.permission is Permission.CHANGE_OWN_ACCOUNT else guard.permission


def _from_our_own_page(request: HttpRequest) -> bool:
    """Tell whether the browser itself says that a page of ours sent this.

    A page cannot set or change these headers. `Sec-Fetch-Site` is sent over an encrypted
    connection or from this machine only; elsewhere there is `Origin`.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _choose_role(request: HttpRequest, *, ended: bool = False) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    role = ROLE_NAMES[viewer.role]
    return _page(request, "shared/choose_first.html", status=403, role=role, ended=ended)


def _page(request: HttpRequest, template: str, *, status: int, **more: Any) -> HttpResponse:
    answer = render(request, template, {"held": _held(request), **more}, status=status)
    add_never_cache_headers(answer)
    return answer


def _held(request: HttpRequest) -> Held:
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_HELD)
    ]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    too_much = size > MOST_HELD
    return Held([] if too_much else fields, bool(request.FILES), too_much)
