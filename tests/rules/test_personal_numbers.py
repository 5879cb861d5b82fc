"""A citizen service number is found in a text, however it is written."""

import pytest

from meedoen.rules.personal_numbers import holds_bsn, holds_bsn_among_figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 111222333 maar.", True),
        ("BSN: 111.222.333", True),
        ("1112 22 333", True),
        ("111-222-333", True),
        ("123456789", False),
        ("Bel 06 12 34 56 78", False),
        ("1111222333", False),
        ("op 12-03-2026 om 10.00 uur", False),
        ("", False),
    ],
)
def test_nine_digits_that_pass_the_eleven_test_are_found(text, found):
    assert holds_bsn(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 111222333 maar.", True),
        ("In 2024 111222333 gebeld.", True),
        ("BSN: 111.222.333.", True),
        ("111 222 333", True),
        ("111-222-333", True),
        ("1112 22 333", True),
        ("1112.22.333", True),
        ("123456789", False),
        ("€ 111.222.333", False),
        ("€111.222.333", False),
        ("111.222.333 euro", False),
        ("111.222.333,50", False),
        ("4.111.222.333", False),
        ("111.222.333.444", False),
        ("1111222333", False),
        # 111222333 too, but a year or a day and what was counted.
        ("in 1112 22.333 mensen", False),
        ("op 11-12-2233 3 mensen", False),
        ("", False),
    ],
)
def test_among_years_and_amounts_only_a_number_written_as_one_is_found(text, found):
    assert holds_bsn_among_figures(text) is found
