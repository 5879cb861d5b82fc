"""Evaluations: planned, held, planned again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans.evaluation_actions import hold_evaluation, plan_evaluations
from tests.records.plans.scenes import AGREED, agreed, card, drafted
from tests.town import Town
from tests.web.coach.scenes import on

LOOKED_BACK = date(2026, 9, 14)


def look_back(town: Town, key, viewer=None, **changes: Any) -> None:
    hold_evaluation(
        viewer or town.anna,
        key=key,
        **{
            "held_on": LOOKED_BACK,
            "with_resident": True,
            "findings": "Het gaat goed.",
            "resident_said": "Ik ben trots.",
            **changes,
        },
    )


def test_looking_back_fills_the_evaluation_that_was_to_come_and_plans_the_next(town: Town) -> None:
    key = agreed(town)
    look_back(town, key)
    held, to_come = sorted(card(town, key).evaluations, key=lambda one: one.planned_on)
    assert (held.planned_on, held.held_on, held.held_by) == (
        date(2026, 9, 9),
        LOOKED_BACK,
        "Anna Testema",
    )
    assert (held.findings, held.resident_said) == ("Het gaat goed.", "Ik ben trots.")
    assert (to_come.planned_on, to_come.held_on) == (date(2027, 3, 14), None)


def test_the_next_day_may_be_another(town: Town) -> None:
    key = agreed(town)
    look_back(town, key, next_on=date(2026, 12, 1))
    assert card(town, key).next_evaluation == date(2026, 12, 1)


def test_the_rhythm_of_a_plan_is_its_own(town: Town) -> None:
    key = agreed(town)
    with on(AGREED):
        plan_evaluations(town.anna, key=key, every_months=3, next_on=date(2026, 6, 9))
    assert card(town, key).next_evaluation == date(2026, 6, 9)
    look_back(town, key, held_on=date(2026, 6, 10))
    assert card(town, key).next_evaluation == date(2026, 9, 10)


def test_the_same_evaluation_sent_twice_is_kept_once(town: Town) -> None:
    key = agreed(town)
    look_back(town, key)
    look_back(town, key)
    assert len(card(town, key).held) == 1
    assert card(town, key).next_evaluation == date(2027, 3, 14)


@pytest.mark.parametrize(
    "other",
    [
        {"findings": "Iets anders."},
        {"resident_said": "Ik wil het anders."},
        {"with_resident": False},
        {"next_on": date(2026, 12, 1)},
    ],
    ids=str,
)
def test_another_evaluation_of_the_same_day_is_refused_and_not_taken_for_the_first(
    town: Town, other: dict[str, Any]
) -> None:
    key = agreed(town)
    look_back(town, key)
    before = card(town, key)
    with pytest.raises(ActionRefusedError, match="al een terugblik"):
        look_back(town, key, town.bram, **other)
    assert card(town, key) == before


def test_without_the_resident_nothing_was_said(town: Town) -> None:
    key = agreed(town)
    look_back(town, key, with_resident=False, resident_said="")
    (held,) = card(town, key).held
    assert (held.with_resident, held.resident_said) == (False, "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": date(2999, 1, 1)}, "in de toekomst"),
        ({"held_on": date(2026, 3, 8)}, "09-03-2026"),
        ({"findings": " "}, "hoe het gaat"),
        ({"findings": "x" * 5_001}, "te lang"),
        ({"resident_said": ""}, "wat de inwoner"),
        ({"next_on": LOOKED_BACK}, "na deze keer"),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(
    town: Town, changes: dict[str, Any], sentence: str
) -> None:
    key = agreed(town)
    with pytest.raises(ActionRefusedError, match=sentence):
        look_back(town, key, **changes)
    assert not card(town, key).held
    assert card(town, key).next_evaluation == date(2026, 9, 9)


def test_a_draft_is_not_looked_back_on(town: Town) -> None:
    key = drafted(town, template="first_steps")
    with pytest.raises(ActionRefusedError, match="eerst af"):
        look_back(town, key)
    with pytest.raises(ActionRefusedError, match="eerst af"):
        plan_evaluations(town.anna, key=key, every_months=6, next_on=date(2999, 1, 1))


@pytest.mark.parametrize(
    ("months", "next_on"), [(0, date(2999, 1, 1)), (25, date(2999, 1, 1)), (6, date(2026, 3, 8))]
)
def test_a_rhythm_that_cannot_be_is_refused(town: Town, months: int, next_on: date) -> None:
    key = agreed(town)
    with on(AGREED), pytest.raises(ActionRefusedError):
        plan_evaluations(town.anna, key=key, every_months=months, next_on=next_on)
    assert card(town, key).evaluation_months == 6


def test_a_colleague_looks_back_and_a_stranger_does_not(town: Town) -> None:
    key = agreed(town)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        look_back(town, key, town.carla)
    for name in ("roos", "petra"):
        with pytest.raises(PermissionDenied):
            look_back(town, key, getattr(town, name))
    look_back(town, key, town.bram)
    assert card(town, key).held[0].held_by == "Bram Testema"


def test_a_fault_half_way_leaves_the_evaluation_to_come(town: Town, monkeypatch) -> None:
    key = agreed(town)

    def broken(*_given: object, **_rest: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("meedoen.records.plans.evaluation_actions.note_changes", broken)
    with pytest.raises(RuntimeError):
        look_back(town, key)
    assert not card(town, key).held
