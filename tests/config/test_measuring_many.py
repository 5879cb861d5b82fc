"""`meedoen measure` on many month ends: one measuring for each, and nothing half-way."""

from datetime import date

import pytest
from django.core.management import CommandError

from meedoen.records.figures import actions
from meedoen.records.figures.actions import finish_measurings, measure
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.queries import computing_days, measured_days
from tests.config.test_command_line import run
from tests.records.figures.scenes import crowd, take_part
from tests.town import CODE

MONTHS = [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
RANGE = ("--from", "2025-11-30", "--to", "2026-03-01", "--monthly", "--municipality", CODE)


def test_every_month_end_gets_a_measuring_and_a_line(town):
    assert run("measure", *RANGE).splitlines() == [f"{CODE}: measured on {day}." for day in MONTHS]
    assert measured_days(town.connie) == MONTHS


def rows_of(measuring_id):
    names = ("indicator", "definition_version", "part", "district_id", "place_kind", "value")
    return sorted(Figure.objects.filter(measuring_id=measuring_id).values_list(*names), key=str)


def test_months_that_are_measured_together_have_the_figures_of_each_apart(town):
    people = crowd(town, 14)
    take_part(town, people[:9], on=date(2025, 11, 3))
    take_part(town, people[9:], on=date(2026, 1, 7))
    run("measure", *RANGE)
    together = list(Measuring.objects.order_by("pk").values_list("pk", "reference_date"))
    assert [day for _, day in together] == MONTHS
    sizes = []
    for measuring_id, day in together:
        apart = measure(town.connie, on=day)
        assert rows_of(measuring_id) == rows_of(apart)
        sizes.append(len(rows_of(apart)))
    assert min(sizes) > 10


def test_when_it_is_killed_half_way_whole_months_are_there_and_the_rest_is_computing(
    town, monkeypatch
):
    keep, kept = actions._keep, []

    def keep_two(viewer, **more):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(keep(viewer, **more))
        return kept[-1]

    monkeypatch.setattr(actions, "_keep", keep_two)
    with pytest.raises(KeyboardInterrupt):
        run("measure", *RANGE)
    monkeypatch.undo()
    assert measured_days(town.connie) == MONTHS[:2]
    assert computing_days(town.connie) == MONTHS[2:]
    left = list(Measuring.objects.computing().values_list("pk", flat=True))
    assert finish_measurings(town.connie, measuring_ids=left) == 2
    assert measured_days(town.connie) == MONTHS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give one day"),
        (("2026-01-31", "--monthly"), "Give one day"),
        (("--from", "2026-01-01", "--monthly"), "Give one day"),
        (("--from", "2026-01-01", "--to", "2026-02-01"), "Give one day"),
        (("--from", "2026-02-01", "--to", "2026-01-01", "--monthly"), "no month end"),
        (("--from", "2026-01-01", "--to", "2026-01-30", "--monthly"), "no month end"),
        (("--from", "2026-01-01", "--to", "2099-01-31", "--monthly"), "has not come yet"),
    ],
)
def test_a_range_that_is_none_is_refused_and_nothing_is_measured(town, words, said):
    with pytest.raises(CommandError, match=said):
        run("measure", *words)
    assert measured_days(town.connie) == []
    assert not Measuring.objects.exists()
