"""Referrals of the last weeks: what waits for who can sign in, and what became a placement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from meedoen.demo.chance import dice
from meedoen.demo.days import midnight
from meedoen.demo.desk import TEXT_VERSION
from meedoen.demo.network import Cast
from meedoen.demo.referral_lives import Asked, asked_now
from meedoen.demo.referral_plans import Network, about, new_referral, somebody, takes_part
from meedoen.demo.referral_texts import BEGAN, ENDED, NO, YES
from meedoen.demo.turns import NEAR_HOME
from meedoen.demo.whereabouts import Room, Someone, rooms
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.actions import move_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.course import finish, start
from meedoen.records.referrals.drafts import NewReferral, Receiver, draft_referral
from meedoen.records.referrals.placing import follow_placements, place_from_referral
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.vocabulary import DeclineReason, PlacementState, ReferralOutcome, Theme, Urgency

OFFICE_OPENS = timedelta(hours=10)
ONE_IN, MOST_PLACED = 4, 6
"""At most one in so many people without a place gets one by a referral, and so many in all."""
PLACED_DAYS_AGO = (110, 92, 75, 61, 48, 33)
FULL_FOR = timedelta(days=30)
Act = Callable[[Asked], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """What the scenes share: who plays in them, and with which organisations."""

    network: Network
    cast: Cast
    shown: Someone
    host: int
    others: Sequence[int]
    random: Random

    def day(self, ago: int) -> date:
        """Return the day so many days before the last one."""
        return self.network.written.town.until - timedelta(days=ago)

    def moment(self, ago: int) -> datetime:
        """Return the morning of that day."""
        return midnight(self.day(ago)) + OFFICE_OPENS

    def at(self, number: int) -> Receiver:
        """Return one of the other organisations; the same number, the same one."""
        return Receiver(organisation_id=self.others[number % len(self.others)])

    def new(
        self, sender: Viewer, who: Someone | None, theme: Theme, ago: int, *receivers: Receiver
    ) -> NewReferral:
        """Return a referral of a day, about somebody with a file or somebody new."""
        if who is not None:
            self.network.used.add((who.pseudonym_id, theme))
        new = new_referral(
            self.random, self.network, theme, self.day(ago), about(who), who, receivers, sender
        )
        # What is urgent would be late, or handed back, on another day than the scene needs.
        return replace(new, urgency=Urgency.NORMAL)


def stage_of(network: Network, cast: Cast, shown: Someone) -> Stage:
    """Return what the scenes share."""
    host = cast.partner.organisation_id or 0
    others = [one for one in network.connected(network.written.town.until) if one != host]
    random = dice("referrals", network.written.town.sketch.code, "now")
    return Stage(network, cast, shown, host, others, random)


def scenes(stage: Stage, free: Sequence[Room]) -> list[Iterator[datetime]]:
    """Return the referrals that wait for somebody who can sign in; `free` has room."""
    return [
        *_of_coach(stage, free),
        *_for_coach(stage),
        *_of_partner(stage),
        *_of_resident(stage),
    ]


def _of_coach(stage: Stage, free: Sequence[Room]) -> Iterator[Iterator[datetime]]:
    """Sent by the coach: one came back, some wait, one is late, and a place said yes."""
    coach, host = stage.network.written.coaches[0], Receiver(organisation_id=stage.host)
    asked: Sequence[tuple[Theme, int, Sequence[Receiver], Sequence[tuple[int, Act]]]] = (
        (Theme.LANGUAGE, 5, [stage.at(0)], [(2, _full)]),
        (Theme.COMPANY, 3, [_place_at(free, stage.host) or host], []),
        (Theme.DAY_ACTIVITY, 1, [host, stage.at(1)], []),
        (Theme.PARTICIPATION, 14, [stage.at(2)], []),
        (Theme.PARTICIPATION, 34, [host], [(31, _yes)]),
        (Theme.COMPANY, 40, [host], [(37, _yes), (30, _began)]),
        (Theme.DAY_ACTIVITY, 4, [_place_elsewhere(free, stage.host) or stage.at(3)], [(1, _yes)]),
    )
    for theme, ago, receivers, steps in asked:
        who = _one_of_coach(stage, theme, ago)
        if who is not None:
            new = stage.new(coach, who, theme, ago, *receivers)
            yield _sent(stage, coach, who, new, ago, *steps)


def _for_coach(stage: Stage) -> Iterator[Iterator[datetime]]:
    """Sent to the coach: about somebody with a file, and about somebody new."""
    team = Receiver(team_id=stage.network.written.coaches[0].team_id)
    lead, other = stage.cast.lead, stage.network.partner(stage.others[0])
    guests = [
        one.who for one in stage.network.guests.get(stage.host, ()) if takes_part(one, stage.day(2))
    ]
    coach = stage.network.written.coaches[0]
    guests.sort(key=lambda one: one.coach != coach)
    if guests:
        new = stage.new(lead, guests[0], Theme.DEBT, 2, Receiver())
        yield _sent(stage, lead, guests[0], new, 2)
    new = stage.new(other, None, Theme.PARTICIPATION, 4, team)
    yield _sent(stage, other, None, new, 4)


def _of_partner(stage: Stage) -> Iterator[Iterator[datetime]]:
    """Sent by the organisation of which two people can sign in: one runs and one came back."""
    lead = stage.cast.lead
    new = stage.new(lead, None, Theme.COMPANY, 26, stage.at(1))
    yield _sent(stage, lead, None, new, 26, (24, _yes), (18, _began))
    new = stage.new(lead, None, Theme.LANGUAGE, 6, stage.at(2))
    yield _sent(stage, lead, None, new, 6, (3, _not_ours))


def _of_resident(stage: Stage) -> Iterator[Iterator[datetime]]:
    """About the resident who can sign in: two asked themself, one prepared and one long over."""
    own, coach, who = stage.cast.resident, stage.shown.coach, stage.shown
    new = stage.new(own, who, Theme.COMPANY, 16, stage.at(0))
    yield _sent(stage, own, who, new, 16, (13, _yes), (9, _began))
    new = stage.new(own, who, Theme.LANGUAGE, 6, stage.at(1))
    yield _sent(stage, own, who, new, 6, (2, _other_district))
    new = stage.new(coach, who, Theme.DAY_ACTIVITY, 200, stage.at(2))
    yield _sent(stage, coach, who, new, 200, (197, _yes), (190, _began), (120, _done))
    yield _drafted(stage, coach, stage.new(coach, who, Theme.HEALTH, 1, stage.at(3)), 1)


def _one_of_coach(stage: Stage, theme: Theme, ago: int) -> Someone | None:
    """Return one of the first coach's people, each for one scene."""
    coach = stage.network.written.coaches[0]
    busy = {pseudonym_id for pseudonym_id, _theme in stage.network.used}
    people = [
        one
        for one in stage.network.people
        if one.coach == coach
        and one.pseudonym_id not in busy
        and one.life.person.benefit_ends_on is None
    ]
    return somebody(stage.network, stage.random, people, theme, stage.moment(ago))


