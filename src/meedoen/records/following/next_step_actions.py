"""Choosing before a placement ends what comes next, with all that follows from the choice."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.conversations.outreach_actions import NewNextStep, plan_next_steps
from meedoen.records.following.checks import LONGEST_TEXT, placements_by_key, refuse, text_faults
from meedoen.records.following.endings import ending_of
from meedoen.records.following.models import NextStepChoice
from meedoen.records.following.places import volunteer_places
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.plans.part_actions import add_action
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import ActionOwner, Preference, WhatFollows

LONGEST_FOLLOW_UP = 200
FURTHEST_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChoice:
    """What comes after a placement, and what the resident finds of that; `key` is the placement's.

    `follow_up` is what is done about it, before `follow_up_on`: an action of the plan for the goal
    `goal_id`, or else contact that is planned. `place_id` proposes that volunteer place at once.
    `seen` is the newest choice that was shown (`ChoiceCard.choice_id`), 0 for none; None skips the
    question whether a colleague chose in the meantime.
    """

    key: uuid.UUID
    follows: WhatFollows
    preference: Preference
    resident_said: str
    follow_up: str = ""
    follow_up_on: date | None = None
    place_id: int | None = None
    goal_id: int | None = None
    plan_version: int = 0
    seen: int | None = None


@action(Permission.PLACE_RESIDENT)
def choose_next_step(viewer: Viewer, *, new: NewChoice) -> uuid.UUID:
    """Keep what comes after a placement and do what follows from it; return the key of the choice.

    The newest choice holds; the same sent twice is kept once. Raises ActionRefusedError, with
    everything that is wrong; then nothing is kept, planned or proposed.
    """
    [placement] = placements_by_key(viewer, [new.key]).values()
    hold(viewer, pseudonym_ids=[placement.pseudonym_id])
    last_day = ending_of(viewer, placement).last_day
    there = _newest(viewer, placement)
    if there is not None and _same(there, new, last_day):
        return there.key
    _demand_seen(there, new)
    if placement.state not in TAKES_PART or last_day is None:
        raise ActionRefusedError(
            _("Kies wat hierna komt voor een plaatsing die loopt en een laatste dag heeft.")
        )
    refuse(_faults(viewer, new, placement))
    row = NextStepChoice.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=placement.pseudonym_id,
        placement=placement,
        for_last_day=last_day,
        follows=new.follows,
        preference=new.preference,
        resident_said=new.resident_said.strip(),
        follow_up=new.follow_up.strip(),
        follow_up_on=new.follow_up_on,
        new_placement_id=_proposed(viewer, new, placement),
        chosen_at=clock.now(),
        chosen_by_id=viewer.membership_id,
    )
    _follow_up(viewer, new, placement)
    note_changes(viewer, [placement.pseudonym_id])
    return row.key


# --- what may be chosen --------------------------------------------------------------------------


def _faults(viewer: Viewer, new: NewChoice, placement: Placement) -> Iterator[str]:
    said, follow_up = new.resident_said.strip(), new.follow_up.strip()
    if not said:
        yield _("Schrijf op wat de inwoner er zelf van vindt.")
    yield from text_faults(said)
    yield from text_faults(follow_up)
    if LONGEST_FOLLOW_UP < len(follow_up) <= LONGEST_TEXT:
        yield _("Schrijf in hoogstens %(most)s tekens op wat u gaat doen.") % {
            "most": LONGEST_FOLLOW_UP
        }
    yield from _follow_up_faults(new, follow_up)
    if new.place_id is not None:
        yield from _place_faults(viewer, new, placement)


def _follow_up_faults(new: NewChoice, follow_up: str) -> Iterator[str]:
    if bool(follow_up) is not (new.follow_up_on is not None):
        yield _("Schrijf op wat er gaat gebeuren, en kies de dag waarop.")
    elif not follow_up and new.follows is not WhatFollows.AFTERCARE_ONLY:
        yield _("Schrijf op wat u nu gaat doen, en kies de dag waarop.")
    if new.follow_up_on is None:
        return
    today = clock.today()
    if not today <= new.follow_up_on <= add_months(today, FURTHEST_MONTHS):
        yield _("Kies een dag vanaf vandaag, en hoogstens twee jaar vooruit.")


def _place_faults(viewer: Viewer, new: NewChoice, placement: Placement) -> Iterator[str]:
    if new.follows is not WhatFollows.VOLUNTEER_SAME_PLACE:
        yield _("Een plek kiezen kan hier alleen bij vrijwilligerswerk op dezelfde plek.")
    elif new.place_id not in {one.place_id for one in volunteer_places(viewer, placement)}:
        yield _("Deze plek is intussen vol of weg. Kies iets anders, of vraag de organisatie.")


def _newest(viewer: Viewer, placement: Placement) -> NextStepChoice | None:
    rows = NextStepChoice.objects.visible_to(viewer).filter(placement=placement)
    return rows.select_related("new_placement").order_by("pk").last()


def _same(there: NextStepChoice, new: NewChoice, last_day: date | None) -> bool:
    proposed = there.new_placement
    return (
        there.for_last_day,
        there.follows,
        there.preference,
        there.resident_said,
        there.follow_up,
        there.follow_up_on,
        proposed.place_id if proposed else None,
    ) == (
        last_day,
        new.follows.value,
        new.preference.value,
        new.resident_said.strip(),
        new.follow_up.strip(),
        new.follow_up_on,
        new.place_id,
    )


def _demand_seen(there: NextStepChoice | None, new: NewChoice) -> None:
    newest = there.pk if there else 0
    if new.seen is not None and new.seen != newest:
        raise ActionRefusedError(
            _("Een collega koos intussen wat hierna komt. Lees dat eerst; kies daarna opnieuw.")
        )


# --- what follows from it ------------------------------------------------------------------------


def _proposed(viewer: Viewer, new: NewChoice, placement: Placement) -> int | None:
    if new.place_id is None:
        return None
    [placement_id] = place_all(
        viewer,
        placements=[
            NewPlacement(
                pseudonym_id=placement.pseudonym_id,
                place_id=new.place_id,
                proposed_on=clock.today(),
            )
        ],
    )
    return placement_id


def _follow_up(viewer: Viewer, new: NewChoice, placement: Placement) -> None:
    if new.follow_up_on is None:
        return
    if new.goal_id is None:
        step = NewNextStep(
            pseudonym_id=placement.pseudonym_id,
            planned_on=new.follow_up_on,
            what=new.follow_up,
        )
        plan_next_steps(viewer, steps=[step])
        return
    asks = new.follows is WhatFollows.VOLUNTEER_SAME_PLACE and new.place_id is None
    add_action(
        viewer,
        goal_id=new.goal_id,
        version=new.plan_version,
        what=new.follow_up,
        owner=ActionOwner.PARTNER if asks else ActionOwner.COACH,
        organisation_id=placement.place.organisation_id if asks else None,
        due_on=new.follow_up_on,
    )
