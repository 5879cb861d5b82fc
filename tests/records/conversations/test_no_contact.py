from datetime import date

import pytest

from meedoen.records.conversations.models import ContactPause
from meedoen.records.conversations.outreach_actions import (
    NewNextStep,
    end_pause,
    plan_next_steps,
    start_pause,
)
from meedoen.records.conversations.outreach_queries import (
    next_steps_with,
    pauses_of,
    running_pause,
)
from meedoen.records.conversations.queries import conversations_with
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import CaseloadFilter, caseload
from meedoen.records.people.reach import Reach
from meedoen.rules.vocabulary import Outcome
from tests.at_once import at_once
from tests.records.conversations.scenes import (
    IN_APRIL,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    kept,
    talked,
    tried,
)
from tests.town import Town, build_town
from tests.web.coach.scenes import on

REASON = "Ik wil nu met rust gelaten worden."


def alone(
    town: Town, until: date = IN_APRIL, reason: str = REASON, *, seen: int | None = None
) -> None:
    start_pause(
        town.anna,
        pseudonym_id=town.sam.pseudonym_id,
        reason=reason,
        ask_again_on=until,
        seen=seen,
    )


def shown(town: Town) -> int:
    """Return which pause the page shows."""
    pause = running_pause(town.bram, pseudonym_id=town.sam.pseudonym_id)
    assert pause is not None
    return pause.pause_id


def names(town: Town, **wanted) -> list[str]:
    page = caseload(town.anna, wanted=CaseloadFilter(**wanted, order="name"))
    return [card.name.split()[0] for card in page.cards]


def test_who_wants_no_contact_is_left_alone_and_comes_back_on_the_day_to_ask_again(
    town: Town,
) -> None:
    with on(MONDAY):
        alone(town)
    with on(date(2026, 4, 5)):
        assert names(town, reach=Reach.NEVER_SPOKEN) == ["Roos"]
        assert names(town, reach=Reach.NO_NEXT_STEP) == ["Roos"]
        assert names(town, not_spoken_months=3) == ["Roos"]
        assert names(town, reach=Reach.NO_CONTACT) == ["Sam"]
        assert names(town) == ["Roos", "Sam"]
        assert running_pause(town.bram, pseudonym_id=town.sam.pseudonym_id).reason == REASON
    with on(IN_APRIL):
        assert names(town, reach=Reach.NEVER_SPOKEN) == ["Roos", "Sam"]
        assert names(town, reach=Reach.NO_CONTACT) == []
        assert running_pause(town.anna, pseudonym_id=town.sam.pseudonym_id) is None


