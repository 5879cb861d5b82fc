"""Documents as accessible PDF (PDF/UA-1, ISO 14289-1), from the same HTML as the page for paper.

WeasyPrint needs Pango, a library of the system that sets text. Everything else works without it,
so nothing of it is imported before a PDF is asked for.
"""

import ctypes
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailableError(RuntimeError):
    """No PDF can be made on this machine: a library of the system is missing."""


def as_pdf(html: str, *, title: str) -> bytes:
    """Return a document as PDF with tags, language and title, styled by document.css.

    Nothing is fetched: an address of a file or a host in the HTML is left out. Raises
    PdfUnavailableError on a machine that lacks Pango.
    """
    return _setting()(html, style=_style(), title=title)


def pdf_answer(pdf: bytes, *, name: str) -> HttpResponse:
    """Return the PDF as a download; `name` says nothing about a person."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def pdf_unavailable(request: HttpRequest, *, instead: str) -> HttpResponse:
    """Say that no PDF can be made here, and lead to the page for printing (503)."""
    return render(request, "print/unavailable.html", {"instead": instead}, status=503)


def pdf_can_be_made(*_given: Any, **_rest: Any) -> list[CheckMessage]:
    """Warn when this machine lacks what a PDF needs; everything else works."""
    if all(_loads(library) for library in LIBRARIES):
        return []
    try:
        # Elsewhere than on Linux the libraries have other names.
        _setting()
    except PdfUnavailableError:
        return [
            checks.Warning(
                "No PDF can be made on this machine: Pango is missing. Printing still works.",
                hint=f"On Debian: apt-get install {PACKAGES}",
                id="shared.W001",
            )
        ]
    return []


def _setting() -> Callable[..., bytes]:
    try:
        from meedoen.web.shared.pdf_setting import set_as_pdf  # noqa: PLC0415 - needs Pango
    except OSError as error:
        raise PdfUnavailableError(str(error)) from error
    return set_as_pdf


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _style() -> str:
    sheet = files("meedoen").joinpath("web", "static", "print", "document.css")
    return sheet.read_text(encoding="utf-8")
