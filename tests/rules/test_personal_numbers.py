"""A citizen service number is found in a text, however it is written."""

import pytest

from meedoen.rules.personal_numbers import holds_bsn


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
