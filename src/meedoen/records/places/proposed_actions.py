"""Deciding whether a place that an organisation proposed comes into the directory."""

import uuid
from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.actions import PlaceChange, keep_changes
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON
from meedoen.records.places.details import details_of
from meedoen.records.places.displacement_queries import displacement_card
from meedoen.records.places.finding import make_findable
from meedoen.records.places.models import Place
from meedoen.rules.places.freshness import confirm_by
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus

LONGEST_REASON = 300


@action(Permission.VERIFY_PLACES)
def decide_proposed_place(
    viewer: Viewer, *, place_key: uuid.UUID, accept: bool, reason: str = ""
) -> None:
    """Take a proposed place into the directory, or refuse it with a reason for the organisation.

    The reason stands with the place, as the newest that was said of it. Raises
    ActionRefusedError: for a place that was decided about, for refusing without a reason, and for
    a participation job of which nobody checked that it takes no paid work away.
    """
    rows = Place.objects.filter(
        NOT_FOUND_BY_A_PERSON, municipality_id=viewer.municipality_id, key=place_key
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    words, today = reason.strip(), clock.today()
    if faults := list(_faults(viewer, row, words, accept=accept)):
        raise ActionRefusedError(" ".join(faults))
    row.status = PlaceStatus.LISTED if accept else PlaceStatus.REFUSED
    if accept:
        row.confirmed_on, row.confirm_by = today, confirm_by(PlaceKind(row.kind), today)
    row.changed_at = clock.now()
    row.save(update_fields=["status", "confirmed_on", "confirm_by", "changed_at"])
    # Said anew with the reason, so that it stands with the place.
    change = PlaceChange(
        place_id=row.pk, starts_on=today, details=details_of(row), reason=words or _("Opgenomen.")
    )
    keep_changes(viewer, changes=[change])
    make_findable(viewer, place_ids=[row.pk])


def _faults(viewer: Viewer, row: Place, reason: str, *, accept: bool) -> Iterator[str]:
    if row.status != PlaceStatus.PROPOSED:
        yield _("Over deze plek is al besloten. Open de pagina opnieuw.")
        return
    if len(reason) > LONGEST_REASON:
        yield _("De uitleg is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}
    if not accept and not reason:
        yield _("Schrijf op waarom de plek niet in de lijst komt. De organisatie leest dit.")
    if accept and displacement_card(viewer, row).is_missing:
        yield _(
            "Bij deze plek hoort een toets op verdringing, en die is er nog niet of telt niet. "
            "Doe eerst de toets."
        )
