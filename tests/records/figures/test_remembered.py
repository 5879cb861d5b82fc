"""What was worked out from a history is remembered for as long as that history is the same."""

from datetime import date

import pytest
from django.db import transaction

from meedoen.records.figures import remembered as module
from meedoen.records.figures.forecasts import forecast
from meedoen.records.figures.remembered import remembered
from meedoen.records.figures.sources import sources
from tests.records.figures.scenes import crowd, stranger, take_part
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db) -> Town:
    module._kept.clear()
    return build_town()


class Asked:
    """Counts how often something had to be worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_the_same_history_is_asked_once_and_another_one_anew(town: Town):
    asked = Asked()
    history = sources(town.connie).history
    assert [remembered(town.connie, history, "a", asked) for _ in range(3)] == [1, 1, 1]
    assert remembered(town.connie, history, "b", asked) == 2
    take_part(town, crowd(town, 3))
    later = sources(town.connie).history
    assert remembered(town.connie, later, "a", asked) == 3
    assert asked.times == 3


def test_inside_a_transaction_nothing_is_kept(town: Town):
    asked = Asked()
    with transaction.atomic():
        history = sources(town.connie).history
        assert [remembered(town.connie, history, "a", asked) for _ in range(2)] == [1, 2]


def test_another_municipality_remembers_its_own(town: Town):
    asked, other = Asked(), Asked()
    remembered(town.connie, sources(town.connie).history, "a", asked)
    remembered(stranger(town), sources(stranger(town)).history, "a", other)
    remembered(town.connie, sources(town.connie).history, "a", asked)
    assert (asked.times, other.times) == (1, 1)


def test_only_so_many_answers_are_kept(town: Town, monkeypatch):
    monkeypatch.setattr(module, "MOST_ANSWERS", 2)
    history, asked = sources(town.connie).history, Asked()
    for key in "abc":
        remembered(town.connie, history, key, asked)
    [(_history, answers)] = module._kept.values()
    assert list(answers) == ["c"]


def test_a_forecast_follows_what_is_recorded_between_two_looks(town: Town):
    people = crowd(town, 40)
    take_part(town, people[:20], on=date(2022, 1, 10))
    before = forecast(town.connie, indicator="participation_jobs")
    assert forecast(town.connie, indicator="participation_jobs") == before
    take_part(town, people[20:], on=date(2022, 1, 10))
    after = forecast(town.connie, indicator="participation_jobs")
    assert (before.expected.text, after.expected.text) == ("20", "40")
