"""Answers lead to a rung, with reasons, and never silently to a wrong one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meedoen.rules.ladder.assess import (
    ContradictoryAnswersError,
    MissingAnswerError,
    SetRungNeedsReasonError,
    answers_before,
    assess,
    check_set_rung,
    contradictions,
    next_question,
    questions_needed,
)
from meedoen.rules.ladder.questions import Answers, AnswersUnreadableError, Question
from meedoen.rules.ladder.rungs import Rung

YES, NO, OPEN = True, False, None

complete_answers = st.builds(
    Answers, **{question.value: st.booleans() for question in Question}
).filter(lambda answers: not contradictions(answers))
any_answers = st.builds(
    Answers, **{question.value: st.sampled_from([YES, NO, OPEN]) for question in Question}
)


# contract, support, unpaid tasks, organised, contacts -> rung
@pytest.mark.parametrize(
    ("given_answers", "rung"),
    [
        ((YES, NO, OPEN, OPEN, OPEN), 6),
        ((YES, YES, OPEN, OPEN, OPEN), 5),
        ((YES, YES, YES, YES, YES), 5),
        ((NO, OPEN, YES, OPEN, OPEN), 4),
        ((NO, NO, YES, NO, NO), 4),
        ((NO, OPEN, NO, YES, OPEN), 3),
        ((NO, OPEN, NO, YES, NO), 3),
        ((NO, OPEN, NO, NO, YES), 2),
        ((NO, OPEN, NO, NO, NO), 1),
    ],
)
def test_answers_lead_to_the_rung_of_the_deciding_rule(given_answers, rung):
    assert assess(Answers(**dict(zip(Question, given_answers, strict=True)))).rung == rung


def test_each_reason_names_the_highest_rung_still_possible():
    assessment = assess(
        Answers(
            has_contract=False,
            unpaid_tasks_with_responsibility=False,
            organised_activity_weekly=True,
        )
    )
    assert [(reason.code, reason.rung.value) for reason in assessment.reasons] == [
        ("has_contract_no", 4),
        ("unpaid_tasks_with_responsibility_no", 3),
        ("organised_activity_weekly_yes", 3),
    ]
    assert assessment.deciding.question is Question.ORGANISED_ACTIVITY_WEEKLY


def test_support_lowers_the_highest_possible_rung_to_five():
    reasons = assess(Answers(has_contract=True, has_support=True)).reasons
    assert [reason.rung for reason in reasons] == [
        Rung.PAID_WORK,
        Rung.PAID_WORK_WITH_SUPPORT,
    ]


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        (Answers(), Question.HAS_CONTRACT),
        (Answers(has_contract=True), Question.HAS_SUPPORT),
        (Answers(has_contract=False), Question.UNPAID_TASKS_WITH_RESPONSIBILITY),
        (
            Answers(has_contract=False, organised_activity_weekly=True),
            Question.UNPAID_TASKS_WITH_RESPONSIBILITY,
        ),
        (
            Answers(
                has_contract=False,
                unpaid_tasks_with_responsibility=False,
                organised_activity_weekly=False,
            ),
            Question.CONTACTS_OUTSIDE_WEEKLY,
        ),
    ],
)
def test_a_missing_answer_on_the_way_is_named(answers, question):
    with pytest.raises(MissingAnswerError, match=question.value) as caught:
        assess(answers)
    assert caught.value.question is question
    assert next_question(answers) is question
    assert questions_needed(answers)[-1] is question


def test_only_the_questions_on_the_way_are_needed():
    assert questions_needed(Answers(has_contract=True, contacts_outside_weekly=True)) == (
        Question.HAS_CONTRACT,
        Question.HAS_SUPPORT,
    )


def test_support_for_paid_work_without_a_contract_is_reported():
    answers = Answers(has_contract=False, has_support=True, unpaid_tasks_with_responsibility=True)
    with pytest.raises(ContradictoryAnswersError, match="change one of the two") as caught:
        assess(answers)
    (found,) = caught.value.contradictions
    assert (found.question, found.answer) == (Question.HAS_SUPPORT, True)
    assert (found.other_question, found.other_answer) == (Question.HAS_CONTRACT, False)


def test_a_weekly_club_without_other_contacts_is_no_contradiction():
    answers = Answers(
        has_contract=False,
        unpaid_tasks_with_responsibility=False,
        organised_activity_weekly=True,
        contacts_outside_weekly=False,
    )
    assert assess(answers).rung is Rung.ORGANISED_ACTIVITIES


@given(
    complete_answers,
    st.sampled_from([question for question in Question if question is not Question.HAS_SUPPORT]),
)
def test_a_yes_to_a_criterion_never_lowers_the_rung(answers, question):
    assume(answers.to(question) is False)
    with_yes = Answers(**{**answers.as_mapping(), question.value: True})
    assert assess(with_yes).rung >= assess(answers).rung


@given(complete_answers)
def test_support_never_raises_the_rung(answers):
    with_support = Answers(**{**answers.as_mapping(), "has_support": True})
    assume(not contradictions(with_support))
    assert assess(with_support).rung <= assess(answers).rung


@given(complete_answers)
def test_the_last_reason_carries_the_rung_and_rungs_only_go_down(answers):
    assessment = assess(answers)
    rungs = [reason.rung for reason in assessment.reasons]
    assert rungs == sorted(rungs, reverse=True)
    assert assessment.deciding.rung is assessment.rung


@given(complete_answers)
def test_answers_off_the_way_change_nothing(answers):
    needed = questions_needed(answers)
    kept = Answers(**{question.value: answers.to(question) for question in needed})
    assert assess(kept) == assess(answers)


@given(any_answers)
def test_asking_the_next_question_again_and_again_always_reaches_a_rung(answers):
    assume(not contradictions(answers))
    asked = 0
    while (question := next_question(answers)) is not None:
        answers = Answers(**{**answers.as_mapping(), question.value: False})
        asked += 1
    assert asked <= len(Question)
    # A no to the contract can meet an older yes to support.
    if not contradictions(answers):
        assert assess(answers).rung in Rung


@given(any_answers)
def test_answers_survive_being_stored(answers):
    assert Answers.from_mapping(answers.as_mapping()) == answers


def test_answers_left_out_of_storage_are_open():
    assert Answers.from_mapping({"has_contract": True}) == Answers(has_contract=True)


def test_every_unreadable_answer_is_reported_at_once():
    with pytest.raises(AnswersUnreadableError) as caught:
        Answers.from_mapping({"has_contract": "yes", "shoe_size": 42, "has_support": 1})
    assert len(caught.value.problems) == 3
    assert "shoe_size" in str(caught.value)


def test_a_set_rung_that_differs_needs_a_reason():
    with pytest.raises(SetRungNeedsReasonError, match="rung 3 and rung 4") as caught:
        check_set_rung(Rung.ORGANISED_ACTIVITIES, Rung.UNPAID_WORK, "  ")
    assert caught.value.set_rung is Rung.UNPAID_WORK


def test_a_set_rung_may_differ_with_a_reason_or_be_equal_without():
    check_set_rung(Rung.ORGANISED_ACTIVITIES, Rung.UNPAID_WORK, "Zet elke week de zaal klaar.")
    check_set_rung(Rung.UNPAID_WORK, Rung.UNPAID_WORK, "")


@pytest.mark.parametrize("question", list(Question))
def test_after_the_answers_before_it_a_question_is_the_next_one(question):
    before = answers_before(question)
    given_before = Answers(**{one.value: answer for one, answer in before.items()})
    assert next_question(given_before) is question
    assert set(questions_needed(given_before)) == {*before, question}
