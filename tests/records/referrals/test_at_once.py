"""Several people answer, take back and send the same referral at the same moment: one wins."""

import multiprocessing
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import NewOrganisation, enter_organisations
from meedoen.records.referrals.answers import accept, decline, note_seen
from meedoen.records.referrals.clock_actions import hand_back_late
from meedoen.records.referrals.course import finish, revoke, stop_as_sender
from meedoen.records.referrals.drafts import Receiver, draft_referral
from meedoen.records.referrals.models import ReferralStep
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    OrganisationKind,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)
from tests.records.placements.test_ten_thousand import database_for_many
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    werkplaats,
)
from tests.records.referrals.walking import one_acceptor, the_story_tells_it
from tests.town import Town, build_town

TIMES, PEOPLE = 5, 4
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

Act = Callable[[], Any]
S, A = ReferralState, AskState


def do_all(number: int, rounds: Sequence[Sequence[Act]], start: Any, results: Any) -> None:
    """Do one person's act of every round, each at the same moment as the others."""
    connections.close_all()
    done = []
    for acts in rounds:
        start.wait(60)
        try:
            acts[number]()
        except ActionRefusedError as error:
            done.append(str(error))
        except Exception as error:
            done.append(repr(error))
        else:
            done.append("")
    results.put((number, done))
    connection.close()


def at_once(rounds: Sequence[Sequence[Act]]) -> list[list[str]]:
    """Do the acts of each round at the same moment; return what each was told, empty if done."""
    fork = multiprocessing.get_context("fork")
    results, start = fork.Queue(), fork.Barrier(PEOPLE)
    if connection.vendor == "postgresql":
        # Each process opens one of its own; one that is shared would mix up what they say.
        connection.close()
    processes = [
        fork.Process(target=do_all, args=(number, rounds, start, results))
        for number in range(PEOPLE)
    ]
    for process in processes:
        process.start()
    told = dict(results.get(timeout=300) for _process in processes)
    for process in processes:
        process.join()
    return [list(one) for one in zip(*(told[number] for number in range(PEOPLE)), strict=True)]


def states(town: Town, key: uuid.UUID) -> tuple[str, list[str]]:
    return row_of(town, key).state, [one.state for one in asks_of(town, key)]


def count(town: Town, key: uuid.UUID, event: ReferralEvent) -> int:
    rows = ReferralStep.objects.visible_to(town.system)
    return rows.filter(referral__key=key, event=event).count()


@pytest.fixture
def town(transactional_db: None) -> Town:
    """The test town, for everybody to see: processes have connections of their own."""
    return build_town()


def at(moment: datetime, act: Callable[..., Any], *args: Any, **named: Any) -> Act:
    """Return an act that lives through a moment."""

    def do() -> None:
        with clock.at(moment):
            act(*args, **named)

    return do


def asked(town: Town, receivers: Sequence[Receiver]) -> list[uuid.UUID]:
    """Let Anna ask several questions; return the keys."""
    with clock.at(NOON):
        return [
            sent(town.anna, question(receivers, asked=f"Heeft u plaats {number}?"))
            for number in range(TIMES)
        ]


Rounds = list[tuple[uuid.UUID, list[str]]]


@contextmanager
def race(
    town: Town, keys: Sequence[uuid.UUID], acts: Callable[[uuid.UUID], Sequence[Act]]
) -> Iterator[Rounds]:
    """Let four people act on each referral at once; give what each was told, empty if it was done.

    Of whoever lost, each was told so in a sentence, and no referral is torn.
    """
    rounds = [acts(key) for key in keys]
    with database_for_many():
        told = at_once(rounds)
        assert not [text for some in told for text in some if text and not text.endswith(".")]
        for key in keys:
            row, asks = row_of(town, key), asks_of(town, key)
            one_acceptor(row, asks)
            the_story_tells_it(row, asks)
        yield list(zip(keys, told, strict=True))


pytestmark = [pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]


def test_of_four_who_say_yes_one_is_first_and_three_hear_that(town):
    more = enter_organisations(
        town.system,
        organisations=[
            NewOrganisation(name, OrganisationKind.ASSOCIATION) for name in ("De Kas", "De Keuken")
        ],
    )
    others = [Receiver(organisation_id=one) for one in more]
    who = (town.petra, town.otto, town.system, town.system)

    def acts(key: uuid.UUID) -> list[Act]:
        asks = asks_of(town, key)
        return [at(NOON, accept, one, key=ask.key) for one, ask in zip(who, asks, strict=True)]

    with race(town, asked(town, [moestuin(town), werkplaats(town), *others]), acts) as rounds:
        for key, told in rounds:
            assert sorted(told)[0] == ""
            assert all("Een andere organisatie" in text for text in sorted(told)[1:])
            state, asks = states(town, key)
            assert (state, Counter(asks)) == (S.ACCEPTED, {A.ACCEPTED: 1, A.OVERTAKEN: 3})


def test_the_same_yes_of_two_colleagues_is_kept_once_and_nobody_is_told_off(town):
    def acts(key: uuid.UUID) -> list[Act]:
        (own,) = asks_of(town, key)
        who = (town.petra, town.pia, town.petra, town.pia)
        return [at(NOON, accept, one, key=own.key) for one in who]

    with race(town, asked(town, [moestuin(town)]), acts) as rounds:
        for key, told in rounds:
            assert told == [""] * 4
            assert count(town, key, ReferralEvent.ACCEPTED) == 1


