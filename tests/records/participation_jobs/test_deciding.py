from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.participation_jobs import actions, premium_actions
from meedoen.records.participation_jobs.keeping import NewDecision
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.participation_jobs.queries import clock_of, clocks_of, premiums_of
from meedoen.records.placements.actions import move_one
from meedoen.records.placements.correcting import correct_start_day
from meedoen.rules.participation_job.decided import Answer, Decided, Matter
from meedoen.rules.participation_job.facts import SchoolingChoice
from meedoen.rules.participation_job.milestones import MilestoneState
from meedoen.rules.participation_job.premium import as_json, from_json, worked_out
from meedoen.rules.vocabulary import MoveReason, PlacementState
from tests.records.participation_jobs.scenes import (
    STARTED,
    WORDS,
    assessed,
    card,
    dates,
    extended,
    stopped,
    working,
)
from tests.town import Town
from tests.web.coach.scenes import NOBODY, on, proposed

AUGUST = date(2026, 8, 3)
OCTOBER = date(2026, 10, 1)


def rows(town: Town) -> list[Decision]:
    return list(Decision.objects.visible_to(town.system).order_by("pk"))


def stands(found, kind, number=1):
    return next(
        one.state for one in found.milestones if (one.kind.value, one.number) == (kind, number)
    )


def premium(town: Town, key, day=AUGUST, **changes):
    given = {
        "number": 1,
        "cooperated": True,
        "hours_per_week": Decimal(12),
        "decided_on": day,
    }
    with on(day):
        return premium_actions.decide_premium(town.anna, key=key, **(given | changes))


# --- the dates -----------------------------------------------------------------------------------


def test_the_dates_follow_from_the_first_day_of_work(town: Town) -> None:
    found = card(town, working(town), date(2026, 2, 1))
    assert dates(found)["schooling_offer 1"] == "2026-07-15"
    assert dates(found)["end_of_term 1"] == "2028-01-15"
    assert found.ends.last_day == date(2028, 1, 14)
    assert found.ends.reason is MoveReason.TERM_OF_THE_LAW
    assert (found.counted.months, found.counted.days) == (0, 17)


def test_a_corrected_start_moves_the_dates(town: Town) -> None:
    key = working(town)
    with on(date(2026, 2, 1)):
        correct_start_day(town.anna, key=key, started_on=date(2026, 1, 20))
    assert dates(card(town, key, date(2026, 2, 1)))["end_of_term 1"] == "2028-01-20"


def test_an_earlier_job_at_another_organisation_counts_and_the_time_between_does_not(
    town: Town,
) -> None:
    first = working(town, place=town.far)
    stopped(town, first, date(2026, 3, 14))
    second = working(town, since=date(2026, 6, 1))
    found = card(town, second, date(2026, 6, 2))
    # Two months were done; 78 days between 15 March and 1 June do not count.
    assert dates(found)["end_of_term 1"] == "2028-04-02"
    assert found.placement_key == second
    assert card(town, first, date(2026, 6, 2)) == found


def test_a_pause_is_a_stretch_of_its_own_and_counts(town: Town) -> None:
    key = working(town)
    alone = dates(card(town, key, AUGUST))
    for day, state, reason in (
        (date(2026, 3, 2), PlacementState.PAUSED, MoveReason.AGREED_BREAK),
        (date(2026, 4, 6), PlacementState.ACTIVE, None),
    ):
        with on(day):
            move_one(town.anna, key=key, to=state, on=day, reason=reason)
    found = card(town, key, AUGUST)
    assert [one.reason.value for one in found.facts.stretches] == [
        "participation_job",
        "pause",
        "participation_job",
    ]
    # But for the premium, which is for work done: the fourth is not full before the end.
    assert {name for name, day in alone.items() if dates(found).get(name) != day} == {
        f"premium {number}" for number in (1, 2, 3, 4)
    }
    assert dates(found)["premium 1"] == "2026-08-19"


def test_before_the_first_day_there_is_no_clock_and_nothing_to_decide(town: Town) -> None:
    key = proposed(town)
    assert clock_of(town.anna, key) is None
    with pytest.raises(ActionRefusedError, match="nog niet begonnen"):
        actions.note_fact(town.anna, key=key, matter=Matter.START_QUALIFICATION, answer=Answer.YES)


def test_another_kind_of_place_has_no_clock(town: Town) -> None:
    key = working(town, place=town.repair)
    assert clock_of(town.anna, key) is None
    working(town, since=date(2026, 2, 1))
    assert clock_of(town.anna, key) is None


