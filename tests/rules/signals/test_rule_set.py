from datetime import date
from importlib.resources import files

import pytest

from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import (
    NoRulesError,
    RulesError,
    read_all_rules,
    read_rules,
    rules_on,
    shipped_rules,
)

SHIPPED = files("meedoen").joinpath("catalogue", "signals", "2026.toml").read_text(encoding="utf-8")

SILENT = f"signal {SHIPPED.partition('no_contact')[0].count('[[signals]]')}"


def problems(text):
    with pytest.raises(RulesError) as error:
        read_rules(text, "file.toml")
    return error.value.problems


def test_what_comes_with_the_package_times_every_kind_once():
    [rules] = shipped_rules()
    assert set(rules.order) == set(SignalKind)
    assert len(rules.order) == len(SignalKind)
    assert rules.timing(SignalKind.NO_CONTACT).due_on(date(2026, 8, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "2026.1"', "", "file.toml: version is missing; write it between quotes."),
        ("valid_from = 2010-01-01", "", "valid_from is missing; write a date such as 2026-01-01"),
        ("valid_from = 2010-01-01", 'valid_from = "x"', "valid_from is 'x'; write a date without"),
        (
            "valid_from = 2010-01-01",
            "valid_from = 2010-01-01\nvalid_to = 2010-01-01",
            "valid_to must come after valid_from",
        ),
        ("planned_contact_within_days = 56", "", "planned_contact_within_days is missing"),
        ("months_asked_from = 2026-12-01", "", "months_asked_from is missing; write a date"),
        ("months_asked_from = 2026-12-01", "months_asked_from = 12", "months_asked_from is 12"),
        ("after_months = 6", "after_months = 0.5", f"{SILENT}: after_months is 0.5; write a whole"),
        ("after_months = 6", "after_months = -6", "after_months is -6; write a whole number"),
        ("after_months = 6", "months = 6", "'months' is not known here; use after_days"),
        ('kind = "no_contact"', 'kind = "silence"', "there is no signal 'silence'; use never"),
        ('kind = "no_contact"', 'kind = "ask_again"', "'ask_again' stands here more than once"),
        ('kind = "no_contact"', "", f"{SILENT}: kind is missing; write it between quotes."),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(old, new, said):
    assert old in SHIPPED
    assert any(said in sentence for sentence in problems(SHIPPED.replace(old, new)))


def test_all_mistakes_are_told_at_once_and_a_file_without_signals_too():
    told = problems("valid_from = 1")
    assert len(told) == 6
    assert any("begin each with [[signals]]" in sentence for sentence in told)
    [only] = problems("valid_from =")
    assert "this is not TOML" in only
    assert any("this is not a table" in one for one in problems("signals = [3]"))


def test_rule_sets_follow_each_other_and_a_day_outside_them_is_refused():
    second = SHIPPED.replace("2026.1", "2027.1").replace("2010-01-01\n", "2027-01-01\n", 1)
    first = SHIPPED.replace(
        "valid_from = 2010-01-01\n", "valid_from = 2010-01-01\nvalid_to = 2027-01-01\n"
    )
    both = read_all_rules({"b.toml": second, "a.toml": first})
    assert rules_on(both, date(2026, 12, 31)).version == "2026.1"
    assert rules_on(both, date(2027, 1, 1)).version == "2027.1"
    with pytest.raises(NoRulesError, match=r"2009-12-31.*2026\.1, 2027\.1"):
        rules_on(both, date(2009, 12, 31))


def test_rule_sets_that_clash_are_refused():
    with pytest.raises(RulesError) as error:
        read_all_rules({"a.toml": SHIPPED, "b.toml": SHIPPED})
    assert "have the same version '2026.1'" in error.value.problems[0]
    assert "are both in force on 2010-01-01" in error.value.problems[1]
    with pytest.raises(RulesError, match="not TOML"):
        read_all_rules({"a.toml": "=", "b.toml": SHIPPED})
