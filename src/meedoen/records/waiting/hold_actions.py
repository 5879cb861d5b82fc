"""Seats that are held for who did not begin yet: for longer, or not any more."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change, advance, id_of, opened_for
from meedoen.rules.placement_states import BEFORE_START
from meedoen.rules.places.holds import held_at_most_until
from meedoen.rules.vocabulary import MoveReason, PlaceKind, PlacementState


@action(Permission.PLACE_RESIDENT)
def keep_hold(viewer: Viewer, *, key: uuid.UUID, until: date, seen: date | None = None) -> None:
    """Hold the seat of somebody who did not begin yet up to and including a day.

    `seen` is the day that was shown to the viewer. Raises ActionRefusedError for a day that has
    passed or lies after the longest that the terms of the kind allow, for who began or waits, and
    when somebody else set another day in the meantime.
    """
    today = clock.today()
    [(_change, one)] = opened_for(viewer, [Change(placement_id=id_of(viewer, key), on=today)])
    placement = one.placement
    if placement.state not in BEFORE_START:
        raise ActionRefusedError(_("Voor deze plaatsing wordt geen plaats vrijgehouden."))
    last = held_at_most_until(PlaceKind(placement.place.kind), one.period.starts_on)
    if not today <= until <= last:
        raise ActionRefusedError(
            _("Kies een dag vanaf vandaag, en op zijn laatst %(day)s.")
            % {"day": last.strftime("%d-%m-%Y")}
            if last >= today
            else _(
                "Deze plaats is al zo lang vrijgehouden als mag. Laat iemand beginnen of wachten."
            )
        )
    rows = Placement.objects.visible_to(viewer).filter(pk=placement.pk)
    # Asked now that nobody else can change it any more.
    kept = rows.values_list("held_until", flat=True).get()
    if kept not in {seen, until}:
        raise ActionRefusedError(
            _("Iemand anders heeft net een andere dag gekozen. Kijk of uw dag nog klopt.")
        )
    rows.update(held_until=until)
    note_changes(viewer, [placement.pseudonym_id])


@action(Permission.PLACE_RESIDENT)
def lapse_holds(viewer: Viewer) -> int:
    """Put people whose seat was held up to a day before today on the list again; return how many.

    The seat comes free for who waits. Done every night; doing it again changes nothing.
    """
    today = clock.today()
    rows = Placement.objects.visible_to(viewer).filter(state__in=BEFORE_START, held_until__lt=today)
    changes = [
        Change(placement_id=pk, on=today, reason=MoveReason.HOLD_LAPSED)
        for pk in rows.order_by("pk").values_list("pk", flat=True)
    ]
    if changes:
        advance(viewer, changes, PlacementState.WAITING)
    return len(changes)
