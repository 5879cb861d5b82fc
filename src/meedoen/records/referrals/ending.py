"""Referrals about people for whom everything stops: who withdraws, leaves, dies or is erased."""

from collections.abc import Sequence

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.course import stop_now, take_back
from meedoen.records.referrals.drafts import discard_draft, empty_facts
from meedoen.records.referrals.holding import hold_referral
from meedoen.records.referrals.models import Referral
from meedoen.rules.referrals.states import AWAITS_ANSWER, CLOSED
from meedoen.rules.vocabulary import ReferralOutcome, ReferralState, RevokeReason

_REASONS = {
    ReferralOutcome.DIED: RevokeReason.DIED,
    ReferralOutcome.MOVED_AWAY: RevokeReason.MOVED_AWAY,
    ReferralOutcome.RESIDENT_STOPPED: RevokeReason.RESIDENT_WITHDREW,
}


def end_referrals_of(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], outcome: ReferralOutcome
) -> int:
    """End every open referral about these people, whoever sent it; return how many.

    In the transaction of an action that ends more than that. Receivers hear that they need not
    answer, and never why. What was told stays for as long as its term; see `empty_facts_of`.
    """
    system = Viewer.system(viewer.municipality_id)
    rows = Referral.objects.visible_to(system).filter(pseudonym_id__in=pseudonym_ids)
    keys = rows.exclude(state__in=sorted(CLOSED)).order_by("pk").values_list("key", flat=True)
    for key in keys:
        held = hold_referral(system, key)
        if held.state is ReferralState.DRAFT:
            discard_draft(system, key=key)
        elif held.state in AWAITS_ANSWER:
            take_back(system, held, _REASONS.get(outcome, RevokeReason.NO_LONGER_NEEDED))
        else:
            stop_now(system, held, outcome)
    return len(keys)


def open_referrals_of(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> int:
    """Return how many referrals about these people are open, of those that the viewer may see.

    An organisation's draft is not among them for a coach: it is that organisation's own.
    """
    rows = Referral.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    return rows.exclude(state__in=sorted(CLOSED)).count()


def empty_facts_of(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> int:
    """Empty what was told about people who are erased; return in how many rounds something stood.

    Who they were can be read nowhere any more; that something was sent stays, as in the history.
    """
    system = Viewer.system(viewer.municipality_id)
    rows = Referral.objects.visible_to(system).filter(pseudonym_id__in=pseudonym_ids)
    return empty_facts(system, list(rows.values_list("pk", flat=True)))
