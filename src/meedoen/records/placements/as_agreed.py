"""What holds for somebody at a place: as agreed for this person, else as the place says."""

from decimal import Decimal

from meedoen.records.placements.terms_queries import TermsCard
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import Guidance


def half_days_at(place: Place, terms: TermsCard | None) -> int:
    """Return on which half-days somebody comes to a place: as agreed, else all of the place."""
    return terms.half_days if terms and terms.half_days else place.half_days


def hours_at(place: Place, terms: TermsCard | None) -> Decimal | int | None:
    """Return for how many hours a week somebody comes: as agreed, else as the place says."""
    agreed = terms.hours_a_week if terms else None
    return place.hours_per_week if agreed is None else agreed


def guidance_at(place: Place, terms: TermsCard | None) -> Guidance:
    """Return how much guidance somebody gets: as agreed, else as the place says."""
    return terms.guidance if terms and terms.guidance else Guidance(place.guidance)


def location_at(place: Place, terms: TermsCard | None) -> str:
    """Return where somebody comes: as agreed, else where the place is; empty when nobody said."""
    if terms and terms.location:
        return terms.location
    return place.location.name if place.location else ""
