"""One place: everything about it, entering and changing it, and asking whether it is right."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.directory.queries import place_choices
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.place_closing import answer_about_place, change_with_people
from meedoen.records.places.actions import enter_places
from meedoen.records.places.detail_queries import PlacePage
from meedoen.records.places.displacement_queries import DisplacementCard, displacement_of
from meedoen.records.places.freshness_actions import LONGEST_NOTE
from meedoen.records.places.queries import places_by_id
from meedoen.records.waiting.queries import waiting_at
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceStatus
from meedoen.web.coach.directory_pages import directory_page, open_organisation, open_place
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.place_form import MORE_TIMES, PlaceForm, initial_of, new_place_initial
from meedoen.web.shared.place_shown import (
    fresh_badge,
    place_facts,
    place_story,
    room_badge,
    stale_since,
)
from meedoen.web.shared.place_words import (
    FRESHNESS_ANSWERS,
    PLACE_STATUSES,
    closing_text,
    seats_text,
)
from meedoen.web.shared.words import PLACE_KINDS

Crumbs = list[tuple[str, str]]


class AskedForm(forms.Form):
    """What somebody at the organisation said when asked by phone."""

    use_required_attribute = False

    answer = forms.TypedChoiceField(
        label=gettext_lazy("Wat zei de organisatie?"),
        choices=lambda: [(one.value, word) for one, word in FRESHNESS_ANSWERS.items()],
        coerce=FreshnessAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat de organisatie zei.")},
    )
    has_room = forms.BooleanField(label=gettext_lazy("Er is weer ruimte"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Wat is er nog te zeggen?"),
        help_text=gettext_lazy("Is er iets veranderd? Schrijf dan op wat."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class ConfirmedForm(forms.Form):
    """Whether the organisation itself stands for a new place."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("De organisatie zegt zelf dat dit klopt"),
        help_text=gettext_lazy("Zonder vinkje vragen we het de organisatie nog."),
        required=False,
    )


