"""Walking through referrals at random, and all that must be so after every step."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.answers import accept, decline, forward, note_seen
from meedoen.records.referrals.course import (
    finish,
    hand_back,
    revoke,
    start,
    stop,
    stop_as_sender,
)
from meedoen.records.referrals.drafts import (
    NewReferral,
    Receiver,
    change_referral,
    discard_draft,
    draft_referral,
)
from meedoen.records.referrals.lists import came_back, waiting_for
from meedoen.records.referrals.models import Ask, Referral, ReferralStep, SharedFacts
from meedoen.records.referrals.sending import send_referral
from meedoen.records.referrals.tasks import keep_referrals_going
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    OPEN_ASKS,
    REFERRAL_MOVES,
    WITH_ACCEPTOR,
    WITH_SENDER,
    state_of,
)
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)
from tests.records.referrals.scenes import moestuin, new_referral, question, told, werkplaats
from tests.town import Town

REFUSALS = (ActionRefusedError, PermissionDenied)
READERS = ("anna", "carla", "petra", "otto", "roos", "priya", "vera")
"""One of each side; the table of test_visibility.py has everybody."""
WHO = ("anna", "lea", "carla", "petra", "pia", "otto", "roos", "connie", "vera")
DAYS = (1, 4, 12, 20, 40, 190)

Step = tuple[str, str, int]
"""A move, who makes it, and a number to choose by."""


@dataclass
class Walk:
    """One referral on its way, in a town and at a moment."""

    town: Town
    kind: str
    moment: datetime
    new: NewReferral = field(init=False)
    sender: Viewer = field(init=False)
    key: uuid.UUID = field(init=False)
    last: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Draft the referral."""
        with clock.at(self.moment):
            name, self.new = STARTS[self.kind](self.town)
            self.sender = getattr(self.town, name)
            self.key = draft_referral(self.sender, new=self.new)
        self.last = self.record()

    @property
    def row(self) -> Referral:
        """Return the referral as it is now."""
        return Referral.objects.visible_to(self.town.system).get(key=self.key)

    def asks(self) -> list[Ask]:
        """Return its receivers, the first that was asked first."""
        rows = Ask.objects.visible_to(self.town.system).filter(referral__key=self.key)
        return list(rows.order_by("pk"))

    def receivers(self, choice: int) -> list[Receiver]:
        """Return whom to ask, by a number."""
        ways = [
            [moestuin(self.town)],
            [werkplaats(self.town)],
            [moestuin(self.town), werkplaats(self.town)],
            [Receiver()],
            [Receiver(team_id=self.town.carla.team_id)],
            [werkplaats(self.town), Receiver(team_id=self.town.anna.team_id)],
        ]
        return ways[choice % len(ways)]

    def go(self, step: Step) -> bool:
        """Make a step; return whether it was taken. One that is refused changes nothing."""
        move, who, choice = step
        if move == "wait":
            self.moment += timedelta(days=DAYS[choice % len(DAYS)])
            with clock.at(self.moment):
                keep_referrals_going.func(self.town.system.municipality_id)
            self.last = self.record()
            return True
        before = self.last
        with clock.at(self.moment):
            try:
                MOVES[move](self, getattr(self.town, who), choice)
            except REFUSALS:
                assert self.record() == before
                return False
        self.last = self.record()
        state, to = before["referral"]["state"], self.last["referral"]["state"]
        assert to == state or to in REFERRAL_MOVES[state]
        return True

    def record(self) -> dict[str, Any]:
        """Return all rows about it."""
        system, of = self.town.system, {"referral__key": self.key}
        return {
            "referral": Referral.objects.visible_to(system).filter(key=self.key).values().get(),
            **{
                model.__name__: list(
                    model.objects.visible_to(system).filter(**of).order_by("pk").values()
                )
                for model in (Ask, SharedFacts, ReferralStep)
            },
        }


def _question(town: Town) -> tuple[str, NewReferral]:
    return "anna", question([moestuin(town), werkplaats(town)])


def _by_coach(town: Town) -> tuple[str, NewReferral]:
    return "anna", new_referral(town.sam.pseudonym_id, [moestuin(town)])


def _by_partner(town: Town) -> tuple[str, NewReferral]:
    return "petra", new_referral(town.roos_file.pseudonym_id, [werkplaats(town)])


def _by_resident(town: Town) -> tuple[str, NewReferral]:
    both = [moestuin(town), werkplaats(town)]
    return "roos", new_referral(town.roos_file.pseudonym_id, both)


def _of_a_stranger(town: Town) -> tuple[str, NewReferral]:
    given = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor Verzonnen")}
    return "otto", new_referral(None, [Receiver(team_id=town.anna.team_id)], **given)


