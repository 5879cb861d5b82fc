"""What somebody with a link sees of the place, or the sign-up, that it is about, and answers."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.links.actions import use_link
from meedoen.records.links.opening import HeldLink
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.details import PlaceDetails, details_of
from meedoen.records.places.models import Place, SignUp
from meedoen.records.places.owners import asked_about
from meedoen.records.places.sign_up_actions import answer_sign_up
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.vocabulary import LinkPurpose, PlaceStatus, SignUpState


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A place as it stands, for who is asked whether it is still right."""

    key: uuid.UUID
    title: str
    organisation: str
    district: str
    location: str
    details: PlaceDetails
    confirmed_on: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class AskedSignUp:
    """Somebody who showed interest in a place, in their own words, for who answers them."""

    sign_up_id: int
    title: str
    name: str
    contact: str
    message: str
    made_at: datetime
    state: SignUpState


def asked_place(held: HeldLink) -> AskedPlace | LinkProblem:
    """Return the place that a link asks about, or why it cannot be answered any more."""
    viewer = held.viewer
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, pk=held.subject_id)
    row = rows.select_related("organisation", "district", "location").first()
    if row is None or row.organisation_id != viewer.organisation_id:
        return LinkProblem.OWNER_CHANGED
    if row.closes_on <= clock.today() or row.status != PlaceStatus.LISTED:
        return LinkProblem.SUBJECT_OVER
    if not is_asked(held, row):
        return LinkProblem.OWNER_CHANGED
    return AskedPlace(
        key=row.key,
        title=row.title,
        organisation=row.organisation.name,
        district=row.district.name,
        location=row.location.name if row.location else "",
        details=details_of(row),
        confirmed_on=row.confirmed_on,
        is_stale=is_stale(row.confirm_by, clock.today()),
    )


def is_asked(held: HeldLink, place: Place) -> bool:
    """Return whether who got the link is still the one to ask about a place."""
    asked = asked_about(held.viewer, [place]).get(place.pk)
    return (
        asked is not None
        and asked.contact_id == held.owner_id
        and asked.email.lower() == held.recipient.lower()
    )


def asked_sign_up(held: HeldLink) -> AskedSignUp | LinkProblem:
    """Return the sign-up that a link asks about, or why it cannot be answered any more."""
    rows = SignUp.objects.visible_to(held.viewer).filter(pk=held.subject_id)
    row = rows.select_related("place").first()
    if row is None or row.state == SignUpState.CLOSED:
        return LinkProblem.SUBJECT_OVER
    if not is_asked(held, row.place):
        return LinkProblem.OWNER_CHANGED
    return AskedSignUp(
        sign_up_id=row.pk,
        title=row.place.title,
        name=row.name,
        contact=row.contact,
        message=row.message,
        made_at=row.made_at,
        state=SignUpState(row.state),
    )


@action(Permission.ANSWER_SIGN_UPS)
def answer_sign_up_with_link(viewer: Viewer, *, sign_up_id: int, state: SignUpState) -> None:
    """Note what became of a sign-up and use up the link, both or neither.

    Raises ActionRefusedError.
    """
    use_link(viewer, purpose=LinkPurpose.ANSWER_SIGN_UP, subject_id=sign_up_id, answer=state.value)
    key = SignUp.objects.visible_to(viewer).values_list("key", flat=True).get(pk=sign_up_id)
    answer_sign_up(viewer, key=key, state=state)
