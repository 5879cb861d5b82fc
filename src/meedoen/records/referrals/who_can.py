"""Who can answer a referral: organisations with fitting places, and teams of the municipality.

Nobody is scored as a person: receivers are put in order, by place, room and how they answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import COACHES, Permission, Viewer
from meedoen.records.referrals.models import Ask
from meedoen.records.referrals.receivers import open_places, taking_part, with_room
from meedoen.rules.referrals.offers import (
    Answered,
    Offers,
    Record,
    offers_on,
    record_of,
    standing_no,
)
from meedoen.rules.vocabulary import AskState, DeclineReason, OrganisationKind, Theme

MOST_SUGGESTED = 8
MOST_PLACES = 3
"""So many places of one organisation are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPlace:
    """A place of a receiver that has room.

    `in_district` and `fits_times` are None when no district and no times were given.
    """

    place_id: int
    title: str
    free: int
    in_district: bool | None
    fits_times: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An organisation that may be able to.

    `record` says how it answered such referrals, for coaches; `no` is a no that still holds.
    """

    organisation_id: int
    name: str
    kind: OrganisationKind
    places: tuple[OfferedPlace, ...]
    record: Record | None
    no: Answered | None

    @property
    def is_team(self) -> bool:
        """Say whether it is a team of the municipality, such as a social neighbourhood team."""
        return self.kind is OrganisationKind.MUNICIPAL_TEAM


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCan:
    """Who is suggested, the teams of the municipality, and who said a no that still holds."""

    suggestions: tuple[Suggestion, ...] = ()
    teams: tuple[Suggestion, ...] = ()
    left_out: tuple[Suggestion, ...] = ()


def who_can(viewer: Viewer, *, theme: Theme, district_id: int | None, half_days: int = 0) -> WhoCan:
    """Return who may be able to answer a referral for a theme about somebody of a district.

    `half_days` is a mask of `rules.half_days`, of when that person can. The own organisation is
    never among them.
    """
    if not viewer.may(Permission.REFER):
        return WhoCan()
    today = clock.today()
    offers = offers_on(theme, today)
    places = _places(viewer, offers, district_id, half_days, today)
    answers = _answers(viewer, offers, district_id, today)
    known = {number for number, those in answers.items() if record_of(those, today).yes}
    rows = taking_part(viewer).filter(
        Q(kind=OrganisationKind.MUNICIPAL_TEAM) | Q(pk__in={*places, *known})
    )
    found = [
        _suggestion(viewer, row, places.get(row.pk, []), answers.get(row.pk, []), today)
        for row in rows.order_by("name", "pk")
    ]
    others = [one for one in found if not one.is_team]
    able = sorted((one for one in others if one.no is None), key=_order)
    return WhoCan(
        suggestions=tuple(able[:MOST_SUGGESTED]),
        teams=tuple(one for one in found if one.is_team),
        left_out=tuple(one for one in others if one.no is not None),
    )


def _places(
    viewer: Viewer, offers: Offers, district_id: int | None, half_days: int, today: date
) -> dict[int, list[OfferedPlace]]:
    """Return the places with room by their organisation, those that fit best first."""
    rows = with_room(open_places(viewer, today)).filter(kind__in=offers.kinds, opens_on__lte=today)
    found: dict[int, list[OfferedPlace]] = {}
    for row in rows.order_by("title", "pk"):
        place = OfferedPlace(
            place_id=row.pk,
            title=row.title,
            free=row.capacity - row.taken,
            in_district=None if district_id is None else row.district_id == district_id,
            fits_times=bool(row.half_days & half_days) if half_days else None,
        )
        found.setdefault(row.organisation_id, []).append(place)
    return {number: sorted(those, key=_place_order) for number, those in found.items()}


def _answers(
    viewer: Viewer, offers: Offers, district_id: int | None, today: date
) -> dict[int, list[Answered]]:
    """Return how organisations dealt with referrals for this theme, whoever sent them."""
    # How an organisation answers is nobody's personal data; what was asked is not read.
    rows = Ask.objects.visible_to(Viewer.system(viewer.municipality_id)).filter(
        organisation__isnull=False,
        referral__theme=offers.theme,
        asked_on__gte=today - timedelta(days=offers.remembered),
    )
    found: dict[int, list[Answered]] = {}
    for row in rows.select_related("referral").order_by("pk"):
        found.setdefault(row.organisation_id or 0, []).append(_answered(row, district_id))
    return found


def _answered(row: Ask, district_id: int | None) -> Answered:
    said_no = row.state == AskState.DECLINED
    return Answered(
        state=AskState(row.state),
        asked_on=row.asked_on,
        due_on=row.due_on,
        answered_on=timezone.localdate(row.answered_at) if row.answered_at else None,
        reason=DeclineReason(row.reason) if said_no and row.reason else None,
        full_until=row.full_until,
        same_district=row.referral.district_id == district_id,
    )


def _suggestion(
    viewer: Viewer,
    row: Organisation,
    places: Sequence[OfferedPlace],
    answers: Sequence[Answered],
    today: date,
) -> Suggestion:
    return Suggestion(
        organisation_id=row.pk,
        name=row.name,
        kind=OrganisationKind(row.kind),
        places=tuple(places[:MOST_PLACES]),
        record=record_of(answers, today) if viewer.role in COACHES else None,
        no=standing_no(answers, today),
    )


def _place_order(place: OfferedPlace) -> tuple[bool, bool, str]:
    return (not place.in_district, place.fits_times is False, place.title)


def _order(one: Suggestion) -> tuple[bool, bool, float, str]:
    """Put who has a place in the district first, then who has one that fits, then who answers."""
    near = any(place.in_district for place in one.places)
    fits = any(place.fits_times is not False for place in one.places)
    record = one.record
    in_time = record.in_time / record.asked if record and record.asked else 0.0
    return (not near, not fits, -in_time, one.name)
