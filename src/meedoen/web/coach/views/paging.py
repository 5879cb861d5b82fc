"""What the address of a list says, taken as far as it can be used."""

from meedoen.web.shared.pages import ViewerRequest


def page_number(request: ViewerRequest) -> int:
    """Return the number of the page that was asked for; the first when it is no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def before_page(request: ViewerRequest) -> str:
    """Return the query of this address up to the number of the page."""
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"?{rest.urlencode()}&page=" if rest else "?page="
