"""Keeping that a receiver was reminded."""

from datetime import date

from django.db.models import Q

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.models import Ask
from meedoen.records.referrals.stepping import Said, write_step
from meedoen.rules.vocabulary import ReferralEvent


@action(Permission.KEEP_SIGNALS)
def note_reminded(viewer: Viewer, *, ask_id: int, since: date) -> None:
    """Note that a receiver was reminded, once for the stretch that began on a day.

    Called when the mail has left. The same stretch again changes nothing.
    """
    rows = Ask.objects.visible_to(viewer).filter(pk=ask_id)
    earlier = rows.filter(Q(reminded_on=None) | Q(reminded_on__lt=since))
    today = clock.today()
    # One statement: of two at the same moment only one changes the row.
    if earlier.update(reminded_on=today):
        ask = rows.select_related("referral").get()
        write_step(viewer, ask.referral, ReferralEvent.REMINDED, Said(on=today), ask)
