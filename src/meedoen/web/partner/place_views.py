"""The places of an organisation: the list, one of them, entering and changing, and keeping true."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from meedoen.records.directory.queries import place_choices
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.place_closing import answer_about_place, change_with_people
from meedoen.records.places.detail_queries import PeriodCard, PlacePage, place_page
from meedoen.records.places.own_actions import enter_own_place
from meedoen.records.places.own_queries import (
    OwnPlace,
    OwnState,
    own_place,
    own_place_counts,
    own_place_list,
)
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceKind, PlaceStatus
from meedoen.web.partner.place_list_form import PlaceListForm
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_form import MORE_TIMES, PlaceForm, initial_of
from meedoen.web.shared.place_words import GUIDANCES, START_WINDOWS, closing_text
from meedoen.web.shared.session_words import half_days_text, session_text
from meedoen.web.shared.words import LANGUAGE_LEVELS, PLACE_KINDS, Words

MOST_PERIODS = 10


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A line of the list, with how fresh what it says is."""

    place: OwnPlace
    kind: Words
    times: str
    freshness: str
    freshness_kind: str


# --- looking -------------------------------------------------------------------------------------


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def places(request: ViewerRequest) -> HttpResponse:
    """Show a page of the own places, filtered and sorted as the address says."""
    form = PlaceListForm(request.GET.dict())
    wanted = form.wanted()
    found = own_place_list(request.viewer, wanted=wanted, number=page_number(request))
    counts = own_place_counts(request.viewer)
    context = {
        "form": form,
        "page": found,
        "counts": {state.value: count for state, count in counts.items()},
        "rows": [_row(one) for one in found.cards],
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "any": any(counts.values()),
        "in_state": counts[OwnState(wanted.state)],
    }
    return render(request, "partner/places.html", context, status=422 if form.errors else 200)


def _row(one: OwnPlace) -> PlaceRow:
    words, kind = _freshness(one)
    return PlaceRow(
        place=one,
        kind=PLACE_KINDS[one.card.kind],
        times=half_days_text(one.card.half_days),
        freshness=words,
        freshness_kind=kind,
    )


def _freshness(one: OwnPlace) -> tuple[str, str]:
    """Return how far what a place says can be relied on, in words and as a kind of status."""
    card = one.card
    if card.status is not PlaceStatus.LISTED:
        waits = card.status is PlaceStatus.PROPOSED
        return (_("Wacht op de gemeente"), "warning") if waits else (_("Niet opgenomen"), "neutral")
    if one.closes_on <= clock.today():
        return _("Gestopt"), "neutral"
    return _open_freshness(one)


