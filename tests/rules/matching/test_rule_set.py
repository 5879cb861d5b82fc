"""Rule sets are read whole or refused with a sentence for every mistake."""

from datetime import date

import pytest

from meedoen.rules.matching.rule_set import (
    Criterion,
    NoRuleSetError,
    RuleSetError,
    read_rule_set,
    read_rule_sets,
    rule_set_on,
    shipped_rule_sets,
)

WEIGHTS = {
    "own_wish": 40,
    "shared_interests": 30,
    "nearness": 20,
    "times_that_suit": 10,
    "room_left": 0,
    "growth_step": 0,
    "guidance": 0,
    "variety": 0,
}
REACH = {"walking": 1500, "cycling": 5000, "public_transport": 10000, "car": 20000}


def criterion(code, weight, description='"Een zin."'):
    return f'[[criteria]]\ncode = "{code}"\nweight = {weight}\ndescription = {description}\n'


def reach(**changes):
    return "[reach]\n" + "".join(f"{by} = {far}\n" for by, far in {**REACH, **changes}.items())


def rule_set(
    head='version = "t.1"\nvalid_from = 2026-01-01',
    criteria=None,
    most_days="most_days_unconfirmed = 180",
    far=None,
):
    rows = criteria if criteria is not None else [criterion(*row) for row in WEIGHTS.items()]
    parts = [head, most_days, 'description = "Proef."', reach() if far is None else far, *rows]
    return "\n".join(parts)


def problems_in(text):
    with pytest.raises(RuleSetError) as caught:
        read_rule_set(text, "test.toml")
    assert all(problem.startswith("test.toml") for problem in caught.value.problems)
    assert all(problem.endswith(".") for problem in caught.value.problems)
    return caught.value.problems


def test_a_rule_set_is_read_with_its_dates_and_weights():
    head = 'version = "t.1"\nvalid_from = 2026-01-01\nvalid_to = 2027-01-01'
    read = read_rule_set(rule_set(head), "test.toml")
    assert (read.version, read.valid_from, read.valid_to) == (
        "t.1",
        date(2026, 1, 1),
        date(2027, 1, 1),
    )
    assert {one.criterion.value: one.weight for one in read.criteria} == WEIGHTS
    assert read.weight(Criterion.NEARNESS) == 20
    assert read.most_days_unconfirmed == 180
    assert read.reach == REACH


@pytest.mark.parametrize(
    ("day", "version"), [(date(2026, 11, 28), "2026.1"), (date(2026, 11, 29), "2026.2")]
)
def test_the_shipped_rule_sets_follow_each_other_and_put_the_own_wish_first(day, version):
    in_force = rule_set_on(shipped_rule_sets(), day)
    assert in_force.version == version
    heaviest = max(in_force.criteria, key=lambda one: one.weight)
    assert heaviest.criterion is Criterion.OWN_WISH


def test_the_shipped_rule_sets_are_in_order_of_date():
    shipped = shipped_rule_sets()
    assert [one.valid_from for one in shipped] == sorted(one.valid_from for one in shipped)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "this is not TOML"),
        (rule_set('version = "t.1"'), "valid_from is missing"),
        (rule_set('version = "t.1"\nvalid_from = "2026-01-01"'), "without quotes"),
        (rule_set('version = "t.1"\nvalid_from = 2026-01-01T10:00:00'), "write a date"),
        (rule_set('version = "t.1"\nvalid_from = 2026-01-01\nvalid_to = 2026-01-01'), "after"),
        (rule_set("version = 2026.1\nvalid_from = 2026-01-01"), "version is 2026.1"),
        (rule_set("valid_from = 2026-01-01"), "version is missing"),
        (rule_set('version = "t.1"\nvalid_from = 2026-01-01\nweight = 3'), "'weight' is not known"),
        ('version = "t.1"\nvalid_from = 2026-01-01\ndescription = "x"', "criteria are missing"),
        (
            'version = "t.1"\nvalid_from = 2026-01-01\ndescription = "x"\ncriteria = [1]',
            "criterion 1: this is not a table",
        ),
        (
            rule_set(criteria=[criterion(*row) for row in list(WEIGHTS.items())[1:]]),
            "no weight for 'own_wish'",
        ),
        (
            rule_set(criteria=[criterion(*row) for row in [*WEIGHTS.items(), ("own_wish", 0)]]),
            "'own_wish' is weighed more than once",
        ),
        (
            rule_set(criteria=[criterion(*row) for row in [*WEIGHTS.items(), ("shoe_size", 0)]]),
            "criterion 9: there is no criterion 'shoe_size'",
        ),
        (
            rule_set(criteria=[criterion(*row) for row in {**WEIGHTS, "nearness": 21}.items()]),
            "add up to 101",
        ),
        (rule_set(most_days=""), "most_days_unconfirmed is missing"),
        (rule_set(most_days="most_days_unconfirmed = 0"), "most_days_unconfirmed is 0"),
        (rule_set(most_days="most_days_unconfirmed = 30.5"), "most_days_unconfirmed is 30.5"),
        (rule_set(most_days="most_days_unconfirmed = true"), "most_days_unconfirmed is True"),
        (rule_set(far=""), "the table reach is missing; begin it with [reach]"),
        (rule_set(far="reach = 5000"), "the table reach is missing"),
        (rule_set(far="[reach]\nwalking = 1500\n"), "reach: cycling is missing"),
        (rule_set(far=reach(car=-1)), "reach: car is -1; write a whole number above 0"),
        (rule_set(far=reach(car="inf")), "reach: car is inf"),
        (rule_set(far=reach(horse=3000)), "reach: 'horse' is not known here"),
    ],
)
def test_a_mistake_is_refused_with_its_sentence(text, said):
    assert any(said in problem for problem in problems_in(text))


