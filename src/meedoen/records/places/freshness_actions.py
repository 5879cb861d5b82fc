"""What the owner of a place says when asked whether it is still right, and what follows."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.directory.own import is_at_organisation
from meedoen.records.links.actions import use_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.actions import locked_places
from meedoen.records.places.models import Place, PlaceConfirmation
from meedoen.records.places.restating import restate
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.places.freshness import confirm_by
from meedoen.rules.vocabulary import FreshnessAnswer, LinkPurpose, PlaceKind

LONGEST_NOTE = 500
REASONS: Mapping[FreshnessAnswer, Promise] = {
    FreshnessAnswer.STILL_RIGHT: gettext_lazy("Er is weer ruimte, zegt de organisatie."),
    FreshnessAnswer.FULL: gettext_lazy("Vol, zegt de organisatie."),
    FreshnessAnswer.STOPPED: gettext_lazy("Gestopt, zegt de organisatie."),
}
"""Kept with the period that an answer begins."""


@action(Permission.ANSWER_FRESHNESS)
def answer_freshness(
    viewer: Viewer,
    *,
    place_key: uuid.UUID,
    answer: FreshnessAnswer,
    note: str = "",
    has_room: bool = False,
) -> int:
    """Keep what somebody at the organisation says of a place; return the id of the place.

    Still right and full make it fresh again; `has_room` says that it is no longer full. A place
    that stopped is there no more from tomorrow on; who was placed there keeps the placement.
    Something that changed is kept in words, for a coach to write down: the place stays as fresh
    or stale as it was. A link is used up by the answer. Raises ActionRefusedError.
    """
    place = _place(viewer, place_key)
    words = note.strip()
    _check(place, answer, words)
    use_link(viewer, purpose=LinkPurpose.CONFIRM_PLACE, subject_id=place.pk, answer=answer)
    _change(viewer, place, answer, has_room=has_room)
    PlaceConfirmation.objects.create(
        municipality_id=viewer.municipality_id,
        place=place,
        answer=answer,
        note=words,
        answered_at=clock.now(),
        answered_by_id=viewer.membership_id,
        link_id=viewer.link_id,
    )
    if answer in {FreshnessAnswer.STILL_RIGHT, FreshnessAnswer.FULL}:
        _make_fresh(viewer, place)
    return place.pk


def _place(viewer: Viewer, key: uuid.UUID) -> Place:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, key=key)
    if is_at_organisation(viewer):
        rows = rows.filter(organisation_id__in=[viewer.organisation_id])
    place_id = rows.values_list("pk", flat=True).first()
    if place_id is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    return locked_places(viewer, [place_id])[place_id]


def _check(place: Place, answer: FreshnessAnswer, note: str) -> None:
    faults = []
    if place.closes_on <= clock.today():
        faults.append(_("Deze plek is al gestopt. Voer een nieuwe plek in als die terugkomt."))
    if answer is FreshnessAnswer.CHANGED and not note:
        faults.append(_("Schrijf op wat er veranderd is."))
    if holds_bsn(note):
        faults.append(_("In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg."))
    if len(note) > LONGEST_NOTE:
        faults.append(_("Dat is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_NOTE})
    if faults:
        raise ActionRefusedError(" ".join(faults))


def _change(viewer: Viewer, place: Place, answer: FreshnessAnswer, *, has_room: bool) -> None:
    """Begin a new period where the answer is about more than that all is as it was."""
    match answer:
        case FreshnessAnswer.FULL:
            _restate(viewer, place, answer, is_full=True)
        case FreshnessAnswer.STILL_RIGHT if has_room:
            _restate(viewer, place, answer, is_full=False)
        case FreshnessAnswer.STOPPED:
            # A place that has not begun yet is there for a day: it cannot end before it begins.
            last_day = max(clock.today(), place.opens_on)
            opens_on, closes_on = place.opens_on, last_day + timedelta(days=1)
            _restate(viewer, place, answer, opens_on=opens_on, closes_on=closes_on)
        case _:
            # It is as it was, or a coach writes down what changed.
            return


def _restate(viewer: Viewer, place: Place, answer: FreshnessAnswer, **what: Any) -> None:
    restate(
        viewer,
        place_ids=[place.pk],
        from_on=clock.today(),
        change=lambda details: replace(details, **what),
        reason=str(REASONS[answer]),
        link_id=viewer.link_id,
    )


def _make_fresh(viewer: Viewer, place: Place) -> None:
    """Let the place count as up to date from today, for as long as the terms say."""
    today = clock.today()
    Place.objects.filter(municipality_id=viewer.municipality_id, pk=place.pk).update(
        confirmed_on=today, confirm_by=confirm_by(PlaceKind(place.kind), today)
    )
