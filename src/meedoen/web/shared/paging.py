"""What the address of a list says, taken as far as it can be used."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """Return the number of the page that was asked for; the first when it is no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


LONGEST_NUMBER = 18
"""Digits of a number that every database takes."""


def row_number(text: str) -> int | None:
    """Return the number of a row that a form sent; None when it cannot be one."""
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else None


def before_page(request: HttpRequest) -> str:
    """Return the query of this address up to the number of the page."""
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"?{rest.urlencode()}&page=" if rest else "?page="