def test_who_may_not_open_the_file_sees_no_clock(town: Town) -> None:
    key = working(town)
    people = [town.roos_file.pseudonym_id]
    for stranger in (town.carla, town.petra, town.pia, town.otto, town.connie, town.ab, town.vera):
        assert clock_of(stranger, key) is None
        assert clocks_of(stranger, pseudonym_ids=people) == {}
        assert premiums_of(stranger, key) == []
    for known in (town.anna, town.bram, town.lea, town.roos):
        assert clock_of(known, key) is not None
    assert clock_of(town.anna, NOBODY) is None


def test_many_clocks_take_as_many_questions_as_one(town: Town, django_assert_num_queries) -> None:
    working(town)
    working(town, town.sam)
    people = [town.roos_file.pseudonym_id, town.sam.pseudonym_id, town.tim.pseudonym_id]
    for asked in (people[:1], people):
        with django_assert_num_queries(3):
            found = clocks_of(town.anna, pseudonym_ids=asked)
        assert set(found) == set(asked) - {town.tim.pseudonym_id}


# --- deciding ------------------------------------------------------------------------------------


def test_what_is_decided_shows_in_the_dates_with_who_said_it(town: Town) -> None:
    key = working(town)
    with on(AUGUST):
        actions.decide_schooling(
            town.bram, key=key, choice=SchoolingChoice.OFFERED, decided_on=AUGUST
        )
    found = card(town, key, AUGUST)
    assert stands(found, "schooling_offer") is MilestoneState.DONE
    [decision] = found.decisions
    assert (decision.recorded_by, decision.holds) == ("Bram Testema", True)
    assert decision.decided.choice == "offered"


def test_a_chance_that_did_not_grow_ends_the_job_after_twelve_months_and_nothing_by_itself(
    town: Town,
) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    found = card(town, key, date(2027, 2, 1))
    assert (found.ends.last_day, found.ends.reason) == (
        date(2027, 1, 14),
        MoveReason.CHANCES_DID_NOT_GROW,
    )
    assert found.ends.milestone.state is MilestoneState.OVERDUE
    assert found.facts.ends_on is None


def test_four_years_cannot_be_given_after_two_weeks(town: Town) -> None:
    key = working(town)
    day = date(2026, 2, 1)
    for matter in (Matter.CHANCE, Matter.GO_ON_THIRD_YEAR, Matter.GO_ON_FOURTH_YEAR):
        with pytest.raises(ActionRefusedError, match="Een beoordeling komt te vroeg"):
            assessed(town, key, day, matter=matter)
    with on(day), pytest.raises(ActionRefusedError, match="Een verlenging komt te vroeg"):
        actions.extend(
            town.anna,
            key=key,
            number=1,
            other_work=True,
            other_environment=True,
            decided_on=day,
            words=WORDS,
        )
    assert rows(town) == []
    assert dates(card(town, key, day))["end_of_term 1"] == "2028-01-15"


def test_a_third_year_asks_for_the_assessment_before_it(town: Town) -> None:
    key = working(town)
    with on(OCTOBER), pytest.raises(ActionRefusedError) as refused:
        actions.extend(
            town.anna,
            key=key,
            number=1,
            other_work=False,
            other_environment=False,
            decided_on=OCTOBER,
            words="",
        )
    said = str(refused.value)
    for part in ("waarop dit rust", "Beoordeel eerst", "ander werk", "andere omgeving"):
        assert part in said
    assert rows(town) == []
    extended(town, key)
    assert dates(card(town, key, date(2028, 2, 1)))["end_of_term 1"] == "2029-01-15"


def paused(town: Town, key, first_day: date, end: date | None) -> None:
    for day, state, reason in (
        (first_day, PlacementState.PAUSED, MoveReason.AGREED_BREAK),
        (end, PlacementState.ACTIVE, None),
    ):
        if day:
            with on(day):
                move_one(town.anna, key=key, to=state, on=day, reason=reason)


def left_out(town: Town, key, last_day: date | None = date(2026, 5, 31), day=AUGUST) -> None:
    with on(day):
        actions.leave_out(
            town.anna,
            key=key,
            starts_on=date(2026, 4, 1),
            last_day=last_day,
            words="Proefplaats bij De Moestuin, met zicht op een contract.",
        )


