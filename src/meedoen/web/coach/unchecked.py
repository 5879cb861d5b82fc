"""Refusals of a start for want of a check on displacement, with the way to the form of the check.

A coach goes there with one click, and comes back to where the start was refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.additional import UncheckedError, unchecked_sentences
from meedoen.records.places.displacement_at_start import UncheckedPlace
from meedoen.web.coach.sheltered_first import links_to_sheltered
from meedoen.web.shared.pages import ViewerRequest

BACK = "terug"
"""What the address of the check says: the page to return to when it was made."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing before somebody begins; `url` is empty for who may not make the check."""

    sentence: str
    url: str


def tell_refusal(
    form: forms.Form, error: ActionRefusedError, request: ViewerRequest, *, back: str = ""
) -> None:
    """Say in a form why an action was refused; with links where a check or decision is missing.

    `back` is where somebody returns to after the check: this page when nothing is given.
    """
    form.add_error(None, str(error))
    if isinstance(error, UncheckedError) and request.viewer.may(Permission.VERIFY_PLACES):
        for place in error.places:
            form.add_error(None, link_to_check(place, back or request.get_full_path()))
    for link in links_to_sheltered(error):
        form.add_error(None, link)


def link_to_check(place: UncheckedPlace, back: str) -> SafeString:
    """Return a link to the form of the check of a place, which leads back again."""
    return format_html(
        '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
        address_of_check(place, back),
        _("Toets op verdringing invullen: %(place)s") % {"place": place.title},
    )


def address_of_check(place: UncheckedPlace, back: str) -> str:
    """Return where the check of a place is made, on the way back to a page of ours."""
    return f"{reverse('coach:displacement', args=[place.key])}?{urlencode({BACK: back})}"


def asked_back(request: ViewerRequest) -> str:
    """Return the page of ours that an address asks to return to; nothing for anything else."""
    given = request.GET.get(BACK, "")
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if is_ours else ""


def checks_to_make(request: ViewerRequest, places: Sequence[UncheckedPlace]) -> list[Missing]:
    """Return of each place what is missing before somebody begins, with the way to its check."""
    may = request.viewer.may(Permission.VERIFY_PLACES)
    back = request.get_full_path()
    told = unchecked_sentences(request.viewer, places)
    return [
        Missing(sentence, address_of_check(place, back) if may else "")
        for place, sentence in zip(places, told, strict=True)
    ]