@directory_page(Permission.SEE_DIRECTORY, methods=("GET", "HEAD"))
def place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show everything about a place."""
    shown = open_place(request, key)
    is_open = shown.details.closes_on is None or shown.details.closes_on > clock.today()
    context = {
        "place": shown,
        "kind": PLACE_KINDS[shown.card.kind],
        "fresh": fresh_badge(shown.card),
        "since": stale_since(shown.card),
        "room": room_badge(shown.card),
        "seats": seats_text(shown.details.capacity - shown.taken, shown.details.capacity),
        "status": "" if _is_listed(shown) else PLACE_STATUSES[shown.card.status],
        "groups": place_facts(shown, today=clock.today()),
        "items": place_story(shown),
        "is_open": is_open,
        "may_change": request.viewer.may(Permission.MANAGE_PLACES),
        "may_wait": request.viewer.may(Permission.PLACE_RESIDENT),
        "waiting": waiting_at(request.viewer, place_ids=[shown.card.place_id]).get(
            shown.card.place_id, 0
        ),
        "may_ask": request.viewer.may(Permission.ANSWER_FRESHNESS)
        and is_open
        and _is_listed(shown),
        "may_refer": request.viewer.may(Permission.REFER) and is_open and _is_listed(shown),
        "checks": _check(request, shown),
        "crumbs": crumbs_of(shown)[:-1],
    }
    return render(request, "coach/place.html", context)


@directory_page(Permission.MANAGE_PLACES)
def place_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a place at an organisation."""
    organisation = open_organisation(request, key)
    if organisation.card.left_on and organisation.card.left_on <= clock.today():
        raise Http404
    sent = request.POST if request.method == "POST" else None
    number = organisation.card.organisation_id
    choices = place_choices(request.viewer, organisation_id=number)
    begin = new_place_initial()
    if len(choices.locations) == 1:
        begin["location"] = choices.locations[0].location_id
    if len(choices.owners) == 1:
        begin["owner"] = choices.owners[0].contact_id
    form = PlaceForm(sent, choices=choices, initial=begin)
    said = ConfirmedForm(sent)
    if sent is not None and sent.get("step") == MORE_TIMES:
        form = form.with_more_times()
    elif sent is not None and form.is_valid() and said.is_valid():
        today = clock.today() if said.cleaned_data["confirmed"] else None
        try:
            [made] = enter_places(
                request.viewer, places=[form.new_place(number, confirmed_on=today)]
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De plek staat in de lijst."))
            return redirect(
                "coach:place", key=places_by_id(request.viewer, place_ids=[made])[made].key
            )
    context = {
        "form": form,
        "said": said,
        "organisation": organisation.card,
        "crumbs": [
            *directory_crumbs(),
            (organisation.card.name, reverse("coach:organisation", args=[key])),
        ],
    }
    return render(request, "coach/place_new.html", context, status=422 if form.errors else 200)


@directory_page(Permission.MANAGE_PLACES)
def place_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a place is from a day on."""
    shown = open_place(request, key)
    number = shown.organisation.organisation_id
    choices = place_choices(request.viewer, organisation_id=number)
    sent = request.POST if request.method == "POST" else None
    form = PlaceForm(sent, choices=choices, initial=_begin(request, shown), changes=True)
    if sent is not None and sent.get("step") == MORE_TIMES:
        form = form.with_more_times()
    elif sent is not None and form.is_valid():
        change = form.change(place_id=shown.card.place_id, organisation_id=number)
        try:
            ending = change_with_people(request.viewer, change=change)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De wijziging is opgeschreven."))
            if ending:
                messages.warning(request, closing_text(ending))
            return redirect("coach:place", key=key)
    context = {"form": form, "place": shown, "crumbs": crumbs_of(shown)}
    return render(request, "coach/place_change.html", context, status=422 if form.errors else 200)


@directory_page(Permission.ANSWER_FRESHNESS)
def place_asked(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what the organisation said when somebody called."""
    shown = open_place(request, key)
    if not _is_listed(shown):
        raise Http404
    form = AskedForm(request.POST if request.method == "POST" else None)
    if not shown.card.is_full:
        del form.fields["has_room"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answer_about_place(
                request.viewer,
                place_key=key,
                answer=given["answer"],
                note=given["note"],
                has_room=given.get("has_room", False),
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het antwoord is opgeschreven."))
            changed = given["answer"] is FreshnessAnswer.CHANGED
            return redirect("coach:place_change" if changed else "coach:place", key=key)
    context = {
        "form": form,
        "place": shown,
        "fresh": fresh_badge(shown.card),
        "crumbs": crumbs_of(shown),
    }
    return render(request, "coach/place_asked.html", context, status=422 if form.errors else 200)


def directory_crumbs() -> Crumbs:
    """Return the way back to the directory."""
    return [(_("Plekken"), reverse("coach:directory"))]


def crumbs_of(shown: PlacePage) -> Crumbs:
    """Return the way back from a page under a place."""
    return [
        *directory_crumbs(),
        (shown.organisation.name, reverse("coach:organisation", args=[shown.organisation.key])),
        (shown.card.title, reverse("coach:place", args=[shown.card.key])),
    ]


def _begin(request: ViewerRequest, shown: PlacePage) -> dict[str, object]:
    """Return what the form begins with: today, or what was planned from the day in the address."""
    asked = request.GET.get("vanaf", "")
    planned = next((one for one in shown.planned if one.starts_on.isoformat() == asked), None)
    if planned is None:
        return initial_of(shown)
    return {**initial_of(shown, details=planned.details), "starts_on": planned.starts_on}


def _check(request: ViewerRequest, shown: PlacePage) -> DisplacementCard | None:
    """Return how the check on paid work stands, when one is asked and the viewer may see it."""
    if not request.viewer.may(Permission.VERIFY_PLACES):
        return None
    card = displacement_of(request.viewer, place_key=shown.card.key)
    return card if card and card.is_asked else None


def _is_listed(shown: PlacePage) -> bool:
    return shown.card.status is PlaceStatus.LISTED
