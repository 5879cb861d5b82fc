"""Measuring that was left half-way is taken up again by whoever works in the background."""

from meedoen.records.figures.actions import finish_left
from meedoen.records.organisations.queries import municipality_codes, system_viewer


def finish_left_everywhere() -> None:
    """Do what was begun and never done, in every municipality; usually there is nothing."""
    for code in municipality_codes():
        finish_left(system_viewer(code))
