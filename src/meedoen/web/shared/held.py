"""What was typed by someone whose sign-in ran out is held on the page, not thrown away.

Whoever sends a form after the session ended gets it back as it was, with a way to sign in in
another tab and to go on. Signing in changes the token of a form, so that the next try fails on
the token; that too comes back with everything in it. Nothing is kept on the server.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as plain_refusal

from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.pages import Guard

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


class HeldMiddleware:
    """Gives a form back to who is no longer signed in; stands before the one that sends away."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do nothing here; the view is known a little later."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_rest: Any
    ) -> HttpResponse | None:
        """Answer 401 with the form in it; its token was right, so it came from our own page."""
        if request.user.is_authenticated or not _holds(request, view):
            return None
        return _page(request, "shared/signed_out.html", status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form without the right token; give it back when a page of ours sent it.

    A form of another site is refused without showing what is in it, as is one to a page that
    does not hold anything.
    """
    match = request.resolver_match
    if match is None or not _holds(request, match.func) or not _from_our_own_page(request):
        return plain_refusal(request, reason)
    if not request.user.is_authenticated:
        return _page(request, "shared/signed_out.html", status=401)
    return _page(request, "shared/press_again.html", status=403)


def _holds(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Tell whether this form is worth holding: work of people, not signing in or an account."""
    guard: Guard | None = getattr(view, "guard", None)
    return (
        request.method == "POST"
        and guard is not None
        and guard.permission not in {None, Permission.CHANGE_OWN_ACCOUNT}
    )


def _from_our_own_page(request: HttpRequest) -> bool:
    """Tell whether the browser itself says that a page of ours sent this.

    A page cannot set or change these headers. `Sec-Fetch-Site` is sent over an encrypted
    connection or from this machine only; elsewhere there is `Origin`.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _page(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    answer = render(request, template, {"held": _held(request)}, status=status)
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
