"""A published page on paper: for printing and as PDF, from one template, always in Dutch."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicPage, published_page
from meedoen.records.organisations import clock
from meedoen.web.public.page_shown import page_shown
from meedoen.web.shared.pages import public_page
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable


@public_page
def paper(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Show the page as it comes out of the printer."""
    published = _page(publication_id)
    with translation.override("nl"):
        context = _context(published) | {
            "pdf_url": reverse("public:page_pdf", args=[publication_id]),
            "back": reverse("public:page", args=[publication_id]),
        }
        return render(request, "print/budget_page.html", context)


@public_page
def pdf(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Give the page as PDF; lead to the page for printing where none can be made."""
    published = _page(publication_id)
    with translation.override("nl"):
        html = render_to_string("print/budget_page.html", _context(published))
        try:
            made = as_pdf(html, title=published.title)
        except PdfUnavailableError:
            instead = reverse("public:page_paper", args=[publication_id])
            return pdf_unavailable(request, instead=instead)
        name = _("begroting-%(number)s") % {"number": publication_id}
    return pdf_answer(made, name=name)


def _page(publication_id: int) -> PublicPage:
    found = published_page(publication_id)
    if found is None:
        raise Http404
    return found


def _context(published: PublicPage) -> dict[str, object]:
    return page_shown(published) | {
        "municipality": published.municipality,
        "printed_on": clock.today(),
    }