STARTS: dict[str, Callable[[Town], tuple[str, NewReferral]]] = {
    "a question": _question,
    "by a coach": _by_coach,
    "by a partner": _by_partner,
    "by a resident": _by_resident,
    "of a stranger": _of_a_stranger,
}

SENDERS = {
    "a question": "anna",
    "by a coach": "anna",
    "by a partner": "petra",
    "by a resident": "roos",
    "of a stranger": "otto",
}
"""Who sends each kind."""


def _ask(walk: Walk, choice: int) -> Ask:
    """Return a receiver by a number, the last ones most often."""
    asks = walk.asks()
    if not asks:
        raise ActionRefusedError("Nobody was asked.")
    return asks[-1 - choice % min(2, len(asks))]


def _change(walk: Walk, viewer: Viewer, choice: int) -> None:
    receivers = walk.receivers(choice)
    with_names = {"receivers": receivers, "names_after_yes": len(receivers) > 1}
    given = {one: getattr(walk.new, one) for one in walk.new.__dataclass_fields__} | with_names
    change_referral(viewer, key=walk.key, new=NewReferral(**given))


def _pick(words: Sequence[Any], choice: int) -> Any:
    return words[choice % len(words)]


MOVES: dict[str, Callable[[Walk, Viewer, int], Any]] = {
    "change": _change,
    "send": lambda walk, viewer, _: send_referral(viewer, key=walk.key),
    "discard": lambda walk, viewer, _: discard_draft(viewer, key=walk.key),
    "revoke": lambda walk, viewer, choice: revoke(
        viewer, key=walk.key, reason=_pick([*RevokeReason], choice)
    ),
    "stop as sender": lambda walk, viewer, choice: stop_as_sender(
        viewer, key=walk.key, outcome=_pick([*ReferralOutcome], choice + 7)
    ),
    "see": lambda walk, viewer, choice: note_seen(viewer, key=_ask(walk, choice).key),
    "accept": lambda walk, viewer, choice: accept(viewer, key=_ask(walk, choice).key),
    "decline": lambda walk, viewer, choice: decline(
        viewer,
        key=_ask(walk, choice).key,
        reason=_pick([*DeclineReason], choice),
        full_until=clock.today() + timedelta(days=30),
    ),
    "forward": lambda walk, viewer, choice: forward(
        viewer,
        key=_ask(walk, choice).key,
        to=walk.receivers(choice)[0],
        told=choice != 5,
    ),
    "start": lambda walk, viewer, choice: start(
        viewer, key=_ask(walk, choice).key, on=clock.today()
    ),
    "finish": lambda walk, viewer, choice: finish(
        viewer,
        key=_ask(walk, choice).key,
        on=clock.today(),
        outcome=_pick([*ReferralOutcome], choice),
    ),
    "stop": lambda walk, viewer, choice: stop(
        viewer,
        key=_ask(walk, choice).key,
        on=clock.today(),
        outcome=_pick([*ReferralOutcome], choice + 4),
    ),
    "hand back": lambda walk, viewer, choice: hand_back(
        viewer, key=_ask(walk, choice).key, reason=_pick([*HandBackReason], choice)
    ),
}

BECOMES = {
    ReferralEvent.SENT: AskState.ASKED,
    ReferralEvent.SEEN: AskState.SEEN,
    ReferralEvent.ACCEPTED: AskState.ACCEPTED,
    ReferralEvent.DECLINED: AskState.DECLINED,
    ReferralEvent.FORWARDED: AskState.FORWARDED,
    ReferralEvent.OVERTAKEN: AskState.OVERTAKEN,
    ReferralEvent.LAPSED: AskState.LAPSED,
    ReferralEvent.HANDED_BACK: AskState.HANDED_BACK,
    ReferralEvent.REVOKED: AskState.CALLED_BACK,
}
ENDS = {
    ReferralEvent.DONE: ReferralState.DONE,
    ReferralEvent.STOPPED: ReferralState.STOPPED,
    ReferralEvent.REVOKED: ReferralState.REVOKED,
}


def check(walk: Walk) -> None:
    """Check all that must be so at any moment."""
    row, asks = walk.row, walk.asks()
    with clock.at(walk.moment):
        one_acceptor(row, asks)
        _somebody_must_act(walk, row, asks)
        _whoever_may_not_read_reads_nothing(walk, row, asks)
    the_story_tells_it(row, asks)