@pytest.mark.parametrize("last_day", [date(2026, 5, 31), date(2026, 6, 1), None])
def test_days_of_work_in_the_job_itself_are_not_left_out(town: Town, last_day) -> None:
    key = working(town)
    alone = dates(card(town, key, AUGUST))
    with pytest.raises(ActionRefusedError, match="werkte de inwoner in de participatiebaan"):
        left_out(town, key, last_day)
    paused(town, key, date(2026, 4, 1), date(2026, 5, 31))
    with pytest.raises(ActionRefusedError, match="werkte de inwoner in de participatiebaan"):
        left_out(town, key, last_day)
    assert rows(town) == []
    assert dates(card(town, key, AUGUST))["end_of_term 1"] == alone["end_of_term 1"]


def test_what_is_left_out_without_an_end_stops_when_the_job_goes_on(town: Town) -> None:
    key = working(town)
    paused(town, key, date(2026, 4, 1), None)
    left_out(town, key, None, day=date(2026, 5, 1))
    with on(date(2026, 6, 1)):
        move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=date(2026, 6, 1))
    assert dates(card(town, key, AUGUST))["end_of_term 1"] == "2028-03-16"


def test_left_out_work_moves_the_end_but_not_the_assessments(town: Town) -> None:
    key = working(town)
    paused(town, key, date(2026, 4, 1), date(2026, 6, 1))
    left_out(town, key)
    found = dates(card(town, key, AUGUST))
    assert found["end_of_term 1"] == "2028-03-16"
    assert found["assess_chance 1"] == "2026-10-15"


def test_a_correction_takes_the_place_of_the_earlier_word_which_stays_readable(
    town: Town,
) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    assessed(town, key, OCTOBER, words="Toch wel: kan nu alleen werken.")
    newest, oldest = card(town, key, OCTOBER).decisions
    assert (newest.holds, newest.decided.choice) == (True, "yes")
    assert (oldest.holds, oldest.decided.choice) == (False, "no")


def test_a_stretch_and_a_payment_can_be_corrected_by_their_number(town: Town) -> None:
    key = working(town)
    with on(AUGUST):
        for cents in (15000, 10000):
            premium_actions.note_payment(town.anna, key=key, paid_on=AUGUST, cents=cents)
        premium_actions.note_payment(town.anna, key=key, paid_on=AUGUST, cents=12000, number=2)
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            premium_actions.note_payment(town.anna, key=key, paid_on=AUGUST, cents=1, number=7)
    holding = [one.decided for one in card(town, key, AUGUST).decisions if one.holds]
    assert sorted((one.number, one.cents) for one in holding) == [(1, 15000), (2, 12000)]


def test_the_same_sent_twice_is_kept_once(town: Town) -> None:
    key = working(town)
    for _time in range(2):
        assessed(town, key, OCTOBER)
        premium(town, key, day=OCTOBER)
        premium(town, key, day=OCTOBER)
        with on(OCTOBER):
            premium_actions.note_payment(town.anna, key=key, paid_on=OCTOBER, cents=9000)
            premium_actions.note_payment(town.anna, key=key, paid_on=OCTOBER, cents=9000)
    assert [row.matter for row in rows(town)] == ["chance", "premium", "payment"] * 2


def test_what_a_colleague_wrote_in_the_meantime_is_not_replaced_unseen(town: Town) -> None:
    key = working(town)
    seen = card(town, key, OCTOBER).seen
    with on(OCTOBER):
        actions.assess(
            town.bram,
            key=key,
            matter=Matter.CHANCE,
            grew=False,
            assessed_on=OCTOBER,
            words=WORDS,
            seen=seen,
        )
    with pytest.raises(ActionRefusedError, match="Bram Testema legde intussen"):
        assessed(town, key, OCTOBER, seen=seen)
    assessed(town, key, OCTOBER, seen=card(town, key, OCTOBER).seen)


def test_taking_back_needs_a_reason_and_leaves_the_word_readable(town: Town) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    [decision] = card(town, key, OCTOBER).decisions
    with on(OCTOBER):
        with pytest.raises(ActionRefusedError, match="waarom dit niet klopt"):
            actions.take_back(town.anna, decision_key=decision.key, words=" ")
        with pytest.raises(ActionRefusedError, match="burgerservicenummer"):
            actions.take_back(town.anna, decision_key=decision.key, words="Was 111222333.")
        actions.take_back(town.anna, decision_key=decision.key, words="Verkeerde inwoner.")
        with pytest.raises(ActionRefusedError, match="geldt al niet meer"):
            actions.take_back(town.anna, decision_key=decision.key, words="Nog eens.")
    found = card(town, key, OCTOBER)
    assert [(one.withdrawn, one.holds) for one in found.decisions] == [
        (True, False),
        (False, False),
    ]
    assert found.holding(Matter.CHANCE) is None
    assert stands(found, "assess_chance") is MilestoneState.NOW


