"""Lists and files of residents, for those who may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from meedoen.records.history.models import Pseudonym, Reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, in_groups, page_of
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.people.reach import Reach, left_alone, of_reach, unspoken
from meedoen.rules.bsn import masked

NEWEST_READINGS = 100
PEOPLE_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class CaseloadCard:
    """A line of the caseload.

    `next_contact_on` is the first day on which contact is planned; `no_contact_until` is the
    day to ask again of who wants no contact now, None when contact is welcome.
    """

    pseudonym_id: int
    key: uuid.UUID
    name: str
    district: str
    coach: str
    last_spoken_on: date | None
    phone: str
    next_contact_on: date | None
    no_contact_until: date | None


@dataclass(frozen=True, slots=True)
class ResidentCard:
    """The head of a resident's file; the citizen service number is masked."""

    pseudonym_id: int
    key: uuid.UUID
    name: str
    given_name: str
    birth_date: date
    masked_bsn: str
    phone: str
    district_id: int
    district: str
    coach: str
    last_spoken_on: date | None


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """One time somebody opened a page about a person."""

    when: datetime
    role: Role
    reader: str
    page: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadFilter:
    """What part of the caseload to show, and in which order.

    `not_spoken_months` gives those with whom nobody spoke for that many months, or never, and
    who do not want to be left alone. `coach_id` names one coach; `own_only` is the viewer.
    """

    words: str = ""
    district_id: int | None = None
    own_only: bool = False
    coach_id: int | None = None
    reach: Reach = Reach.EVERYONE
    not_spoken_months: int | None = None
    order: str = "last_spoken"


ORDERS = {
    "last_spoken": (F("last_spoken_on").asc(nulls_first=True), "family_name", "given_name", "pk"),
    "name": ("family_name", "given_name", "pk"),
    "district": ("district__name", "family_name", "given_name", "pk"),
    "next_contact": (
        F("next_contact_on").asc(nulls_last=True),
        F("last_spoken_on").asc(nulls_first=True),
        "family_name",
        "given_name",
        "pk",
    ),
}


def caseload(
    viewer: Viewer, *, wanted: CaseloadFilter, number: int = 1, size: int = PEOPLE_ON_A_PAGE
) -> Page[CaseloadCard]:
    """Return one page of the residents for whom the viewer's team is responsible."""
    rows = _filtered(viewer, wanted).order_by(*ORDERS[wanted.order])
    rows = rows.select_related("district", "pseudonym")
    return page_of(rows, lambda page: _caseload_cards(viewer, page), number=number, size=size)


def caseload_size(viewer: Viewer, *, wanted: CaseloadFilter) -> int:
    """Return for how many people in all those are responsible whose caseload is asked for."""
    whose = CaseloadFilter(own_only=wanted.own_only, coach_id=wanted.coach_id)
    return _filtered(viewer, whose).count()


def caseload_cards(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, CaseloadCard]:
    """Return the line of each of these people, leaving out who the viewer may not see."""
    rows = Resident.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    cards = _caseload_cards(viewer, list(rows.select_related("district", "pseudonym")))
    return {card.pseudonym_id: card for card in cards}


def to_invite(
    viewer: Viewer,
    *,
    district_ids: Sequence[int] = (),
    never_spoken: bool = False,
    not_spoken_months: int | None = None,
) -> list[int]:
    """Return the pseudonyms' ids of whom the viewer's team may invite, in these districts or all.

    Who wants no contact now is among them: they come back on the day to ask again.
    """
    rows = Resident.objects.visible_to(viewer)
    if district_ids:
        rows = rows.filter(district_id__in=district_ids)
    if never_spoken:
        rows = rows.filter(last_spoken_on__isnull=True)
    if not_spoken_months is not None:
        rows = rows.filter(unspoken(not_spoken_months))
    return list(rows.values_list("pseudonym_id", flat=True))


def _filtered(viewer: Viewer, wanted: CaseloadFilter) -> QuerySet[Resident]:
    rows = Resident.objects.visible_to(viewer)
    for word in wanted.words.split():
        rows = rows.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    if wanted.district_id is not None:
        rows = rows.filter(district_id=wanted.district_id)
    if wanted.own_only:
        rows = rows.filter(_responsible(viewer, viewer.membership_id))
    if wanted.coach_id is not None:
        rows = rows.filter(_responsible(viewer, wanted.coach_id))
    if wanted.not_spoken_months is not None:
        rows = rows.filter(unspoken(wanted.not_spoken_months)).exclude(left_alone())
    return rows.filter(of_reach(wanted.reach))


