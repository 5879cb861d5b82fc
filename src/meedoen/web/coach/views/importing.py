"""Reading in a caseload: send a file, say what is in it, look at the report, take it over."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.caseloads import actions
from meedoen.records.caseloads.queries import FileCard, coaches, file, files, flawed_rows
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.sent_files.leaving_off import KEPT
from meedoen.rules.caseload.words import RowDecision
from meedoen.rules.files.words import FileState
from meedoen.web.coach.forms.importing import YES, ApplyForm, MappingForm, UploadForm
from meedoen.web.coach.import_page import anchor, progress, report, sentences_of, steps
from meedoen.web.coach.import_words import FILE_STATE_KINDS, FILE_STATES, VERDICTS
from meedoen.web.shared.exporting import WAYS
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import page_number

MAY_CANCEL = {
    FileState.UPLOADED,
    FileState.PREVIEWING,
    FileState.PREVIEWED,
}
MAY_MAP = {FileState.UPLOADED, FileState.PREVIEWED}
BUSY = {FileState.PREVIEWING, FileState.APPLYING}


@page(Permission.IMPORT_CASELOAD)
def imports(request: ViewerRequest) -> HttpResponse:
    """Show which files were sent, and take a new one."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        content = form.cleaned_data["content"]
        try:
            key = actions.upload(request.viewer, name=content.name, content=content.read())
        except actions.FileRefusedError as error:
            form.add_error("content", ValidationError(list(error.sentences)))
        else:
            return redirect("coach:import", key=key)
    context = {
        "form": form,
        "days_kept": KEPT.days,
        "may_import_directory": request.viewer.may(Permission.IMPORT_DIRECTORY),
        "lines": [
            {
                "card": card,
                "state": FILE_STATES[card.state],
                "kind": FILE_STATE_KINDS[card.state],
            }
            for card in files(request.viewer)
        ],
    }
    return render(request, "coach/imports.html", context, status=422 if form.errors else 200)


