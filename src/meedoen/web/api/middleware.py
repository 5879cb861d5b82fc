"""Open data does not ask who is looking; the API for who is signed in answers software."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.web.api.answers import HEADERS, problem
from meedoen.web.api.placements.document import API_VERSION

OPEN_DATA = "/hsds"
API = "/api"
JSON = ("application/json", "application/problem+json")
FOR_EVERYONE = "Access-Control-Allow-Origin"


class OpenDataMiddleware:
    """Leaves cookies aside where the open data is, so that everybody gets the same answer.

    It stands before the session: nobody is signed in there, no cookie is set, and no answer
    depends on a cookie or a language, whatever the layers behind this one say.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as for somebody who was never here before."""
        if request.path_info != OPEN_DATA and not request.path_info.startswith(f"{OPEN_DATA}/"):
            return self.get_response(request)
        request.COOKIES = {}
        answer = self.get_response(request)
        answer.headers.pop("Vary", None)
        return answer


class ApiMiddleware:
    """Turns what was meant for people into a problem as software reads it, at the API only.

    A page that asks to sign in, to choose a role or to send a form again is no answer for
    software. It stands before the session, so that it sees every answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with JSON, with the version and the headers that go with it."""
        answer = self.get_response(request)
        if request.path_info != API and not request.path_info.startswith(f"{API}/"):
            return answer
        went_well = answer.status_code < HTTPStatus.MULTIPLE_CHOICES
        if not went_well and answer.get("Content-Type", "").partition(";")[0] not in JSON:
            answer = _as_problem(request, answer)
        for name, value in HEADERS.items():
            # Only the description is for other sites; it says so itself.
            if name != FOR_EVERYONE:
                answer[name] = value
        answer["API-Version"] = API_VERSION
        return answer


def _as_problem(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Return a page, or where it sends to, as a problem with the same status and cookies."""
    status = _status(request, page.status_code)
    with translation.override("nl"):
        answer = problem(status, _detail(status))
    answer.cookies = page.cookies
    for name in ("Allow", "Vary"):
        if name in page:
            answer[name] = page[name]
    return answer


def _status(request: HttpRequest, status: int) -> HTTPStatus:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    if status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.FORBIDDEN:
        return HTTPStatus.FORBIDDEN if signed_in else HTTPStatus.UNAUTHORIZED
    return HTTPStatus(status)


def _detail(status: HTTPStatus) -> str:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return _("U bent niet aangemeld. Meld u in de browser aan bij Meedoen.")
        case HTTPStatus.FORBIDDEN:
            return _(
                "Dit mag nu niet. Kijk in de browser of u bent aangemeld in de juiste rol. Stuur "
                "ook het CSRF-teken mee in de kop X-CSRFToken."
            )
        case HTTPStatus.NOT_FOUND:
            return _("Dit is er niet, of het is niet voor u. Kijk of het adres klopt.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return _("Dat kan hier niet. In de kop Allow staat wat wel kan.")
        case _:
            return _("Dit lukte niet. Kijk of wat u stuurt klopt, of probeer het later nog eens.")
