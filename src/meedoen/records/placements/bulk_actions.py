"""One move of several placements chosen from a list: all or none, and which line does not fit."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements import periods
from meedoen.records.placements.actions import confirm_all, move_all
from meedoen.records.placements.additional import UncheckedError, lacking
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change, sentence
from meedoen.records.placements.periods import Opened
from meedoen.records.placements.sheltered_first import not_yet_sheltered
from meedoen.rules.placement_states import COMES, TAKES_PART, MoveNotAllowedError, move
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMove:
    """A move that is the same for several placements; of an end `on` is the last day."""

    to: PlacementState
    on: date
    outcome: Outcome | None = None
    reason: MoveReason | None = None


@action(Permission.PLACE_RESIDENT)
def move_many(viewer: Viewer, *, keys: Sequence[uuid.UUID], same: SameMove) -> int:
    """Let these placements come into a state; return how many. All or none.

    Raises ActionRefusedError with every line that does not fit, by name; PlaceFullError.
    """
    wanted = _chosen(keys)
    rows = list(
        Placement.objects.visible_to(viewer)
        .filter(key__in=wanted, pseudonym__resident__isnull=False)
        .select_related("place", "pseudonym__resident")
        .order_by("pk")
    )
    _demand_all(found=len(rows), wanted=len(wanted))
    # Held from here on: what is judged is what is moved.
    opened = periods.opened(viewer, [row.pk for row in rows])
    going = [(row, same.on) for row in rows if row.pk in opened and same.to in COMES]
    missing = not_yet_sheltered(viewer, going)
    faults = [
        fault
        for row in rows
        for fault in _faults(row, opened.get(row.pk), same, missing.get(row.pk))
    ]
    nothing_changed = _("Er is niets veranderd.")
    if unchecked := lacking(viewer, _starts(opened.values(), same)):
        raise UncheckedError(viewer, unchecked, [*faults, nothing_changed])
    if faults:
        raise ActionRefusedError(" ".join([*faults, nothing_changed]))
    changes = [
        Change(placement_id=row.pk, on=same.on, outcome=same.outcome, reason=same.reason)
        for row in rows
    ]
    move_all(viewer, changes=changes, to=same.to)
    return len(rows)


@action(Permission.CONFIRM_PLACEMENT)
def confirm_many(viewer: Viewer, *, keys: Sequence[uuid.UUID], to: PlacementState, on: date) -> int:
    """Record that the organisation confirms the same of several people; return how many.

    All or none; see `confirm_all`. Raises ActionRefusedError.
    """
    wanted = _chosen(keys)
    rows = Placement.objects.visible_to(viewer).filter(key__in=wanted).order_by("pk")
    numbers = list(rows.values_list("pk", flat=True))
    _demand_all(found=len(numbers), wanted=len(wanted))
    confirm_all(viewer, changes=[Change(placement_id=pk, on=on) for pk in numbers], to=to)
    return len(numbers)


def _chosen(keys: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Return the keys, each once. Raises ActionRefusedError for none and for too many."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise ActionRefusedError(_("Kies eerst een of meer plaatsingen."))
    if len(wanted) > MOST_AT_ONCE:
        raise ActionRefusedError(_("Kies hoogstens 200 plaatsingen tegelijk."))
    return wanted


def _demand_all(*, found: int, wanted: int) -> None:
    if found < wanted:
        raise ActionRefusedError(_("Een van deze plaatsingen bestaat niet of is niet voor u."))


def _starts(opened: Iterable[Opened], same: SameMove) -> list[tuple[Placement, date]]:
    """Return who would begin by this move, with the first day."""
    if same.to not in TAKES_PART:
        return []
    return [(one.placement, same.on) for one in opened if one.placement.state not in TAKES_PART]


def _faults(
    row: Placement, now: Opened | None, same: SameMove, missing: str | None
) -> Iterator[str]:
    told = {"name": str(row.pseudonym.resident), "place": row.place.title}
    if now is None:
        yield _("%(name)s (%(place)s): deze plaatsing is al klaar.") % told
        return
    try:
        move(PlacementState(now.placement.state), same.to, same.outcome, same.reason)
    except MoveNotAllowedError as error:
        yield _("%(name)s (%(place)s): %(why)s") % {**told, "why": sentence(error.problem)}
    if now.period.starts_on > same.on:
        yield _("%(name)s (%(place)s): de datum ligt voor %(day)s, de dag waarop dit begon.") % {
            **told,
            "day": now.period.starts_on.strftime("%d-%m-%Y"),
        }
    if same.on > clock.today():
        yield _("%(name)s (%(place)s): de datum ligt in de toekomst.") % told
    if missing:
        yield _("%(name)s (%(place)s): %(why)s") % {**told, "why": missing}
