"""Placements that run and that ended, for tests of what follows them."""

import uuid
from datetime import date
from typing import Any

from meedoen.records.following.aftercare_actions import NewAftercare
from meedoen.records.following.evaluation_actions import NewEvaluation
from meedoen.records.following.next_step_actions import NewChoice
from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_start,
    end,
    place_all,
    set_planned_end,
)
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import (
    AftercareFinding,
    HowItGoes,
    Outcome,
    Preference,
    WhatFollows,
)
from tests.town import Person, Town
from tests.web.coach.scenes import on

STARTED = date(2027, 1, 4)
LAST_DAY = date(2027, 6, 30)
ENDED = date(2027, 3, 31)


def running(
    town: Town,
    person: Person | None = None,
    *,
    started: date = STARTED,
    place_id: int | None = None,
    last_day: date | None = None,
) -> uuid.UUID:
    """Let someone (Roos) take part, as a volunteer at the repair shop, and return the key."""
    with on(started):
        [placement_id] = place_all(
            town.system,
            placements=[
                NewPlacement(
                    pseudonym_id=(person or town.roos_file).pseudonym_id,
                    place_id=place_id or town.repair,
                    proposed_on=started,
                )
            ],
        )
        key = Placement.objects.visible_to(town.system).get(pk=placement_id).key
        confirm_start(town.system, key=key, started_on=started)
        if last_day is not None:
            set_planned_end(town.system, key=key, on=last_day)
    return key


def over(
    town: Town,
    person: Person | None = None,
    *,
    last_day: date = ENDED,
    outcome: Outcome = Outcome.MOVED_ON_TO_PAID_WORK,
    started: date = STARTED,
    place_id: int | None = None,
) -> uuid.UUID:
    """Let someone (Roos) take part until a last day, and return the key of the placement."""
    key = running(town, person, started=started, place_id=place_id)
    with on(last_day):
        end(town.system, key=key, last_day=last_day, outcome=outcome)
    return key


def new_evaluation(key: uuid.UUID, held_on: date, **changes: Any) -> NewEvaluation:
    """Return an evaluation with both sides there."""
    given: dict[str, Any] = {
        "with_resident": True,
        "with_partner": True,
        "resident_finds": HowItGoes.WELL,
        "partner_finds": HowItGoes.MIXED,
        "resident_said": "Ik ga met plezier.",
        "partner_said": "Komt soms te laat.",
        "agreed": "Begint een half uur later.",
    }
    return NewEvaluation(key=key, held_on=held_on, **(given | changes))


def new_choice(key: uuid.UUID, **changes: Any) -> NewChoice:
    """Return a choice for another place, with contact planned about it."""
    given: dict[str, Any] = {
        "follows": WhatFollows.OTHER_PLACE,
        "preference": Preference.WANTS_THIS,
        "resident_said": "Ik wil graag verder.",
        "follow_up": "Samen plekken bekijken",
        "follow_up_on": date(2027, 4, 12),
    }
    return NewChoice(key=key, **(given | changes))


def new_aftercare(key: uuid.UUID, done_on: date, **changes: Any) -> NewAftercare:
    """Return a contact with somebody who has paid work."""
    given: dict[str, Any] = {"finding": AftercareFinding.IN_PAID_WORK, "words": "Het bevalt goed."}
    return NewAftercare(key=key, done_on=done_on, **(given | changes))