def _place_at(free: Sequence[Room], host: int) -> Receiver | None:
    found = (one for one in free if one.organisation_id == host)
    return next((_receiver(one) for one in found), None)


def _place_elsewhere(free: Sequence[Room], host: int) -> Receiver | None:
    found = (one for one in free if one.organisation_id != host)
    return next((_receiver(one) for one in found), None)


def _receiver(room: Room) -> Receiver:
    return Receiver(organisation_id=room.organisation_id, place_id=room.place_id)


def _sent(
    stage: Stage,
    sender: Viewer,
    who: Someone | None,
    new: NewReferral,
    ago: int,
    *steps: tuple[int, Act],
) -> Iterator[datetime]:
    """Send a referral and let the first receiver do these steps, so many days ago each."""
    yield stage.moment(ago)
    key = draft_referral(sender, new=new)
    send_referral(sender, key=key)
    asked = asked_now(stage.network, who, key)
    for step_ago, act in steps:
        yield stage.moment(step_ago)
        act(asked[0])


def _drafted(stage: Stage, sender: Viewer, new: NewReferral, ago: int) -> Iterator[datetime]:
    yield stage.moment(ago)
    draft_referral(sender, new=new)


# --- those that become a placement ---------------------------------------------------------------


def rooms_to_give(network: Network) -> list[Room]:
    """Return places near home with a free seat for which nobody waits."""
    system = network.written.system
    rows = Placement.objects.visible_to(system).filter(state=PlacementState.WAITING)
    waited_for = set(rows.values_list("place_id", flat=True))
    free = rooms(network.written, kinds=NEAR_HOME)
    return [one for one in free if one.free and one.place_id not in waited_for]


def placed_lives(
    stage: Stage, people: Sequence[Someone], free: Sequence[Room]
) -> list[Iterator[datetime]]:
    """Let some people without a place get one by a referral, each another place."""
    some = people[: min(MOST_PLACED, len(people) // ONE_IN)]
    lives = []
    for who, room, ago in zip(some, free, PLACED_DAYS_AGO, strict=False):
        if who.life.person.recorded_at < stage.moment(ago + 7):
            new = stage.new(who.coach, who, Theme.COMPANY, ago, _receiver(room))
            lives.append(_placed(stage, who, new, ago))
    return lives


def _placed(stage: Stage, who: Someone, new: NewReferral, ago: int) -> Iterator[datetime]:
    yield stage.moment(ago)
    key = draft_referral(who.coach, new=new)
    send_referral(who.coach, key=key)
    [one] = asked_now(stage.network, who, key)
    yield stage.moment(ago - 3)
    accept(one.viewer, key=one.key, words=YES[1])
    yield stage.moment(ago - 4)
    placement_id = place_from_referral(who.coach, key=key, text_version=TEXT_VERSION)
    yield stage.moment(ago - 11)
    system = stage.network.written.system
    change = Change(placement_id=placement_id, on=clock.today())
    move_all(system, changes=[change], to=PlacementState.ACTIVE)
    follow_placements(system)


# --- the answers ---------------------------------------------------------------------------------


def _yes(one: Asked) -> None:
    accept(one.viewer, key=one.key, words=YES[1])


def _began(one: Asked) -> None:
    start(one.viewer, key=one.key, on=clock.today(), words=BEGAN[1])


def _done(one: Asked) -> None:
    outcome = ReferralOutcome.TAKES_PART
    finish(one.viewer, key=one.key, on=clock.today(), outcome=outcome, words=ENDED[outcome][0])


def _full(one: Asked) -> None:
    reason = DeclineReason.FULL
    until = clock.today() + FULL_FOR
    decline(one.viewer, key=one.key, reason=reason, words=NO[reason], full_until=until)


def _not_ours(one: Asked) -> None:
    reason = DeclineReason.NOT_OUR_GROUP
    decline(one.viewer, key=one.key, reason=reason, words=NO[reason])


def _other_district(one: Asked) -> None:
    reason = DeclineReason.OTHER_DISTRICT
    decline(one.viewer, key=one.key, reason=reason, words=NO[reason])