def test_a_yes_or_the_taking_back_comes_first_and_not_both(town):
    def acts(key: uuid.UUID) -> list[Act]:
        own, other = (one.key for one in asks_of(town, key))
        return [
            at(NOON, accept, town.petra, key=own),
            at(NOON, revoke, town.anna, key=key, reason=RevokeReason.OTHER_SOLUTION),
            at(NOON, accept, town.otto, key=other),
            at(NOON, note_seen, town.pia, key=own),
        ]

    with race(town, asked(town, [moestuin(town), werkplaats(town)]), acts) as rounds:
        for key, (_, taking_back, _, _) in rounds:
            state, asks = states(town, key)
            assert state == (S.ACCEPTED if taking_back else S.REVOKED)
            assert (A.ACCEPTED in asks) == bool(taking_back)


def test_what_is_sent_four_times_at_once_is_sent_once(town):
    with clock.at(NOON):
        drafts = [
            draft_referral(town.anna, new=question([moestuin(town)], asked=f"Soep {number}?"))
            for number in range(TIMES)
        ]

    def acts(key: uuid.UUID) -> list[Act]:
        who = (town.anna, town.bram, town.lea, town.anna)
        return [at(NOON, send_referral, one, key=key) for one in who]

    with race(town, drafts, acts) as rounds:
        for key, told in rounds:
            assert [text == "" for text in told].count(True) == 1
            assert states(town, key) == (S.SENT, [A.ASKED])
            assert row_of(town, key).round == 1


def test_of_yes_and_no_for_one_receiver_the_first_counts(town):
    def acts(key: uuid.UUID) -> list[Act]:
        (ask,) = asks_of(town, key)
        return [
            at(NOON, accept, town.petra, key=ask.key),
            at(NOON, decline, town.pia, key=ask.key, reason=DeclineReason.NOT_OUR_WORK),
            at(NOON, accept, town.anna, key=ask.key),
            at(NOON, decline, town.bram, key=ask.key, reason=DeclineReason.NOT_OUR_GROUP),
        ]

    with race(town, asked(town, [moestuin(town)]), acts) as rounds:
        for key, told in rounds:
            state, (ask,) = states(town, key)
            yes = told[0] == told[2] == ""
            assert (state, ask) == ((S.ACCEPTED, A.ACCEPTED) if yes else (S.DECLINED, A.DECLINED))
            assert [text == "" for text in told].count(True) == (2 if yes else 1)


def test_it_ends_once_whoever_ends_it(town):
    keys = asked(town, [moestuin(town)])
    for key in keys:
        with clock.at(NOON):
            accept(town.petra, key=asks_of(town, key)[0].key)

    def acts(key: uuid.UUID) -> list[Act]:
        (ask,) = asks_of(town, key)
        how = {"key": ask.key, "on": NOON.date(), "outcome": ReferralOutcome.ANSWERED}
        other = ReferralOutcome.OTHER_SOLUTION
        return [
            at(NOON, finish, town.petra, **how),
            at(NOON, finish, town.pia, **how),
            at(NOON, stop_as_sender, town.anna, key=key, outcome=other),
            at(NOON, stop_as_sender, town.bram, key=key, outcome=other),
        ]

    with race(town, keys, acts) as rounds:
        for key, _told in rounds:
            ends = [count(town, key, one) for one in (ReferralEvent.DONE, ReferralEvent.STOPPED)]
            assert sorted(ends) == [0, 1]


def test_who_withdraws_at_the_receiver_while_others_answer_is_one_of_these(town):
    with clock.at(NOON):
        key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))

    def acts(key: uuid.UUID) -> list[Act]:
        (own,) = (one.key for one in asks_of(town, key))
        return [
            at(NOON, decline, town.petra, key=own, reason=DeclineReason.RESIDENT_WITHDREW),
            at(NOON, decline, town.pia, key=own, reason=DeclineReason.NOT_OUR_GROUP),
            at(NOON, revoke, town.anna, key=key, reason=RevokeReason.RESIDENT_WITHDREW),
            at(NOON, accept, town.pia, key=own),
        ]

    with race(town, [key], acts) as rounds:
        for _, told in rounds:
            state, asks = states(town, key)
            assert state in {S.STOPPED, S.DECLINED, S.REVOKED, S.ACCEPTED}
            assert (state == S.ACCEPTED) == (A.ACCEPTED in asks)
            assert [text == "" for text in told].count(True) == 1


def test_what_goes_back_by_the_clock_while_somebody_says_yes_is_one_of_both(town):
    later = NOON + timedelta(days=40)

    def acts(key: uuid.UUID) -> list[Act]:
        (ask,) = asks_of(town, key)
        return [
            at(later, hand_back_late, town.system),
            at(later, accept, town.petra, key=ask.key),
            at(later, hand_back_late, town.system),
            at(later, note_seen, town.pia, key=ask.key),
        ]

    with race(town, asked(town, [moestuin(town)]), acts) as rounds:
        for key, told in rounds:
            yes = told[1] == ""
            assert states(town, key) == (
                (S.ACCEPTED, [A.ACCEPTED]) if yes else (S.HANDED_BACK, [A.LAPSED])
            )
