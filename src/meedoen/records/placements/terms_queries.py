"""What was agreed about placements: hours, half-days, guidance and location, on two time axes.

On a day it is what the newest statement says of those that begin on or before that day. So a
wrong statement is put right by a newer one, and what was known at an earlier moment stays findable.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from meedoen.records.directory.queries import place_choices
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement, Terms
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.vocabulary import Guidance


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsCard:
    """What was agreed from a day on; None, no half-days and no location mean: as the place says.

    `number` is that of the statement. `hours_a_week` are hours with one decimal, `half_days` is a
    mask of `rules.half_days`.
    """

    number: int
    starts_on: date
    hours_a_week: Decimal | None
    half_days: int
    guidance: Guidance | None
    location_id: int | None
    location: str
    why: str
    said_at: datetime
    said_by: str


@dataclass(frozen=True, slots=True)
class TermsStretch:
    """A statement with the stretch in which it holds; `last_day` is None until further notice.

    Both days are None for a statement that holds on no day any more: a newer one begins earlier.
    """

    card: TermsCard
    first_day: date | None
    last_day: date | None

    @property
    def holds(self) -> bool:
        """Return whether it holds on any day."""
        return self.first_day is not None


@dataclass(frozen=True, slots=True)
class PlacementTerms:
    """All that was ever agreed about a placement, newest statement first, and where it is."""

    title: str
    organisation: str
    stretches: Sequence[TermsStretch]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChoices:
    """What can be agreed about a placement: what the place says, and where its organisation is.

    `locations` are those open today, by id and name; `seen` is the number of the newest statement.
    Whoever holds a seat counts among the people who come on a half-day.
    """

    half_days: int
    hours_a_week: int | None
    guidance: Guidance
    location: str
    locations: Sequence[tuple[int, str]]
    seen: int
    holds_a_seat: bool


def terms_on(
    viewer: Viewer, *, key: uuid.UUID, on: date, known_at: datetime | None = None
) -> TermsCard | None:
    """Return what was agreed on a day, as known at a moment (now); None when nothing was.

    Also None for a placement that is not for the viewer.
    """
    rows = _said(viewer, known_at).filter(placement__key=key, starts_on__lte=on)
    newest = rows.order_by("-pk").first()
    return _card(newest) if newest else None


def terms_of(
    viewer: Viewer,
    *,
    placement_ids: Sequence[int],
    on: date,
    known_at: datetime | None = None,
) -> dict[int, TermsCard]:
    """Return what was agreed on a day about these placements, by placement; none is left out."""
    rows = _said(viewer, known_at).filter(starts_on__lte=on).order_by("pk")
    found: dict[int, TermsCard] = {}
    for group in in_groups(placement_ids):
        found |= {row.placement_id: _card(row) for row in rows.filter(placement_id__in=group)}
    return found


def story_of_terms(
    viewer: Viewer, *, key: uuid.UUID, known_at: datetime | None = None
) -> Sequence[TermsStretch]:
    """Return every statement about a placement, newest first, with the days on which it holds."""
    return _told(_said(viewer, known_at).filter(placement__key=key).order_by("-pk"))


def stories_of_terms(viewer: Viewer, *, pseudonym_id: int) -> Sequence[PlacementTerms]:
    """Return every statement about the placements of one person, with one question."""
    rows = _said(viewer, None).select_related("placement__place__organisation")
    of_placement: dict[int, list[Terms]] = {}
    for row in rows.filter(placement__pseudonym_id=pseudonym_id).order_by("-pk"):
        of_placement.setdefault(row.placement_id, []).append(row)
    places = (found[0].placement.place for found in of_placement.values())
    return [
        PlacementTerms(place.title, place.organisation.name, _told(found))
        for place, found in zip(places, of_placement.values(), strict=True)
    ]


def _told(rows: Iterable[Terms]) -> Sequence[TermsStretch]:
    """Return statements about one placement, newest first, with the days on which each holds."""
    told: list[TermsStretch] = []
    until: date | None = None
    for card in map(_card, rows):
        if until is not None and card.starts_on >= until:
            told.append(TermsStretch(card, None, None))
            continue
        last_day = None if until is None else until - timedelta(days=1)
        told.append(TermsStretch(card, card.starts_on, last_day))
        until = card.starts_on
    return told


def terms_choices(viewer: Viewer, *, key: uuid.UUID) -> TermsChoices | None:
    """Return what can be agreed about a placement, for coaches; None when it is not there."""
    if not viewer.may(Permission.PLACE_RESIDENT):
        return None
    rows = Placement.objects.visible_to(viewer).filter(key=key)
    row = rows.select_related("place__location").first()
    if row is None:
        return None
    place = row.place
    of_organisation = place_choices(viewer, organisation_id=place.organisation_id)
    newest = _said(viewer, None).filter(placement=row).order_by("-pk").first()
    return TermsChoices(
        half_days=place.half_days,
        hours_a_week=place.hours_per_week,
        guidance=Guidance(place.guidance),
        location=place.location.name if place.location else "",
        locations=[(one.location_id, one.name) for one in of_organisation.locations],
        seen=newest.pk if newest else 0,
        holds_a_seat=row.state in HOLDS_A_SEAT,
    )


def _said(viewer: Viewer, known_at: datetime | None) -> QuerySet[Terms]:
    rows = Terms.objects.visible_to(viewer).select_related("location", "recorded_by__account")
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _card(row: Terms) -> TermsCard:
    return TermsCard(
        number=row.pk,
        starts_on=row.starts_on,
        hours_a_week=row.hours_a_week,
        half_days=row.half_days,
        guidance=Guidance(row.guidance) if row.guidance else None,
        location_id=row.location_id,
        location=row.location.name if row.location else "",
        why=row.why,
        said_at=row.recorded_at,
        said_by=row.recorded_by.account.name if row.recorded_by else "",
    )
