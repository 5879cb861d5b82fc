"""What becomes of a referral: answered in time or late, sent on, given back, done, or left to lie.

Each referral is a generator: it yields the moment at which it goes on, and acts when it is woken.
`live` wakes them in the order of time, up to the last day; what would come later is still open.
"""

import heapq
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from meedoen.demo.chance import dice, happens, pick
from meedoen.demo.days import at_the_desk, midnight
from meedoen.demo.referral_plans import Network, Plan
from meedoen.demo.referral_texts import BEGAN, ENDED, NO, ONWARD, YES
from meedoen.demo.whereabouts import Someone
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.answers import accept, decline, forward, note_seen
from meedoen.records.referrals.clock_actions import escalate_late, hand_back_late
from meedoen.records.referrals.course import finish, hand_back, revoke, start, stop, stop_as_sender
from meedoen.records.referrals.drafts import Receiver, change_referral, draft_referral
from meedoen.records.referrals.models import Ask
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.referrals.states import OPEN_ASKS
from meedoen.rules.referrals.terms import due_after, hand_back_on
from meedoen.rules.vocabulary import (
    DeclineReason,
    HandBackReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Theme,
)

NIGHT_HOUR = timedelta(hours=4)
SEEN_SHARE, DIRECT_SHARE, DONE_SHARE, REVOKED_SHARE = 0.2, 0.3, 0.8, 0.03
FULL_DAYS, BETWEEN_DAYS, START_DAYS, COURSE_DAYS = (14, 90), (1, 5), (2, 14), (15, 110)
MOST_ROUNDS = 2
SENT_ON_SHARE, GIVES_BACK_SHARE = 0.09, 0.06
NO_SHARES = {
    DeclineReason.FULL: 0.4,
    DeclineReason.NOT_OUR_GROUP: 0.24,
    DeclineReason.OTHER_DISTRICT: 0.2,
    DeclineReason.NOT_OUR_WORK: 0.1,
    DeclineReason.CANNOT_IN_TIME: 0.06,
}
STOPPED = {
    ReferralOutcome.NOT_REACHED: 0.3,
    ReferralOutcome.DID_NOT_COME: 0.3,
    ReferralOutcome.RESIDENT_STOPPED: 0.2,
    ReferralOutcome.DID_NOT_FIT: 0.2,
}
GIVEN_UP = {
    ReferralOutcome.NOBODY_CAN: 0.5,
    ReferralOutcome.OTHER_SOLUTION: 0.3,
    ReferralOutcome.NO_LONGER_NEEDED: 0.2,
}
HELPED_WITH = frozenset({Theme.DEBT, Theme.WORK, Theme.HEALTH})
GIVEN_BACK = (
    HandBackReason.NO_ROOM_AFTER_ALL,
    HandBackReason.DOES_NOT_FIT_AFTER_ALL,
    HandBackReason.NO_CONTACT,
)
CameBack = Generator[datetime, None, bool]
"""A part of a life; at its end it says whether the referral is with the sender again."""


class What(StrEnum):
    """What happens next to a receiver."""

    YES = "yes"
    NO = "no"
    ONWARD = "onward"
    NOTHING = "nothing"
    TOLD_LATE = "told_late"
    """The clock of referrals tells the sender's team what is late."""
    TAKEN_BACK = "taken_back"
    """The clock of referrals hands back what nobody acted on."""


class Course(StrEnum):
    """What somebody who said yes does next."""

    GOES_ON = "goes_on"
    LATE = "late"
    GIVES_BACK = "gives_back"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Asked:
    """A receiver as it was asked, and who answers for it."""

    key: uuid.UUID
    viewer: Viewer
    due_on: date


CLOCK: Mapping[What, Callable[[Viewer], int]] = {
    What.TOLD_LATE: escalate_late,
    What.TAKEN_BACK: hand_back_late,
}
Event = tuple[datetime, int, What, Asked]


def live(network: Network, lives: Iterable[Iterator[datetime]]) -> None:
    """Wake what lives, each at its own moment, until the last day begins."""
    end = midnight(network.written.town.until)
    waiting = [
        (moment, number, life)
        for number, life in enumerate(lives)
        if (moment := next(life, end)) < end
    ]
    heapq.heapify(waiting)
    while waiting:
        moment, number, life = heapq.heappop(waiting)
        with clock.at(moment):
            following = next(life, end)
        if following < end:
            heapq.heappush(waiting, (following, number, life))


