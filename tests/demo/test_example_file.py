"""The file to read in comes with every town, however small its first team is."""

import csv
from datetime import date

import pytest

from meedoen.demo.example_file import HEADINGS, MISSING, NEWCOMERS, write_example_file
from meedoen.demo.lives import plan_lives
from meedoen.demo.town import MEERDAM, plan_town

UNTIL = date(2026, 11, 2)
FLAWS = 4


def rows_for(count, folder):
    town = plan_town(MEERDAM, seed=1, residents=60, until=UNTIL)
    team = town.coaches[0].team
    here = [
        life
        for life in plan_lives(town, seed=1)
        if town.coaches[life.person.coach].team == team
        and life.leaving is None
        and life.person.benefit_ends_on is None
    ]
    file = write_example_file(town, here[:count], folder)
    with file.open(encoding="cp1252", newline="") as opened:
        return list(csv.reader(opened, delimiter=";"))


@pytest.mark.parametrize("people", [1, 2, 3, 4, 8])
def test_a_team_of_any_size_gives_a_file_with_all_flaws(tmp_path, people):
    headings, *rows = rows_for(people, tmp_path)
    assert tuple(headings) == HEADINGS
    assert len(rows) == max(people - MISSING, 0) + len(NEWCOMERS) + FLAWS
    assert any("31-02-1980" in row for row in rows)


def test_a_team_without_people_gives_only_the_headings(tmp_path):
    assert rows_for(0, tmp_path) == [list(HEADINGS)]
