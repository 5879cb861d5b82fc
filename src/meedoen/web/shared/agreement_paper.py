"""The agreement of a placement on paper: for printing and as PDF, one template, always in Dutch.

Resident, organisation and municipality each sign it, whatever the language of the coach.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.directory.cards import ContactCard
from meedoen.records.organisations import clock
from meedoen.records.placements.agreement_queries import AgreementCard
from meedoen.rules.periods import add_months
from meedoen.web.shared.displacement_words import VERDICTS
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable
from meedoen.web.shared.place_words import CONTACT_ROLE_NAMES, GUIDANCES
from meedoen.web.shared.session_words import half_days_text, session_text
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.words import PLACE_KINDS, Words, listed, mid_sentence

FILE_NAME = "overeenkomst"


def agreement_page(
    request: HttpRequest,
    card: AgreementCard,
    *,
    name: str,
    municipality: str,
    pdf_url: str,
    back: str,
) -> HttpResponse:
    """Return the page for printing; `pdf_url` and `back` are shown on the screen only."""
    with translation.override("nl"):
        context = _context(card, name, municipality) | {"pdf_url": pdf_url, "back": back}
        return render(request, "print/agreement.html", context)


def agreement_pdf(
    request: HttpRequest, card: AgreementCard, *, name: str, municipality: str, instead: str
) -> HttpResponse:
    """Return the agreement as PDF; lead to `instead` when this machine cannot make one."""
    with translation.override("nl"):
        html = render_to_string("print/agreement.html", _context(card, name, municipality))
        try:
            pdf = as_pdf(html, title=_("Overeenkomst"))
        except PdfUnavailableError:
            return pdf_unavailable(request, instead=instead)
    return pdf_answer(pdf, name=FILE_NAME)


def _context(card: AgreementCard, name: str, municipality: str) -> dict[str, object]:
    return {
        "card": card,
        "name": name,
        "municipality": municipality,
        "printed_on": clock.today(),
        "kind": PLACE_KINDS[card.details.kind],
        "law": LEGAL_TASKS[card.details.legal_task],
        "own_law": card.details.legal_task is card.rules.legal_task,
        "purpose": card.details.purpose or card.rules.purpose,
        "times": list(_times(card)),
        "duration": list(_duration(card)),
        "guidance": _guidance(card),
        "contacts": [_contact(one) for one in card.contacts],
        "missing": listed(mid_sentence(CONTACT_ROLE_NAMES[one]) for one in card.roles_missing),
        "verdict": VERDICTS[card.check.verdict] if card.check else "",
    }


def _times(card: AgreementCard) -> Iterator[tuple[Words, str]]:
    details, terms = card.details, card.terms
    if terms is not None and terms.half_days:
        yield _("Dagdelen"), half_days_text(terms.half_days)
    elif details.sessions:
        today = clock.today()
        for session in details.sessions:
            yield _("Tijden"), session_text(session, today=today)
    else:
        yield _("Dagdelen"), half_days_text(details.half_days)
    if details.half_days_needed and not (terms and terms.half_days):
        needed = details.half_days_needed
        yield (
            _("Minstens"),
            ngettext("%(number)s dagdeel per week", "%(number)s dagdelen per week", needed)
            % {"number": needed},
        )
    hours = terms.hours_a_week if terms and terms.hours_a_week else details.hours_per_week
    if hours:
        yield _("Uren"), _("%(hours)s uur per week") % {"hours": number_text(hours)}


def _guidance(card: AgreementCard) -> Words:
    return GUIDANCES[
        card.terms.guidance if card.terms and card.terms.guidance else card.details.guidance
    ]


def _duration(card: AgreementCard) -> Iterator[tuple[Words, str]]:
    yield _("Eerste dag"), day_text(card.starts_on) if card.starts_on else _("in overleg")
    yield _("Laatste dag"), _last_day(card)


def _last_day(card: AgreementCard) -> str:
    """Return the day that was agreed on, or the day on which everyone looks again."""
    if card.planned_end_on:
        return day_text(card.planned_end_on)
    months = card.rules.usual_months
    if card.starts_on is None:
        return ngettext(
            "niet afgesproken; na %(months)s maand kijken wij samen of het zo doorgaat",
            "niet afgesproken; na %(months)s maanden kijken wij samen of het zo doorgaat",
            months,
        ) % {"months": months}
    return _("niet afgesproken; op %(day)s kijken wij samen of het zo doorgaat") % {
        "day": day_text(_look_again(card.starts_on, months))
    }


def _look_again(starts_on: date, months: int) -> date:
    """Return the first day to come on which so many months, or a multiple, are full."""
    times = (add_months(starts_on, months * time) for time in count(1))
    return next(day for day in times if day >= clock.today())


def _contact(card: ContactCard) -> dict[str, object]:
    return {
        "role": CONTACT_ROLE_NAMES[card.role],
        "name": card.name or _("algemeen"),
        "reach": ", ".join(filter(None, [card.phone, card.email])),
    }
