"""Public places as they were found, in words; for everyone, and for a resident who is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meedoen.records.directory.areas import UnknownAreaError
from meedoen.records.organisations.paging import Page
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.find_queries import Hit, find_public_places
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.place_search import PlaceSearchForm
from meedoen.web.shared.session_words import half_days_text
from meedoen.web.shared.words import PLACE_KINDS, Words

PLACES_ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Result:
    """A place that was found, in words; `far` is empty when nobody asked."""

    place: PlaceCard
    kind: Words
    when: str
    room: str
    room_kind: str
    far: str


def find_for(form: PlaceSearchForm, *, number: int) -> Page[Hit]:
    """Find what was asked; from a postcode that nobody knows the distance is left out."""
    wanted, code = form.wanted(), form.area.code
    try:
        return find_public_places(code, wanted=wanted, number=number, size=PLACES_ON_A_PAGE)
    except UnknownAreaError as error:
        if form["near"].value():
            form.add_error("near", str(error))
        else:
            form.add_error(
                "within", _("We weten niet precies waar deze wijk ligt. Vul uw postcode in.")
            )
    anywhere = replace(wanted, near="", within_km=None)
    return find_public_places(code, wanted=anywhere, number=number, size=PLACES_ON_A_PAGE)


def results_of(hits: Sequence[Hit]) -> list[Result]:
    """Return places as they stand in a list."""
    return [
        Result(
            place=hit.card,
            kind=PLACE_KINDS[hit.card.kind],
            when=capfirst(half_days_text(hit.card.half_days)),
            room=room_text(has_room=hit.card.free > 0),
            room_kind="success" if hit.card.free > 0 else "neutral",
            far=distance_text(hit.km) if hit.km is not None else "",
        )
        for hit in hits
    ]


def room_text(*, has_room: bool) -> str:
    """Return whether there is room at a place now; never how much."""
    return _("Er is plek") if has_room else _("Nu vol")


def distance_text(km: float) -> str:
    """Return how far a place is, as the crow flies."""
    if km < 1:
        return _("minder dan 1 km")
    return _("ongeveer %(km)s km") % {"km": number_text(round(km))}