def test_an_assessment_on_which_an_extension_rests_cannot_be_taken_back(town: Town) -> None:
    key = working(town)
    extended(town, key)
    day = date(2027, 12, 2)
    found = card(town, key, day)
    decision = found.holding(Matter.GO_ON_THIRD_YEAR)
    with on(day), pytest.raises(ActionRefusedError, match="Beoordeel eerst"):
        actions.take_back(town.anna, decision_key=decision.key, words="Was fout.")


def test_a_start_that_turns_out_earlier_can_leave_facts_that_the_law_does_not_allow(
    town: Town,
) -> None:
    key = working(town, proposed_on=date(2025, 10, 1))
    extended(town, key)
    day = date(2028, 2, 1)
    with on(day):
        correct_start_day(town.anna, key=key, started_on=date(2025, 11, 1))
    found = card(town, key, day)
    assert [one.value for one in found.problems] == ["extension_too_late"]
    assert found.milestones == ()
    assert (found.ends, found.counted) == (None, None)
    # The way out stays open.
    with on(day):
        actions.take_back(
            town.anna,
            decision_key=found.holding(Matter.EXTENSION).key,
            words="Te laat besloten.",
        )
    assert card(town, key, day).problems == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"assessed_on": date(2026, 10, 2)}, "toekomst"),
        ({"assessed_on": date(2026, 1, 14)}, "voor de eerste dag"),
        ({"words": ""}, "waarop dit rust"),
        ({"words": "x" * 1001}, "hooguit 1000 tekens"),
        ({"words": "Hoort bij 111222333."}, "burgerservicenummer"),
        ({"words": "Kwam minder door een depressie."}, "“depressie” is een woord voor een ziekte"),
        ({"matter": Matter.SCHOOLING}, "geen beoordeling"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_and_nothing_is_kept(
    town: Town, changes, said
) -> None:
    key = working(town)
    given = {
        "matter": Matter.CHANCE, "grew": True, "words": WORDS, "assessed_on": OCTOBER,
    } | changes  # fmt: skip
    with on(OCTOBER), pytest.raises(ActionRefusedError, match=said):
        actions.assess(town.anna, key=key, **given)
    assert rows(town) == []


def test_a_refusal_in_the_middle_of_many_keeps_nothing(town: Town) -> None:
    working(town)
    pseudonym_id = town.roos_file.pseudonym_id
    good = Decided(matter=Matter.CHANCE, on=OCTOBER, choice="yes")
    bad = Decided(matter=Matter.GO_ON_THIRD_YEAR, on=OCTOBER, choice="maybe")
    with on(OCTOBER), pytest.raises(ActionRefusedError, match="past hier niet"):
        actions.decide_all(
            town.anna,
            decisions=[
                NewDecision(pseudonym_id=pseudonym_id, decided=one, words=WORDS)
                for one in (good, bad)
            ],
        )
    assert rows(town) == []


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (Decided(matter=Matter.CHANCE, number=2, on=OCTOBER, choice="yes"), "bestaat niet"),
        (Decided(matter=Matter.LEFT_OUT, number=3, on=OCTOBER), "bestaat niet"),
        (Decided(matter=Matter.EXTENSION, number=0, on=OCTOBER), "elk één keer"),
        (Decided(matter=Matter.LEFT_OUT, number=0, on=date(9999, 1, 1)), "vijf jaar vooruit"),
        (
            Decided(matter=Matter.LEFT_OUT, number=0, on=OCTOBER, ends_on=OCTOBER),
            "voor de eerste dag",
        ),
        (Decided(matter=Matter.PAYMENT, number=0, on=OCTOBER), "meer dan nul euro"),
        (
            Decided(matter=Matter.PAYMENT, number=0, on=date(2026, 1, 14), cents=9000),
            "voor de eerste dag van het werk",
        ),
        (Decided(matter=Matter.PAYMENT, number=0, on=OCTOBER, cents=2_000_000), "te groot"),
        (Decided(matter=Matter.SCHOOLING, on=OCTOBER, choice="yes"), "past hier niet"),
        (Decided(matter=Matter.EXTENSION, on=OCTOBER, choice="yes"), "past hier niet"),
    ],
)
def test_a_word_that_cannot_be_is_refused_also_among_many(town: Town, decided, said) -> None:
    working(town)
    new = NewDecision(pseudonym_id=town.roos_file.pseudonym_id, decided=decided, words=WORDS)
    with on(OCTOBER), pytest.raises(ActionRefusedError, match=said):
        actions.decide_all(town.anna, decisions=[new])
    assert rows(town) == []