@pytest.mark.parametrize("weight", ["-1", "101", "20.0", "nan", "inf", "true", '"20"'])
def test_a_weight_that_is_no_whole_number_from_0_to_100_is_refused(weight):
    rows = [criterion(*row) for row in {**WEIGHTS, "nearness": weight}.items()]
    (problem,) = problems_in(rule_set(criteria=rows))
    assert "criterion 3: weight is" in problem


def test_all_mistakes_in_a_file_are_told_at_once():
    rows = [criterion("own_wish", -5), criterion("shoe_size", 10, '""')]
    told = problems_in(rule_set("colour = 1", criteria=rows))
    for said in ("colour", "version", "valid_from", "weight is -5", "shoe_size", "description"):
        assert any(said in problem for problem in told)
    assert sum("no weight for" in problem for problem in told) == 7


def test_all_files_are_read_before_refusing():
    with pytest.raises(RuleSetError) as caught:
        read_rule_sets({"b.toml": "=", "a.toml": rule_set("valid_from = 2026-01-01")})
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["a.toml", "b.toml"]


def test_rule_sets_that_follow_each_other_are_read_in_order_of_date():
    read = read_rule_sets(
        {
            "a.toml": rule_set('version = "t.2"\nvalid_from = 2027-01-01'),
            "b.toml": rule_set('version = "t.1"\nvalid_from = 2026-01-01\nvalid_to = 2027-01-01'),
        }
    )
    assert [one.version for one in read] == ["t.1", "t.2"]
    assert rule_set_on(read, date(2026, 12, 31)).version == "t.1"
    assert rule_set_on(read, date(2027, 1, 1)).version == "t.2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("valid_from = 2026-01-01", "valid_from = 2027-01-01"),
        ("valid_from = 2027-01-01", "valid_from = 2026-01-01\nvalid_to = 2027-01-02"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01"),
    ],
)
def test_rule_sets_whose_dates_overlap_are_refused(first, second):
    with pytest.raises(RuleSetError, match=r"a\.toml and b\.toml are both in force on 202\d"):
        read_rule_sets(
            {
                "a.toml": rule_set(f'version = "t.1"\n{first}'),
                "b.toml": rule_set(f'version = "t.2"\n{second}'),
            }
        )


def test_a_version_used_twice_is_refused():
    with pytest.raises(RuleSetError, match=r"same version 't\.1'"):
        read_rule_sets(
            {
                "a.toml": rule_set(
                    'version = "t.1"\nvalid_from = 2025-01-01\nvalid_to = 2026-01-01'
                ),
                "b.toml": rule_set(),
            }
        )


def test_a_day_without_a_rule_set_is_named_with_what_there_is():
    read = read_rule_sets({"a.toml": rule_set()})
    with pytest.raises(NoRuleSetError, match=r"2025-12-31 \(there are: t\.1\)"):
        rule_set_on(read, date(2025, 12, 31))
    with pytest.raises(NoRuleSetError, match="none at all"):
        rule_set_on((), date(2026, 1, 1))
