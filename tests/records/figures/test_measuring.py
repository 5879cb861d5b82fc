"""Figures that are measured stay; what was known on a day can be counted again."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.queries import (
    counted_now,
    counted_shown,
    measured_days,
    newest_measurings,
    newest_with_year_ends,
    shown_series,
)
from meedoen.records.organisations import clock
from meedoen.records.placements.correcting import take_back_start
from meedoen.rules.indicators.language import NoVersionError
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    STARTED,
    YEAR_END,
    crowd,
    key_of,
    stranger,
    take_part,
)

JOBS, SELF_FOUND = "participation_jobs", "participation_jobs_self_found"
WHOLE = {"part": "", "district": None, "place_kind": "", "organisation": None}


def counted(viewer, on, known_at=None):
    results = counted_now(viewer, on=on, known_at=known_at)
    return {one.code: one.value for one in results if one.measured}


def test_a_measuring_keeps_what_is_counted_at_that_moment(town):
    take_part(town, crowd(town, 12), self_found=11)
    measure(town.connie, on=YEAR_END)
    kept = newest_measurings(town.connie)[YEAR_END].figures
    assert {code: one.value for code, one in kept.items()} == counted(town.connie, YEAR_END)
    assert (kept[JOBS].value, kept[SELF_FOUND].value) == (12, 11)


def test_a_new_measuring_stands_beside_the_older_one_and_goes_before_it(town):
    people = crowd(town, 13)
    take_part(town, people[:12])
    first = measure(town.connie, on=YEAR_END)
    take_part(town, people[12:])
    second = measure(town.connie, on=YEAR_END)
    values = Figure.objects.filter(indicator=JOBS, **WHOLE).order_by("pk")
    assert list(values.values_list("measuring_id", "value")) == [(first, 12), (second, 13)]
    newest = newest_measurings(town.connie)[YEAR_END]
    assert (newest.measuring_id, newest.figures[JOBS].value) == (second, 13)


def test_what_was_known_earlier_still_gives_the_earlier_figure_after_a_correction(town):
    placed = take_part(town, crowd(town, 12))
    before = clock.now()
    take_back_start(town.anna, key=key_of(town, placed[0]))
    assert counted(town.connie, YEAR_END)[JOBS] == 11
    assert counted(town.connie, YEAR_END, before)[JOBS] == 12
    then, now = counted_shown(town.connie, on=YEAR_END, moments=[before, None])
    assert (then[JOBS].shown.text, now[JOBS].shown.text) == ("12", "11")


def test_measuring_as_known_earlier_keeps_the_earlier_figure(town):
    placed = take_part(town, crowd(town, 12))
    before = clock.now()
    take_back_start(town.anna, key=key_of(town, placed[0]))
    measure(town.connie, on=YEAR_END, known_at=before)
    measuring = Measuring.objects.get()
    assert measuring.known_at == before
    assert measuring.figures.get(indicator=JOBS, **WHOLE).value == 12


def test_a_series_has_the_values_that_are_counted_on_each_of_its_days(town):
    people = crowd(town, 14)
    take_part(town, people[:11], on=date(2024, 1, 31))
    take_part(town, people[11:], on=date(2024, 2, 1))
    days = [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29)]
    expected = [(day, str(counted(town.connie, day)[JOBS])) for day in days]
    shown = shown_series(town.connie, code=JOBS, days=days)
    assert [(day, one.text) for day, one in shown] == expected
    assert [text for _day, text in expected] == ["0", "11", "14"]


def test_a_series_leaves_out_days_before_the_indicator_existed(town):
    take_part(town, crowd(town, 1))
    days = [date(1990, 1, 1), YEAR_END]
    shown = shown_series(town.connie, code=JOBS, days=days)
    assert [day for day, _one in shown] == [YEAR_END]


def test_a_shown_series_protects_a_part_just_as_the_measuring_of_that_day_does(town):
    take_part(town, crowd(town, 14), self_found=11)
    measure(town.connie, on=YEAR_END)
    measured = newest_measurings(town.connie)[YEAR_END].figures
    for code in (JOBS, SELF_FOUND):
        [(_day, shown)] = shown_series(town.connie, code=code, days=[YEAR_END])
        assert shown == measured[code].shown
    # Eleven is large enough, but with fourteen beside it three people could be worked out.
    assert (measured[JOBS].shown.text, measured[SELF_FOUND].shown.text) == ("14", "x")


def test_a_shown_series_has_no_small_number(town):
    take_part(town, crowd(town, 9))
    days = [STARTED - timedelta(days=1), STARTED]
    shown = shown_series(town.connie, code=JOBS, days=days)
    assert [one.text for _day, one in shown] == ["0", "<10"]


def test_the_newest_measuring_comes_after_the_three_year_ends_before_it(town):
    for day in (2020, 2021, 2022, 2023):
        measure(town.connie, on=date(day, 12, 31))
    measure(town.connie, on=date(2024, 5, 31))
    measure(town.connie, on=date(2024, 6, 30))
    assert measured_days(town.connie)[-2:] == [date(2024, 5, 31), date(2024, 6, 30)]
    days = [card.reference_date for card in newest_with_year_ends(town.connie)]
    assert days == [*(date(year, 12, 31) for year in (2021, 2022, 2023)), date(2024, 6, 30)]
    on_a_day = newest_with_year_ends(town.connie, on=date(2021, 12, 31))
    assert [card.reference_date.year for card in on_a_day] == [2020, 2021]
    assert newest_with_year_ends(town.connie, on=date(2024, 1, 1)) == []


def test_only_who_may_see_figures_gets_them(town):
    measure(town.connie, on=YEAR_END)
    for viewer in (town.anna, town.petra, town.roos, town.suus, town.priya, town.ab):
        assert counted_now(viewer, on=YEAR_END, known_at=None) == []
        assert counted_shown(viewer, on=YEAR_END, moments=[None]) == []
        assert shown_series(viewer, code=JOBS, days=[YEAR_END]) == []
        assert newest_measurings(viewer) == {}
        assert measured_days(viewer) == []
        assert newest_with_year_ends(viewer) == []


def test_only_who_may_measure_measures(town):
    with pytest.raises(PermissionDenied):
        measure(town.suus, on=YEAR_END)
    assert not Measuring.objects.exists()


def test_another_municipality_counts_its_own_people_and_sees_its_own_figures(town):
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    elsewhere = stranger(town)
    assert newest_measurings(elsewhere) == {}
    # Wout lives there, and nobody takes part.
    assert counted(elsewhere, YEAR_END) == {"people_on_benefit": 1}


def test_nothing_is_kept_for_a_day_before_an_indicator_existed(town):
    with pytest.raises(NoVersionError):
        measure(town.connie, on=date(1990, 1, 1))
    assert not Measuring.objects.exists()


def test_the_end_of_a_day_is_that_of_the_netherlands(town):
    assert clock.end_of(NEXT_YEAR_END) == datetime.fromisoformat("2025-12-31T23:59:59.999999+01:00")
    assert clock.end_of(date(2025, 6, 30)) == datetime.fromisoformat(
        "2025-06-30T23:59:59.999999+02:00"
    )
