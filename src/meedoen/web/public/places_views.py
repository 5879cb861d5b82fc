"""Meedoen in de buurt: what anyone can do in the neighbourhood, to search, read and follow."""

import hashlib
import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.find_queries import Hit
from meedoen.records.places.meaning_queries import FEW_FOUND, publicly_also_meant
from meedoen.records.places.public_queries import (
    PublicPlace,
    public_area,
    public_municipalities,
    public_place,
)
from meedoen.rules.schedule.calendar import CalendarPlace, calendar_of
from meedoen.web.public.places_words import (
    accessibility_of,
    address_of,
    facts_of,
    next_dates,
    times_of,
    web_address,
)
from meedoen.web.shared.pages import public_page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_results import find_for, results_of, room_text
from meedoen.web.shared.place_search import PlaceSearchForm
from meedoen.web.shared.words import PLACE_KINDS

CALENDAR_KEPT_SECONDS = 60 * 60


@public_page
def municipalities(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a municipality; go on at once where there is only one."""
    found = public_municipalities()
    if len(found) == 1:
        return redirect("public:places", code=found[0].code)
    return render(request, "public/places_municipalities.html", {"municipalities": found})


@public_page
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Show the places of a municipality, searched and filtered as the address says."""
    area = public_area(code)
    if area is None:
        raise Http404
    form = PlaceSearchForm(request.GET.dict(), area=area)
    found = find_for(form, number=page_number(request))
    context = {
        "area": area,
        "form": form,
        "page": found,
        "results": results_of(found.cards),
        "also_meant": _also_meant(form, found),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "several": len(public_municipalities()) > 1,
    }
    status = 422 if form.errors else 200
    return render(request, "public/places.html", context, status=status)


@public_page
def place(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show one place: what, when, where, and how to come."""
    shown = place_for_all(key)
    today = clock.today()
    location = shown.location
    context = {
        "place": shown,
        "kind": PLACE_KINDS[shown.kind],
        "room": room_text(has_room=shown.has_room),
        "room_kind": "success" if shown.has_room else "neutral",
        "times": times_of(shown, today),
        "dates": next_dates(shown, today),
        "facts": facts_of(shown),
        "address": address_of(location) if location else [],
        "accessibility": accessibility_of(location) if location else [],
        "website": web_address(shown.website),
        "crumbs": crumbs_of(shown)[:1],
    }
    return render(request, "public/place.html", context)


@public_page
def place_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the times of one place as a calendar to follow, in Dutch as it was written."""
    shown = place_for_all(key)
    address = request.build_absolute_uri(reverse("public:place", args=[key]))
    content = calendar_of(_for_calendar(shown, address), this_year=clock.today().year)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="meedoen.ics"'
    answer["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer["Last-Modified"] = http_date(shown.changed_at.timestamp())
    patch_cache_control(answer, public=True, max_age=CALENDAR_KEPT_SECONDS)
    # Only the text itself says whether it is still the same: holidays and addresses change too.
    kept = get_conditional_response(request, etag=etag, response=answer)
    return kept if isinstance(kept, HttpResponse) else answer


def place_for_all(key: uuid.UUID) -> PublicPlace:
    """Return a public place. Raises Http404 for any other, as for one that does not exist."""
    found = public_place(key)
    if found is None:
        raise Http404
    return found


def crumbs_of(shown: PublicPlace) -> list[tuple[str, str]]:
    """Return the way to a place, the place itself last."""
    search = reverse("public:places", args=[shown.municipality_code])
    words = _("Meedoen in %(municipality)s") % {"municipality": shown.municipality}
    return [(words, search), (shown.title, reverse("public:place", args=[shown.key]))]


def _also_meant(form: PlaceSearchForm, found: Page[Hit]) -> Sequence[PlaceCard]:
    """Return places that the words may mean too, when few were found; mostly none."""
    words = form.wanted().words
    if not words or found.total >= FEW_FOUND:
        return []
    return publicly_also_meant(form.area.code, words=words)


def _for_calendar(shown: PublicPlace, address: str) -> CalendarPlace:
    where = address_of(shown.location) if shown.location else [shown.district]
    return CalendarPlace(
        key=shown.key,
        title=f"{shown.title} ({shown.organisation})",
        description=f"{shown.description}\n\n{address}",
        where=", ".join(where),
        url=address,
        sessions=shown.sessions,
        opens_on=shown.opens_on,
        closes_on=shown.closes_on,
        changed_at=shown.changed_at,
    )
