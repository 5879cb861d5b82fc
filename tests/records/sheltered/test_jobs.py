"""Inside a job: other hours, and the wage-cost subsidy as a dated fact with its basis."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sheltered.correcting import correct_day
from meedoen.records.sheltered.job_actions import (
    SubsidyTerms,
    change_hours,
    fix_wage_subsidy,
    worked_out,
)
from meedoen.records.sheltered.models import WageSubsidy
from meedoen.rules.wage_subsidy.calculate import (
    BasisCode,
    JobFacts,
    SubsidyKind,
    calculate,
    subsidy_from_json,
)
from tests.examples import examples
from tests.records.sheltered.scenes import BEGAN, DECIDED, WEEK, card, employed, granted, on
from tests.town import Town

SUMMER = date(2026, 6, 1)
AFTER_SIX_MONTHS = date(2026, 9, 2)
WAGE = Decimal("2300.00")


def terms(**changes: object) -> SubsidyTerms:
    """Return the terms of Roos's job, with what a test wants otherwise."""
    given: dict[str, object] = {
        "starts_on": SUMMER,
        "minimum_wage": WAGE,
        "week_hours": Decimal(28),
        "full_week_hours": Decimal(36),
        "loonwaarde": Decimal("0.4"),
    }
    return SubsidyTerms(**{**given, **changes})  # type: ignore[arg-type]


def contracts(town: Town, key) -> list[tuple[date, date | None, Decimal | None]]:
    return [(one.starts_on, one.ends_on, one.week_hours) for one in card(town, key).contracts]


def test_other_hours_do_not_end_the_job(town: Town) -> None:
    key = employed(town)
    with on():
        change_hours(town.anna, key=key, starts_on=SUMMER, week_hours=Decimal(20))
        change_hours(town.anna, key=key, starts_on=SUMMER, week_hours=Decimal(24))
    assert contracts(town, key) == [(BEGAN, SUMMER, WEEK), (SUMMER, None, Decimal(24))]
    assert len(card(town, key).steps) == 5


def test_the_hours_go_along_when_the_first_day_is_corrected(town: Town) -> None:
    key = employed(town)
    with on():
        correct_day(town.anna, key=key, number=5, on=date(2026, 3, 9), reason="Een week later.")
        assert contracts(town, key) == [(date(2026, 3, 9), None, WEEK)]
        correct_day(town.anna, key=key, number=5, on=BEGAN, reason="Toch niet.")
    assert contracts(town, key) == [(BEGAN, None, WEEK)]


def test_other_hours_hold_when_the_job_turns_out_to_begin_after_them(town: Town) -> None:
    key = employed(town)
    april, may = date(2026, 4, 1), date(2026, 5, 1)
    with on():
        change_hours(town.anna, key=key, starts_on=april, week_hours=Decimal(20))
        correct_day(town.anna, key=key, number=5, on=may, reason="Later begonnen.")
        assert contracts(town, key) == [(may, None, Decimal(20))]
        correct_day(town.anna, key=key, number=5, on=DECIDED, reason="Toch eerder.")
    assert contracts(town, key) == [(DECIDED, april, WEEK), (april, None, Decimal(20))]


def test_hours_need_a_job_on_that_day(town: Town) -> None:
    key = employed(town)
    with on(), pytest.raises(ActionRefusedError, match="geen baan"):
        change_hours(town.anna, key=key, starts_on=date(2026, 2, 20), week_hours=Decimal(20))
    with on(), pytest.raises(ActionRefusedError, match="toekomst"):
        change_hours(town.anna, key=key, starts_on=date(2027, 1, 1), week_hours=Decimal(20))


def test_a_subsidy_is_kept_with_everything_that_went_into_it(town: Town) -> None:
    key = employed(town)
    with on():
        shown = worked_out(town.anna, key=key, terms=terms())
        assert card(town, key).subsidies == ()
        fix_wage_subsidy(town.anna, key=key, terms=terms())
    [kept] = card(town, key).subsidies
    assert kept.subsidy == shown
    assert (kept.percent, kept.loonwaarde, kept.starts_on) == (
        Decimal("60.00"),
        Decimal("0.4"),
        SUMMER,
    )
    # 2300 with 8% is 2484; 60% of it is 1490.40; 28 of 36 hours is 1159.20; 23.5% of it 272.41.
    assert (kept.subsidy.subsidy, kept.subsidy.employer_costs) == (
        Decimal("1159.20"),
        Decimal("272.41"),
    )
    articles = {line.code: line.article for line in kept.subsidy.basis}
    assert articles[BasisCode.MOST_PART] == "Participatiewet, artikel 10d, vierde lid"


