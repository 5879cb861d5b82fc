"""Waiting for a kind of place: beginning, stopping, and what comes of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.waiting.checking import day_faults, reason_faults
from meedoen.records.waiting.explaining import explanation_of
from meedoen.records.waiting.lists import lines_of_kind, whole
from meedoen.records.waiting.models import KindWaiting, Promotion
from meedoen.rules.flows.waiting_order import promote_by_hand
from meedoen.rules.vocabulary import LeftWaiting, PlaceKind, PromotionWay


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """Somebody who begins to wait for a kind of place; without a district in the whole town."""

    pseudonym_id: int
    kind: PlaceKind
    since: date
    district_id: int | None = None
    lost_place: bool = False
    own_wish_first: bool = False


@action(Permission.PLACE_RESIDENT)
def wait_for_kinds(viewer: Viewer, *, lines: Sequence[NewLine]) -> list[uuid.UUID]:
    """Put people on the lists of kinds and return the keys of the lines, in order.

    Raises ActionRefusedError, all or none: for who is not there or not for the viewer, a district
    that is not there, a day that is to come, and who waits for that kind already.
    """
    people = districts_of_visible(viewer, pseudonym_ids=[one.pseudonym_id for one in lines])
    districts = set(
        District.objects.filter(municipality_id=viewer.municipality_id).values_list("pk", flat=True)
    )
    faults = [fault for one in lines for fault in day_faults(one.since)]
    if any(one.pseudonym_id not in people for one in lines):
        faults.append(_("Deze inwoner bestaat niet of is niet voor u."))
    if any(one.district_id not in {None, *districts} for one in lines):
        faults.append(_("Deze wijk bestaat niet."))
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))
    rows = [
        KindWaiting(
            municipality_id=viewer.municipality_id,
            pseudonym_id=one.pseudonym_id,
            kind=one.kind,
            district_id=one.district_id,
            since=one.since,
            lost_place=one.lost_place,
            own_wish_first=one.own_wish_first,
            recorded_at=clock.now(),
            recorded_by_id=viewer.membership_id,
        )
        for one in lines
    ]
    try:
        with transaction.atomic():
            KindWaiting.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Deze inwoner wacht al op zo'n plek. Kijk op de wachtlijst.")
        ) from error
    note_changes(viewer, [row.pseudonym_id for row in rows])
    return [row.key for row in rows]


@action(Permission.PLACE_RESIDENT)
def stop_waiting(viewer: Viewer, *, keys: Sequence[uuid.UUID], on: date, how: LeftWaiting) -> None:
    """Take people off the lists of kinds on a day. Raises ActionRefusedError, all or none."""
    rows = _open(viewer, keys)
    faults = list(day_faults(on))
    if how is LeftWaiting.PLACED:
        faults.append(_("Plaats iemand vanaf de wachtlijst: dan klopt ook waar iemand heen ging."))
    if any(on < row.since for row in rows):
        faults.append(_("De datum ligt voor de dag waarop het wachten begon."))
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))
    end_lines(viewer, rows, on=on, how=how)


@action(Permission.PLACE_RESIDENT)
def place_from_kind(
    viewer: Viewer, *, key: uuid.UUID, place_id: int, reason: str = ""
) -> uuid.UUID:
    """Give somebody who waits for a kind a seat at a place; return the key of the placement.

    A reason is needed when others wait longer for such a place. Raises ActionRefusedError;
    PlaceFullError when the place has no room.
    """
    [row] = _open(viewer, [key])
    place = Place.objects.filter(
        pk=place_id, municipality_id=viewer.municipality_id, kind=row.kind
    ).first()
    if place is None:
        raise ActionRefusedError(_("Kies een plek van de soort waarop deze inwoner wacht."))
    today = clock.today()
    kind = PlaceKind(row.kind)
    lines = lines_of_kind(viewer, kind=kind, on=today, district_id=place.district_id)
    if str(row.key) not in {line.entry.key for line in lines}:
        # Somebody may take a place in another district after all; then nobody was passed over.
        lines = tuple(
            line for line in lines_of_kind(viewer, kind=kind, on=today) if line.subject_id == row.pk
        )
    entries = [line.entry for line in lines]
    chosen = promote_by_hand(entries, today, key=str(row.key), because=reason.strip())
    faults = list(reason_faults(reason, needed=chosen.position > 1))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    [placement_id] = place_all(
        viewer,
        placements=[
            NewPlacement(pseudonym_id=row.pseudonym_id, place_id=place_id, proposed_on=today)
        ],
    )
    Promotion.objects.create(
        municipality_id=viewer.municipality_id,
        placement_id=placement_id,
        line=row,
        way=PromotionWay.BY_HAND,
        reason=reason.strip() if chosen.position > 1 else "",
        explanation=explanation_of(chosen, lines),
        made_at=clock.now(),
        made_by_id=viewer.membership_id,
    )
    end_lines(viewer, [row], on=today, how=LeftWaiting.PLACED, placements={row.pk: placement_id})
    return Placement.objects.visible_to(viewer).get(pk=placement_id).key


def end_lines(
    viewer: Viewer,
    rows: Sequence[KindWaiting],
    *,
    on: date,
    how: LeftWaiting,
    placements: Mapping[int, int] | None = None,
) -> None:
    """Take lines off the lists, inside the transaction of an action; never before they began.

    `placements` tells by line which placement came of it.
    """
    came = placements or {}
    for row in rows:
        row.left_on, row.how, row.placement_id = max(on, row.since), how, came.get(row.pk)
    scoped = KindWaiting.objects.visible_to(whole(viewer))
    scoped.bulk_update(rows, ["left_on", "how", "placement"], batch_size=200)
    note_changes(viewer, [row.pseudonym_id for row in rows])


def _open(viewer: Viewer, keys: Sequence[uuid.UUID]) -> list[KindWaiting]:
    """Return lines that are open, held until the end of the transaction, in one order."""
    rows = KindWaiting.objects.visible_to(viewer).filter(key__in=keys, left_on__isnull=True)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(found) < len(set(keys)):
        raise ActionRefusedError(
            _("Deze inwoner staat niet meer op deze wachtlijst, of is niet voor u.")
        )
    return found