def test_a_premium_among_many_must_come_out_of_its_basis(town: Town) -> None:
    key = working(town)
    basis = as_json(premium(town, key))
    pseudonym_id = town.roos_file.pseudonym_id

    def again(cents: int) -> None:
        one = Decided(matter=Matter.PREMIUM, on=AUGUST, cents=cents)
        new = NewDecision(pseudonym_id=pseudonym_id, decided=one, basis=basis)
        with on(OCTOBER):
            actions.decide_all(town.anna, decisions=[new])

    again(9000)
    with pytest.raises(ActionRefusedError, match="past hier niet"):
        again(9001)
    assert len(rows(town)) == 2


def test_only_municipal_roles_decide(town: Town) -> None:
    key = working(town)
    for other in (town.petra, town.pia, town.otto, town.roos, town.connie, town.system):
        with on(OCTOBER), pytest.raises(PermissionDenied):
            actions.assess(
                other,
                key=key,
                matter=Matter.CHANCE,
                grew=True,
                assessed_on=OCTOBER,
                words=WORDS,
            )
    for stranger in (town.carla, town.vera):
        with on(OCTOBER), pytest.raises(ActionRefusedError, match="bestaat niet"):
            actions.note_fact(
                stranger, key=key, matter=Matter.START_QUALIFICATION, answer=Answer.NO
            )
    assessed(town, key, OCTOBER)
    [decision] = card(town, key, OCTOBER).decisions
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        actions.take_back(town.carla, decision_key=decision.key, words="Weg.")


# --- premiums ------------------------------------------------------------------------------------


def test_a_premium_keeps_its_basis_and_comes_out_the_same_again(town: Town) -> None:
    key = working(town)
    result = premium(town, key)
    # Twelve of the twenty hours that give the whole of 150 euros.
    assert result.cents == 9000
    [row] = rows(town)
    assert from_json(row.basis) == result
    assert worked_out(from_json(row.basis).basis) == result
    with on(AUGUST):
        first, second, *_later = premiums_of(town.anna, key)
    assert (first.kept, first.replays) == (result, True)
    assert (second.kept, second.replays) == (None, None)
    assert result.basis.unbroken_months == 6
    assert stands(card(town, key, AUGUST), "premium") is MilestoneState.DONE


def test_who_did_not_cooperate_gets_none_with_the_reason(town: Town) -> None:
    key = working(town)
    with pytest.raises(ActionRefusedError, match="waarom de inwoner niet genoeg meewerkte"):
        premium(town, key, cooperated=False)
    result = premium(town, key, cooperated=False, words="Kwam vier keer niet, zonder bericht.")
    assert (result.cents, [one.value for one in result.because]) == (0, ["did_not_cooperate"])


def test_who_worked_one_day_and_then_paused_has_no_premium_to_decide_on(town: Town) -> None:
    key = working(town)
    day = date(2026, 1, 16)
    with on(day):
        move_one(
            town.anna, key=key, to=PlacementState.PAUSED, on=day, reason=MoveReason.AGREED_BREAK
        )
    with pytest.raises(ActionRefusedError, match="zes maanden voorbij"):
        premium(town, key)
    with on(AUGUST):
        move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=AUGUST)
    # The pause of 199 days moves the premium, and not the term.
    assert dates(card(town, key, AUGUST))["premium 1"] == "2027-01-30"
    assert dates(card(town, key, AUGUST))["end_of_term 1"] == "2028-01-15"


def test_a_premium_is_decided_on_after_its_months(town: Town) -> None:
    key = working(town)
    with pytest.raises(ActionRefusedError, match="zes maanden voorbij"):
        premium(town, key, day=date(2026, 7, 14))
    with pytest.raises(ActionRefusedError, match="geen premie te geven"):
        premium(town, key, number=9)
    with pytest.raises(ActionRefusedError, match="van 0 tot en met 40"):
        premium(town, key, hours_per_week=Decimal(41))
    assert rows(town) == []


def test_a_corrected_start_leaves_the_kept_basis_as_it_was(town: Town) -> None:
    key = working(town)
    result = premium(town, key)
    with on(AUGUST):
        correct_start_day(town.anna, key=key, started_on=date(2026, 3, 1))
        first = premiums_of(town.anna, key)[0]
    assert first.period.starts_on == date(2026, 3, 1)
    assert first.kept == result
    assert first.kept.basis.starts_on == STARTED
