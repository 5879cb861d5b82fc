"""The way to new sheltered work: every step by the table, each by who decides it."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sheltered.actions import (
    NewTrack,
    decide,
    decide_all,
    request,
    request_all,
    take_step,
    take_steps,
)
from meedoen.records.sheltered.advancing import NewStep
from meedoen.records.sheltered.correcting import correct_day, take_back
from meedoen.records.sheltered.models import Hours, Step, Track
from meedoen.records.sheltered.queries import sheltered_placements, track, tracks_of
from meedoen.records.sheltered.telling import standings_now
from meedoen.records.sheltered_stretches.stretches import standings_of
from meedoen.rules.sheltered.states import (
    DECISIONS,
    ShelteredStepError,
    move,
    next_states,
    reasons_for,
    step_for,
)
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredReason, ShelteredState
from meedoen.rules.vocabulary import EntryKind
from tests.examples import examples
from tests.records.sheltered.scenes import (
    ADVISED,
    ASKED,
    BEGAN,
    DECIDED,
    RESEARCHED,
    TODAY,
    WEEK,
    advised,
    asked,
    card,
    employed,
    granted,
    on,
    placed,
    refused,
    sheltered_place,
    states,
)
from tests.town import Town

S = ShelteredState


def test_from_a_request_to_a_job_and_its_end(town: Town) -> None:
    key = employed(town)
    with on():
        take_step(
            town.bram, key=key, to=S.ENDED, on=TODAY, reason=ShelteredReason.MOVED_ON_TO_PAID_WORK
        )
    assert states(town, key) == [
        ("requested", ASKED),
        ("in_research", RESEARCHED),
        ("advice_positive", ADVISED),
        ("granted", DECIDED),
        ("employed", BEGAN),
        ("ended", TODAY),
    ]
    one = card(town, key)
    assert [step.by.value for step in one.steps] == [
        "resident",
        "uwv",
        "uwv",
        "municipality",
        "employer",
        "municipality",
    ]
    assert one.steps[-1].said_by == "Bram Testema"
    assert one.next_states == ()
    [contract] = one.contracts
    assert (contract.starts_on, contract.ends_on, contract.week_hours) == (BEGAN, TODAY, WEEK)


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "ab"])
def test_a_track_of_somebody_else_is_not_there(town: Town, who: str) -> None:
    key = granted(town)
    stranger = getattr(town, who)
    assert track(stranger, key=key) is None
    assert tracks_of(stranger, pseudonym_id=town.roos_file.pseudonym_id) == []
    with on(), pytest.raises((ActionRefusedError, PermissionDenied)):
        take_step(stranger, key=key, to=S.WAITING, on=DECIDED)
    assert card(town, key).state is S.GRANTED


def test_a_resident_reads_the_own_track_as_tracks_and_changes_nothing(town: Town) -> None:
    key = granted(town)
    [own] = tracks_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert own.key == key
    with pytest.raises(PermissionDenied):
        take_step(town.roos, key=key, to=S.WAITING, on=DECIDED)


def test_only_municipal_roles_decide(town: Town) -> None:
    key = advised(town)
    for stranger in (town.petra, town.system, town.roos):
        with pytest.raises(PermissionDenied):
            decide(stranger, key=key, to=S.GRANTED, on=DECIDED)
    with on(), pytest.raises(ActionRefusedError, match="Dit is een besluit"):
        take_step(town.anna, key=key, to=S.GRANTED, on=DECIDED)
    with on(), pytest.raises(ActionRefusedError, match="geen besluit"):
        decide(town.anna, key=key, to=S.IN_RESEARCH, on=DECIDED)


def test_against_an_advice_only_with_a_reason_and_own_words(town: Town) -> None:
    key = advised(town, positive=False)
    with on(), pytest.raises(ActionRefusedError, match="Kies de reden"):
        decide(town.anna, key=key, to=S.GRANTED, on=DECIDED)
    with on(), pytest.raises(ActionRefusedError, match="Schrijf op waarom"):
        decide(town.anna, key=key, to=S.GRANTED, on=DECIDED, reason=ShelteredReason.NEW_FACTS)
    with on():
        decide(
            town.anna,
            key=key,
            to=S.GRANTED,
            on=DECIDED,
            reason=ShelteredReason.NEW_FACTS,
            explanation="Een proefweek liet iets anders zien.",
        )
    assert card(town, key).steps[-1].explanation == "Een proefweek liet iets anders zien."


def test_every_fault_is_said_at_once(town: Town) -> None:
    key = advised(town)
    with on(), pytest.raises(ActionRefusedError) as refusal:
        take_step(
            town.anna,
            key=key,
            to=S.ENDED,
            on=date(2026, 1, 1),
            explanation="Heeft een depressie.",
            week_hours=WEEK,
        )
    text = str(refusal.value)
    assert "Kies de reden" in text
    assert "02-02-2026" in text
    assert "diagnose" in text
    assert "horen alleen bij een baan" in text


def test_no_second_track_while_one_goes_on_and_another_after_a_refusal(town: Town) -> None:
    first = advised(town, positive=False)
    with pytest.raises(ActionRefusedError, match="loopt al een traject"):
        asked(town)
    with on():
        decide(town.anna, key=first, to=S.REFUSED, on=DECIDED)
    second = asked(town, day=DECIDED)
    found = tracks_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert [one.key for one in found] == [second, first]
    with on(), pytest.raises(ActionRefusedError, match="nieuw traject"):
        take_back(town.anna, key=first, reason="Toch niet beslist.")


def test_who_asks_is_the_resident_or_the_municipality(town: Town) -> None:
    with on(), pytest.raises(ActionRefusedError, match="Alleen de inwoner of de gemeente"):
        request(
            town.anna,
            pseudonym_id=town.roos_file.pseudonym_id,
            asked_on=ASKED,
            asked_by=ShelteredParty.UWV,
        )


def test_a_job_is_linked_to_the_placement_in_sheltered_work(town: Town) -> None:
    key, _of_sam = granted(town), granted(town, town.sam)
    place = sheltered_place(town)
    of_roos, of_sam = placed(town, place), placed(town, place, town.sam)
    elsewhere = placed(town, town.repair)
    assert sheltered_placements(town.anna, track_key=key) == {
        of_roos: "Beschutte werkplaats (De Moestuin)"
    }
    for wrong, said in ((of_sam, "iemand anders"), (elsewhere, "beschut werk die loopt")):
        with on(), pytest.raises(ActionRefusedError, match=said):
            take_step(town.anna, key=key, to=S.EMPLOYED, on=BEGAN, placement_key=wrong)
    with on():
        take_step(town.anna, key=key, to=S.EMPLOYED, on=BEGAN, placement_key=of_roos)
    assert card(town, key).steps[-1].placement_key == of_roos


def test_a_job_that_was_lost_leads_to_waiting_and_to_another_job(town: Town) -> None:
    key = employed(town)
    with on(), pytest.raises(ActionRefusedError, match="ten minste een dag"):
        take_step(town.anna, key=key, to=S.WAITING, on=BEGAN, reason=ShelteredReason.CONTRACT_ENDED)
    with on():
        take_step(
            town.anna,
            key=key,
            to=S.WAITING,
            on=date(2026, 6, 1),
            reason=ShelteredReason.CONTRACT_ENDED,
        )
        take_step(town.anna, key=key, to=S.EMPLOYED, on=date(2026, 7, 1), week_hours=None)
    assert [(one.starts_on, one.ends_on, one.week_hours) for one in card(town, key).contracts] == [
        (BEGAN, date(2026, 6, 1), WEEK),
        (date(2026, 7, 1), None, None),
    ]


def test_the_day_of_a_step_is_corrected_and_what_was_said_stays(town: Town) -> None:
    key = employed(town)
    with on():
        correct_day(town.anna, key=key, number=5, on=date(2026, 2, 23), reason="Een week eerder.")
    one = card(town, key)
    assert (one.steps[-1].on, one.steps[-1].was_on) == (date(2026, 2, 23), BEGAN)
    assert one.steps[-1].correction_reason == "Een week eerder."
    [contract] = one.contracts
    assert (contract.starts_on, contract.week_hours) == (date(2026, 2, 23), WEEK)
    assert Step.objects.visible_to(town.anna).count() == 6


@pytest.mark.parametrize(
    ("number", "day", "reason", "said"),
    [
        (4, date(2026, 2, 1), "Verkeerd.", "ligt voor 02-02-2026"),
        (4, date(2026, 3, 3), "Verkeerd.", "ligt na 02-03-2026"),
        (4, date(2027, 1, 1), "Verkeerd.", "in de toekomst"),
        (4, date(2026, 2, 17), " ", "waarom u dit verbetert"),
        (9, date(2026, 2, 17), "Verkeerd.", "is er niet meer"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    town: Town, number: int, day: date, reason: str, said: str
) -> None:
    key = employed(town)
    with on(), pytest.raises(ActionRefusedError, match=said):
        correct_day(town.anna, key=key, number=number, on=day, reason=reason)
    assert states(town, key)[3] == ("granted", DECIDED)


def test_the_last_step_is_taken_back_and_then_made_well(town: Town) -> None:
    key = employed(town)
    with on():
        take_back(town.anna, key=key, reason="Het contract ging niet door.")
    assert card(town, key).state is S.GRANTED
    [gone] = card(town, key).taken_back
    assert (gone.state, gone.correction_reason) == (S.EMPLOYED, "Het contract ging niet door.")
    assert card(town, key).contracts == ()
    with on():
        take_step(town.anna, key=key, to=S.BRIDGING, on=BEGAN)
    assert states(town, key)[-1] == ("bridging", BEGAN)


def test_a_request_by_mistake_is_taken_back_and_another_may_follow(town: Town) -> None:
    key = asked(town)
    with on():
        take_back(town.anna, key=key, reason="De verkeerde inwoner.")
    assert card(town, key).is_taken_back
    assert card(town, key).next_states == ()
    with on(), pytest.raises(ActionRefusedError, match="bestaat niet"):
        take_step(town.anna, key=key, to=S.IN_RESEARCH, on=RESEARCHED)
    assert card(town, asked(town)).state is S.REQUESTED


def test_many_at_once_are_all_or_none(town: Town) -> None:
    people = [town.roos_file.pseudonym_id, town.sam.pseudonym_id]
    new = [
        NewTrack(pseudonym_id=one, asked_on=ASKED, asked_by=ShelteredParty.MUNICIPALITY)
        for one in people
    ]
    with on():
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            request_all(
                town.anna, tracks=[*new, replace(new[0], pseudonym_id=town.tim.pseudonym_id)]
            )
        assert not Track.objects.visible_to(town.anna).exists()
        keys = request_all(town.anna, tracks=new)
        steps = [NewStep(key=key, to=S.IN_RESEARCH, on=RESEARCHED) for key in keys]
        with pytest.raises(ActionRefusedError, match="ligt voor"):
            take_steps(town.anna, steps=[steps[0], replace(steps[1], on=date(2026, 1, 1))])
        assert {card(town, key).state for key in keys} == {S.REQUESTED}
        take_steps(town.anna, steps=steps)
        take_steps(
            town.anna,
            steps=[NewStep(key=key, to=S.ADVICE_POSITIVE, on=ADVISED) for key in keys],
        )
        decide_all(town.anna, steps=[NewStep(key=key, to=S.GRANTED, on=DECIDED) for key in keys])
    assert {card(town, key).state for key in keys} == {S.GRANTED}


def test_the_same_step_sent_twice_is_kept_once(town: Town) -> None:
    key = asked(town)
    with on():
        take_step(town.anna, key=key, to=S.IN_RESEARCH, on=RESEARCHED)
        with pytest.raises(ActionRefusedError, match="intussen verder"):
            take_step(town.anna, key=key, to=S.IN_RESEARCH, on=RESEARCHED)
    assert len(card(town, key).steps) == 2


def test_a_key_that_nobody_has_is_refused(town: Town) -> None:
    with on(), pytest.raises(ActionRefusedError, match="bestaat niet"):
        take_step(town.anna, key=uuid.UUID(int=0), to=S.IN_RESEARCH, on=RESEARCHED)


def test_the_story_of_a_track_takes_as_many_questions_however_long_it_is(town: Town) -> None:
    short, long = asked(town), employed(town, town.sam)
    counts = []
    for key in (short, long):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            card(town, key)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def rows(town: Town) -> tuple[int, int]:
    """Return how much is written down of steps and hours."""
    return (
        Step.objects.visible_to(town.system).count(),
        Hours.objects.visible_to(town.system).count(),
    )


def allowed(state: S, to: S, reason: ShelteredReason | None) -> bool:
    """Say by the rule whether a step may be made; no walk here notes an objection."""
    if reason is ShelteredReason.OBJECTION_UPHELD:
        return False
    try:
        move(state, to, by=step_for(state, to).by, reason=reason, explanation="Zo is het.")
    except ShelteredStepError:
        return False
    return True


def tried(town: Town, key: uuid.UUID, to: S, day: date, reason: ShelteredReason | None) -> bool:
    """Try a step by the action that it is for; return whether it was written down."""
    act = decide if to in DECISIONS else take_step
    try:
        act(town.anna, key=key, to=to, on=day, reason=reason, explanation="Zo is het.")
    except ActionRefusedError:
        return False
    return True


def is_on_the_way(town: Town, person: int, day: date) -> bool:
    """Say whether the history knows somebody as on the way to new sheltered work on a day."""
    rows = Entry.objects.visible_to(town.system).filter(
        kind=EntryKind.SHELTERED_PROCESS, replaced_by__isnull=True, withdrawn=False
    )
    return rows.filter(pseudonym_id=person, starts_on__lte=day, ends_on__gt=day).exists()


WALKS = st.lists(
    st.tuples(st.sampled_from(S), st.sampled_from([None, *ShelteredReason]), st.booleans()),
    min_size=1,
    max_size=7,
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALKS)
def test_random_walks_end_where_the_rule_says_and_refused_steps_change_nothing(
    town: Town, walk: list[tuple[S, ShelteredReason | None, bool]]
) -> None:
    with transaction.atomic(), on():
        key, state, day = asked(town, town.sam), S.REQUESTED, ASKED
        for any_state, any_reason, fits in walk:
            to, reason = any_state, any_reason
            if fits and next_states(state):
                # Steps by chance are nearly never allowed: half of them are chosen from the table.
                to = next_states(state)[list(S).index(to) % len(next_states(state))]
                reason = next(iter(reasons_for(state, to)), None)
            before, day = rows(town), day + timedelta(days=1)
            done = tried(town, key, to, day, reason)
            assert done is allowed(state, to, reason)
            assert done or rows(town) == before
            state = to if done else state
            found = card(town, key)
            assert found.state is found.steps[-1].state is state
            people = [town.sam.pseudonym_id]
            told = standings_of(town.system, pseudonym_ids=people)
            assert told.get(people[0], []) == standings_now(town.system, people)[people[0]]
            over = (S.EMPLOYED, S.ENDED, S.REFUSED)
            assert is_on_the_way(town, people[0], day) is (state not in over)
        transaction.set_rollback(True)


def test_hours_have_at_most_two_decimals(town: Town) -> None:
    key = granted(town)
    for wrong in (Decimal("0"), Decimal("169"), Decimal("28.125")):
        with on(), pytest.raises(ActionRefusedError, match="uren per week"):
            take_step(town.anna, key=key, to=S.EMPLOYED, on=BEGAN, week_hours=wrong)


def test_a_refusal_is_closed(town: Town) -> None:
    assert card(town, refused(town)).next_states == (S.GRANTED,)
