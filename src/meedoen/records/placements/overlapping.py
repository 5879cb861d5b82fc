"""Placements of one person that do not go together are refused, with where and from when.

A job in sheltered work counts too, wherever it is done. Used by the actions, inside their
transaction, after what they change was written.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import hold
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement, StatePeriod
from meedoen.records.sheltered_stretches.stretches import standings_of
from meedoen.rules.placement_states import HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.places.overlaps import Clash, Stay, clashes, kinds_apart
from meedoen.rules.sheltered.standing import Standing
from meedoen.rules.vocabulary import PlaceKind

JOB_KEYS = {PlaceKind.SHELTERED_NEW: -1, PlaceKind.SHELTERED_WSW: -2}
"""Keys for jobs beside those of placements, which are above nought."""


class OverlapError(ActionRefusedError):
    """Two placements of one person do not go together."""


def demand_no_overlap(viewer: Viewer, placements: Iterable[Placement]) -> None:
    """Refuse when one of these placements goes together with another where that may not be.

    The people are held, so that of two who place somebody at the same moment one is refused. What
    was so already between other placements of theirs, stays as it is. Raises OverlapError.
    """
    apart = kinds_apart()
    changed = [one for one in placements if one.place.kind in apart]
    if not changed:
        return
    # Also where they are that the viewer may not know.
    system = Viewer.system(viewer.municipality_id)
    people = sorted({one.pseudonym_id for one in changed})
    hold(system, pseudonym_ids=people)
    numbers = {one.pk for one in changed}
    jobs = _jobs(standings_of(system, pseudonym_ids=people))
    for person, stays in _stays(system, people, sorted(apart)).items():
        for clash in clashes([*stays, *jobs.get(person, ())]):
            if numbers & {clash.first.key, clash.second.key}:
                raise OverlapError(_said(viewer, system, clash))


def demand_job_fits(viewer: Viewer, gained: Mapping[int, Sequence[Standing]]) -> None:
    """Refuse new days of jobs in sheltered work of people beside what does not go with them.

    By pseudonym, after they were kept; the people are held. What was so on other days stays as it
    is. Raises OverlapError.
    """
    system = Viewer.system(viewer.municipality_id)
    new = {person: jobs for person, jobs in _jobs(gained).items() if jobs}
    if not new:
        return
    known = _jobs(standings_of(system, pseudonym_ids=new))
    stays = _stays(system, sorted(new), sorted(kinds_apart()))
    for person, jobs in new.items():
        for job in jobs:
            others = [one for one in known.get(person, ()) if one.kind is not job.kind]
            for clash in clashes([job, *stays.get(person, ()), *others]):
                if job in {clash.first, clash.second}:
                    raise OverlapError(_said(viewer, system, clash))


def _jobs(known: Mapping[int, Iterable[Standing]]) -> dict[int, list[Stay]]:
    """Return the jobs in sheltered work as stays; all of one kind are one work."""
    return {
        person: [
            Stay(
                key=JOB_KEYS[one.kind],
                kind=one.kind,
                takes_part=True,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                is_job=True,
            )
            for one in standings
            if one.is_employed
        ]
        for person, standings in known.items()
    }


def _stays(
    system: Viewer, people: Sequence[int], kinds: Sequence[PlaceKind]
) -> dict[int, list[Stay]]:
    rows = StatePeriod.objects.visible_to(system).filter(
        state__in=HOLDS_A_SEAT, withdrawn=False, placement__place__kind__in=kinds
    )
    found: dict[int, list[Stay]] = {}
    for group in in_groups(people):
        some = rows.filter(placement__pseudonym_id__in=group).order_by("starts_on", "pk")
        for person, placement_id, kind, state, starts_on, ends_on in some.values_list(
            "placement__pseudonym_id",
            "placement_id",
            "placement__place__kind",
            "state",
            "starts_on",
            "ends_on",
        ):
            stay = Stay(placement_id, PlaceKind(kind), state in TAKES_PART, starts_on, ends_on)
            found.setdefault(person, []).append(stay)
    return found


def _said(viewer: Viewer, system: Viewer, clash: Clash) -> str:
    if viewer.role in AT_AN_ORGANISATION:
        # Where somebody is else, is not told to an organisation.
        return _("Deze persoon kan op die dag nog niet beginnen. Overleg met de gemeente.")
    rows = Placement.objects.visible_to(system).filter(pk__in=[clash.first.key, clash.second.key])
    titles = dict(rows.values_list("pk", "place__title"))
    titles |= {JOB_KEYS[PlaceKind.SHELTERED_NEW]: _("Baan in beschut werk")}
    titles |= {JOB_KEYS[PlaceKind.SHELTERED_WSW]: _("Baan in de Wsw")}
    return _(
        "Vanaf %(day)s gaan “%(first)s” en “%(second)s” niet samen. %(reason)s Laat eerst de ene "
        "stoppen, of kies een andere dag."
    ) % {
        "day": clash.on.strftime("%d-%m-%Y"),
        "first": titles[clash.first.key],
        "second": titles[clash.second.key],
        "reason": clash.reason,
    }