def test_a_kept_subsidy_is_worked_out_again_to_the_same_cent(town: Town) -> None:
    key = employed(town)
    with on():
        fix_wage_subsidy(town.anna, key=key, terms=terms(starts_on=BEGAN, loonwaarde=None))
        fix_wage_subsidy(town.anna, key=key, terms=terms())
    for row in WageSubsidy.objects.visible_to(town.anna):
        facts = JobFacts(
            started_on=row.job_started_on,
            minimum_wage=row.minimum_wage,
            week_hours=row.week_hours,
            full_week_hours=row.full_week_hours,
            loonwaarde=row.loonwaarde,
        )
        again = calculate(facts, on=row.starts_on)
        kept = subsidy_from_json(row.result)
        assert (again.subsidy, again.employer_costs) == (kept.subsidy, kept.employer_costs)
        assert [line.value for line in again.basis] == [line.value for line in kept.basis]


def test_the_newest_of_a_day_holds_and_the_newest_day_comes_first(town: Town) -> None:
    key = employed(town)
    with on():
        fix_wage_subsidy(town.anna, key=key, terms=terms(starts_on=BEGAN, loonwaarde=None))
        fix_wage_subsidy(town.anna, key=key, terms=terms())
        fix_wage_subsidy(town.anna, key=key, terms=terms(loonwaarde=Decimal("0.2")))
    assert [(one.starts_on, one.percent) for one in card(town, key).subsidies] == [
        (SUMMER, Decimal("70.00")),
        (BEGAN, Decimal("50.00")),
    ]
    assert card(town, key).subsidies[1].subsidy.kind is SubsidyKind.FLAT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts_on": date(2026, 2, 20)}, "geen baan"),
        ({"starts_on": AFTER_SIX_MONTHS, "loonwaarde": None}, "stel de loonwaarde vast"),
        ({"minimum_wage": Decimal(0)}, "minimumloon"),
        ({"minimum_wage": Decimal(100_001)}, "te hoog"),
        ({"week_hours": Decimal(0)}, "beide weken"),
        ({"loonwaarde": Decimal("1.01")}, "van 0 tot en met 100"),
        ({"week_hours": Decimal(900), "full_week_hours": Decimal(900)}, "hoogstens 168"),
        ({"full_week_hours": Decimal(41)}, "volle werkweek"),
        ({"starts_on": date(2027, 1, 2)}, "opnieuw berekend"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(
    town: Town, changes: dict[str, object], said: str
) -> None:
    key = employed(town)
    with on(date(2026, 12, 1)), pytest.raises(ActionRefusedError, match=said):
        fix_wage_subsidy(town.anna, key=key, terms=terms(**changes))
    assert card(town, key).subsidies == ()


def test_the_fixed_part_does_not_come_back_once_the_loonwaarde_is_fixed(town: Town) -> None:
    key = employed(town)
    later = terms(starts_on=date(2026, 7, 1), loonwaarde=None)
    with on():
        fix_wage_subsidy(town.anna, key=key, terms=terms())
        with pytest.raises(ActionRefusedError, match="al vastgesteld"):
            fix_wage_subsidy(town.anna, key=key, terms=later)
        # A slip of the same day is put right by what is said after it.
        fix_wage_subsidy(town.anna, key=key, terms=terms(loonwaarde=None))
        fix_wage_subsidy(town.anna, key=key, terms=later)


def test_without_a_job_there_is_no_subsidy_and_only_the_municipality_fixes_it(town: Town) -> None:
    key = granted(town)
    with on(), pytest.raises(ActionRefusedError, match="geen baan"):
        worked_out(town.anna, key=key, terms=terms())
    for who in (town.petra, town.roos, town.system):
        with on(), pytest.raises(PermissionDenied):
            fix_wage_subsidy(who, key=key, terms=terms())
    with on(), pytest.raises(ActionRefusedError, match="bestaat niet"):
        worked_out(town.carla, key=key, terms=terms())


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    loonwaarde=st.decimals(0, 1, places=4),
    wage=st.decimals(1, 9999, places=2),
    hours=st.decimals(1, 40, places=2),
)
def test_what_is_kept_reads_back_as_it_was(
    town: Town, loonwaarde: Decimal, wage: Decimal, hours: Decimal
) -> None:
    with transaction.atomic(), on():
        key = employed(town)
        given_terms = terms(loonwaarde=loonwaarde, minimum_wage=wage, week_hours=hours)
        shown = worked_out(town.anna, key=key, terms=given_terms)
        fix_wage_subsidy(town.anna, key=key, terms=given_terms)
        assert card(town, key).subsidies[0].subsidy == shown
        transaction.set_rollback(True)