def life_of(network: Network, plan: Plan) -> Iterator[datetime]:
    """Live one referral: sent, answered, and sent again or stopped when it came back."""
    random = dice("referrals", network.written.town.sketch.code, "life", plan.number)
    spare = list(plan.spare)
    yield plan.sent_at
    key = draft_referral(plan.sender, new=plan.new)
    sender = plan.sender if plan.sender.membership_id else network.written.system
    send_referral(sender, key=key)
    for number in range(MOST_ROUNDS):
        came_back = yield from _round(network, random, plan, key, spare)
        if not came_back:
            return
        yield later(random, *BETWEEN_DAYS)
        again = happens(random, 0.4 + 0.4 * plan.skill)
        if number + 1 == MOST_ROUNDS or not spare or not again:
            stop_as_sender(sender, key=key, outcome=pick(random, GIVEN_UP))
            return
        others = [Receiver(organisation_id=spare.pop(0))]
        change_referral(sender, key=key, new=replace(plan.new, receivers=others))
        send_referral(sender, key=key)


def later(random: Random, least: int, most: int) -> datetime:
    """Return a moment in office hours so many days from now, at least an hour ahead."""
    moment = at_the_desk(random, clock.today() + timedelta(days=random.randint(least, most)))
    return max(moment, clock.now() + timedelta(hours=1))


def night(day: date) -> datetime:
    """Return the moment in a night at which the clock of referrals runs."""
    return midnight(day) + NIGHT_HOUR


def asked_now(network: Network, who: Someone | None, key: uuid.UUID) -> list[Asked]:
    """Return the receivers that may answer now."""
    rows = Ask.objects.visible_to(network.written.system)
    rows = rows.filter(referral__key=key, state__in=sorted(OPEN_ASKS)).order_by("pk")
    return [
        Asked(ask_key, _answering(network, who, organisation_id, team_id), due_on)
        for ask_key, organisation_id, team_id, due_on in rows.values_list(
            "key", "organisation_id", "team_id", "due_on"
        )
    ]


def _answering(
    network: Network, who: Someone | None, organisation_id: int | None, team_id: int | None
) -> Viewer:
    if organisation_id is not None:
        # Nobody who works there is named, so Meedoen may write it down: that takes less time.
        return network.written.system
    if who is not None:
        return who.coach
    return next(one for one in network.written.coaches if one.team_id == team_id)


# --- the answers ---------------------------------------------------------------------------------


def _round(
    network: Network, random: Random, plan: Plan, key: uuid.UUID, spare: list[int]
) -> CameBack:
    """Let the receivers answer in the order of time; the first yes ends it."""
    asked = asked_now(network, plan.who, key)
    if len(asked) == 1 and happens(random, REVOKED_SHARE):
        yield later(random, 1, 1)
        revoke(plan.sender, key=key, reason=RevokeReason.OTHER_SOLUTION)
        return False
    events: list[Event] = []
    for one in asked:
        _await(events, random, plan, one, may_send_on=len(asked) == 1 and bool(spare))
    while events:
        moment, _number, what, one = heapq.heappop(events)
        yield moment
        if what in CLOCK:
            CLOCK[what](network.written.system)
            continue
        if happens(random, SEEN_SHARE):
            note_seen(one.viewer, key=one.key)
        if what is What.YES:
            accept(one.viewer, key=one.key, words=random.choice(YES))
            return (yield from _course(network, random, plan, one))
        if what is What.NO:
            _say_no(random, one)
        else:
            to = Receiver(organisation_id=spare.pop(0))
            forward(one.viewer, key=one.key, to=to, told=True, words=ONWARD)
            for onward in asked_now(network, plan.who, key):
                _await(events, random, plan, onward, may_send_on=False)
    return True