def _responsible(viewer: Viewer, coach_id: int | None) -> Q:
    current = Responsibility.objects.visible_to(viewer).current()
    return Q(pseudonym_id__in=current.filter(coach_id=coach_id).values("pseudonym_id"))


def _caseload_cards(viewer: Viewer, rows: Sequence[Resident]) -> list[CaseloadCard]:
    coaches = coach_names(viewer, [row.pseudonym_id for row in rows])
    return [
        CaseloadCard(
            pseudonym_id=row.pseudonym_id,
            key=row.pseudonym.key,
            name=str(row),
            district=row.district.name,
            coach=coaches.get(row.pseudonym_id, ""),
            last_spoken_on=row.last_spoken_on,
            phone=row.phone,
            next_contact_on=row.next_contact_on,
            no_contact_until=_still(row.no_contact_until),
        )
        for row in rows
    ]


def _still(until: date | None) -> date | None:
    return until if until is not None and until > clock.today() else None


def coach_names(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, str]:
    """Return who is responsible today for each of these people, by pseudonym."""
    current = Responsibility.objects.visible_to(viewer).current()
    rows = current.filter(pseudonym_id__in=pseudonym_ids)
    return dict(rows.values_list("pseudonym_id", "coach__account__name"))


def resident(viewer: Viewer, *, key: uuid.UUID) -> ResidentCard | None:
    """Return the head of a file; None when it does not exist or is not for this viewer."""
    rows = Resident.objects.visible_to(viewer).filter(pseudonym__key=key)
    return _resident_card(viewer, rows)


def own_file(viewer: Viewer) -> ResidentCard | None:
    """Return the resident's own file; None when the account is not tied to one."""
    if viewer.role != Role.RESIDENT:
        return None
    return _resident_card(viewer, Resident.objects.visible_to(viewer))


def _resident_card(viewer: Viewer, rows: QuerySet[Resident]) -> ResidentCard | None:
    row = rows.select_related("district", "pseudonym").first()
    if row is None:
        return None
    return ResidentCard(
        pseudonym_id=row.pseudonym_id,
        key=row.pseudonym.key,
        name=str(row),
        given_name=row.given_name,
        birth_date=row.birth_date,
        masked_bsn=masked(row.bsn),
        phone=row.phone,
        district_id=row.district_id,
        district=row.district.name,
        coach=coach_names(viewer, [row.pseudonym_id]).get(row.pseudonym_id, ""),
        last_spoken_on=row.last_spoken_on,
    )


def who_looked_at_me(viewer: Viewer) -> Sequence[ReadingCard]:
    """Return who opened the resident's own file, newest first."""
    own = own_file(viewer)
    if own is None:
        return []
    return _reading_cards(Reading.objects.about_oneself(viewer, pseudonym_id=own.pseudonym_id))


def readings(viewer: Viewer, *, number: int = 1) -> Page[ReadingCard]:
    """Return a page of who looked at what, newest first, for the privacy officer."""
    rows = Reading.objects.visible_to(viewer).select_related("read_by__account", "pseudonym")
    return page_of(rows.order_by("-read_at", "-pk"), _cards_of_readings, number=number, size=50)


def _reading_cards(rows: "QuerySet[Reading]") -> Sequence[ReadingCard]:
    newest = rows.select_related("read_by__account", "pseudonym").order_by("-read_at", "-pk")
    return _cards_of_readings(list(newest[:NEWEST_READINGS]))


def _cards_of_readings(rows: Sequence[Reading]) -> list[ReadingCard]:
    return [
        ReadingCard(
            when=row.read_at,
            role=Role(row.read_by.role),
            reader=row.read_by.account.name,
            page=row.page,
            about=_short(row.pseudonym),
        )
        for row in rows
    ]


def _short(pseudonym: Pseudonym) -> str:
    return str(pseudonym.key)[:8]


def districts_of_visible(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, int]:
    """Return the id of the district where each lives, leaving out who the viewer may not see."""
    found: dict[int, int] = {}
    residents = Resident.objects.visible_to(viewer)
    for group in in_groups(list(dict.fromkeys(pseudonym_ids))):
        rows = residents.filter(pseudonym_id__in=group)
        found.update(rows.values_list("pseudonym_id", "district_id"))
    return found


def district_of_visible(viewer: Viewer, *, pseudonym_id: int) -> int | None:
    """Return the id of the district where someone lives; None when not for this viewer."""
    return next((row[0] for row in _DISTRICT.ask(viewer, pseudonym_id=pseudonym_id)), None)


def _district(viewer: Viewer, whose: Q) -> QuerySet[Resident, tuple[int]]:
    return Resident.objects.visible_to(viewer).filter(whose).values_list("district_id")


_DISTRICT = Prepared(_district)
