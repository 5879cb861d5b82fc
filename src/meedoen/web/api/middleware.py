"""Open data does not ask who is looking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

OPEN_DATA = "/hsds"


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
