"""Who has a participation job since when, for the tests on the dates of the law."""

import uuid
from datetime import date
from typing import Any

from meedoen.records.participation_jobs import actions
from meedoen.records.participation_jobs.queries import ClockCard, clock_of
from meedoen.records.placements.actions import NewPlacement, confirm_all, end, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.rules.participation_job.decided import Matter
from meedoen.rules.vocabulary import Outcome
from tests.town import Person, Town
from tests.web.coach.scenes import on

STARTED = date(2026, 1, 15)
WORDS = "Werkt zelfstandig en komt op tijd."


def working(
    town: Town,
    person: Person | None = None,
    *,
    since: date = STARTED,
    place: int | None = None,
    proposed_on: date | None = None,
) -> uuid.UUID:
    """Let somebody (Roos) begin at a participation job (the garden); return the placement's key."""
    someone = person or town.roos_file
    with on(since):
        [placement_id] = place_all(
            town.carla if someone == town.tim else town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=someone.pseudonym_id,
                    place_id=place or town.garden,
                    proposed_on=proposed_on or since,
                )
            ],
        )
        confirm_all(town.system, changes=[Change(placement_id=placement_id, on=since)])
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


def stopped(town: Town, key: uuid.UUID, last_day: date) -> None:
    """Let a job end."""
    with on(last_day):
        end(town.anna, key=key, last_day=last_day, outcome=Outcome.GOAL_REACHED)


def card(town: Town, key: uuid.UUID, day: date) -> ClockCard:
    """Return the clock as Anna sees it on a day."""
    with on(day):
        found = clock_of(town.anna, key)
    assert found is not None
    return found


def dates(found: ClockCard) -> dict[str, str]:
    """Return the day of each date, by kind and number."""
    return {f"{one.kind.value} {one.number}": one.due_on.isoformat() for one in found.milestones}


def assessed(town: Town, key: uuid.UUID, day: date, **changes: Any) -> None:
    """Let Anna assess the chance of work: it grew."""
    given = {"matter": Matter.CHANCE, "grew": True, "words": WORDS, "assessed_on": day} | changes
    with on(day):
        actions.assess(town.anna, key=key, **given)


def extended(town: Town, key: uuid.UUID) -> None:
    """Let Roos go on for a third year."""
    day = date(2027, 12, 1)
    assessed(town, key, day, matter=Matter.GO_ON_THIRD_YEAR)
    with on(day):
        actions.extend(
            town.anna,
            key=key,
            number=1,
            other_work=True,
            other_environment=True,
            decided_on=day,
            words="In de keuken van De Werkplaats.",
        )
