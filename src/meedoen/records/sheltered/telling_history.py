"""On which days people were on the way to new sheltered work, brought into the history.

It follows from the steps of their tracks, and is looked at anew after each change of these. What
the history says and is still so, stays; what is otherwise takes the place of what it said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.db.models import Max

from meedoen.records.history.actions import Statement, state_all
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.sheltered.models import Step, Track
from meedoen.records.sheltered.story import stories
from meedoen.rules.sheltered.standing import processes
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said in the place of an entry, or for the first time."""

    earlier: Entry | None
    starts_on: date
    ends_on: date
    withdrawn: bool = False


def tell_history(viewer: Viewer, people: Sequence[int]) -> None:
    """State what is otherwise about these people, by pseudonym, since the history was told.

    Inside the transaction of an action that holds them.
    """
    # Also what is not for the viewer is a part of the way of somebody.
    system = Viewer.system(viewer.municipality_id)
    statements: list[Statement] = []
    for group in in_groups(people):
        now, told = _now(system, group), _told(system, group)
        changes = {
            person: list(_changes(told.get(person, []), now.get(person, []))) for person in group
        }
        changed = [person for person in group if changes[person]]
        living = districts_of_visible(system, pseudonym_ids=changed)
        moments = _moments(system, changed)
        statements += [
            _statement(person, said, living.get(person), moments[person])
            for person in changed
            for said in changes[person]
        ]
    if statements:
        state_all(viewer, statements)


def _now(system: Viewer, people: Sequence[int]) -> dict[int, list[tuple[date, date]]]:
    """Return on which days each was on the way, by the steps as they are known now."""
    tracks = Track.objects.visible_to(system).filter(pseudonym_id__in=people)
    whose = dict(tracks.values_list("pk", "pseudonym_id"))
    found: dict[int, list[tuple[date, date]]] = {}
    for track_id, steps in stories(system, whose).items():
        found.setdefault(whose[track_id], []).extend(processes(steps, still_open=STILL_OPEN))
    return found


def _told(system: Viewer, people: Sequence[int]) -> dict[int, list[Entry]]:
    """Return what the history says of each now."""
    rows = Entry.objects.visible_to(system).filter(
        kind=EntryKind.SHELTERED_PROCESS, withdrawn=False, replaced_by__isnull=True
    )
    found: dict[int, list[Entry]] = {}
    for entry in rows.filter(pseudonym_id__in=people).order_by("starts_on", "pk"):
        found.setdefault(entry.pseudonym_id, []).append(entry)
    return found


def _moments(system: Viewer, people: Sequence[int]) -> dict[int, datetime]:
    """Return when the newest step of each was written down: since then it is known."""
    rows = Step.objects.visible_to(system).filter(track__pseudonym_id__in=people)
    newest = rows.values("track__pseudonym_id").annotate(newest=Max("recorded_at"))
    return dict(newest.values_list("track__pseudonym_id", "newest"))


def _changes(told: Sequence[Entry], now: Iterable[tuple[date, date]]) -> Iterator[_Said]:
    """Yield what takes the place of entries that are not so any more, and what is new."""
    wanted = sorted(set(now))
    said = {(entry.starts_on, entry.ends_on) for entry in told}
    wrong = [entry for entry in told if (entry.starts_on, entry.ends_on) not in wanted]
    for earlier, stretch in zip_longest(wrong, [one for one in wanted if one not in said]):
        if stretch is None:
            yield _Said(earlier, earlier.starts_on, earlier.ends_on, withdrawn=True)
        else:
            yield _Said(earlier, *stretch)


def _statement(person: int, said: _Said, lives_in: int | None, recorded_at: datetime) -> Statement:
    return Statement(
        pseudonym_id=person,
        kind=EntryKind.SHELTERED_PROCESS,
        starts_on=said.starts_on,
        ends_on=None if said.ends_on == STILL_OPEN else said.ends_on,
        replaces_id=said.earlier.pk if said.earlier else None,
        withdrawn=said.withdrawn,
        district_id=said.earlier.district_id if said.earlier else lives_in,
        recorded_at=recorded_at,
    )