def test_nothing_stays_planned_with_who_wants_no_contact(town: Town) -> None:
    with on(MONDAY):
        plan_next_steps(
            town.anna,
            steps=[NewNextStep(pseudonym_id=town.sam.pseudonym_id, planned_on=NEXT_MONDAY)],
        )
        alone(town)
    assert not next_steps_with(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert kept(town, town.sam).next_contact_on is None


def test_a_talk_is_never_refused_and_ends_nothing_by_itself(town: Town) -> None:
    with on(MONDAY):
        alone(town)
    with on(TUESDAY):
        talked(town.anna, town.sam, TUESDAY)
        assert len(conversations_with(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1
        assert running_pause(town.anna, pseudonym_id=town.sam.pseudonym_id)


def test_contact_is_welcome_again_when_somebody_says_so(town: Town) -> None:
    with on(MONDAY):
        alone(town)
    with on(TUESDAY):
        end_pause(town.bram, pseudonym_id=town.sam.pseudonym_id)
        assert kept(town, town.sam).no_contact_until is None
        with pytest.raises(ActionRefusedError, match="mag al weer"):
            end_pause(town.bram, pseudonym_id=town.sam.pseudonym_id)
    [pause] = pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert (pause.since, pause.ended_on, pause.last_day) == (MONDAY, TUESDAY, TUESDAY)


def test_what_is_said_later_takes_the_place_and_both_can_be_read(town: Town) -> None:
    with on(MONDAY):
        alone(town)
    with on(TUESDAY):
        alone(town, NEXT_MONDAY, "Alleen deze week niet.", seen=shown(town))
    assert kept(town, town.sam).no_contact_until == NEXT_MONDAY
    now, before = pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert (now.reason, now.ended_on) == ("Alleen deze week niet.", None)
    assert (before.reason, before.ended_on) == (REASON, TUESDAY)


def test_what_is_sent_twice_is_kept_once(town: Town) -> None:
    with on(MONDAY):
        alone(town)
        alone(town)
    [pause] = pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert pause.ended_on is None


def test_what_a_colleague_wrote_down_meanwhile_is_not_replaced_unseen(town: Town) -> None:
    with on(MONDAY):
        alone(town)
        with pytest.raises(ActionRefusedError, match=r"Anna Testema .* tot 06-04-2026"):
            start_pause(
                town.bram,
                pseudonym_id=town.sam.pseudonym_id,
                reason="Iets anders.",
                ask_again_on=NEXT_MONDAY,
            )
    [pause] = pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert pause.reason == REASON


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_the_same_moment_one_is_told() -> None:
    town, told = build_town(), []

    def write(coach: Viewer) -> None:
        try:
            with on(MONDAY):
                start_pause(
                    coach,
                    pseudonym_id=town.sam.pseudonym_id,
                    reason=f"Gezegd tegen {coach.membership_id}",
                    ask_again_on=IN_APRIL,
                )
        except ActionRefusedError as error:
            told.append(error)

    at_once(lambda: write(town.anna), lambda: write(town.bram))
    assert len(told) == 1
    assert len(pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1


def test_a_pause_that_was_over_ended_on_its_own_day(town: Town) -> None:
    with on(MONDAY):
        alone(town, NEXT_MONDAY)
    with on(IN_APRIL):
        alone(town, date(2026, 5, 4))
    _now, before = pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert before.ended_on == NEXT_MONDAY


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (MONDAY, REASON),
        (date(2026, 3, 1), REASON),
        (date(2028, 3, 3), REASON),
        (IN_APRIL, " "),
        (IN_APRIL, "x" * 501),
    ],
)
def test_a_reason_and_a_day_within_two_years_are_needed(
    town: Town, until: date, reason: str
) -> None:
    with on(MONDAY), pytest.raises(ActionRefusedError):
        alone(town, until, reason)
    assert not ContactPause.objects.visible_to(town.system).exists()


@pytest.mark.parametrize("until", [TUESDAY, date(2028, 3, 2)])
def test_the_first_and_the_last_day_that_can_be_chosen_are_taken(town: Town, until: date) -> None:
    with on(MONDAY):
        alone(town, until)
    assert kept(town, town.sam).no_contact_until == until


def test_an_attempt_and_what_was_said_are_kept_together(town: Town) -> None:
    with on(MONDAY):
        tried(
            town.anna,
            town.sam,
            MONDAY,
            Outcome.NO_CONTACT_WANTED,
            no_contact_reason=REASON,
            ask_again_on=IN_APRIL,
        )
        pause = running_pause(town.lea, pseudonym_id=town.sam.pseudonym_id)
    assert (pause.reason, pause.noted_by) == (REASON, "Anna Testema")


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_a_stranger_starts_and_ends_nothing(town: Town, stranger: str) -> None:
    viewer = getattr(town, stranger)
    with on(MONDAY):
        alone(town)
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            start_pause(
                viewer,
                pseudonym_id=town.sam.pseudonym_id,
                reason=REASON,
                ask_again_on=NEXT_MONDAY,
            )
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            end_pause(viewer, pseudonym_id=town.sam.pseudonym_id)
        assert running_pause(viewer, pseudonym_id=town.sam.pseudonym_id) is None
    assert kept(town, town.sam).no_contact_until == IN_APRIL
