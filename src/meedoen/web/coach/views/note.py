"""Notes about somebody: writing one, and correcting one so that the correction shows."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.note_actions import (
    NoteChangedError,
    NoteIsThereError,
    correct_note,
    write_notes,
)
from meedoen.records.conversations.note_queries import NoteToCorrect, note_to_correct, notes_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.forms.note import NoteCorrectionForm, NoteForm
from meedoen.web.coach.just_kept import note_kept, was_just_kept
from meedoen.web.coach.sent_once import sent_once
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.note_lines import note_line, note_lines
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.RECORD_CONVERSATION)
def note(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form with the notes there are, and keep the note when it is right."""
    person = open_file(request, key, page="note")
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent)
    if sent is not None and form.is_valid() and _keep(request, form, person):
        return redirect("coach:resident", key=person.key)
    context = {
        "form": form,
        "person": person,
        "notes": note_lines(notes_of(request.viewer, pseudonym_id=person.pseudonym_id)),
    }
    return render(request, "coach/note.html", context, status=422 if form.errors else 200)


def _keep(request: ViewerRequest, form: NoteForm, person: ResidentCard) -> bool:
    """Keep the note and say so; say why not in the form."""
    if was_just_kept(request, "note", person.key):
        return True
    try:
        new = sent_once(request.viewer, form.new_note(person.pseudonym_id))
        write_notes(request.viewer, notes=[new])
    except NoteIsThereError:
        # The button was pressed twice: exactly this is there, which is what was asked for.
        pass
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    note_kept(request, "note", person.key)
    messages.success(request, _("De notitie staat in het dossier."))
    return True


@page(Permission.RECORD_CONVERSATION)
def correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a note; who comes after somebody else is told, and keeps what was typed."""
    found = _open(request, key)
    person = open_file(request, found.resident_key, page="note")
    if request.method != "POST" and not found.is_newest:
        return redirect("coach:note_correct", key=found.note.key)
    form = NoteCorrectionForm(request.POST if request.method == "POST" else None, note=found.note)
    if form.is_valid():
        try:
            correct_note(request.viewer, key=key, **form.cleaned_data)
        except NoteChangedError as error:
            form.add_error(None, str(error))
            found = _open(request, key)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("De notitie is verbeterd. Wat er eerst stond, blijft te lezen.")
            )
            return redirect("coach:resident", key=person.key)
    context = {"form": form, "person": person, "line": note_line(found.note)}
    return render(request, "coach/note_correct.html", context, status=422 if form.errors else 200)


def _open(request: ViewerRequest, key: uuid.UUID) -> NoteToCorrect:
    found = note_to_correct(request.viewer, key=key)
    if found is None:
        raise Http404
    return found
