"""Every date of article 10a, as little tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    Extension,
    PremiumDecided,
    SchoolingChoice,
    SchoolingDecision,
)
from meedoen.rules.participation_job.milestones import Because, MilestoneKind, MilestoneState
from tests.rules.participation_job.people import changed_on, day, elsewhere, job, person

BIRTH = date(1980, 5, 5)
CHANCE, FIRST, SECOND = AssessmentKind
YES = Assessment(CHANCE, day("2026-10-20"), grew=True)
NO = Assessment(CHANCE, day("2026-10-20"), grew=False)
GRANTED = PremiumDecided(1, day("2026-07-20"), granted=True)
REFUSED = PremiumDecided(1, day("2026-07-20"), granted=False)
YOUNG = day("1999-07-16")
GO_ON = Assessment(FIRST, day("2027-12-01"), grew=True)
GO_ON_AGAIN = Assessment(SECOND, day("2028-12-01"), grew=True)
THIRD_YEAR = Extension(1, other_work=True, other_environment=True, decided_on=day("2027-12-15"))
FOURTH_YEAR = Extension(2, other_work=False, other_environment=False, decided_on=day("2028-12-15"))
EXTENDED = {"assessments": (YES, GO_ON), "extensions": (THIRD_YEAR,)}
TWICE = {"assessments": (YES, GO_ON, GO_ON_AGAIN), "extensions": (THIRD_YEAR, FOURTH_YEAR)}


def at(facts, kind, on, number=1, table=None):
    found = milestones(facts, on=day(on), table=table)
    return next(one for one in found if (one.kind, one.number) == (MilestoneKind(kind), number))


def dates(facts, on="2026-02-01", table=None):
    return [
        (one.due_on.isoformat(), one.months, one.kind.value)
        for one in milestones(facts, on=day(on), table=table)
    ]


def stands(facts, kind, on, number=1):
    found = at(facts, kind, on, number)
    return found.state.value, found.because.value


def test_the_whole_table_of_article_10a_from_a_start_on_15_january():
    assert dates(person()) == [
        ("2026-07-15", 6, "schooling_offer"),
        ("2026-07-15", 6, "premium"),
        ("2026-10-15", 9, "assess_chance"),
        ("2027-01-15", 12, "premium"),
        ("2027-01-15", 12, "ends_without_chance"),
        ("2027-07-15", 18, "premium"),
        ("2027-07-15", 18, "warning"),
        ("2027-11-15", 22, "warning"),
        ("2028-01-15", 24, "premium"),
        ("2028-01-15", 24, "assess_first_extension"),
        ("2028-01-15", 24, "end_of_term"),
        ("2029-01-15", 36, "assess_second_extension"),
        ("2030-01-15", 48, "absolute_end"),
    ]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # kinds in order: schooling 6, chance 9, ends 12, warning 18 and 22, term 24, 36, 48
        (
            "2026-01-15",
            (
                "2026-07-15 2026-10-15 2027-01-15 2027-07-15 "
                "2027-11-15 2028-01-15 2029-01-15 2030-01-15"
            ),
        ),
        (
            "2024-02-29",
            (
                "2024-08-29 2024-11-29 2025-02-28 2025-08-29 "
                "2025-12-29 2026-02-28 2027-02-28 2028-02-29"
            ),
        ),
        (
            "2026-08-31",
            (
                "2027-02-28 2027-05-31 2027-08-31 2028-02-29 "
                "2028-06-30 2028-08-31 2029-08-31 2030-08-31"
            ),
        ),
        (
            "2026-12-31",
            (
                "2027-06-30 2027-09-30 2027-12-31 2028-06-30 "
                "2028-10-31 2028-12-31 2029-12-31 2030-12-31"
            ),
        ),
        (
            "2006-06-01",
            (
                "2007-07-01 2007-10-01 2008-01-01 2008-07-01 "
                "2008-11-01 2009-01-01 2010-01-01 2011-01-01"
            ),
        ),
    ],
)
def test_each_date_of_the_table_from_some_starts(start, due):
    facts = person(job(start))
    found = [
        at(facts, kind, "2026-02-01", number).due_on.isoformat()
        for kind, number in [
            ("schooling_offer", 1),
            ("assess_chance", 1),
            ("ends_without_chance", 1),
            ("warning", 18),
            ("warning", 22),
            ("end_of_term", 1),
            ("assess_second_extension", 1),
            ("absolute_end", 1),
        ]
    ]
    assert found == due.split()


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("schooling_offer", "10a, vijfde lid"),
        ("premium", "10a, zesde lid"),
        ("assess_chance", "10a, achtste lid"),
        ("ends_without_chance", "10a, achtste lid"),
        ("assess_first_extension", "10a, negende lid"),
        ("end_of_term", "10a, eerste lid"),
        ("assess_second_extension", "10a, tiende lid"),
        ("absolute_end", "10a, eerste, negende en tiende lid"),
    ],
)
def test_each_date_names_its_article_and_where_to_read_it(kind, article):
    found = at(person(), kind, "2026-02-01")
    assert found.article == f"Participatiewet, artikel {article}"
    assert found.address == "https://wetten.overheid.nl/BWBR0015703/2026-07-01#Artikel10a"


@pytest.mark.parametrize(
    ("known", "end", "article", "premiums"),
    [
        ({}, "2028-01-15", "10a, eerste lid", 4),
        (EXTENDED, "2029-01-15", "10a, negende lid", 6),
        (TWICE, "2030-01-15", "10a, tiende lid", 8),
    ],
)
def test_an_extension_moves_the_end_of_the_term_by_a_year(known, end, article, premiums):
    facts = person(**known)
    found = at(facts, "end_of_term", "2026-02-01")
    assert (found.due_on, found.article) == (day(end), f"Participatiewet, artikel {article}")
    kinds = [one.kind for one in milestones(facts, on=day("2026-02-01"))]
    assert kinds.count(MilestoneKind.PREMIUM) == premiums


def test_earlier_jobs_and_work_elsewhere_move_each_date_in_its_own_way():
    # Two months at another organisation, a month of nothing, and a trial of 30 days left out.
    facts = person(
        job("2026-01-01", "2026-03-01"),
        job("2026-04-01", "2026-06-01"),
        elsewhere("2026-06-01", "2026-07-01"),
        job("2026-07-01"),
    )
    assert [line for line in dates(facts) if line[1] in {6, 9, 12, 24}] == [
        ("2026-08-01", 6, "schooling_offer"),
        ("2026-08-31", 6, "premium"),
        ("2026-11-01", 9, "assess_chance"),
        ("2027-02-01", 12, "ends_without_chance"),
        ("2027-03-03", 12, "premium"),
        ("2028-03-02", 24, "premium"),
        ("2028-03-02", 24, "assess_first_extension"),
        ("2028-03-02", 24, "end_of_term"),
    ]


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        # Longer from 1 January 2028 on: only who is not over before that day.
        (36, "2026-01-15", "2029-01-15"),
        (36, "2026-01-01", "2029-01-01"),
        (36, "2025-12-31", "2027-12-31"),
        # Shorter: who is over it on 1 January 2028 ends that day, and not before.
        (12, "2026-01-15", "2028-01-01"),
        (12, "2025-12-31", "2027-12-31"),
        (12, "2027-01-01", "2028-01-01"),
        (12, "2027-01-02", "2028-01-02"),
    ],
)
def test_a_change_on_1_january_counts_for_what_falls_on_it_or_later(value, start, end):
    table = changed_on("2028-01-01", "term_months", value)
    assert at(person(job(start)), "end_of_term", "2026-02-01", table=table).due_on == day(end)


def test_a_change_of_the_rhythm_of_premiums_keeps_what_was_before_it():
    table = changed_on("2027-01-01", "premium_every_months", 3)
    premiums = [due for due, _months, kind in dates(person(), table=table) if kind == "premium"]
    assert premiums == [
        "2026-07-15",
        "2027-01-15",
        "2027-04-15",
        "2027-07-15",
        "2027-10-15",
        "2028-01-15",
    ]


def test_another_choice_of_warnings_holds_from_its_own_day_on():
    table = changed_on("2027-10-01", "warning_months", "[6, 20]")
    warnings = [line[:2] for line in dates(person(), table=table) if line[2] == "warning"]
    assert warnings == [("2027-07-15", 18)]
    # 20 months fall on 15 September, before the list that has them; 24 shows on its day now.
    end = at(person(), "end_of_term", "2026-02-01", table=table)
    assert end.shows_from == end.due_on


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-06-02", "ahead"),
        ("2026-06-03", "now"),
        ("2026-07-15", "now"),
        ("2026-07-16", "overdue"),
    ],
)
def test_schooling_shows_six_weeks_ahead_and_is_late_the_day_after(on, state):
    assert stands(person(has_start_qualification=False), "schooling_offer", on) == (state, "by_law")
    unknown = stands(person(), "schooling_offer", on)
    assert unknown == (state, "start_qualification_unknown")


@pytest.mark.parametrize(
    ("known", "state", "because"),
    [
        ({"has_start_qualification": True}, "does_not_apply", "has_start_qualification"),
        ({"schooling": SchoolingChoice.OFFERED}, "done", "schooling_offered"),
        ({"schooling": SchoolingChoice.BEYOND_POWERS}, "done", "beyond_powers"),
        ({"schooling": SchoolingChoice.NOT_HELPFUL}, "done", "not_helpful"),
    ],
)
def test_schooling_that_is_not_needed_or_decided_on(known, state, because):
    if "schooling" in known:
        known = {"schooling": SchoolingDecision(known["schooling"], day("2026-07-01"))}
    assert stands(person(**known), "schooling_offer", "2026-09-01") == (state, because)


@pytest.mark.parametrize(
    ("ends_on", "on", "state", "because"),
    [
        ("2026-07-14", "2026-09-01", "does_not_apply", "ends_before"),
        ("2026-07-15", "2026-07-15", "now", "by_law"),
        ("2026-07-15", "2026-09-01", "lapsed", "ended_without"),
        ("2027-01-01", "2026-09-01", "overdue", "by_law"),
        ("2027-01-01", "2027-01-01", "lapsed", "ended_without"),
    ],
)
def test_what_ends_takes_its_later_dates_with_it(ends_on, on, state, because):
    facts = person(job("2026-01-15", ends_on), has_start_qualification=False)
    assert stands(facts, "schooling_offer", on) == (state, because)


@pytest.mark.parametrize(
    ("known", "on", "state", "because"),
    [
        ({"birth_date": BIRTH}, "2026-07-01", "now", "by_law"),
        ({"birth_date": BIRTH}, "2026-07-16", "overdue", "by_law"),
        ({}, "2026-07-01", "now", "age_unknown"),
        ({"birth_date": day("1999-07-15")}, "2026-07-01", "now", "by_law"),
        ({"birth_date": YOUNG}, "2026-07-01", "now", "wage_subsidy_group_unknown"),
        ({"birth_date": YOUNG, "in_wage_subsidy_group": False}, "2026-07-01", "now", "under_age"),
        ({"birth_date": YOUNG, "in_wage_subsidy_group": True}, "2026-07-01", "now", "by_law"),
        ({"premiums": (GRANTED,)}, "2026-08-01", "done", "premium_granted"),
        ({"premiums": (REFUSED,)}, "2026-08-01", "done", "premium_refused"),
    ],
)
def test_a_premium_and_whether_it_counts_as_means(known, on, state, because):
    assert stands(person(**known), "premium", on) == (state, because)


def test_a_premium_that_was_earned_is_late_also_after_the_end():
    facts = person(job("2026-01-15", "2026-08-01"), birth_date=BIRTH)
    assert stands(facts, "premium", "2026-09-01") == ("overdue", "by_law")
    assert stands(facts, "premium", "2026-09-01", 2) == ("does_not_apply", "ends_before")


@pytest.mark.parametrize(
    ("assessments", "kind", "on", "state", "because"),
    [
        ((), "assess_chance", "2026-10-15", "now", "by_law"),
        ((), "assess_chance", "2026-10-16", "overdue", "by_law"),
        ((YES,), "assess_chance", "2026-11-01", "done", "chance_grew"),
        ((NO,), "assess_chance", "2026-11-01", "done", "chance_did_not_grow"),
        ((), "ends_without_chance", "2026-11-01", "ahead", "not_assessed"),
        ((), "ends_without_chance", "2027-01-14", "now", "not_assessed"),
        ((), "ends_without_chance", "2027-01-15", "lapsed", "not_assessed"),
        ((YES,), "ends_without_chance", "2026-11-01", "does_not_apply", "chance_grew"),
        ((NO,), "ends_without_chance", "2026-11-01", "ahead", "chance_did_not_grow"),
        ((NO,), "ends_without_chance", "2027-01-14", "now", "chance_did_not_grow"),
        ((NO,), "ends_without_chance", "2027-01-15", "overdue", "chance_did_not_grow"),
        ((NO,), "end_of_term", "2026-11-01", "does_not_apply", "chance_did_not_grow"),
        ((NO,), "warning", "2026-11-01", "does_not_apply", "chance_did_not_grow"),
        ((NO,), "assess_first_extension", "2026-11-01", "does_not_apply", "chance_did_not_grow"),
        ((), "assess_first_extension", "2027-12-03", "ahead", "by_law"),
        ((), "assess_first_extension", "2028-01-14", "now", "by_law"),
        ((), "assess_first_extension", "2028-01-15", "overdue", "by_law"),
        ((YES, GO_ON), "assess_first_extension", "2028-01-15", "done", "chance_grew"),
        ((), "assess_second_extension", "2028-12-20", "does_not_apply", "not_extended"),
        ((), "absolute_end", "2029-12-20", "does_not_apply", "not_extended"),
    ],
)
def test_the_assessments_and_what_follows_from_them(assessments, kind, on, state, because):
    number = 18 if kind == "warning" else 1
    assert stands(person(assessments=assessments), kind, on, number) == (state, because)


def test_without_growth_a_premium_is_due_only_for_what_was_worked():
    facts = person(assessments=(NO,), birth_date=BIRTH)
    assert stands(facts, "premium", "2027-01-20", 2) == ("overdue", "by_law")
    assert stands(facts, "premium", "2027-01-20", 3) == ("does_not_apply", "chance_did_not_grow")
    # Who went on all the same has worked for it.
    assert stands(facts, "premium", "2027-08-01", 3) == ("overdue", "by_law")


@pytest.mark.parametrize(
    ("known", "kind", "on", "state", "because"),
    [
        (EXTENDED, "assess_second_extension", "2028-12-04", "now", "by_law"),
        (EXTENDED, "assess_second_extension", "2029-01-15", "overdue", "by_law"),
        (EXTENDED, "end_of_term", "2028-01-20", "ahead", "extended"),
        (EXTENDED, "end_of_term", "2029-01-14", "now", "extended"),
        (EXTENDED, "end_of_term", "2029-01-15", "overdue", "extended"),
        (EXTENDED, "absolute_end", "2029-01-15", "does_not_apply", "not_extended"),
        (TWICE, "assess_second_extension", "2029-01-20", "done", "chance_grew"),
        (TWICE, "absolute_end", "2030-01-14", "now", "by_law"),
        (TWICE, "absolute_end", "2030-01-15", "overdue", "by_law"),
    ],
)
def test_the_third_and_the_fourth_year(known, kind, on, state, because):
    assert stands(person(**known), kind, on) == (state, because)


@pytest.mark.parametrize(
    ("ends_on", "on", "state", "because"),
    [
        ("2028-01-14", "2028-02-01", "does_not_apply", "ends_before"),
        ("2028-01-15", "2028-01-14", "now", "by_law"),
        ("2028-01-15", "2028-01-15", "done", "ended_in_time"),
        ("2028-01-20", "2028-01-16", "overdue", "by_law"),
        ("2028-01-20", "2028-01-20", "lapsed", "ended_too_late"),
    ],
)
def test_the_end_of_the_term_is_kept_or_not(ends_on, on, state, because):
    assert stands(person(job("2026-01-15", ends_on)), "end_of_term", on) == (state, because)


@pytest.mark.parametrize(
    ("on", "state", "because"),
    [
        ("2027-06-02", "ahead", "by_law"),
        ("2027-06-03", "now", "by_law"),
        ("2027-07-15", "now", "by_law"),
        ("2027-07-16", "lapsed", "passed"),
    ],
)
def test_a_warning_comes_and_goes(on, state, because):
    assert stands(person(), "warning", on, 18) == (state, because)


STARTS = st.dates(date(2007, 1, 1), date(2060, 1, 1))


@given(STARTS, st.integers(-400, 1700), st.none() | st.integers(1, 1700))
def test_the_dates_stand_in_order_and_each_has_a_state(start, after, length):
    end = start + timedelta(days=length) if length else None
    facts = person(job(start.isoformat(), end.isoformat() if end else None))
    found = milestones(facts, on=start + timedelta(days=after))
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    assert all(one.shows_from <= one.due_on for one in found)
    assert all(one.state in MilestoneState and one.because in Because for one in found)
    assert len({(one.kind, one.number) for one in found}) == len(found)


@given(STARTS, st.integers(0, 2000))
def test_moving_the_start_later_makes_no_date_earlier(start, later):
    on = date(2026, 2, 1)
    moved = start + timedelta(days=later)
    before = milestones(person(job(start.isoformat())), on=on)
    after = {
        (one.kind, one.number): one for one in milestones(person(job(moved.isoformat())), on=on)
    }
    assert all(one.due_on <= after[(one.kind, one.number)].due_on for one in before)


@given(STARTS, st.sampled_from(["2020-01-01", "2028-01-01", "2040-01-01"]), st.integers(1, 60))
def test_after_any_change_each_date_follows_the_value_of_its_own_day(start, change, months):
    table = changed_on(change, "chance_months", months)
    found = at(person(job(start.isoformat())), "assess_chance", "2026-02-01", table=table)
    assert found.months == table.on(found.due_on).chance_months.value
