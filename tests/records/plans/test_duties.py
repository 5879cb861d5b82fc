"""Rights and duties: fixed by municipal roles only, resting on an article, ended, never changed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans import duty_actions
from meedoen.records.plans.actions import end_plan
from meedoen.records.plans.agreement_actions import agree_own_plan
from meedoen.records.plans.duty_actions import end_duty, fix_duties, fix_duty
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.models import Duty
from meedoen.records.plans.new import NewDuty
from meedoen.rules.vocabulary import DutyKind
from tests.records.plans.scenes import AGREED, agreed, card, drafted
from tests.town import Town
from tests.web.coach.scenes import on

FIXED = date(2026, 4, 1)
ENDED = date(2026, 6, 1)


def fix(town: Town, key, viewer=None, **changes: Any) -> int:
    with on(FIXED):
        return fix_duty(
            viewer or town.anna,
            **{
                "key": key,
                "version": 1,
                "kind": DutyKind.DUTY,
                "text": "Komt op de afspraken.",
                "consequence": "Dan kan de uitkering lager worden.",
                "article": "9(1)b",
                **changes,
            },
        )


def test_a_plan_without_duties_is_normal(town: Town) -> None:
    assert card(town, agreed(town)).duties == []


def test_a_duty_comes_with_its_article_and_what_follows(town: Town) -> None:
    key = agreed(town)
    fix(town, key, town.lea)
    (duty,) = card(town, key).duties
    assert (duty.kind, duty.article, duty.fixed_on, duty.fixed_by) == (
        DutyKind.DUTY,
        "9(1)b",
        FIXED,
        "Lea Testema",
    )
    assert card(town, key).to_agree


@pytest.mark.parametrize("name", ["petra", "otto", "roos", "connie", "suus", "ab", "system"])
def test_nobody_else_fixes_or_ends_a_duty(town: Town, name: str) -> None:
    key = agreed(town)
    duty_id = fix(town, key)
    with pytest.raises(PermissionDenied):
        fix(town, key, getattr(town, name), version=2)
    with pytest.raises(PermissionDenied):
        end_duty(getattr(town, name), duty_id=duty_id)


@pytest.mark.parametrize("name", ["carla", "vera"])
def test_a_coach_fixes_nothing_for_someone_elses_resident(town: Town, name: str) -> None:
    key = agreed(town)
    duty_id = fix(town, key)
    stranger = getattr(town, name)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        fix(town, key, stranger, version=2)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        end_duty(stranger, duty_id=duty_id)
    new = NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7(1)a", fixed_on=FIXED)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        fix_duties(stranger, duties=[(key, new)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "x" * 501},
        {"consequence": ""},
        {"article": "9(2)"},
        {"article": "99"},
        {"article": ""},
        {"kind": DutyKind.SUPPORT},
        {"kind": DutyKind.EXEMPTION, "article": "9a"},
        {"kind": DutyKind.EXEMPTION, "consequence": "", "article": "9(1)a"},
    ],
)
def test_what_does_not_rest_on_the_law_is_refused(town: Town, wrong: dict[str, Any]) -> None:
    key = agreed(town)
    with pytest.raises(ActionRefusedError):
        fix(town, key, **wrong)
    assert card(town, key).duties == []
    assert not card(town, key).to_agree


def test_an_article_counts_from_its_own_day(town: Town) -> None:
    key = agreed(town)
    for day, found in ((date(2025, 12, 31), 0), (date(2026, 1, 1), 1)):
        new = NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7a(1)", fixed_on=day)
        try:
            fix_duties(town.anna, duties=[(key, new)])
        except ActionRefusedError:
            assert found == 0
        assert len(card(town, key).duties) == found


def test_a_duty_is_ended_and_stays_readable(town: Town) -> None:
    key = agreed(town)
    duty_id = fix(town, key)
    with on(ENDED):
        end_duty(town.bram, duty_id=duty_id)
    with on(date(2026, 7, 1)):
        end_duty(town.anna, duty_id=duty_id)
    (duty,) = card(town, key).duties
    assert duty.ended_on == ENDED
    assert duty.text == "Komt op de afspraken."


def test_a_duty_that_ends_asks_for_agreement_anew(town: Town) -> None:
    key = agreed(town)
    duty_id = fix(town, key)
    with on(ENDED):
        agree_own_plan(town.roos, key=key, version=2, said="Goed.")
        end_duty(town.bram, duty_id=duty_id)
        end_duty(town.bram, duty_id=duty_id)
        now = card(town, key)
        assert (now.version, now.to_agree) == (3, True)
        with pytest.raises(PlanChangedError):
            agree_own_plan(town.roos, key=key, version=2, said="Goed.")
        agree_own_plan(town.roos, key=key, version=3, said="Goed.")
    newest, before, _first = card(town, key).agreements
    assert newest.shown["duties"] == []
    assert [duty["text"] for duty in before.shown["duties"]] == ["Komt op de afspraken."]


def test_there_is_no_way_to_change_a_duty() -> None:
    names = {name for name in vars(duty_actions) if hasattr(vars(duty_actions)[name], "permission")}
    assert names == {"fix_duties", "fix_duty", "end_duty"}


def test_the_database_too_wants_a_consequence(town: Town) -> None:
    agreed_key = agreed(town)
    fix(town, agreed_key)
    rows = Duty.objects.visible_to(town.anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(consequence="")


def test_the_second_of_two_is_told(town: Town) -> None:
    key = agreed(town)
    fix(town, key)
    with pytest.raises(PlanChangedError):
        fix(town, key, town.bram)


def test_many_are_fixed_at_once_or_none(town: Town) -> None:
    keys = [agreed(town), drafted(town, person=town.sam)]
    good = NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7(1)a", fixed_on=FIXED)
    wrong = NewDuty(kind=DutyKind.DUTY, text="Komen.", article="9(1)a", fixed_on=FIXED)
    with pytest.raises(ActionRefusedError):
        fix_duties(town.anna, duties=[(keys[0], good), (keys[1], wrong)])
    assert card(town, keys[0]).duties == []
    assert len(fix_duties(town.anna, duties=[(key, good) for key in keys])) == 2
    assert [len(card(town, key).duties) for key in keys] == [1, 1]


def test_an_ended_plan_gets_no_duties(town: Town) -> None:
    key = agreed(town)
    end_plan(town.anna, key=key, ended_on=AGREED, reason="Klaar.")
    with pytest.raises(ActionRefusedError, match="gestopt"):
        fix(town, key)
