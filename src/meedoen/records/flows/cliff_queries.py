"""Support that ends in the coming months, before it does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Team
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.participation_jobs.queries import clocks_of
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.placements.ending import closing_day, expected_last_day
from meedoen.records.placements.models import Placement
from meedoen.rules.flows.cliff import Support, cliff
from meedoen.rules.flows.told_cliff import ToldCliff, tell_cliff
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind

NONE = 0
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class CliffCard:
    """Whose support ends, in numbers, with the names of teams and districts by number.

    `own_team` says that they are the people of the viewer's own team, whom the viewer knows.
    """

    told: ToldCliff
    teams: Mapping[int, str]
    districts: Mapping[int, str]
    own_team: bool


def ending_support(viewer: Viewer, *, threshold: int) -> CliffCard | None:
    """Count the people whose last support ends in the coming twelve months.

    By what was agreed or because the place closes, or by the term of the law when that is earlier.
    A team lead gets the own
    team, in full; others the whole municipality, protected. None for who may not see it.
    """
    if not viewer.may(Permission.SEE_ENDING_SUPPORT):
        return None
    own_team = viewer.role == Role.TEAM_LEAD
    whole = Viewer.system(viewer.municipality_id)
    counted = cliff(_supports(viewer if own_team else whole), clock.today())
    teams = Team.objects.filter(municipality_id=viewer.municipality_id).order_by("name", "pk")
    if own_team:
        teams = teams.filter(pk=viewer.team_id or NONE)
    districts = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return CliffCard(
        told=tell_cliff(counted, None if own_team else threshold),
        teams=dict(teams.values_list("pk", "name")),
        districts=dict(districts.values_list("pk", "name")),
        own_team=own_team,
    )


def _supports(viewer: Viewer) -> Iterator[Support]:
    """Go through the placements that run of the people whom somebody may see."""
    rows: Any = Placement.objects.visible_to(viewer).filter(state__in=TAKES_PART)
    responsible = Responsibility.objects.visible_to(viewer).current()
    living = Resident.objects.visible_to(viewer)
    of_person = {"pseudonym_id": OuterRef("pseudonym_id")}
    values = rows.annotate(
        team=Subquery(responsible.filter(**of_person).values("team_id")[:1]),
        district=Subquery(living.filter(**of_person).values("district_id")[:1]),
        closing=closing_day("place"),
    ).values_list(
        *("pk", "pseudonym_id", "place__kind", "team", "district", "planned_end_on", "closing")
    )
    found = list(values.iterator(chunk_size=ROWS_AT_ONCE))
    jobs = [person for _pk, person, kind, *_rest in found if kind == PlaceKind.PARTICIPATION_JOB]
    terms = _ends_of_term(viewer, jobs)
    for placement, person, kind, team, district, planned_end, closing in found:
        yield Support(
            placement=placement,
            person=person,
            kind=PlaceKind(kind),
            team=team or NONE,
            district=district or NONE,
            planned_end=expected_last_day(planned_end, closing),
            end_of_term=terms.get(person) if kind == PlaceKind.PARTICIPATION_JOB else None,
        )


def _ends_of_term(viewer: Viewer, people: Sequence[int]) -> dict[int, date]:
    """Return the last day that the law allows, of people with a participation job that runs."""
    clocks = clocks_of(viewer, pseudonym_ids=people)
    return {person: card.ends.last_day for person, card in clocks.items() if card.ends}