def _open_freshness(one: OwnPlace) -> tuple[str, str]:
    card = one.card
    if card.confirm_by is None:
        return _("Nog nooit nagekeken"), "danger"
    told = {"day": day_text(card.confirm_by, "medium")}
    if card.is_stale:
        return _("Nakijken: gold tot en met %(day)s") % told, "danger"
    if one.is_due:
        return _("Binnenkort nakijken: geldt tot en met %(day)s") % told, "warning"
    return _("Klopt, geldt tot en met %(day)s") % told, "success"


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show one of the own places, with the four answers to whether it is still right."""
    one, found = _open(request, key)
    words, kind = _freshness(one)
    is_open = found.card.status is PlaceStatus.LISTED and one.closes_on > clock.today()
    context = {
        "card": found.card,
        "facts": _facts(found),
        "freshness": words,
        "freshness_kind": kind,
        "is_open": is_open,
        # What the organisation said, not what the numbers say: that it can take back.
        "said_full": found.details.is_full,
        "waits": found.card.status is PlaceStatus.PROPOSED,
        "refused": found.periods[0].reason if found.card.status is PlaceStatus.REFUSED else "",
        "may_change": is_open or found.card.status is PlaceStatus.PROPOSED,
        "asks_attendance": found.details.asks_attendance,
        "periods": [_period(period) for period in found.periods[:MOST_PERIODS]],
        "crumbs": _crumbs(),
    }
    return render(request, "partner/place.html", context)


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[OwnPlace, PlacePage]:
    """Return one of the own places with everything about it. Raises Http404."""
    one, found = own_place(request.viewer, key=key), place_page(request.viewer, key=key)
    if one is None or found is None:
        raise Http404
    return one, found


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Wat op u wacht"), reverse("partner:waiting")),
        (_("Plekken"), reverse("partner:places")),
        *more,
    ]


def _facts(found: PlacePage) -> list[tuple[str, Words]]:
    details = found.details
    return [
        (_("Soort plek"), PLACE_KINDS[details.kind]),
        (_("Wat iemand daar doet"), _said(details.description)),
        (_("Wanneer"), _times(found)),
        (_("Waar"), _said(_where(found))),
        (_("Ruimte"), _room(found)),
        (_("Nederlands"), _language(details.language_level_asked)),
        (_("Begeleiding"), GUIDANCES[details.guidance]),
        (_("Beginnen"), START_WINDOWS[details.start_window]),
        (_("Op de openbare site"), _("ja") if details.is_public else _("nee")),
        (
            _("Wie houdt dit bij"),
            _said(found.owner.name or found.owner.email) if found.owner else "",
        ),
        (_("Nagekeken op"), day_text(found.confirmed_on) if found.confirmed_on else _("nog nooit")),
    ]


def _language(level: LanguageLevel) -> Words:
    return _("maakt niet uit") if level is LanguageLevel.BELOW_A1 else LANGUAGE_LEVELS[level]


def _said(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""


def _times(found: PlacePage) -> str:
    today = clock.today()
    times = [session_text(one, today=today) for one in found.details.sessions]
    times = times or [half_days_text(found.details.half_days)]
    return format_html_join("", "<div>{}</div>", ((one,) for one in times))


def _where(found: PlacePage) -> str:
    if found.location is None:
        return found.card.district
    return ", ".join(filter(None, [found.location.name, found.location.address]))


def _room(found: PlacePage) -> str:
    told = {"capacity": number_text(found.details.capacity), "taken": number_text(found.taken)}
    if found.details.is_full:
        return _("vol, zegt u (%(taken)s van %(capacity)s bezet)") % told
    return _("%(taken)s van %(capacity)s bezet") % told


def _period(period: PeriodCard) -> dict[str, Any]:
    said = period.said
    who = said.name
    if said.by_link:
        who = _("met een link")
    elif said.by_municipality:
        who = _("de gemeente")
    return {
        "starts_on": period.starts_on,
        "recorded_at": period.recorded_at,
        "who": who or "Meedoen",
        "reason": period.reason,
    }


# --- entering and changing -----------------------------------------------------------------------


@page(Permission.CONFIRM_PLACEMENT)
def new_place(request: ViewerRequest) -> HttpResponse:
    """Enter a place of the own organisation; the page says what happens to a participation job."""
    organisation_id = _organisation(request)
    choices = place_choices(request.viewer, organisation_id=organisation_id)
    form = PlaceForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.POST.get("step") == MORE_TIMES:
        return _show_form(request, form.with_more_times(), None)
    if request.method == "POST" and form.is_valid():
        try:
            key = enter_own_place(request.viewer, place=form.new_place(organisation_id))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _entered_text(form.cleaned_data["kind"]))
            return redirect("partner:place", key=key)
    return _show_form(request, form, None)


def _organisation(request: ViewerRequest) -> int:
    if request.viewer.organisation_id is None:
        raise Http404
    return request.viewer.organisation_id


def _entered_text(kind: PlaceKind) -> str:
    if kind is PlaceKind.PARTICIPATION_JOB:
        return _("De plek is ingevoerd. De gemeente kijkt er eerst naar.")
    return _("De plek staat in de lijst van plekken. Bedankt.")


@page(Permission.CONFIRM_PLACEMENT)
def change_place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what an own place is from a day on; what was said before stays."""
    one, found = _open(request, key)
    if found.card.status is PlaceStatus.REFUSED:
        raise Http404
    organisation_id = _organisation(request)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        choices=place_choices(request.viewer, organisation_id=organisation_id),
        initial=initial_of(found),
        changes=True,
    )
    if request.POST.get("step") == MORE_TIMES:
        return _show_form(request, form.with_more_times(), found)
    if request.method == "POST" and form.is_valid():
        change = form.change(place_id=one.card.place_id, organisation_id=organisation_id)
        try:
            ending = change_with_people(request.viewer, change=change)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Bewaard. De plek is weer nagekeken. Bedankt."))
            if ending:
                messages.warning(request, closing_text(ending))
            return redirect("partner:place", key=key)
    return _show_form(request, form, found)


def _show_form(request: ViewerRequest, form: PlaceForm, found: PlacePage | None) -> HttpResponse:
    more: Sequence[tuple[str, str]] = ()
    if found is not None:
        more = [(found.card.title, reverse("partner:place", args=[found.card.key]))]
    context = {
        "form": form,
        "card": found.card if found else None,
        "crumbs": _crumbs(*more),
        "back_url": more[0][1] if more else reverse("partner:places"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "partner/place_form.html", context, status=status)


# --- still right? --------------------------------------------------------------------------------


@page(Permission.CONFIRM_PLACEMENT, methods=("POST",))
def answer_place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Keep that a place is still right or full; one click."""
    one, _found = _open(request, key)
    answers = {word.value: word for word in (FreshnessAnswer.STILL_RIGHT, FreshnessAnswer.FULL)}
    answer = answers.get(request.POST.get("answer", ""))
    if answer is None:
        raise Http404
    try:
        answer_about_place(
            request.viewer,
            place_key=key,
            answer=answer,
            has_room=answer is FreshnessAnswer.STILL_RIGHT and "has_room" in request.POST,
        )
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bedankt. %(title)s is nagekeken.") % {"title": one.card.title})
    return redirect("partner:place", key=key)


@page(Permission.CONFIRM_PLACEMENT)
def stop_place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Ask whether a place really stops, and let it stop."""
    one, found = _open(request, key)
    refused = ""
    if request.method == "POST":
        try:
            answer_about_place(request.viewer, place_key=key, answer=FreshnessAnswer.STOPPED)
        except ActionRefusedError as error:
            refused = str(error)
        else:
            messages.success(
                request, _("%(title)s is vanaf morgen gestopt.") % {"title": one.card.title}
            )
            return redirect("partner:places")
    context = {
        "card": found.card,
        "taken": one.taken,
        "refused": refused,
        "crumbs": _crumbs((found.card.title, reverse("partner:place", args=[key]))),
    }
    return render(request, "partner/place_stop.html", context, status=422 if refused else 200)
