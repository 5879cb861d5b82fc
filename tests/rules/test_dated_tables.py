"""Money, parts and numbers in a dated table are exactly what was written, or a sentence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from meedoen.rules.dated_tables import line_on, rows_of

LINE = """[[terms]]
cents = 15000
share = "0.70"
most = "1.25"
from_zero = 0
months = [6, 9, 12]
address = "https://wetten.overheid.nl/"
"""


@dataclass(frozen=True)
class Stretch:
    valid_from: date
    valid_to: date | None


def read(text):
    problems = []
    (row,) = rows_of(text, "x.toml", "terms", problems)
    values = (
        row.cents("cents"),
        row.fraction("share"),
        row.fraction("most", Decimal(2)),
        row.whole("from_zero", 5),
        row.whole_numbers("months", 48),
        row.address("address"),
    )
    return values, problems


def test_what_is_written_is_what_is_read():
    values, problems = read(LINE)
    assert problems == []
    assert values == (
        15_000,
        Decimal("0.70"),
        Decimal("1.25"),
        0,
        (6, 9, 12),
        "https://wetten.overheid.nl/",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cents = 15000", "cents = 150.00", "cents is 150.0; write whole cents, such as 15000"),
        ("cents = 15000", "cents = -1", "cents is -1; write whole cents"),
        ("cents = 15000", "cents = true", "cents is True; write whole cents"),
        ("cents = 15000", "cents = 100000001", "write whole cents"),
        ("cents = 15000", "", "cents is missing; write whole cents"),
        ('"0.70"', "0.70", 'share is 0.7; write it as "0.70", from "0" to "1"'),
        ('"0.70"', '"70%"', "share is '70%'; write it as"),
        ('"0.70"', '"1.01"', "share is '1.01'; write it as"),
        ('"1.25"', '"-0.1"', 'most is \'-0.1\'; write it as "0.70", from "0" to "2"'),
        ("from_zero = 0", "from_zero = 6", "from_zero is 6; write a whole number from 0 to 5"),
        ("[6, 9, 12]", "[6, 9, 9]", "months is [6, 9, 9]; list whole numbers from 1 to 48"),
        ("[6, 9, 12]", "[9, 6]", "smallest first"),
        ("[6, 9, 12]", '["6", 9]', "months is ['6', 9]; list whole numbers"),
        ("[6, 9, 12]", "[]", "months is []; list whole numbers"),
        ("[6, 9, 12]", "[49]", "months is [49]; list whole numbers"),
        ("https://", "http://", "address must begin with https://"),
    ],
)
def test_anything_else_gets_a_sentence(old, new, said):
    assert old in LINE
    _values, problems = read(LINE.replace(old, new))
    assert len(problems) == 1
    assert problems[0].startswith("x.toml, terms 1: ")
    assert said in problems[0]


def test_before_the_first_and_after_the_last_line_nothing_is_known():
    lines = [
        Stretch(date(2026, 1, 1), date(2026, 7, 1)),
        Stretch(date(2026, 7, 1), date(2027, 1, 1)),
    ]
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [line_on(lines, day) for day in days] == [None, lines[0], lines[0], lines[1]]
    assert line_on(lines, date(2027, 1, 1)) is None
