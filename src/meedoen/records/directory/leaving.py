"""An organisation leaves: from that day on nobody acts for it, with an account or with a link."""

from collections.abc import Sequence
from datetime import date

from meedoen.records.directory.noting import Noted, note_all
from meedoen.records.links.models import Link
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import SubjectKind


def keep_leaving(
    viewer: Viewer, *, row: Organisation, left_on: date | None, reason: str = ""
) -> None:
    """Let an organisation leave on a day, or take part again, in the transaction of an action.

    From that day on its people have no access; when it is today or earlier that is at once.
    """
    before = {"left_on": row.left_on}
    row.left_on = left_on
    row.save(update_fields=["left_on"])
    note_all(
        viewer,
        [
            Noted(
                organisation_id=row.pk,
                subject=SubjectKind.ORGANISATION,
                subject_id=row.pk,
                before=before,
                after={"left_on": left_on, **({"reason": reason} if reason else {})},
            )
        ],
    )
    if left_on is not None and left_on <= clock.today():
        end_access(viewer, organisation_ids=[row.pk])


def end_access(viewer: Viewer, *, organisation_ids: Sequence[int]) -> int:
    """End the access of everyone at these organisations at once; return how many people had it.

    Their links no longer hold. Doing it again changes nothing.
    """
    now = clock.now()
    whole = Viewer.system(viewer.municipality_id)
    Link.objects.visible_to(whole).filter(
        organisation_id__in=organisation_ids, answered_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
    return Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id__in=organisation_ids,
        ended_at__isnull=True,
    ).update(ended_at=now)


def end_access_of_left(viewer: Viewer) -> int:
    """End the access of everyone at organisations that have left by today; return how many."""
    left = Organisation.objects.filter(
        municipality_id=viewer.municipality_id, left_on__lte=clock.today()
    )
    return end_access(viewer, organisation_ids=list(left.values_list("pk", flat=True)))
