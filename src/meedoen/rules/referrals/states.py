"""Which moves a referral and each of its receivers may make, and which words belong to each.

A referral as a whole is where its receivers are: `state_of` works that out until somebody says
yes; from then on it moves by itself. Pages, links, bulk actions and the clock all ask these tables.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
)

_A = AskState
_R = ReferralState
W = TypeVar("W", bound=StrEnum)

OPEN_ASKS = frozenset({_A.ASKED, _A.SEEN})
"""The receiver may still answer."""

AWAITS_ANSWER = frozenset({_R.SENT, _R.SEEN})
"""A receiver must say yes or no."""

WITH_ACCEPTOR = frozenset({_R.ACCEPTED, _R.STARTED})
"""One receiver said yes and must tell what becomes of it."""

WITH_SENDER = frozenset({_R.DRAFT, _R.DECLINED, _R.HANDED_BACK})
"""The sender must choose: send it, to another one if need be, or stop."""

OPEN = AWAITS_ANSWER | WITH_ACCEPTOR | WITH_SENDER
"""Something must still be done, by somebody, before a day."""

CLOSED = frozenset({_R.DONE, _R.STOPPED, _R.REVOKED})
"""It is over, and says how."""

ASK_MOVES: Mapping[AskState, frozenset[AskState]] = {
    _A.ASKED: frozenset(
        {
            _A.SEEN,
            _A.ACCEPTED,
            _A.DECLINED,
            _A.FORWARDED,
            _A.OVERTAKEN,
            _A.LAPSED,
            _A.CALLED_BACK,
        }
    ),
    _A.SEEN: frozenset(
        {
            _A.ACCEPTED,
            _A.DECLINED,
            _A.FORWARDED,
            _A.OVERTAKEN,
            _A.LAPSED,
            _A.CALLED_BACK,
        }
    ),
    _A.ACCEPTED: frozenset({_A.FORWARDED, _A.HANDED_BACK}),
}
"""Where one receiver may go from each state; the states that are not here are final."""

REFERRAL_MOVES: Mapping[ReferralState, frozenset[ReferralState]] = {
    _R.DRAFT: frozenset({_R.SENT, _R.REVOKED}),
    _R.SENT: frozenset({_R.SEEN, _R.ACCEPTED, _R.DECLINED, _R.HANDED_BACK, _R.REVOKED, _R.STOPPED}),
    _R.SEEN: frozenset(
        # Sent on to another one, who has not opened it: sent again.
        {_R.SENT, _R.ACCEPTED, _R.DECLINED, _R.HANDED_BACK, _R.REVOKED, _R.STOPPED}
    ),
    _R.ACCEPTED: frozenset({_R.SENT, _R.STARTED, _R.DONE, _R.STOPPED, _R.HANDED_BACK}),
    _R.STARTED: frozenset({_R.DONE, _R.STOPPED}),
    _R.DECLINED: frozenset({_R.SENT, _R.STOPPED}),
    _R.HANDED_BACK: frozenset({_R.SENT, _R.STOPPED}),
}
"""Where a referral may go from each state; done, stopped and revoked are final."""

_GOOD = frozenset(
    {
        ReferralOutcome.TAKES_PART,
        ReferralOutcome.HELPED,
        ReferralOutcome.MOVED_ON,
    }
)
_BY_ACCEPTOR = frozenset(
    {
        ReferralOutcome.NOT_REACHED,
        ReferralOutcome.DID_NOT_COME,
        ReferralOutcome.RESIDENT_STOPPED,
        ReferralOutcome.DID_NOT_FIT,
        ReferralOutcome.OTHER_SOLUTION,
        ReferralOutcome.NO_LONGER_NEEDED,
        ReferralOutcome.MOVED_AWAY,
        ReferralOutcome.DIED,
    }
)
_BY_SENDER = frozenset(
    {
        ReferralOutcome.NOBODY_CAN,
        ReferralOutcome.RESIDENT_STOPPED,
        ReferralOutcome.OTHER_SOLUTION,
        ReferralOutcome.NO_LONGER_NEEDED,
        ReferralOutcome.MOVED_AWAY,
        ReferralOutcome.DIED,
    }
)
_ABOUT_PEOPLE = frozenset(
    {
        ReferralOutcome.TAKES_PART,
        ReferralOutcome.MOVED_ON,
        ReferralOutcome.NOT_REACHED,
        ReferralOutcome.DID_NOT_COME,
        ReferralOutcome.RESIDENT_STOPPED,
        ReferralOutcome.MOVED_AWAY,
        ReferralOutcome.DIED,
    }
)


class ReferralMoveError(ValueError):
    """A referral, or one of its receivers, was asked to make a move that it may not make."""

    def __init__(self, state: StrEnum, to: StrEnum) -> None:
        """Keep what was asked."""
        super().__init__(f"A referral cannot go from {state.value!r} to {to.value!r}.")
        self.state = state
        self.to = to


def move_ask(state: AskState, to: AskState) -> AskState:
    """Return the state of a receiver after a move. Raises ReferralMoveError."""
    if to not in ASK_MOVES.get(state, frozenset()):
        raise ReferralMoveError(state, to)
    return to


def move_referral(state: ReferralState, to: ReferralState) -> ReferralState:
    """Return the state of a referral after a move. Raises ReferralMoveError."""
    if to not in REFERRAL_MOVES.get(state, frozenset()):
        raise ReferralMoveError(state, to)
    return to


def state_of(asks: Iterable[AskState]) -> ReferralState:
    """Return where a referral is that nobody began with and nobody stopped.

    One yes makes it accepted. As long as somebody may answer it is sent, or seen. When all said
    no it is declined; when one of them let it lie or gave it back, it was handed back. Of several
    rounds only the receivers of the last one count: pass those.
    """
    states = set(asks)
    if not states:
        return _R.DRAFT
    if _A.ACCEPTED in states:
        return _R.ACCEPTED
    if states & OPEN_ASKS:
        return _R.SEEN if _A.SEEN in states else _R.SENT
    if states & {_A.LAPSED, _A.HANDED_BACK}:
        return _R.HANDED_BACK
    return _R.DECLINED


def outcomes_when_done(about: ReferralAbout) -> tuple[ReferralOutcome, ...]:
    """Return what can have become of a referral that did what was asked."""
    if about is ReferralAbout.QUESTION:
        return (ReferralOutcome.ANSWERED, ReferralOutcome.HELPED)
    return _in_order(ReferralOutcome, _GOOD)


def outcomes_when_stopped(about: ReferralAbout, *, by_sender: bool) -> tuple[ReferralOutcome, ...]:
    """Return what can have become of a referral that stopped, in the words of who stops it."""
    fitting = _BY_SENDER if by_sender else _BY_ACCEPTOR
    return _in_order(
        ReferralOutcome,
        fitting - _ABOUT_PEOPLE if about is ReferralAbout.QUESTION else fitting,
    )


def decline_reasons(about: ReferralAbout, *, knows_who: bool) -> tuple[DeclineReason, ...]:
    """Return why a receiver may say no; only who knows the person can speak for them."""
    known = knows_who and about is not ReferralAbout.QUESTION
    without = set() if known else {DeclineReason.RESIDENT_WITHDREW}
    return tuple(reason for reason in DeclineReason if reason not in without)


def _in_order(words: type[W], fitting: Iterable[W]) -> tuple[W, ...]:
    known = set(fitting)
    return tuple(word for word in words if word in known)
