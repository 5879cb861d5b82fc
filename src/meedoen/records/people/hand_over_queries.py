"""Who can be handed over to whom, and who was responsible for somebody through the years."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.models import Resident, Responsibility


@dataclass(frozen=True, slots=True)
class CoachCard:
    """A coach or team lead of the municipality, with the team."""

    membership_id: int
    name: str
    team: str
    own_team: bool


@dataclass(frozen=True, slots=True)
class BusyCoachCard:
    """A coach of the viewer's team with people; `left` when the coach no longer works here."""

    membership_id: int
    name: str
    people: int
    left: bool


@dataclass(frozen=True, slots=True)
class HandableCard:
    """Somebody who can be handed over.

    `planned_on` and `planned_coach` say that a hand-over lies ahead already; else None and empty.
    """

    pseudonym_id: int
    key: uuid.UUID
    name: str
    district: str
    since: date
    planned_on: date | None
    planned_coach: str


@dataclass(frozen=True, slots=True)
class ResponsibilityCard:
    """A stretch in which one coach was responsible; `last_day` is None while it lasts.

    `before` is the coach who had this person up to then, empty for the first one; `reason` is
    empty for the resident, because it may tell about the coach.
    """

    coach: str
    team: str
    starts_on: date
    last_day: date | None
    before: str
    reason: str
    arranged_by: str


def coaches_of_municipality(viewer: Viewer) -> Sequence[CoachCard]:
    """Return all coaches and team leads, the viewer's own team first; empty for others."""
    if not viewer.may(Permission.HAND_OVER):
        return []
    rows = Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        role__in=[Role.COACH, Role.TEAM_LEAD],
        ended_at__isnull=True,
    ).select_related("account", "team")
    cards = [
        CoachCard(
            membership_id=row.pk,
            name=row.account.name,
            team=row.team.name if row.team else "",
            own_team=row.team_id == viewer.team_id,
        )
        for row in rows
    ]
    return sorted(cards, key=lambda card: (not card.own_team, card.team, card.name))


def busy_coaches(viewer: Viewer) -> Sequence[BusyCoachCard]:
    """Return who of the viewer's team has people today, also who left; by name."""
    if not viewer.may(Permission.HAND_OVER):
        return []
    rows = (
        Responsibility.objects.visible_to(viewer)
        .current()
        .values_list("coach_id", "coach__account__name", "coach__ended_at")
        .annotate(people=Count("pk"))
        .order_by("coach__account__name", "coach_id")
    )
    return [
        BusyCoachCard(membership_id=pk, name=name, people=people, left=ended_at is not None)
        for pk, name, ended_at, people in rows
    ]


def handable(viewer: Viewer, *, coach_id: int) -> Sequence[HandableCard]:
    """Return for whom this coach is responsible today, as far as the viewer sees them; by name."""
    if not viewer.may(Permission.HAND_OVER):
        return []
    theirs = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
    since = dict(theirs.values_list("pseudonym_id", "starts_on"))
    ahead = _planned(viewer, coach_id)
    rows = Resident.objects.visible_to(viewer).filter(
        pseudonym_id__in=theirs.values("pseudonym_id")
    )
    in_order = rows.select_related("district", "pseudonym").order_by("family_name", "given_name")
    return [
        HandableCard(
            pseudonym_id=row.pseudonym_id,
            key=row.pseudonym.key,
            name=str(row),
            district=row.district.name,
            since=since[row.pseudonym_id],
            planned_on=ahead.get(row.pseudonym_id, (None, ""))[0],
            planned_coach=ahead.get(row.pseudonym_id, (None, ""))[1],
        )
        for row in in_order
        if row.pseudonym_id in since
    ]


def _planned(viewer: Viewer, coach_id: int) -> dict[int, tuple[date | None, str]]:
    """Return the day and the coach of what lies ahead for this coach's people, by pseudonym."""
    # The new team is perhaps not the viewer's; whose people these are was narrowed before.
    system = Viewer.system(viewer.municipality_id)
    theirs = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
    rows = Responsibility.objects.visible_to(system).filter(
        starts_on__gt=clock.today(), pseudonym_id__in=theirs.values("pseudonym_id")
    )
    found = rows.values_list("pseudonym_id", "starts_on", "coach__account__name")
    return {pseudonym_id: (day, name) for pseudonym_id, day, name in found}


def responsibilities_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[ResponsibilityCard]:
    """Return who was, is and will be responsible for somebody, newest first.

    Of all teams: the story goes along with the person. Empty for who may not open the file.
    """
    if not Resident.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id).exists():
        return []
    system = Viewer.system(viewer.municipality_id)
    rows = list(
        Responsibility.objects.visible_to(system)
        .filter(pseudonym_id=pseudonym_id)
        .select_related("coach__account", "team", "arranged_by__account")
        .order_by("starts_on")
    )
    cards = [
        _responsibility_card(viewer, row, before)
        for before, row in zip([None, *rows], rows, strict=False)
    ]
    return cards[::-1]


def _responsibility_card(
    viewer: Viewer, row: Responsibility, before: Responsibility | None
) -> ResponsibilityCard:
    lasting = row.ends_on == STILL_OPEN
    own = viewer.role == Role.RESIDENT
    return ResponsibilityCard(
        coach=row.coach.account.name,
        team=row.team.name,
        starts_on=row.starts_on,
        last_day=None if lasting else row.ends_on - timedelta(days=1),
        before=before.coach.account.name if before else "",
        reason="" if own else row.reason,
        arranged_by=row.arranged_by.account.name if row.arranged_by else "",
    )
