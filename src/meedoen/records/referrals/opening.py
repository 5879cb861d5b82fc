"""Keeping who read about whom a referral is."""

import uuid

from meedoen.records.history.actions import note_reading
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.models import Ask, SharedFacts


def note_received(viewer: Viewer, *, key: uuid.UUID, page: str) -> None:
    """Write down that a receiver opened a referral about somebody with a file.

    Nothing when the receiver may not read (any more) who it is about: then nobody was read about.
    """
    ask = Ask.objects.visible_to(viewer).filter(key=key).select_related("referral").first()
    if ask is None or ask.referral.pseudonym_id is None:
        return
    told = SharedFacts.objects.visible_to(viewer).filter(
        referral_id=ask.referral_id, round=ask.round, emptied_at=None
    )
    if told.exists():
        note_reading(viewer, pseudonym_id=ask.referral.pseudonym_id, page=page)
