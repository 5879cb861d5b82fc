"""Everything of somebody stops in one go, and that they died or moved away is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.departures import note_departures
from meedoen.records.people.leaving import end_with_aftercare
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.referrals.ending import end_referrals_of, open_referrals_of
from meedoen.records.sheltered.leaving import leave_sheltered
from meedoen.records.waiting.checking import day_faults
from meedoen.records.waiting.leaving_actions import leave_places
from meedoen.rules.placement_states import REASONS_OF, STOPPING_OUTCOMES
from meedoen.rules.places.following import NO_AFTERCARE
from meedoen.rules.vocabulary import Outcome, ReferralOutcome

LEAVING = STOPPING_OUTCOMES - REASONS_OF.keys()
"""How somebody can leave everything at once; who only stops somewhere, says where and why."""

_ENDS_REFERRALS = {
    Outcome.DIED: ReferralOutcome.DIED,
    Outcome.MOVED_AWAY: ReferralOutcome.MOVED_AWAY,
}


@dataclass(frozen=True, slots=True)
class Left:
    """What ended: running placements, what had not begun, lines of lists of kinds, and work.

    `sheltered` counts tracks to sheltered work and old jobs (Wsw), `referrals` those that were open
    and that the viewer may see.
    """

    ended: int
    withdrawn: int
    lines: int
    sheltered: int
    referrals: int = 0


@action(Permission.PLACE_RESIDENT)
def leave_all(viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date, outcome: Outcome) -> Left:
    """End everything of these people: `on` is the last day on which it could go on.

    Placements end or are withdrawn, whatever state they are in; who waits for a kind is taken off
    the list. With a death or a move sheltered work ends too, and every open referral; nobody is
    called any more, and it is kept, also of who had nothing. What was written down from a later day
    on was not so, and is corrected: what was counted before stays to be seen as it was known
    then. Raises ActionRefusedError, all or none.
    """
    faults = list(day_faults(on))
    if outcome not in LEAVING:
        faults.append(_("Kies waarom alles stopt, zoals een verhuizing."))
    people = sorted(set(pseudonym_ids))
    if len(districts_of_visible(viewer, pseudonym_ids=people)) < len(people):
        faults.append(_("Deze inwoner bestaat niet of is niet voor u."))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    places = leave_places(viewer, people=people, on=on, outcome=outcome)
    sheltered = leave_sheltered(viewer, people=people, on=on, outcome=outcome)
    referrals = 0
    if outcome in NO_AFTERCARE:
        referrals = open_referrals_of(viewer, pseudonym_ids=people)
        end_referrals_of(viewer, pseudonym_ids=people, outcome=_ENDS_REFERRALS[outcome])
        hold(viewer, pseudonym_ids=people)
        note_departures(viewer, pseudonym_ids=people, last_day=on, outcome=outcome)
        end_with_aftercare(viewer, pseudonym_ids=people)
    return Left(places.ended, places.withdrawn, places.lines, sheltered, referrals)
