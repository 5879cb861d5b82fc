"""The weekly mail about signals: who gets one, and that nobody gets it twice."""

from datetime import date

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.signals.models import Digest


@action(Permission.KEEP_SIGNALS)
def claim_digest(viewer: Viewer, *, membership_id: int, week: date) -> bool:
    """Say that the mail of a week (its Monday) is being sent to a member.

    Returns False when it was sent, or is being sent, already. Claimed before it leaves: a worker
    that is killed in between costs a mail, and never sends one twice.
    """
    Digest.objects.bulk_create(
        [Digest(municipality_id=viewer.municipality_id, membership_id=membership_id, week=week)],
        ignore_conflicts=True,
    )
    free = Digest.objects.filter(membership_id=membership_id, week=week, sent_at__isnull=True)
    return free.update(sent_at=clock.now()) == 1


@action(Permission.KEEP_SIGNALS)
def release_digest(viewer: Viewer, *, membership_id: int, week: date) -> None:
    """Say that the mail did not leave after all, so that it can be tried again."""
    Digest.objects.filter(
        municipality_id=viewer.municipality_id, membership_id=membership_id, week=week
    ).update(sent_at=None)
