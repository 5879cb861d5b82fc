"""What is shown of sheltered work never gives a small number of people away."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.law.sheltered import (
    CountedBy,
    Minimum,
    MinimumKind,
    YearlyNumber,
)
from meedoen.rules.law.values import Confidence
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.counting import Realised
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.sheltered.wsw import WswJob, wsw_columns, wsw_year
from meedoen.rules.sheltered_shown import shown_realised, shown_wsw

DAY = date(2026, 12, 31)
UNKNOWN = YearlyNumber("GM9990", 2026)
KNOWN = YearlyNumber(
    "GM9990",
    2026,
    minister=Minimum(
        municipality="GM9990",
        year=2026,
        kind=MinimumKind.MINISTER,
        number=20,
        article="Participatiewet, artikel 10b",
        address="https://zoek.officielebekendmakingen.nl/",
        confidence=Confidence.HIGH,
        says="Ten minste 20.",
    ),
)


def realised(persons: int, hours: int = 0, unknown: int = 0) -> Realised:
    return Realised(
        on=DAY,
        persons=persons,
        week_hours=Decimal(hours),
        hours_unknown=unknown,
        hours_norm=31,
        counted_by=CountedBy.PERSONS,
    )


def test_a_real_zero_is_shown_with_its_distance() -> None:
    shown = shown_realised(realised(0), KNOWN)
    assert (shown.persons.text, shown.jobs) == ("0", Decimal("0.00"))
    assert shown.found is not None
    assert (shown.found.persons_to_go, shown.hours_to_go) == (20, 620)


@given(st.integers(1, 9), st.sampled_from([KNOWN, UNKNOWN]))
def test_of_a_small_number_nothing_else_is_shown(persons: int, required: YearlyNumber) -> None:
    shown = shown_realised(realised(persons, 31 * persons), required)
    assert shown.persons.text == "<10"
    assert (shown.jobs, shown.found, shown.hours_to_go) == (None, None, None)


@given(st.integers(10, 30), st.integers(0, 30))
def test_hours_are_shown_when_they_are_of_enough_people(persons: int, unknown: int) -> None:
    missing = min(unknown, persons)
    shown = shown_realised(realised(persons, 31 * (persons - missing), missing), KNOWN)
    assert (shown.jobs is not None) is (persons - missing >= 10)
    assert shown.found is not None
    assert shown.hours_missing is (missing > 0)


JOBS = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.sampled_from(WswKind),
        st.sampled_from(WswCategory),
        st.integers(1, 6),
    ),
    max_size=60,
    unique_by=lambda job: job[0],
)


@given(JOBS)
def test_no_hidden_kind_can_be_found_by_subtraction(
    jobs: list[tuple[int, WswKind, WswCategory, int]],
) -> None:
    columns = wsw_columns(
        WswJob(
            contract=Contract(
                person=person,
                starts_on=date(2010, 1, 1),
                ends_on=date(2026, months + 1, 1),
                week_hours=Decimal(36),
            ),
            category=category,
            kind=kind,
        )
        for person, kind, category, months in jobs
    )
    shown = shown_wsw(columns, wsw_year(columns, 2026, known_until=date(2026, 6, 30)))
    hidden = [kind for kind, years in shown.by_kind.items() if years is None]
    small = {
        kind
        for kind in WswKind
        for month in range(1, 7)
        if 0 < sum(of is kind and until > month for _one, of, _category, until in jobs) < 10
    }
    assert small <= set(hidden)
    assert shown.person_years is None or len(hidden) != 1
    heavy = {category for _one, _kind, category, _until in jobs}
    if len(jobs) < 20 and len(heavy) == 2:
        assert shown.standard_units is None
