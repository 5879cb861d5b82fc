"""A page about one person that is one small form: shown, refused with what was typed, or done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.queries import ResidentCard
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The words of such a page, and where its way back leads.

    `corrects` says that what was known before stays, with this correction beside it.
    """

    title: Words
    button: Words
    done: Words
    back_url: str
    back_label: Words
    lead: Words = ""
    explanation: Words = ""
    corrects: bool = False


def one_form(
    request: ViewerRequest,
    words: FormPage,
    person: ResidentCard,
    form_for: Callable[[Any], forms.Form],
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show the form, or do what it asks and go back to where it began."""
    sent = request.POST if request.method == "POST" else None
    form = form_for(sent)
    if sent is not None and form.is_valid():
        try:
            act(form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(words.done))
            return redirect(words.back_url)
    context = {"form": form, "person": person, "words": words}
    return render(request, "coach/one_form.html", context, status=422 if form.errors else 200)
