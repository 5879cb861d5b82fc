"""Sheltered work of people who died or moved away: tracks and old jobs (Wsw) end with that."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import hold
from meedoen.records.sheltered.advancing import NewStep, Opened, opened, write_step
from meedoen.records.sheltered.correcting import take_back_last
from meedoen.records.sheltered.models import CLOSED, Track, WswStretch
from meedoen.records.sheltered.telling import tell
from meedoen.records.sheltered.wsw_actions import say_again
from meedoen.rules.sheltered.words import ShelteredReason, ShelteredState
from meedoen.rules.vocabulary import Outcome

REASONS: Mapping[Outcome, ShelteredReason] = {
    Outcome.DIED: ShelteredReason.DIED,
    Outcome.MOVED_AWAY: ShelteredReason.MOVED_AWAY,
}
"""What ends sheltered work too; whoever stops for another reason, may well keep it."""


def leave_sheltered(viewer: Viewer, *, people: Sequence[int], on: date, outcome: Outcome) -> int:
    """End the tracks and the old jobs of these people after a last day `on`; return how many.

    Inside the transaction of an action. What was written down from a later day on was not so and
    is taken back; a contract lasts until `on`.
    """
    reason = REASONS.get(outcome)
    if reason is None:
        return 0
    hold(viewer, pseudonym_ids=people)
    ended = _end_tracks(viewer, people, on, reason) + _end_wsw(viewer, people, on)
    tell(viewer, people)
    return ended


def _end_tracks(viewer: Viewer, people: Sequence[int], on: date, reason: ShelteredReason) -> int:
    rows = Track.objects.visible_to(viewer).exclude(state__in=CLOSED).order_by("pk")
    keys = [
        key
        for group in in_groups(people)
        for key in rows.filter(pseudonym_id__in=group).values_list("key", flat=True)
    ]
    for one in opened(viewer, keys):
        _end_track(viewer, one, on, reason)
    return len(keys)


def _end_track(viewer: Viewer, one: Opened, on: date, reason: ShelteredReason) -> None:
    so = one
    while so.steps and so.last.on > on:
        so = take_back_last(viewer, so, reason=_gone_already())
    if so.steps and so.track.state not in CLOSED:
        # A job lasts until the end of the last day; what had not begun, was over on it.
        is_job = so.track.state == ShelteredState.EMPLOYED
        over = on + timedelta(days=1) if is_job else on
        end = NewStep(key=so.track.key, to=ShelteredState.ENDED, on=over, reason=reason)
        write_step(viewer, so, end)


def _end_wsw(viewer: Viewer, people: Sequence[int], on: date) -> int:
    over = on + timedelta(days=1)
    rows = WswStretch.objects.visible_to(viewer).current().filter(ends_on__gt=over)
    found = [
        row
        for group in in_groups(people)
        for row in rows.filter(pseudonym_id__in=group).order_by("pk")
    ]
    for row in found:
        if row.starts_on > on:
            say_again(viewer, row, withdrawn=True, correction_reason=_gone_already())
        else:
            say_again(viewer, row, ends_on=over)
    return len(found)


def _gone_already() -> str:
    return _("Deze inwoner was toen al verhuisd of overleden.")
