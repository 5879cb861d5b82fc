"""The way into a page behind a signed link: whoever holds it sees one thing, or why not.

Opening a page changes nothing but the log of the link: programs that look after mail follow every
link. Only pressing a button answers.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from meedoen.records.links.actions import LinkSpentError
from meedoen.records.links.opening import HeldLink, RefusedLink, open_link, refuse
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations.second_lock import narrow_to
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.partner.link_words import answered_words, problem_words
from meedoen.web.partner.mails.again import ask_again, may_ask_again
from meedoen.web.shared.pages import public_page

T = TypeVar("T")
Find = Callable[[HeldLink], T | LinkProblem]
LinkView = Callable[[HttpRequest, HeldLink, T], HttpResponse | None]
"""A page about one thing; None once it was answered."""


def link_page(
    purpose: LinkPurpose, find: Find[T]
) -> Callable[[LinkView[T]], Callable[..., HttpResponse]]:
    """Make a page for who holds a link of this purpose; `find` looks up what it is about."""

    def decorate(view: LinkView[T]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                answer = _answer(request, token, purpose, find, view)
            finally:
                # The next one on this connection may be of another municipality.
                narrow_to(None)
            return _kept_to_oneself(answer)

        return public_page(opened, methods=("GET", "HEAD", "POST"))

    return decorate


def _answer(
    request: HttpRequest, token: str, purpose: LinkPurpose, find: Find[T], view: LinkView[T]
) -> HttpResponse:
    link = open_link(token, purpose=purpose)
    if link is None:
        return render(request, "partner/links/unknown.html", status=404)
    if isinstance(link, RefusedLink):
        return _refused(request, purpose, link)
    narrow_to(link.viewer.municipality_id)
    found = find(link)
    if isinstance(found, LinkProblem):
        return _refused(request, purpose, refuse(link, found))
    try:
        answer = view(request, link, found)
    except LinkSpentError:
        # Somebody, perhaps in another window, answered between this page and its button.
        spent = open_link(token, purpose=purpose)
        if not isinstance(spent, RefusedLink):
            raise
        return _refused(request, purpose, spent)
    # A page of its own: opening it anew sends nothing once more.
    return answer or redirect(request.path)


def _refused(request: HttpRequest, purpose: LinkPurpose, link: RefusedLink) -> HttpResponse:
    """Say kindly why a link does not hold, what was answered with it, and what to do."""
    may_ask = may_ask_again(purpose, link.problem)
    asks = request.method == "POST" and "again" in request.POST and may_ask
    sent = ask_again(link) if asks else None
    answered = link.problem is LinkProblem.ANSWERED
    context = {
        "answered": answered,
        "too_late": answered and request.method == "POST" and not asks,
        "answer": answered_words(purpose, link.answer) if answered else "",
        "answered_at": link.answered_at,
        "words": problem_words(purpose, link.problem),
        "may_ask": may_ask and sent is None,
        "sent": sent,
    }
    gone = 200 if answered or asks else 410
    status = 409 if context["too_late"] else gone
    return render(request, "partner/links/refused.html", context, status=status)


def _kept_to_oneself(answer: HttpResponse) -> HttpResponse:
    """Keep the page out of caches and search engines, and its address from other sites.

    With `no-referrer` a browser says of the buttons on the page that they come from nowhere, and
    the check against forged forms would refuse each answer. This one tells other sites as little.
    """
    add_never_cache_headers(answer)
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
