"""Reading a published page or table: look at what was read, decide, and keep it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.contradicting import contradictions_with, counted_beside
from meedoen.records.budget.names import indicator_named
from meedoen.records.budget.queries import goals
from meedoen.records.budget.reviewing import Reviewed, import_reviewed
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.decoding import UnreadablePageError
from meedoen.rules.budget.page import IndicatorRow, Page
from meedoen.rules.budget.reader import read_document, why_no_rows
from meedoen.web.policy.contradiction_words import contradiction_sentences, counted_sentences
from meedoen.web.policy.import_forms import (
    KINDS,
    LARGEST_HELD,
    MOST_ASKED,
    PageForm,
    ReviewForm,
    asked_about,
    packed,
    unpacked,
)
from meedoen.web.shared.counting import indicator_name
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest, page

KEEP = "keep"
KIND_WORDS = {str(kind): word for kind, word in KINDS}


@page(Permission.IMPORT_BUDGET)
def budget_import(request: ViewerRequest) -> HttpResponse:
    """Take a page, show what was read of it, and keep it when the button says so."""
    if request.POST.get("step") == KEEP:
        return _keep(request)
    if request.method != "POST":
        return _ask(request, PageForm())
    form = PageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form)
    raw, name = form.page_as_bytes(), form.name()
    try:
        read = read_document(raw, name=name)
    except UnreadablePageError as error:
        form.add_error(None, ValidationError(list(error.problems)))
        return _ask(request, form)
    held = packed(raw)
    if too_large := _too_large(read, held):
        form.add_error(None, too_large)
        return _ask(request, form)
    return _show(request, read, _review(request, read, None, _first(request, read, held, name)))


def _ask(request: ViewerRequest, form: PageForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "policy/budget_import.html", {"form": form}, status=status)


def _too_large(read: Page, held: str) -> str:
    """Say why a page is too large for one form; empty when it is not."""
    if asked_about(read) > MOST_ASKED:
        words = {"rows": number_text(len(read.indicators))}
        return (
            _(
                "Er staan %(rows)s rijen op deze pagina: te veel om in één keer na te kijken. "
                "Verdeel de pagina in stukken en lees elk stuk apart in."
            )
            % words
        )
    if len(held) > LARGEST_HELD:
        return _("Deze pagina is te groot om te tonen. Lever alleen de tabel aan.")
    return ""


def _first(request: ViewerRequest, read: Page, held: str, name: str) -> dict[str, Any]:
    """Give what the form shows first: every certain row is kept, under the name we know."""
    initial: dict[str, Any] = {"packed": held, "source": name, "year": read.year, "goal": "new"}
    known = catalogue_of(request.viewer.municipality_id)
    for at, row in enumerate(read.indicators):
        initial[f"keep_{at}"] = bool(row.unit) and not row.ambiguous
        initial[f"indicator_{at}"] = indicator_named(row.indicator, known=known)
    return initial


def _review(request: ViewerRequest, read: Page, typed: Any, initial: dict[str, Any]) -> ReviewForm:
    known = catalogue_of(request.viewer.municipality_id)
    indicators = sorted(
        ((code, indicator_name(code, known=known)) for code in known.definitions),
        key=lambda one: one[1].casefold(),
    )
    return ReviewForm(
        typed, page=read, goals=goals(request.viewer), indicators=indicators, initial=initial
    )


def _show(request: ViewerRequest, read: Page, form: ReviewForm) -> HttpResponse:
    rows = [_line(form, row, at) for at, row in enumerate(read.indicators)]
    named = [
        (row, str(form[f"indicator_{at}"].value() or "")) for at, row in enumerate(read.indicators)
    ]
    found = contradictions_with(request.viewer, rows=named, source=str(form["source"].value()))
    counted = counted_beside(request.viewer, rows=named)
    context = {
        "form": form,
        "contradictions": [*contradiction_sentences(found), *counted_sentences(counted)],
        "general": form.general(),
        "rows": rows,
        "page": read,
        "reason": "" if rows else why_no_rows(read),
        "crumbs": [(_("Pagina inlezen"), reverse("policy:budget_import"))],
    }
    status = 422 if form.errors else 200
    return render(request, "policy/budget_review.html", context, status=status)


def _line(form: ReviewForm, row: IndicatorRow, at: int) -> dict[str, Any]:
    """Return a row with its fields; only of a row that lost cells the columns are asked."""
    columns = [
        (
            cell,
            KIND_WORDS.get(cell.kind or "", "?"),
            form[f"kind_{at}_{place}"] if row.ambiguous else None,
            form[f"year_{at}_{place}"] if row.ambiguous else None,
        )
        for place, cell in enumerate(row.columns)
    ]
    return {
        "row": row,
        "dated": any(cell.period for cell in row.columns),
        "keep": form[f"keep_{at}"],
        "unit": form[f"unit_{at}"] if f"unit_{at}" in form.fields else None,
        "indicator": form[f"indicator_{at}"],
        "columns": columns,
    }


def _keep(request: ViewerRequest) -> HttpResponse:
    raw = unpacked(request.POST.get("packed", ""))
    source = request.POST.get("source", "")
    try:
        read = read_document(raw, name=source) if raw else None
    except UnreadablePageError:
        read = None
    if read is None:
        messages.error(request, _("De pagina kwam niet goed terug. Lees haar opnieuw in."))
        return render(request, "policy/budget_import.html", {"form": PageForm()}, status=422)
    review = _review(request, read, request.POST, {})
    if review.is_valid():
        try:
            kept = import_reviewed(
                request.viewer, page=read, reviewed=review.reviewed(), source=source
            )
        except ActionRefusedError as error:
            review.add_error(None, ValidationError(str(error).splitlines()))
        else:
            messages.success(request, _kept_words(read, review.reviewed()))
            if other := _other_year(request, review.reviewed()):
                messages.warning(request, other)
            return redirect("policy:goal", goal_id=kept[0])
    return _show(request, read, review)


def _other_year(request: ViewerRequest, reviewed: Reviewed) -> str:
    """Say that rows went under a goal of another year than their document; empty if not so."""
    chosen = next((one for one in goals(request.viewer) if one.goal_id == reviewed.goal_id), None)
    if chosen is None or None in {chosen.year, reviewed.year} or chosen.year == reviewed.year:
        return ""
    return _(
        "Dit stuk is van %(year)s, en doel %(code)s is van %(goal_year)s. In de tabel staat bij "
        "elke rij uit welk stuk zij komt."
    ) % {"year": reviewed.year, "code": chosen.code, "goal_year": chosen.year}


def _kept_words(read: Page, reviewed: Reviewed) -> str:
    """Say that a page is kept, and how much of it: a box is easily left unticked."""
    rows, kept = len(read.indicators), len(reviewed.rows)
    if rows == kept:
        return _("De pagina is bewaard. Hieronder ziet u de cijfers.")
    return _(
        "De pagina is bewaard, met %(kept)s van de %(rows)s rijen. Hieronder ziet u de cijfers."
    ) % {"kept": number_text(kept), "rows": number_text(rows)}
