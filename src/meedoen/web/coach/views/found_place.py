"""A place that somebody found: using it at once, and deciding about the directory."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.found_actions import place_found
from meedoen.records.placements.queries import current_placements
from meedoen.records.places.displacement_queries import DisplacementCard, displacement_of
from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.places.found_queries import FoundPage, found_place
from meedoen.rules import half_days
from meedoen.rules.vocabulary import PlaceStatus
from meedoen.web.coach.forms.found import VerifyForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.displacement_words import VERDICT_KINDS, VERDICTS
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.found_words import FOUND_BY, FOUND_STATUS_KINDS, FOUND_STATUSES
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import half_days_text
from meedoen.web.shared.words import PLACE_KINDS


@page(Permission.VERIFY_PLACES)
def found(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a found place, and take the decision about it."""
    opened, person = open_found(request, key)
    sent = request.POST if request.method == "POST" else None
    form = VerifyForm(sent)
    if sent is not None and form.is_valid():
        try:
            verify_found_place(request.viewer, place_key=key, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _done(accepted=form.cleaned_data["accept"]))
            return redirect("coach:found_place", key=key)
    return _show(request, opened, person, form)


@page(Permission.PLACE_RESIDENT, methods=("POST",))
def place_person(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Place the person who found the place there, at once."""
    opened, person = open_found(request, key)
    try:
        placed = place_found(request.viewer, place_key=key)
    except ActionRefusedError as error:
        return _show(request, opened, person, VerifyForm(), refusal=str(error))
    messages.success(request, _("De inwoner is geplaatst. De organisatie bevestigt de eerste dag."))
    return redirect("coach:placement", key=placed)


def open_found(request: ViewerRequest, key: uuid.UUID) -> tuple[FoundPage, ResidentCard]:
    """Return a found place and whose find it is, and note that it was read. Raises Http404."""
    opened = found_place(request.viewer, place_key=key)
    if opened is None:
        raise Http404
    return opened, open_file(request, opened.card.resident_key, page="found_place")


def _done(*, accepted: bool) -> str:
    if accepted:
        return _("De plek staat nu in de lijst. Vul daar aan voor hoeveel mensen er plaats is.")
    return _("De plek komt niet in de lijst. De inwoner leest waarom.")


def _show(
    request: ViewerRequest,
    opened: FoundPage,
    person: ResidentCard,
    form: VerifyForm,
    *,
    refusal: str = "",
) -> HttpResponse:
    card = opened.card
    now = current_placements(request.viewer, pseudonym_ids=[person.pseudonym_id])
    placed_at = {one.place_id for one in now.get(person.pseudonym_id, [])}
    check = displacement_of(request.viewer, place_key=card.place.key)
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "card": card,
        "refusal": refusal,
        "status": FOUND_STATUSES[card.place.status],
        "status_kind": FOUND_STATUS_KINDS[card.place.status],
        "facts": _facts(opened),
        "decided": _decided(opened),
        "is_there": card.place.place_id in placed_at,
        "may_begin": card.place.status is not PlaceStatus.REFUSED,
        "to_decide": card.decided_on is None,
        "is_listed": card.place.status is PlaceStatus.LISTED,
        "check": check_shown(check) if check and check.is_asked else None,
    }
    failed = bool(form.errors) or bool(refusal)
    return render(request, "coach/found_place.html", context, status=422 if failed else 200)


def check_shown(card: DisplacementCard) -> dict[str, object]:
    """Return how the check of a place stands, for a page."""
    newest = card.newest
    return {
        "holds": card.holds,
        "newest": newest,
        "verdict": VERDICTS[newest.verdict] if newest else "",
        "verdict_kind": VERDICT_KINDS[newest.verdict] if newest else "",
    }


def _facts(opened: FoundPage) -> list[tuple[str, object]]:
    card = opened.card
    contact = [opened.contact_name, opened.contact_phone, opened.contact_email]
    return [
        (_("Organisatie"), card.place.organisation),
        (_("Soort plek"), PLACE_KINDS[card.place.kind]),
        (_("Wijk"), card.place.district),
        (_("Adres"), opened.address),
        (_("Wanneer"), half_days_text(half_days.codes(card.place.half_days))),
        (_("Eerste dag"), day_text(opened.starts_on)),
        (_("Contactpersoon"), ", ".join(filter(None, contact))),
        (_("Meer uitleg"), _said(card.place.description)),
        (_("Gevonden door"), FOUND_BY[card.found_by]),
        (_("Ingevoerd door"), card.entered_by),
        (_("Ingevoerd op"), day_text(card.entered_on)),
    ]


def _decided(opened: FoundPage) -> list[tuple[str, object]]:
    card = opened.card
    if card.decided_on is None:
        return []
    return [
        (_("Besloten op"), day_text(card.decided_on)),
        (_("Besloten door"), card.decided_by),
        (_("Uitleg"), _said(card.reason)),
    ]


def _said(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""
