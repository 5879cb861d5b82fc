"""Referrals in the background: the clock in the night, and placements that came of them."""

from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.clock_actions import (
    end_forgotten,
    escalate_late,
    forget_told,
    hand_back_late,
    take_from_left,
)
from meedoen.records.referrals.placing import follow_placements


@job(queue="nightly")
def keep_referrals_going(municipality_id: int) -> None:
    """Let nothing lie in the referrals of one municipality; doing it again changes nothing.

    What lies with an organisation that left comes back, and so does what lay too long; the
    sender's team hears of the rest that is late. What its sender left lying for long ends, and what
    was told is emptied when its time is over.
    """
    viewer = Viewer.system(municipality_id)
    take_from_left(viewer)
    follow_placements(viewer)
    hand_back_late(viewer)
    escalate_late(viewer)
    end_forgotten(viewer)
    forget_told(viewer)


def put_the_referrals_in_queue() -> None:
    """Put the night of the referrals in the queue, for each municipality apart."""
    for code in municipality_codes():
        keep_referrals_going.enqueue(system_viewer(code).municipality_id)


def follow_placements_everywhere() -> None:
    """Close referrals whose placement began or came to nothing, whoever told that, everywhere."""
    for code in municipality_codes():
        follow_placements(system_viewer(code))
