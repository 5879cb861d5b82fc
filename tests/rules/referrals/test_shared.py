"""What may be told in a referral: never more than the set of its theme, and never about health."""

from datetime import date

import pytest

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.referrals.shared import field_set_on, read_field_sets, shipped_field_sets
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import LegalTask, Shared, Theme

DAY = date(2026, 11, 2)


@pytest.mark.parametrize("theme", REFERRED_FOR)
def test_each_set_proposes_what_it_allows_and_says_who_it_is(theme):
    found = field_set_on(theme, DAY)
    assert set(found.proposed) <= set(found.allowed)
    assert Shared.NAME_AND_PHONE in found.proposed
    assert found.tasks


def test_only_participation_and_work_tell_the_rung_and_debt_tells_no_limits():
    tells = {
        word: {theme for theme in REFERRED_FOR if word in field_set_on(theme, DAY).allowed}
        for word in (Shared.RUNG, Shared.FUNCTIONAL_LIMITS)
    }
    assert tells[Shared.RUNG] == {Theme.PARTICIPATION, Theme.WORK}
    assert tells[Shared.FUNCTIONAL_LIMITS] == set(REFERRED_FOR) - {Theme.DEBT}


def test_the_first_task_is_what_is_chosen():
    assert field_set_on(Theme.DEBT, DAY).tasks[0] is LegalTask.DEBT_HELP
    assert set(shipped_field_sets()) == set(REFERRED_FOR)


LINE = """[[sharing]]
theme = "{theme}"
valid_from = 2000-01-01
proposed = ["name_and_phone"]
allowed = ["name_and_phone", "times"]
tasks = ["participation"]
"""
FILE = "".join(LINE.format(theme=theme.value) for theme in REFERRED_FOR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE.replace('proposed = ["name_and_phone"]', 'proposed = ["rung"]'), "not allowed"),
        (FILE.replace('"times"', '"diagnosis"'), "allowed is"),
        (FILE.replace('["participation"]', "[]"), "tasks is []"),
        (FILE.replace("tasks =", "task ="), "'task' is not known here"),
        (FILE.replace(LINE.format(theme="debt"), ""), "debt"),
        (FILE + LINE.format(theme="debt"), "debt"),
    ],
    ids=["proposed", "unknown field", "no task", "unknown key", "missing theme", "overlap"],
)
def test_a_mistake_is_a_sentence(text, said):
    with pytest.raises(DatedTableError) as caught:
        read_field_sets(text, "x.toml")
    assert any(said in problem for problem in caught.value.problems)


def test_every_mistake_is_said_at_once():
    with pytest.raises(DatedTableError) as caught:
        read_field_sets(FILE.replace('"times"', '"diagnosis"'), "x.toml")
    assert len(caught.value.problems) == len(REFERRED_FOR)