def one_acceptor(row: Referral, asks: Sequence[Ask]) -> None:
    said_yes = [one for one in asks if one.state == AskState.ACCEPTED]
    assert len(said_yes) <= 1
    if row.state in WITH_ACCEPTOR | {ReferralState.DONE}:
        (acceptor,) = said_yes
        assert acceptor.round == row.round
    if said_yes:
        assert not [one for one in asks if one.state in OPEN_ASKS]


def _somebody_must_act(walk: Walk, row: Referral, asks: Sequence[Ask]) -> None:
    """Check that it stands in the list of whoever must act, before a day, or says how it ended."""
    open_asks = [one for one in asks if one.state in OPEN_ASKS]
    if row.state in CLOSED:
        assert row.due_on is None
        assert row.closed_on is not None
        assert not open_asks
        assert bool(row.outcome) == (row.state != ReferralState.REVOKED)
        return
    assert row.due_on is not None
    assert row.closed_on is None
    assert not row.outcome
    if row.state in WITH_SENDER:
        assert not open_asks
        assert row.key in {card.key for card in came_back(walk.sender)}
        return
    if row.state in AWAITS_ANSWER:
        assert row.due_on == min(one.due_on for one in open_asks)
    for ask in open_asks or [one for one in asks if one.state == AskState.ACCEPTED]:
        assert ask.key in {card.key for card in waiting_for(_answers_for(walk.town, row, ask))}


def _answers_for(town: Town, row: Referral, ask: Ask) -> Viewer:
    """Return somebody who answers for a receiver."""
    if ask.organisation_id is not None:
        return town.petra if ask.organisation_id == town.petra.organisation_id else town.otto
    return town.carla if ask.team_id == town.carla.team_id else town.anna


def the_story_tells_it(row: Referral, asks: Sequence[Ask]) -> None:
    """Check that the steps, told again from the first on, end in what the rows say now."""
    steps = ReferralStep.objects.visible_to(Viewer.system(row.municipality_id))
    states: dict[int, AskState] = {}
    rounds = {one.pk: one.round for one in asks}
    state = ReferralState.DRAFT
    for step in steps.filter(referral=row).order_by("pk"):
        event = ReferralEvent(step.event)
        if step.ask_id is not None and event in BECOMES:
            states[step.ask_id] = BECOMES[event]
            last = max(rounds[one] for one in states)
            state = state_of(states[one] for one in states if rounds[one] == last)
        elif event is ReferralEvent.STARTED:
            state = ReferralState.STARTED
        elif event in ENDS:
            state = ENDS[event]
            assert step.outcome or step.reason
    assert states == {one.pk: one.state for one in asks}
    assert state == row.state


def _whoever_may_not_read_reads_nothing(walk: Walk, row: Referral, asks: Sequence[Ask]) -> None:
    """Check who reads what is told by the rule, written out once more."""
    told_rows = SharedFacts.objects.visible_to(walk.town.system).filter(referral=row)
    rounds = set(told_rows.values_list("round", flat=True))
    for name in READERS:
        viewer = getattr(walk.town, name)
        mine = SharedFacts.objects.visible_to(viewer).filter(referral=row)
        expected = {one for one in rounds if may_read(walk.town, name, row, asks, one)}
        assert set(mine.values_list("round", flat=True)) == expected, name


NOBODY = {("organisation", None), ("team", None)}


def may_read(town: Town, name: str, row: Referral, asks: Sequence[Ask], number: int) -> bool:
    """Say whether somebody may read what the receivers of one round were told."""
    viewer = getattr(town, name)
    sees_file = {
        town.sam.pseudonym_id: {"anna", "bram", "lea"},
        town.roos_file.pseudonym_id: {"anna", "bram", "lea", "roos"},
        None: set(),
    }[row.pseudonym_id]
    sides = {("organisation", viewer.organisation_id), ("team", viewer.team_id)}
    if row.from_organisation_id is not None:
        sent_by = ("organisation", row.from_organisation_id)
    else:
        # Of a known person whoever may open the file reads it, also in the team that sent it.
        sent_by = ("team", None if row.pseudonym_id else row.from_team_id)
    if sent_by[1] is not None and sent_by in sides:
        return True
    if name in sees_file:
        hidden = row.from_organisation_id is not None and row.state == ReferralState.DRAFT
        return not hidden or name == "roos"
    mine = [
        one
        for one in asks
        if one.round == number
        and {("organisation", one.organisation_id), ("team", one.team_id)} & sides - NOBODY
    ]
    states = {one.state for one in mine}
    if row.state in CLOSED:
        return False
    if row.names_after_yes:
        return AskState.ACCEPTED in states
    return bool(states & (OPEN_ASKS | {AskState.ACCEPTED}))
