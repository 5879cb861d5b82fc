"""What is shown of the figures of a day is remembered, and never mixed up with another day."""

from meedoen.rules.indicators import shown_again
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.shown import show_published
from meedoen.rules.indicators.shown_again import show_again

CATALOGUE = shipped_catalogue()
TAKING_PART, JOBS = Cell("taking_part"), Cell("participation_jobs")
NUMBERS = {TAKING_PART: 60, JOBS: 30}


def test_the_same_figures_are_worked_out_once(monkeypatch):
    worked_out = []

    def noted(*args, **rest):
        worked_out.append(args)
        return show_published(*args, **rest)

    monkeypatch.setattr(shown_again, "show_published", noted)
    numbers = {TAKING_PART: 61, JOBS: 31}
    first = show_again(CATALOGUE, numbers, Protection())
    assert first == show_again(CATALOGUE, dict(numbers), Protection())
    assert len(worked_out) == 1


def test_another_number_another_protection_and_what_was_hidden_earlier_are_another_answer():
    shown = show_again(CATALOGUE, NUMBERS, Protection())
    assert (shown[TAKING_PART].text, shown[JOBS].text) == ("60", "30")
    assert show_again(CATALOGUE, {**NUMBERS, JOBS: 31}, Protection())[JOBS].text == "31"
    assert show_again(CATALOGUE, NUMBERS, Protection(threshold=40))[JOBS].hidden
    assert show_again(CATALOGUE, NUMBERS, Protection(rounding=10))[JOBS].text == "30"
    assert show_again(CATALOGUE, NUMBERS, Protection(), hidden={JOBS: "x"})[JOBS].hidden


def test_what_somebody_does_with_an_answer_changes_no_other():
    show_again(CATALOGUE, NUMBERS, Protection()).clear()
    assert show_again(CATALOGUE, NUMBERS, Protection())[JOBS].text == "30"
