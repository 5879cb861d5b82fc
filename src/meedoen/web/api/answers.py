"""Answers of open data: the headers that go with them, and problems as RFC 9457 describes them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.web.shared.pages import public_page

Respond = Callable[..., HttpResponse]

METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "Content-Language": "nl",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class InvalidParameter:
    """What is wrong with one parameter: a code for software, a sentence for people."""

    name: str
    code: str
    reason: str


class InvalidInputError(ValueError):
    """Parameters that cannot be answered; `problems` has all of them."""

    def __init__(self, problems: Sequence[InvalidParameter]) -> None:
        """Keep what is wrong, in the order in which it was asked."""
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.name}: {one.code}" for one in problems))


def open_data(view: Respond) -> Any:
    """Let everyone read from a view that answers JSON, in Dutch, and nobody write."""
    readable = public_page(_answered(view), methods=METHODS)

    @wraps(readable)
    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override("nl"):
            answer = readable(request, *args, **kwargs)
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                answer = not_allowed()
        for name, value in HEADERS.items():
            answer[name] = value
        return answer

    # Nobody writes here, so there is nothing to forge; otherwise a POST would get a page of HTML.
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _answered(view: Respond) -> Respond:
    """Answer what browsers of other sites ask beforehand, and the head of an answer without it."""

    def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        asked, request.method = request.method, "GET"
        try:
            found = view(request, *args, **kwargs)
        finally:
            request.method = asked
        return _head_of(found) if asked == "HEAD" else found

    return answer


def _head_of(answer: HttpResponse) -> HttpResponse:
    """Return an answer without its body, with the length that it would have had."""
    length = len(answer.content)
    answer.content = b""
    answer["Content-Length"] = str(length)
    return answer


def as_json(value: Any) -> HttpResponse:
    """Return plain values as JSON."""
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False})


def problem(
    status: HTTPStatus, detail: str, *, invalid: Sequence[InvalidParameter] = ()
) -> HttpResponse:
    """Return what went wrong, as application/problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if invalid:
        body["invalidParams"] = [asdict(one) for one in invalid]
    answer = as_json(body)
    answer.status_code = status
    answer["Content-Type"] = "application/problem+json"
    return answer


def not_allowed() -> HttpResponse:
    """Return that this is only to be read."""
    answer = problem(
        HTTPStatus.METHOD_NOT_ALLOWED, _("Deze gegevens kunt u alleen lezen. Gebruik GET.")
    )
    answer["Allow"] = ", ".join(METHODS)
    return answer


def not_there() -> HttpResponse:
    """Return that there is nothing here; for what is not public the same as for what is not."""
    return problem(
        HTTPStatus.NOT_FOUND,
        _("Dit is er niet, of het is niet openbaar. Kijk of het adres klopt."),
    )
