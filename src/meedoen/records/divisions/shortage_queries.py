"""Where one more place would help, out of the newest division of every team; protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from meedoen.records.divisions.models import Division
from meedoen.records.divisions.words import RunState
from meedoen.records.organisations.models import District, Team
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.scarcity import Gain, KindScarcity, Missing, TeamScarcity, scarcity
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class ScarceDistrict:
    """A district with its middle in degrees, None where that is not known."""

    district_id: int
    code: str
    name: str
    middle: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class TeamDay:
    """Of which day the newest division of a team is."""

    team: str
    day: date


@dataclass(frozen=True, slots=True)
class ShortageCard:
    """What lacks, per kind; `teams` are those it was counted from, `left_out` those without one."""

    districts: Sequence[ScarceDistrict]
    kinds: Mapping[PlaceKind, KindScarcity]
    teams: Sequence[TeamDay]
    left_out: Sequence[str]


def shortage(viewer: Viewer, *, threshold: int) -> ShortageCard | None:
    """Return where one more place would help; None for who may not see coverage.

    Of every team the newest division counts that was not narrowed. Three questions, however many
    divisions there are.
    """
    if not viewer.may(Permission.SEE_COVERAGE):
        return None
    districts = [
        ScarceDistrict(row.pk, row.code, row.name, _middle(row))
        for row in District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    ]
    teams = dict(
        Team.objects.filter(municipality_id=viewer.municipality_id)
        .order_by("name")
        .values_list("pk", "name")
    )
    newest = {row.team_id: row for row in _newest(viewer)}
    found = scarcity(
        [one.district_id for one in districts],
        [_team(row.shortage) for row in newest.values()],
        threshold,
    )
    return ShortageCard(
        districts=districts,
        kinds=found,
        teams=[TeamDay(teams[pk], row.day) for pk, row in newest.items() if row.day is not None],
        left_out=[name for pk, name in teams.items() if pk not in newest],
    )


def _middle(row: District) -> tuple[float, float] | None:
    if row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def _newest(viewer: Viewer) -> Sequence[Division]:
    """Return the newest whole division of each team, of the whole municipality.

    Whoever asks: what comes out are protected counts.
    """
    whole = Viewer.system(viewer.municipality_id)
    rows = Division.objects.visible_to(whole).filter(state=RunState.DONE).exclude(shortage={})
    of_team = rows.filter(team_id=OuterRef("team_id")).order_by("-known_at", "-pk")
    newest = rows.filter(pk=Subquery(of_team.values("pk")[:1]))
    return list(newest.only("team_id", "day", "shortage").order_by("team__name"))


def _team(kept: Mapping[str, Sequence[Mapping[str, Any]]]) -> TeamScarcity:
    return TeamScarcity(
        gains=[Gain(**{**one, "kind": PlaceKind(one["kind"])}) for one in kept["gains"]],
        missing=[Missing(**{**one, "kind": PlaceKind(one["kind"])}) for one in kept["missing"]],
    )
