"""The story of a track: its steps as they are known now, and the contracts that follow from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Protocol

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sheltered.models import Hours, Step
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.words import ShelteredState


class _Step(Protocol):
    """What of a step decides about contracts."""

    @property
    def state(self) -> str: ...
    @property
    def on(self) -> date: ...


def stories(viewer: Viewer, track_ids: Iterable[int]) -> dict[int, list[Step]]:
    """Return the steps of each of these tracks as they are known now, in order."""
    found: dict[int, list[Step]] = {track_id: [] for track_id in track_ids}
    rows = Step.objects.visible_to(viewer).current().filter(track_id__in=found)
    for row in rows.order_by("number"):
        found[row.track_id].append(row)
    return found


def employments(steps: Sequence[_Step]) -> Iterator[tuple[date, date | None]]:
    """Yield the first day of every job of a track, and the first day after it; None when open."""
    for step, after in zip_longest(steps, steps[1:]):
        if step.state == ShelteredState.EMPLOYED:
            yield step.on, after.on if after else None


def contracts_of(
    person: int, steps: Sequence[_Step], said: Mapping[date, Decimal | None]
) -> Iterator[Contract]:
    """Yield the contracts of one track: another one wherever the hours change.

    `said` holds the hours a week from a day on, as `hours_from` gives them. A job that turned out
    to begin later has the hours that held by then.
    """
    earlier = date.min
    for starts_on, ends_on in employments(steps):
        held = hours_at(said, starts_on, since=earlier)
        within = [day for day in said if day > starts_on and (ends_on is None or day < ends_on)]
        days = sorted({starts_on, *within})
        for first, after in zip(days, [*days[1:], ends_on], strict=True):
            hours = held if first == starts_on else said[first]
            yield Contract(person=person, starts_on=first, ends_on=after, week_hours=hours)
        earlier = ends_on or date.max


def hours_at(
    said: Mapping[date, Decimal | None], day: date, *, since: date = date.min
) -> Decimal | None:
    """Return the hours that held on a day, of what was said of the days since another."""
    before = [one for one in said if since <= one <= day]
    return said[max(before)] if before else None


def hours_from(
    rows: Iterable[tuple[date, Decimal | None, bool]],
) -> dict[date, Decimal | None]:
    """Return the hours from each day on; of a day the newest of the rows holds, the last given.

    A row is a day, the hours, and whether nothing is said of that day any more.
    """
    newest = {day: (hours, withdrawn) for day, hours, withdrawn in rows}
    return {day: hours for day, (hours, withdrawn) in newest.items() if not withdrawn}


def hours_said(viewer: Viewer, track_id: int) -> dict[date, Decimal | None]:
    """Return the hours of a track from each day on."""
    rows = Hours.objects.visible_to(viewer).filter(track_id=track_id).order_by("pk")
    return hours_from(rows.values_list("starts_on", "week_hours", "withdrawn"))
