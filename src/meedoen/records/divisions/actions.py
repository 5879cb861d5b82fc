"""Asking for a division of the free places, calling it off, and putting it in the queue again."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.divisions.models import Division
from meedoen.records.divisions.running import is_worked_on
from meedoen.records.divisions.tasks import work_out_division
from meedoen.records.divisions.words import BUSY, RunFault, RunState
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.vocabulary import PlaceKind

STOPPED_AFTER = timedelta(hours=6)
"""What is not done by then came to a stop, and holds up nothing any more."""


@action(Permission.DIVIDE_PLACES)
def ask_division(
    viewer: Viewer,
    *,
    kinds: Collection[PlaceKind] = (),
    district_id: int | None = None,
    in_background: bool = True,
) -> uuid.UUID:
    """Ask for a division of the free places over everyone of the team who waits; return its key.

    `kinds` and `district_id` narrow it; nothing is all. It is worked out in the background unless
    the caller does it. Nobody is placed by it. Raises ActionRefusedError for a district that is
    not there, and while another division of the team is being worked out.
    """
    if viewer.team_id is None:
        raise ActionRefusedError(_("Alleen een team kan plekken verdelen."))
    here = District.objects.filter(municipality_id=viewer.municipality_id)
    if district_id is not None and not here.filter(pk=district_id).exists():
        raise ActionRefusedError(_("Deze wijk is er niet. Kies een andere wijk."))
    if not matching_is_on(viewer):
        raise ActionRefusedError(_("Uw gemeente laat Meedoen geen plekken voorstellen."))
    _give_up_stopped(viewer)
    try:
        with transaction.atomic():
            row = Division.objects.create(
                municipality_id=viewer.municipality_id,
                team_id=viewer.team_id,
                asked_by_id=viewer.membership_id,
                asked_at=clock.now(),
                kinds=sorted(kind.value for kind in set(kinds)),
                district_id=district_id,
                state=RunState.WAITING,
            )
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Er loopt al een verdeling van uw team. Wacht tot die klaar is, of stop die eerst.")
        ) from error
    if in_background:
        work_out_division.enqueue(municipality_id=viewer.municipality_id, division_id=row.pk)
    return row.key


def _give_up_stopped(viewer: Viewer) -> None:
    """Let what nobody is working on any more not hold up the team for ever."""
    rows = Division.objects.visible_to(viewer).filter(
        state__in=BUSY, asked_at__lt=clock.now() - STOPPED_AFTER
    )
    rows.update(state=RunState.FAILED, fault=RunFault.STOPPED, finished_at=clock.now())


@action(Permission.DIVIDE_PLACES)
def call_off_division(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Call off a division that is not done yet; nothing of it stays but that it was asked for.

    Raises ActionRefusedError when it is not there, or over already.
    """
    rows = Division.objects.visible_to(viewer).filter(key=key, state__in=BUSY)
    if not rows.update(state=RunState.WITHDRAWN, finished_at=clock.now()):
        raise ActionRefusedError(_over())


@action(Permission.DIVIDE_PLACES)
def carry_on_division(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Put a division that came to a stop in the queue again; doing so too often does no harm.

    Raises ActionRefusedError when it is not there, or over already, and when it runs still.
    """
    row = Division.objects.visible_to(viewer).filter(key=key, state__in=BUSY).first()
    if row is None:
        raise ActionRefusedError(_over())
    if is_worked_on(row):
        raise ActionRefusedError(
            _("Aan deze verdeling wordt nog gewerkt. Kijk over een paar minuten opnieuw.")
        )
    work_out_division.enqueue(municipality_id=row.municipality_id, division_id=row.pk)


def _over() -> str:
    return _("Deze verdeling loopt niet meer. Open de pagina opnieuw en kijk hoe het ervoor staat.")
