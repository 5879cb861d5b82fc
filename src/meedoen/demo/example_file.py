"""A file as a municipality exports it, to try reading in a caseload with: with the usual flaws."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from meedoen.demo.events import Life
from meedoen.demo.names import made_up_numbers
from meedoen.demo.town import Town

FILE_NAME = "voorbeeld-inwoners.csv"
HEADINGS = (
    "BSN",
    "Achternaam",
    "Voornaam",
    "Geboortedatum",
    "Wijk",
    "Telefoon",
    "Ingangsdatum",
    "Klantmanager",
)
NEWCOMERS = (
    ("Kumquat", "van Bestaatniet"),
    ("Mispel", "Denkbeeldsma"),
    ("Lychee", "de Proefpersoon"),
)
FIRST_FREE_NUMBER = 99_980_000
"""The first eight digits of numbers that the towns do not use."""
MISSING = 2
"""So many of the team are not in the file: they have left."""


def write_example_file(town: Town, lives: Sequence[Life], folder: Path) -> Path:
    """Write the people of the first coach's team, and return where.

    One has another phone number, one is there twice, one has a birthday that does not exist, one
    a number that cannot be, one looks like somebody with another number; three are new.
    """
    file = folder / FILE_NAME
    folder.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="cp1252", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_rows(town, lives))
    return file


def _rows(town: Town, lives: Sequence[Life]) -> Iterator[list[str]]:
    team = town.coaches[0].team
    own = [
        _row(town, life)
        for life in lives
        if town.coaches[life.person.coach].team == team
        and life.leaving is None
        and life.person.benefit_ends_on is None
    ]
    if not own:
        return
    own[-1][5] = "06-00009999"
    yield from own[MISSING:]
    numbers = made_up_numbers(FIRST_FREE_NUMBER)
    coach = town.coaches[0].email
    district = own[0][4]
    since = town.until - timedelta(days=10)
    for (given_name, family_name), number in zip(NEWCOMERS, numbers, strict=False):
        yield [number, family_name, given_name, "05-04-1985", district, "", _day(since), coach]
    # In a small town the team has few people: then the same ones serve for two flaws.
    flawed = islice(cycle(own), MISSING, MISSING + 3)
    wrong_day, wrong_number, again = (list(row) for row in flawed)
    yield [next(numbers), *own[0][1:]]
    yield [next(numbers), "Modelstra", "Druif", "31-02-1980", *wrong_day[4:]]
    yield ["123456789", "Testenaar", "Vijg", "01-02-1980", *wrong_number[4:]]
    yield again


def _row(town: Town, life: Life) -> list[str]:
    person = life.person
    districts = list(town.district_codes().values())
    return [
        person.bsn,
        person.family_name,
        person.given_name,
        _day(person.birth_date),
        districts[person.district],
        person.phone,
        _day(person.benefit_starts_on),
        town.coaches[person.coach].email,
    ]


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
