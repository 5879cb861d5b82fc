"""What a mail to the owner of a place says: nothing about anybody who signed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.models import SignUp
from meedoen.records.places.owners import Asked, asked_about
from meedoen.rules.vocabulary import SignUpState

STILL_NEW = timedelta(days=7)
"""A sign-up that nobody could be told about for so long is no news; it waits at the desk."""


@dataclass(frozen=True, slots=True)
class SignUpToTell:
    """A sign-up that the owner of a place is to hear of: which place, and whom to tell."""

    sign_up_id: int
    title: str
    organisation_id: int
    organisation: str
    asked: Asked


def sign_ups_to_tell(
    viewer: Viewer, *, sign_up_ids: Sequence[int] | None = None
) -> Sequence[SignUpToTell]:
    """Return the new sign-ups of which somebody can be mailed; for Meedoen itself.

    With `sign_up_ids` these alone, also when they are not so new any more.
    """
    if viewer.role is not Role.SYSTEM:
        return []
    rows = SignUp.objects.visible_to(viewer)
    if sign_up_ids is None:
        rows = rows.filter(state=SignUpState.NEW, made_at__gt=clock.now() - STILL_NEW)
    else:
        rows = rows.filter(pk__in=sign_up_ids).exclude(state=SignUpState.CLOSED)
    found = list(rows.select_related("place__organisation").order_by("pk"))
    asked = asked_about(viewer, [row.place for row in found])
    return [
        SignUpToTell(
            sign_up_id=row.pk,
            title=row.place.title,
            organisation_id=row.place.organisation_id,
            organisation=row.place.organisation.name,
            asked=asked[row.place_id],
        )
        for row in found
        if row.place_id in asked and asked[row.place_id].email
    ]
