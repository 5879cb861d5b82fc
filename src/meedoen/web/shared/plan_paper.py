"""A plan on paper: the page for printing and the PDF, from one template, always in Dutch.

The document is the resident's, whatever the language in which the coach works.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.plans.cards import PlanCard
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable
from meedoen.web.shared.plan_shown import shown

FILE_NAME = "plan-van-aanpak"


def plan_page(
    request: HttpRequest, card: PlanCard, *, name: str, municipality: str, pdf_url: str, back: str
) -> HttpResponse:
    """Return the page for printing; `pdf_url` and `back` are shown on the screen only."""
    with translation.override("nl"):
        context = _context(card, name, municipality) | {"pdf_url": pdf_url, "back": back}
        return render(request, "print/plan.html", context)


def plan_pdf(
    request: HttpRequest, card: PlanCard, *, name: str, municipality: str, instead: str
) -> HttpResponse:
    """Return the plan as PDF; lead to `instead` when this machine cannot make one."""
    with translation.override("nl"):
        html = render_to_string("print/plan.html", _context(card, name, municipality))
        try:
            pdf = as_pdf(html, title=_("Plan van aanpak"))
        except PdfUnavailableError:
            return pdf_unavailable(request, instead=instead)
    return pdf_answer(pdf, name=FILE_NAME)


def _context(card: PlanCard, name: str, municipality: str) -> dict[str, object]:
    return {
        "plan": shown(card, to_resident=True),
        "name": name,
        "municipality": municipality,
        "printed_on": clock.today(),
    }
