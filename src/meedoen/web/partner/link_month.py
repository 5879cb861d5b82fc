"""The page behind a signed link about a month: everyone at once, and what went otherwise."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meedoen.records.links.actions import LinkSpentError
from meedoen.records.links.opening import HeldLink
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.asked import AskedMonth, asked_month, confirm_months_with_link
from meedoen.records.placements.month_queries import MonthLine, month_lines
from meedoen.rules import half_days
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.partner.link_pages import link_page
from meedoen.web.partner.month_form import MonthForm
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.month_words import said_text
from meedoen.web.shared.reasons import half_days_text


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Somebody of the month: who, when they come, what was said, and the form."""

    line: MonthLine
    times: str
    said: str
    form: MonthForm


@link_page(LinkPurpose.CONFIRM_MONTH, asked_month)
def answer_month(request: HttpRequest, link: HeldLink, month: AskedMonth) -> HttpResponse | None:
    """Confirm a month: as planned, unless said otherwise of somebody."""
    sent = request.method == "POST"
    lines = [_asked(request, line) for line in _lines(request, link, month)]
    refused = ""
    # Each of them, so that every mistake is told at once.
    valid = [one.form.is_valid() for one in lines]
    if sent and lines and all(valid):
        answers = [one.form.new_month(_seen(request, one.line.key)) for one in lines]
        try:
            confirm_months_with_link(
                link.viewer, organisation_id=link.organisation_id, answers=answers
            )
        except LinkSpentError:
            raise
        except ActionRefusedError as error:
            refused = str(error)
        else:
            return None
    mistakes = [one.form for one in lines if one.form.errors] if sent else []
    context = {
        "lines": lines,
        "month": month_text(month.month),
        "forms": mistakes,
        "form": mistakes[0] if mistakes else None,
        "refused": refused,
        "expires_at": link.expires_at,
    }
    status = 422 if mistakes or refused else 200
    return render(request, "partner/links/month.html", context, status=status)


def _lines(request: HttpRequest, link: HeldLink, month: AskedMonth) -> Sequence[MonthLine]:
    """Return those of the page that was sent: nobody is confirmed who was not shown."""
    if request.method != "POST":
        return month.lines
    try:
        keys = [uuid.UUID(key) for key in request.POST.getlist("key")]
    except ValueError:
        return month.lines
    return month_lines(link.viewer, month=month.month, keys=keys) or month.lines


def _asked(request: HttpRequest, line: MonthLine) -> AskedLine:
    form = MonthForm(
        request.POST if request.method == "POST" else None,
        name=line.given_name,
        key=line.key,
        month=line.month,
    )
    return AskedLine(
        line=line,
        times=half_days_text(half_days.codes(line.half_days)),
        said=said_text(line.said) if line.said else "",
        form=form,
    )


def _seen(request: HttpRequest, key: uuid.UUID) -> int:
    """Return the newest word that the page showed; 0 for none, or for what cannot be read."""
    text = request.POST.get(f"{key}-seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
