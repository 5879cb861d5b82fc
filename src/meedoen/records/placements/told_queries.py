"""What an organisation may know of somebody who comes there: what the sharing notes allow."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.conversations.queries import Wishes, wishes_of
from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import Placement
from meedoen.records.plans.queries import running_plan
from meedoen.records.sharing.queries import told_to_own_organisation
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.vocabulary import PlanState, Shared

ABOUT_WISHES = frozenset(
    {Shared.WISHES, Shared.TIMES, Shared.LANGUAGE_LEVEL, Shared.FUNCTIONAL_LIMITS}
)


@dataclass(frozen=True, slots=True)
class ToldGoal:
    """A goal of somebody's plan in their own words, with what is done for it."""

    words: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What may be told today; what may not is not read either, and stays empty."""

    what: frozenset[Shared]
    name: str = ""
    phone: str = ""
    wishes: Wishes | None = None
    rung: Rung | None = None
    goals: Sequence[ToldGoal] = ()


def told_about(viewer: Viewer, *, key: uuid.UUID) -> Told | None:
    """Return what the own organisation may know of who comes there by this placement.

    Only while the placement waits or runs; None when it is not one of theirs.
    """
    if viewer.role not in PARTNERS:
        return None
    rows = Placement.objects.visible_to(viewer).filter(key=key, state__in=HOLDS_A_SEAT)
    pseudonym_id = rows.values_list("pseudonym_id", flat=True).first()
    return None if pseudonym_id is None else told_here(viewer, pseudonym_id=pseudonym_id)


def told_here(viewer: Viewer, *, pseudonym_id: int) -> Told | None:
    """Return what the own organisation may know of somebody who comes there, at any of its places.

    None when no placement of theirs waits or runs.
    """
    if viewer.role not in PARTNERS:
        return None
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id, state__in=HOLDS_A_SEAT
    )
    if not rows.exists():
        return None
    what = told_to_own_organisation(viewer, pseudonym_id=pseudonym_id)
    # What is in the file is not the organisation's to see: only what the notes name is fetched.
    file = Viewer.system(viewer.municipality_id)
    name, phone = _name(file, pseudonym_id) if Shared.NAME_AND_PHONE in what else ("", "")
    return Told(
        what=what,
        name=name,
        phone=phone,
        wishes=wishes_of(file, pseudonym_id=pseudonym_id) if what & ABOUT_WISHES else None,
        rung=_rung(file, pseudonym_id) if Shared.RUNG in what else None,
        goals=_goals(file, pseudonym_id) if Shared.PLAN in what else (),
    )


def _name(file: Viewer, pseudonym_id: int) -> tuple[str, str]:
    rows = Resident.objects.visible_to(file).filter(pseudonym_id=pseudonym_id)
    found = rows.values_list("given_name", "family_name", "phone").first()
    return (f"{found[0]} {found[1]}", found[2]) if found else ("", "")


def _rung(file: Viewer, pseudonym_id: int) -> Rung | None:
    return latest_rungs(file, pseudonym_ids=[pseudonym_id]).get(pseudonym_id)


def _goals(file: Viewer, pseudonym_id: int) -> list[ToldGoal]:
    """Return the goals that were agreed on; a draft is nobody's yet."""
    plan = running_plan(file, pseudonym_id=pseudonym_id)
    if plan is None or plan.state is not PlanState.AGREED:
        return []
    return [ToldGoal(one.words, tuple(act.what for act in one.actions)) for one in plan.goals]