def _await(
    events: list[Event], random: Random, plan: Plan, one: Asked, *, may_send_on: bool
) -> None:
    """Add what a receiver will do, and the nights in which it is late."""
    what = _reply(random, plan.skill, may_send_on=may_send_on)
    first_late = one.due_on + timedelta(days=1)
    given_back = hand_back_on(plan.new.theme, one.due_on)
    if what is What.NOTHING:
        moments = [(night(first_late), What.TOLD_LATE), (night(given_back), What.TAKEN_BACK)]
    elif happens(random, 0.6 + 0.35 * plan.skill):
        most = max(1, round((one.due_on - clock.today()).days * (0.9 - 0.5 * plan.skill)))
        moments = [(_in_time(random, one.due_on, most), what)]
    else:
        # A Saturday becomes a Monday: still before it is handed back.
        days = (given_back - one.due_on).days - 3
        moment = at_the_desk(random, one.due_on + timedelta(days=random.randint(1, max(1, days))))
        moments = [(night(first_late), What.TOLD_LATE), (moment, what)]
    for moment, what in moments:
        heapq.heappush(events, (moment, len(events) + random.randrange(10**9), what, one))


def _in_time(random: Random, due_on: date, most: int) -> datetime:
    """Return a moment in time; over a weekend it may be a day before, on the Friday."""
    moment = later(random, 0, most)
    return moment if moment.date() <= due_on else clock.now() + timedelta(hours=1)


def _reply(random: Random, skill: float, *, may_send_on: bool) -> What:
    return pick(
        random,
        {
            What.YES: 0.5 + 0.15 * skill,
            What.NO: 0.22,
            What.ONWARD: SENT_ON_SHARE if may_send_on else 0.0,
            What.NOTHING: 0.2 - 0.15 * skill,
        },
    )


def _say_no(random: Random, one: Asked) -> None:
    reason = pick(random, NO_SHARES)
    full = reason is DeclineReason.FULL
    decline(
        one.viewer,
        key=one.key,
        reason=reason,
        words=NO[reason],
        full_until=clock.today() + timedelta(days=random.randint(*FULL_DAYS)) if full else None,
    )


# --- after a yes ---------------------------------------------------------------------------------


def _course(network: Network, random: Random, plan: Plan, one: Asked) -> CameBack:
    """Let who said yes begin, in time or late, or give it back, or let it lie."""
    theme, urgency = plan.new.theme, plan.new.urgency
    due_on = due_after(ReferralState.ACCEPTED, theme, urgency, clock.today())
    first_late, given_back = due_on + timedelta(days=1), hand_back_on(theme, due_on)
    how = pick(
        random,
        {
            Course.GOES_ON: 0.55 + 0.3 * plan.skill,
            Course.LATE: 0.12 - 0.06 * plan.skill,
            Course.SILENT: 0.2 - 0.15 * plan.skill,
            Course.GIVES_BACK: GIVES_BACK_SHARE,
        },
    )
    if how is Course.GIVES_BACK:
        yield later(random, *START_DAYS)
        hand_back(one.viewer, key=one.key, reason=random.choice(GIVEN_BACK))
        return True
    if how in {Course.SILENT, Course.LATE}:
        yield night(first_late)
        escalate_late(network.written.system)
    if how is Course.SILENT:
        yield night(given_back)
        hand_back_late(network.written.system)
        return True
    yield later(random, 0, 0) if how is Course.LATE else later(random, *START_DAYS)
    if plan.new.about is not ReferralAbout.QUESTION and not happens(random, DIRECT_SHARE):
        start(one.viewer, key=one.key, on=clock.today(), words=random.choice(BEGAN))
        yield later(random, *COURSE_DAYS)
    _end(random, plan, one)
    return False


def _end(random: Random, plan: Plan, one: Asked) -> None:
    act, outcome = finish, _good(random, plan)
    if plan.new.about is not ReferralAbout.QUESTION and not happens(random, DONE_SHARE):
        act, outcome = stop, pick(random, STOPPED)
    words = random.choice(ENDED[outcome])
    act(one.viewer, key=one.key, on=clock.today(), outcome=outcome, words=words)


def _good(random: Random, plan: Plan) -> ReferralOutcome:
    if plan.new.about is ReferralAbout.QUESTION:
        return ReferralOutcome.ANSWERED
    if happens(random, 0.12):
        return ReferralOutcome.MOVED_ON
    helped = plan.new.theme in HELPED_WITH
    return ReferralOutcome.HELPED if helped else ReferralOutcome.TAKES_PART
