"""Working out a division in the background, and keeping it whole.

Nothing is kept until all of it is there: the lines and the outcome are written in one
transaction. A worker that is killed leaves a division that another one begins again.
"""

import time
from dataclasses import asdict
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import F

from meedoen.records.divisions.dividing import ComesToNothingError, divide
from meedoen.records.divisions.models import Division, DivisionQuerySet, Line
from meedoen.records.divisions.packing import facts_to_keep, pack_pairs, pack_places
from meedoen.records.divisions.shortage import Divided, gains, missing
from meedoen.records.divisions.words import BUSY, RunFault, RunState
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.spots import area_of
from meedoen.records.proposals.kept import contributions_to_keep
from meedoen.rules.matching.explained import explain
from meedoen.rules.matching.score import contributions

MOST_TRIES = 4
"""A division that was begun so often without an end is given up, at the last of the attempts that a
piece of work gets (see records/jobs/work.py)."""
SECONDS_BETWEEN_WORDS = 1.0
QUIET_AFTER = timedelta(minutes=5)
"""Whoever works on it tells how far it is every second, but is silent while it divides. Who said
nothing for this long was killed."""
LINES_AT_ONCE = 500


class _CalledOffError(Exception):
    """Somebody called it off, or another worker was done with it first."""


def run(municipality_id: int, division_id: int) -> None:
    """Work a division out that waits for it or was left behind; otherwise do nothing.

    What fails in another way than a division can is raised, and may be begun again at once.
    """
    row = _begin(municipality_id, division_id)
    if row is None:
        return
    known_at = clock.now()
    try:
        divided = divide(row, _Teller(row).tell)
        _keep(row, divided, known_at)
    except _CalledOffError:
        return
    except ComesToNothingError as error:
        _end(row, state=RunState.FAILED, fault=error.fault)
    except Exception:
        # Nobody works on it any more: the next attempt need not wait until it is quiet.
        running = _divisions(municipality_id).filter(pk=division_id, state=RunState.RUNNING)
        running.update(told_at=None)
        raise


def is_worked_on(row: Division) -> bool:
    """Return whether somebody worked on a division just now."""
    if row.state != RunState.RUNNING or row.told_at is None:
        return False
    return row.told_at > clock.now() - QUIET_AFTER


def _divisions(municipality_id: int) -> DivisionQuerySet:
    whole = Viewer.system(municipality_id)
    return Division.objects.visible_to(whole)


@transaction.atomic
def _begin(municipality_id: int, division_id: int) -> Division | None:
    busy = _divisions(municipality_id).filter(pk=division_id, state__in=BUSY)
    row = busy.select_for_update(of=("self",)).first()
    if row is None or is_worked_on(row):
        return None
    if row.tries >= MOST_TRIES:
        _end(row, state=RunState.FAILED, fault=RunFault.STOPPED)
        return None
    busy.update(state=RunState.RUNNING, tries=F("tries") + 1, done=0, total=0, told_at=clock.now())
    return row


def _end(row: Division, **what: object) -> bool:
    """Say that a division that still runs came to an end; False when it ended already."""
    busy = _divisions(row.municipality_id).filter(pk=row.pk, state__in=BUSY)
    return bool(busy.update(finished_at=clock.now(), **what))


class _Teller:
    """Tells how far it is, now and then, and hears whether it was called off."""

    def __init__(self, row: Division) -> None:
        self._running = _divisions(row.municipality_id).filter(pk=row.pk, state=RunState.RUNNING)
        self._said = 0.0

    def tell(self, done: int, total: int) -> None:
        """Keep how far it is. Raises _CalledOffError when there is nothing to go on with."""
        now = time.monotonic()
        if now - self._said < SECONDS_BETWEEN_WORDS and done < total:
            return
        self._said = now
        if not self._running.update(done=done, total=total, told_at=clock.now()):
            raise _CalledOffError


# --- what comes out ----------------------------------------------------------------------------


def _keep(row: Division, divided: Divided, known_at: datetime) -> None:
    """Write the outcome with all its lines, or nothing when it was called off or is there."""
    lines = _lines(row, divided)
    shortage = _shortage(row, divided)
    division = divided.division
    with transaction.atomic():
        busy = _divisions(row.municipality_id).filter(pk=row.pk, state=RunState.RUNNING)
        if not busy.select_for_update(of=("self",)).exists():
            raise _CalledOffError
        Line.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)
        _end(
            row,
            state=RunState.DONE,
            day=divided.on,
            known_at=known_at,
            rule_set=divided.rule_set.version,
            places=pack_places(divided.places, divided.seats.free),
            pairs=pack_pairs(divided.pairs),
            prices=[[price.first_wishes, price.points] for price in division.prices],
            people=len(lines),
            seats=divided.room,
            placed=sum(place is not None for place in division.place_of),
            first_wishes=division.first_wishes,
            points=division.points,
            shortage=shortage,
            done=len(lines),
            total=len(lines),
        )


def _lines(row: Division, divided: Divided) -> list[Line]:
    found = _pairs_of(divided)
    told = explain(divided.waiting, divided.seats, divided.pairs, divided.division)
    offered = {place.place: place for place in divided.places}
    lines = []
    for number, (one, why) in enumerate(zip(divided.waits, told, strict=True)):
        place = divided.division.place_of[number]
        points, wish = found.get(number, (0, 0))
        lines.append(
            Line(
                municipality_id=row.municipality_id,
                division_id=row.pk,
                number=number,
                pseudonym_id=one.pseudonym_id,
                since=one.since,
                facts=facts_to_keep(one.facts),
                place_id=place,
                wish=wish,
                points=points,
                why=why.code,
                why_facts=dict(why.facts),
                reasons=[]
                if place is None
                else contributions_to_keep(
                    contributions(one.facts, offered[place], divided.rule_set)
                ),
            )
        )
    return lines


def _pairs_of(divided: Divided) -> dict[int, tuple[int, int]]:
    """Return points and wish of the pair that each person got, by number of the person."""
    at = {place: number for number, place in enumerate(divided.seats.places)}
    got = np.full(len(divided.waits), -1)
    for number, place in enumerate(divided.division.place_of):
        if place is not None:
            got[number] = at[place]
    pairs = divided.pairs
    chosen = pairs.place == got[pairs.person]
    columns = (pairs.person, pairs.points, pairs.wish)
    rows = zip(*(column[chosen].tolist() for column in columns), strict=True)
    return {person: (points, wish) for person, points, wish in rows}


def _shortage(row: Division, divided: Divided) -> dict[str, list[dict[str, int | str]]]:
    """Return what to say of shortage; only a division over everything can say it."""
    if row.kinds or row.district_id is not None:
        return {}
    whole = Viewer.system(row.municipality_id)
    districts = area_of(whole).districts
    return {
        "gains": [asdict(gain) for gain in gains(divided, districts)],
        "missing": [asdict(one) for one in missing(divided)],
    }
