"""What waits for the coach in referrals about people, as facts for the signals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.models import Ask, Referral
from meedoen.records.referrals.today import may_be_placed
from meedoen.rules.referrals.states import AWAITS_ANSWER, CLOSED, OPEN_ASKS, WITH_ACCEPTOR
from meedoen.rules.signals.facts import ReferralWaits
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import ReferralState

_CAME_BACK = {ReferralState.DECLINED, ReferralState.HANDED_BACK}


def referrals_waiting(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> Mapping[int, tuple[ReferralWaits, ...]]:
    """Return what waits in referrals about these people, by pseudonym; in two questions.

    What an organisation sent to another one waits for that organisation, not for the coach. What
    became a placement, or can become one, is not with the receiver any more.
    """
    found: dict[int, list[ReferralWaits]] = defaultdict(list)
    sent = Referral.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, from_organisation__isnull=True
    )
    placed = Q(placed__isnull=False) | may_be_placed(viewer)
    running = sent.filter(~(placed & Q(state__in=sorted(WITH_ACCEPTOR)))).exclude(
        state__in=sorted(CLOSED | {ReferralState.DRAFT})
    )
    for person, key, state, due_on in running.order_by("pk").values_list(
        "pseudonym_id", "key", "state", "due_on"
    ):
        kind = _kind(ReferralState(state), due_on, on)
        if kind is not None and due_on is not None:
            found[person].append(ReferralWaits(kind, str(key), due_on))
    asked = Ask.objects.visible_to(viewer).filter(
        organisation__isnull=True,
        team__isnull=True,
        state__in=sorted(OPEN_ASKS),
        referral__pseudonym_id__in=pseudonym_ids,
    )
    for person, key, due_on in asked.order_by("pk").values_list(
        "referral__pseudonym_id", "key", "due_on"
    ):
        found[person].append(ReferralWaits(SignalKind.REFERRAL_RECEIVED, str(key), due_on))
    return {person: tuple(waiting) for person, waiting in found.items()}


def _kind(state: ReferralState, due_on: date | None, on: date) -> SignalKind | None:
    """Return what a referral that the municipality or the person sent asks of the coach now."""
    if state in _CAME_BACK:
        return SignalKind.REFERRAL_CAME_BACK
    if due_on is not None and due_on < on:
        if state in AWAITS_ANSWER:
            return SignalKind.REFERRAL_NOT_ANSWERED
        if state in WITH_ACCEPTOR:
            return SignalKind.REFERRAL_WITHOUT_WORD
    return None
