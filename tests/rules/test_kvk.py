"""A KVK number is checked whole; each mistake has a code that a form makes a sentence of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.kvk import KvkError, KvkProblem, check_kvk


@pytest.mark.parametrize(
    "typed", ["12345678", " 12345678 ", "1234 5678", "12.34.56.78", "1234\u00a05678\n"]
)
def test_spaces_and_dots_are_taken_out(typed):
    assert check_kvk(typed) == "12345678"


def test_a_zero_in_front_stays():
    assert check_kvk("01234567") == "01234567"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", KvkProblem.WRONG_LENGTH),
        ("1234567", KvkProblem.WRONG_LENGTH),
        ("123456789012", KvkProblem.WRONG_LENGTH),
        ("1234567a", KvkProblem.NOT_DIGITS),
        ("1234-5678", KvkProblem.NOT_DIGITS),
        ("١٢٣٤٥٦٧٨", KvkProblem.NOT_DIGITS),
        ("00000000", KvkProblem.ONLY_ZEROS),
    ],
)
def test_anything_else_is_refused_with_its_problem(typed, problem):
    with pytest.raises(KvkError) as caught:
        check_kvk(typed)
    assert caught.value.problem is problem


@given(st.text(alphabet="0123456789 .-a", max_size=20) | st.text(max_size=12))
def test_what_passes_has_eight_digits_and_passes_again(typed):
    try:
        checked = check_kvk(typed)
    except KvkError:
        return
    assert len(checked) == 8
    assert checked.isascii()
    assert check_kvk(checked) == checked
