"""Hours, half-days, guidance and location of a placement change inside it, by a new statement.

A placement never stops and starts for that. What was said wrongly is put right by saying it again;
see `terms_queries` for which statement holds on which day.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.directory.models import Location
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements import periods
from meedoen.records.placements.additional import UncheckedError, lacking
from meedoen.records.placements.day_parts import demand_half_days
from meedoen.records.placements.models import Placement, Terms
from meedoen.records.placements.moving import id_of
from meedoen.records.placements.running import hold_placements
from meedoen.records.placements.terms_queries import TermsStretch, story_of_terms
from meedoen.rules import half_days
from meedoen.rules.periods import add_months
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import Guidance, PlacementState

MOST_HOURS_A_WEEK = Decimal(60)
"""More hours than this in a week is a slip of the keyboard."""
FURTHEST_MONTHS = 12
"""A day that lies further ahead is a slip of the year."""
LONGEST_WHY = 300


class TermsChangedError(ActionRefusedError):
    """A colleague agreed on something else in the meantime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """What is agreed about a placement from a day on.

    `hours_a_week` are hours with one decimal, `half_days` is a mask of `rules.half_days`. None,
    0 half-days and no location mean: as the place says.
    """

    starts_on: date
    hours_a_week: Decimal | None = None
    half_days: int = half_days.NONE
    guidance: Guidance | None = None
    location_id: int | None = None
    why: str = ""


@action(Permission.PLACE_RESIDENT)
def change_terms(
    viewer: Viewer, *, key: uuid.UUID, terms: NewTerms, seen: int | None = None
) -> int:
    """Write down what was agreed about a placement from a day on; return its number.

    What was agreed before this for a later day holds no more. `seen` is the number of the newest
    statement that was shown, 0 for none; None skips the question whether a colleague said
    something in the meantime.

    Raises ActionRefusedError with everything that is wrong; UncheckedError when somebody goes to
    another location in a job whose check does not hold; TermsChangedError; HalfDayFullError when
    more people would come on a half-day than the place can have.
    """
    # First its stretches, as with every move: of the two at one moment, one then waits here.
    periods.all_of(viewer, [id_of(viewer, key)])
    placement = hold_placements(viewer, [key])[key].placement
    told = story_of_terms(viewer, key=key)
    _demand_seen(told, seen)
    faults = list(_faults(viewer, placement, terms, told))
    moving = [(placement, terms.starts_on)] if _goes_elsewhere(placement, terms, told) else []
    if unchecked := lacking(viewer, moving):
        raise UncheckedError(viewer, unchecked, faults)
    if faults:
        raise ActionRefusedError(" ".join(faults))
    row = Terms.objects.create(
        municipality_id=viewer.municipality_id,
        placement=placement,
        starts_on=terms.starts_on,
        hours_a_week=terms.hours_a_week,
        half_days=terms.half_days,
        guidance=terms.guidance or "",
        location_id=terms.location_id,
        why=terms.why.strip(),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )
    demand_half_days(viewer, [placement.place_id], [placement.pk])
    note_changes(viewer, [placement.pseudonym_id])
    return row.pk


def _demand_seen(told: Sequence[TermsStretch], seen: int | None) -> None:
    newest = told[0].card.number if told else 0
    if seen not in {None, newest}:
        raise TermsChangedError(
            _("Een collega veranderde intussen de afspraken. Kijk of die van u nog kloppen.")
        )


# --- what may be agreed --------------------------------------------------------------------------


def _faults(
    viewer: Viewer, placement: Placement, terms: NewTerms, told: Sequence[TermsStretch]
) -> Iterator[str]:
    if placement.state == PlacementState.WITHDRAWN:
        yield _("Deze plaatsing gaat niet door. Er is niets meer af te spreken.")
        return
    first, last = _days_of(viewer, placement)
    if not first <= terms.starts_on <= last:
        days = {"first": first.strftime("%d-%m-%Y"), "last": last.strftime("%d-%m-%Y")}
        yield _("Kies een dag van %(first)s tot en met %(last)s.") % days
    if not _are_hours(terms.hours_a_week):
        yield _("Vul het aantal uren per week in, van 0,5 tot en met 60, of laat het leeg.")
    if half_days.common(terms.half_days, placement.place.half_days) != terms.half_days:
        yield _("De plek is niet open op al deze dagdelen. Kies dagdelen waarop de plek open is.")
    if not _is_there(placement, terms):
        yield _("Deze locatie hoort niet bij de organisatie of is dicht. Kies een andere locatie.")
    yield from _why_faults(terms.why.strip())
    if _says_the_same(terms, told):
        yield _("Dit is al zo afgesproken. Er verandert niets.")


def _why_faults(why: str) -> Iterator[str]:
    if len(why) > LONGEST_WHY:
        yield _("Uw toelichting is te lang, hoogstens 300 tekens.")
    if holds_bsn(why):
        yield _("In uw toelichting staat een burgerservicenummer. Laat dat weg.")
    fault = health_fault(why)
    if fault:
        yield fault


def _days_of(viewer: Viewer, placement: Placement) -> tuple[date, date]:
    """Return from which day up to which something can be agreed about a placement."""
    rows = periods.all_of(viewer, [placement.pk])[placement.pk]
    true = [row for row in rows if not row.withdrawn] or rows
    furthest = add_months(clock.today(), FURTHEST_MONTHS)
    # The day on which it was over is not a day of it any more.
    ends = max(date.fromordinal(row.ends_on.toordinal() - 1) for row in true)
    return min(row.starts_on for row in true), min(ends, furthest)


def _are_hours(hours: Decimal | None) -> bool:
    if hours is None:
        return True
    return hours.is_finite() and 0 < hours <= MOST_HOURS_A_WEEK and hours == round(hours, 1)


def _is_there(placement: Placement, terms: NewTerms) -> bool:
    """Return whether the location is one of the organisation, and open on the first day."""
    if terms.location_id is None:
        return True
    row = Location.objects.filter(
        pk=terms.location_id, organisation_id=placement.place.organisation_id
    ).first()
    return row is not None and (row.closed_on is None or row.closed_on > terms.starts_on)


def _goes_elsewhere(placement: Placement, terms: NewTerms, told: Sequence[TermsStretch]) -> bool:
    """Return whether somebody who takes part goes to another location from that day on."""
    if placement.state not in TAKES_PART:
        return False
    before = (
        one.card.location_id
        for one in told
        if one.first_day is not None and one.first_day <= terms.starts_on
    )
    usual = placement.place.location_id
    return (terms.location_id or usual) != (next(before, None) or usual)


def _says_the_same(terms: NewTerms, told: Sequence[TermsStretch]) -> bool:
    """Return whether this is what holds already from that day on, until further notice."""
    # What holds last is told first: nothing was agreed for a day after it.
    card = next((one.card for one in told if one.holds), None)
    new = (terms.hours_a_week, terms.half_days, terms.guidance, terms.location_id)
    if card is None:
        return new == (None, half_days.NONE, None, None)
    if card.starts_on > terms.starts_on:
        return False
    return new == (card.hours_a_week, card.half_days, card.guidance, card.location_id)