@page(Permission.IMPORT_CASELOAD)
def import_file(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a file as far as it is, and do what the pressed button says."""
    card = _open(request, key)
    match request.POST.get("step"):
        case "map":
            return _map(request, card)
        case "decide":
            return _decide(request, card)
        case "apply":
            return _apply(request, card)
        case "cancel":
            return _cancel(request, card)
        case "carry_on":
            return _carry_on(request, card)
        case _:
            return _show(request, card)


def _open(request: ViewerRequest, key: uuid.UUID) -> FileCard:
    card = file(request.viewer, key=key)
    if card is None:
        raise Http404
    return card


def _map(request: ViewerRequest, card: FileCard) -> HttpResponse:
    form = MappingForm(request.POST, file=card, coaches=coaches(request.viewer))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.start_preview(
                request.viewer,
                key=card.key,
                mapping={field.value: heading for field, heading in form.mapping().items()},
                is_complete=given["is_complete"] == YES,
                reference_date=given["reference_date"],
                default_coach_id=given["default_coach"],
            )
        except ActionRefusedError as error:
            if card.state not in MAY_MAP:
                return _refused(request, card, error)
            form.add_error(None, str(error))
        else:
            return redirect("coach:import", key=card.key)
    return _show(request, card, mapping=form)


def _decide(request: ViewerRequest, card: FileCard) -> HttpResponse:
    line, asked = request.POST.get("line", ""), request.POST.get("decision", "")
    decision = next((one for one in RowDecision if one.value == asked), None)
    if decision is None or not (line.isascii() and line.isdecimal() and len(line) < 10):
        messages.error(request, _("Deze keuze bestaat niet. Kies een van de knoppen."))
        return _show(request, card, status=422)
    try:
        actions.decide(request.viewer, key=card.key, line=int(line), decision=decision)
    except ActionRefusedError as error:
        return _refused(request, card, error)
    # Back to the same row on the same page of the report.
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{_address(card)}{query}#{anchor(int(line))}")


def _address(card: FileCard) -> str:
    return reverse("coach:import", args=[card.key])


def _addresses(card: FileCard) -> dict[str, str]:
    """Return what the list of files is called, and where it and this file are."""
    return {
        "title": _("Bestanden inlezen"),
        "list": reverse("coach:imports"),
        "file": _address(card),
        "progress": reverse("coach:import_progress", args=[card.key]),
    }


def _refused(request: ViewerRequest, card: FileCard, error: ActionRefusedError) -> HttpResponse:
    """Say why it cannot be, above the file as it is by now."""
    messages.error(request, str(error))
    return _show(request, _open(request, card.key), status=422)


def _apply(request: ViewerRequest, card: FileCard) -> HttpResponse:
    form = ApplyForm(request.POST, file=card)
    if not form.is_valid():
        return _show(request, card, applying=form)
    confirmed = bool(form.cleaned_data.get("leavers_confirmed"))
    try:
        actions.start_applying(request.viewer, key=card.key, leavers_confirmed=confirmed)
    except ActionRefusedError as error:
        return _refused(request, card, error)
    return redirect("coach:import", key=card.key)


def _cancel(request: ViewerRequest, card: FileCard) -> HttpResponse:
    try:
        actions.cancel(request.viewer, key=card.key)
    except ActionRefusedError as error:
        return _refused(request, card, error)
    messages.success(request, _("Het bestand gaat niet door. Er is niets veranderd."))
    return redirect("coach:imports")


def _carry_on(request: ViewerRequest, card: FileCard) -> HttpResponse:
    try:
        actions.carry_on(request.viewer, key=card.key)
    except ActionRefusedError as error:
        return _refused(request, card, error)
    return redirect("coach:import", key=card.key)


def _show(
    request: ViewerRequest,
    card: FileCard,
    *,
    mapping: MappingForm | None = None,
    applying: ApplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page that belongs to the state of the file, with what was filled in wrongly."""
    context: dict[str, Any] = {
        "file": card,
        "state": FILE_STATES[card.state],
        "state_kind": FILE_STATE_KINDS[card.state],
        "steps": steps(card),
        "may_cancel": card.state in MAY_CANCEL,
        "is_busy": card.state in BUSY,
        "crumbs": [(_("Bestanden inlezen"), reverse("coach:imports"))],
        "at": _addresses(card),
    }
    match card.state:
        case FileState.UPLOADED:
            context |= _mapping(request, card, mapping)
        case FileState.PREVIEWED if mapping is not None or "kolommen" in request.GET:
            context |= _mapping(request, card, mapping)
        case FileState.PREVIEWED | FileState.DONE:
            form = applying or ApplyForm(None, file=card)
            context |= {"part": "coach/import_report.html", "form": form}
            asked = request.GET.get("soort", "")
            context |= report(request.viewer, card, asked=asked, number=page_number(request))
        case FileState.PREVIEWING | FileState.APPLYING:
            context |= {"part": "coach/import_progress.html", **progress(card)}
        case FileState.CANCELLED | FileState.FAILED:
            failed = card.state == FileState.FAILED
            context |= {"part": "coach/import_over.html", "is_failed": failed}
    wrong = "form" in context and context["form"].errors
    return render(request, "coach/import.html", context, status=422 if wrong else status)


def _mapping(request: ViewerRequest, card: FileCard, form: MappingForm | None) -> dict[str, Any]:
    form = form or MappingForm(None, file=card, coaches=coaches(request.viewer))
    return {"part": "coach/import_mapping.html", "form": form, "columns": form.columns()}


@page(Permission.IMPORT_CASELOAD, methods=("GET", "HEAD"))
def import_progress(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Return only how far the work is, for the script that asks for it every second."""
    card = _open(request, key)
    context = {"file": card, "at": _addresses(card), **progress(card)}
    return render(request, "coach/import_progress.html", context)


@page(Permission.IMPORT_CASELOAD, methods=("GET", "HEAD"))
def import_report(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Return the rows with something to mend as a file, to look at beside the own list."""
    card = _open(request, key)
    kind = request.GET.get("soort", "")
    if kind not in WAYS:
        raise Http404
    headings = [_("Regel"), _("Naam"), _("Soort"), _("Wat er is")]
    rows = [
        (row.line, row.name, VERDICTS[row.verdict], " ".join(sentences_of(row)))
        for row in flawed_rows(request.viewer, key=card.key)
    ]
    return WAYS[kind](f"{_('verslag')}-{card.uploaded_at:%Y-%m-%d}", headings, rows)
