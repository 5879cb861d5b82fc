"""Receivers to choose from, by name: organisations, teams of coaches, and places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, When

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation, Team
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.places.cards import listed
from meedoen.records.places.found_only import without_found_only
from meedoen.records.places.models import Place
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.search.queries import asks_something, search
from meedoen.rules.vocabulary import OrganisationKind, SearchKind

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class NamedReceiver:
    """A receiver and how it is called; without `organisation` and `team` it is the coach."""

    receiver: Receiver
    organisation: str = ""
    team: str = ""
    place: str = ""


def organisations_to_ask(viewer: Viewer) -> list[NamedReceiver]:
    """Return every organisation that may be asked: teams of the municipality first, then by name.

    The own organisation is not among them.
    """
    # A social neighbourhood team is the usual way back; nobody should have to search for it.
    others_last = Case(When(kind=OrganisationKind.MUNICIPAL_TEAM, then=0), default=1)
    rows = taking_part(viewer).order_by(others_last, "name", "pk")
    return [
        NamedReceiver(Receiver(organisation_id=number), organisation=name)
        for number, name in rows.values_list("pk", "name")
    ]


def teams_to_ask(viewer: Viewer) -> list[NamedReceiver]:
    """Return the teams of coaches that may be asked, by name, apart from the own one."""
    if not _may_choose(viewer):
        return []
    rows = Team.objects.filter(municipality_id=viewer.municipality_id)
    rows = rows.exclude(pk=viewer.team_id or 0)
    return [
        NamedReceiver(Receiver(team_id=number), team=name)
        for number, name in rows.order_by("name", "pk").values_list("pk", "name")
    ]


def find_receivers(viewer: Viewer, *, words: str) -> list[NamedReceiver]:
    """Return the organisations that words find, the best first; none without words."""
    if not _may_choose(viewer) or not asks_something(viewer, text=words):
        return []
    found = search(viewer, text=words, kind=SearchKind.ORGANISATION)
    numbers = [one.subject_id for one in found]
    names = dict(taking_part(viewer).filter(pk__in=numbers).values_list("pk", "name"))
    receivers = [
        NamedReceiver(Receiver(organisation_id=number), organisation=names[number])
        for number in numbers
        if number in names
    ]
    return receivers[:MOST_FOUND]


def named(viewer: Viewer, receivers: Sequence[Receiver]) -> list[NamedReceiver]:
    """Return receivers with how they are called, in the same order; unknown ones are left out.

    A browser may send any number: what stands in no directory is not named.
    """
    here = viewer.municipality_id
    organisations = Organisation.objects.filter(municipality_id=here)
    organisations = organisations.filter(pk__in=_given(one.organisation_id for one in receivers))
    organisations = without_found_only(viewer, organisations)
    teams = Team.objects.filter(municipality_id=here)
    teams = teams.filter(pk__in=_given(one.team_id for one in receivers))
    places = directory_places(viewer).filter(pk__in=_given(one.place_id for one in receivers))
    names = dict(organisations.values_list("pk", "name"))
    of_team = dict(teams.values_list("pk", "name"))
    titles = dict(places.values_list("pk", "title"))
    return [
        NamedReceiver(
            one,
            names.get(one.organisation_id or 0, ""),
            of_team.get(one.team_id or 0, ""),
            titles.get(one.place_id or 0, ""),
        )
        for one in receivers
        if one.organisation_id in {None, *names} and one.team_id in {None, *of_team}
    ]


def receiver_of_place(viewer: Viewer, *, place_id: int) -> Receiver | None:
    """Return the receiver that is asked for a place; None when nobody can be referred there."""
    row = open_places(viewer, clock.today()).filter(pk=place_id).first()
    if row is None or row.organisation_id == viewer.organisation_id:
        return None
    return Receiver(organisation_id=row.organisation_id, place_id=row.pk)


def taking_part(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the organisations that may be asked today; the own one is not among them."""
    if not _may_choose(viewer):
        return Organisation.objects.none()
    today = clock.today()
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=today))
    return without_found_only(viewer, rows).exclude(pk=viewer.organisation_id or 0)


def open_places(viewer: Viewer, on: date) -> QuerySet[Place]:
    """Return the places in the directory that are not closed on a day."""
    return directory_places(viewer).filter(closes_on__gt=on)


def directory_places(viewer: Viewer) -> QuerySet[Place]:
    """Return the places in the directory; for a resident the public ones.

    A resident asks for what everybody may read about.
    """
    rows = listed(viewer)
    return rows.filter(is_public=True) if viewer.role == Role.RESIDENT else rows


def with_room(rows: QuerySet[Place]) -> QuerySet[Place]:
    """Return the places that have a seat, by the numbers and by what the organisation says."""
    return rows.filter(is_full=False, capacity__gt=F("taken"))


def _may_choose(viewer: Viewer) -> bool:
    return viewer.may(Permission.REFER) or viewer.may(Permission.ANSWER_REFERRAL)


def _given(numbers: Iterable[int | None]) -> set[int]:
    return {one for one in numbers if one is not None}
