"""A decision on a premium with its whole basis: for a line, a page, a printer and a PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.participation_jobs.queries import PremiumCard
from meedoen.rules.participation_job.premium import PremiumBasis, PremiumResult, Source
from meedoen.web.shared.clock_words import WHY_PREMIUM, money_text
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable

FILE_NAME = "besluit-premie"


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A number that a decision rests on, in words, with where it comes from; both may be empty."""

    what: str
    value: str
    article: str = ""
    address: str = ""


def premium_line(card: PremiumCard) -> dict[str, object]:
    """Return six months in a line: which, until when, what was decided."""
    return {
        "number": card.period.number,
        "first": card.period.starts_on,
        "last": card.period.ends_on - timedelta(days=1),
        "is_over": card.period.ends_on <= clock.today(),
        "amount": money_text(card.kept.cents) if card.kept else "",
        "why": why_text(card.kept) if card.kept else "",
    }


def why_text(result: PremiumResult) -> str:
    """Return why a premium is what it is."""
    return " ".join(str(WHY_PREMIUM[reason]) for reason in result.because)


def basis_lines(result: PremiumResult) -> list[BasisLine]:
    """Return every number that a decision rests on, in the order in which it is worked out."""
    basis = result.basis
    sources = {source.name: source for source in basis.sources}
    return [
        BasisLine(_("De zes maanden"), _period_text(basis)),
        BasisLine(
            _("Hele maanden gewerkt"),
            _of(basis.months, basis.every_months),
            *_where(sources["premium_every_months"]),
        ),
        BasisLine(_("Genoeg meegewerkt"), _yes_or_no(basis.cooperated)),
        BasisLine(
            _("Maanden zonder onderbreking"),
            _of(basis.unbroken_months, basis.unbroken_asked),
            *_where(sources["premium_unbroken_months"]),
        ),
        *_hours_lines(basis, sources),
        BasisLine(
            _("De hele premie"),
            money_text(basis.full_cents),
            *_where(sources["premium_cents"]),
        ),
        BasisLine(_("De premie"), money_text(result.cents)),
        BasisLine(_("Waarom"), why_text(result)),
        BasisLine(_("Dag van het besluit"), day_text(basis.decided_on)),
    ]


def _hours_lines(basis: PremiumBasis, sources: dict[str, Source]) -> Iterator[BasisLine]:
    yield BasisLine(
        _("Uren per week"),
        _of(basis.hours_per_week, basis.hours_asked),
        *_where(sources["premium_hours_per_week"]),
    )
    yield BasisLine(
        _("Bij minder uren een deel"),
        _yes_or_no(basis.prorated),
        *_where(sources["premium_prorated"]),
    )


def _period_text(basis: PremiumBasis) -> str:
    return _("van %(first)s tot en met %(last)s") % {
        "first": day_text(basis.starts_on),
        "last": day_text(basis.ends_on - timedelta(days=1)),
    }


def _of(number: int | Decimal, asked: int) -> str:
    told = {"number": number_text(number), "asked": number_text(asked)}
    return _("%(number)s; gevraagd is %(asked)s") % told


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - a word for it
    return _("ja") if value else _("nee")


def _where(source: Source) -> tuple[str, str]:
    return source.article, source.address


def premium_page(
    request: HttpRequest,
    card: PremiumCard,
    *,
    name: str,
    municipality: str,
    pdf_url: str,
    back: str,
) -> HttpResponse:
    """Return the page for printing; `pdf_url` and `back` are shown on the screen only."""
    with translation.override("nl"):
        context = _context(card, name, municipality) | {"pdf_url": pdf_url, "back": back}
        return render(request, "print/premium.html", context)


def premium_pdf(
    request: HttpRequest, card: PremiumCard, *, name: str, municipality: str, instead: str
) -> HttpResponse:
    """Return the decision as PDF; lead to `instead` when this machine cannot make one."""
    with translation.override("nl"):
        html = render_to_string("print/premium.html", _context(card, name, municipality))
        try:
            pdf = as_pdf(html, title=_("Besluit over de premie"))
        except PdfUnavailableError:
            return pdf_unavailable(request, instead=instead)
    return pdf_answer(pdf, name=FILE_NAME)


def _context(card: PremiumCard, name: str, municipality: str) -> dict[str, object]:
    return {
        "lines": basis_lines(card.kept) if card.kept else [],
        "words": card.decision.words if card.decision else "",
        "decided_by": card.decision.recorded_by if card.decision else "",
        "name": name,
        "municipality": municipality,
        "printed_on": clock.today(),
    }
