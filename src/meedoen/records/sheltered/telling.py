"""What tracks and old jobs mean for placements and figures: told anew whenever they change.

Placements stand lower and cannot ask tracks, so how people stand is kept below both, in
`records.sheltered_stretches`; figures ask the history. Whatever changes a track or an old job ends
with `tell`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from meedoen.records.history.actions import note_changes
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.overlapping import demand_job_fits
from meedoen.records.sheltered.models import Track, WswStretch
from meedoen.records.sheltered.story import stories
from meedoen.records.sheltered.telling_history import tell_history
from meedoen.records.sheltered_stretches.stretches import keep_standings, standings_of
from meedoen.rules.periods import days_without
from meedoen.rules.sheltered.standing import SHELTERED_KINDS, Standing, standings
from meedoen.rules.vocabulary import PlaceKind


def tell(viewer: Viewer, people: Iterable[int]) -> None:
    """Let placements and the history know how these people stand now, by pseudonym.

    The last thing of an action that changed their sheltered work, and that holds them. Whoever
    takes part and may not any more, is a signal for the coach: putting right is never held up.
    Raises OverlapError when a job does not go with what they do beside it.
    """
    # Also what is not for the viewer decides on whether somebody may take part.
    system = Viewer.system(viewer.municipality_id)
    wanted = sorted(set(people))
    tell_history(viewer, wanted)
    before = standings_of(system, pseudonym_ids=wanted)
    now = standings_now(system, wanted)
    changed = [person for person in wanted if before.get(person, []) != now[person]]
    if not changed:
        return
    keep_standings(system, told={person: now[person] for person in changed})
    demand_job_fits(
        viewer, {person: _new_jobs(before.get(person, ()), now[person]) for person in changed}
    )
    note_changes(viewer, changed)


def standings_now(viewer: Viewer, people: Sequence[int]) -> dict[int, list[Standing]]:
    """Return how people stand by their tracks and old jobs, by pseudonym, in order of days."""
    found: dict[int, list[Standing]] = {person: [] for person in people}
    for group in in_groups(people):
        tracks = Track.objects.visible_to(viewer).filter(pseudonym_id__in=group)
        whose = dict(tracks.values_list("pk", "pseudonym_id"))
        for track_id, steps in stories(viewer, whose).items():
            found[whose[track_id]] += standings(steps, still_open=STILL_OPEN)
        jobs = WswStretch.objects.visible_to(viewer).current().filter(pseudonym_id__in=group)
        for person, starts_on, ends_on in jobs.values_list("pseudonym_id", "starts_on", "ends_on"):
            job = Standing(PlaceKind.SHELTERED_WSW, starts_on, ends_on, is_employed=True)
            found[person].append(job)
    return {
        person: sorted(known, key=lambda one: (one.starts_on, one.kind))
        for person, known in found.items()
    }


def _new_jobs(before: Sequence[Standing], now: Sequence[Standing]) -> list[Standing]:
    """Return the days of jobs that were not told before."""
    return [
        Standing(kind, *days, is_employed=True)
        for kind in sorted(SHELTERED_KINDS)
        for days in days_without(_jobs(now, kind), _jobs(before, kind))
    ]


def _jobs(known: Iterable[Standing], kind: PlaceKind) -> list[tuple[date, date]]:
    return [one.stretch for one in known if one.kind is kind and one.is_employed]
