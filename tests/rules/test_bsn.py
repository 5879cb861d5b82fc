"""A BSN is checked whole, and no message ever repeats it. All numbers here are made up."""

import traceback

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.nl import bsn as standard

from meedoen.rules.bsn import BsnError, BsnProblem, check_bsn, masked


@pytest.mark.parametrize(
    "typed",
    ["111222333", " 111222333 ", "1112.22.333", "111 222 333", "111\u00a0222\u00a0333\n"],
)
def test_spaces_and_dots_are_taken_out(typed):
    assert check_bsn(typed) == "111222333"


def test_a_zero_in_front_stays():
    assert check_bsn("012345672") == "012345672"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", BsnProblem.WRONG_LENGTH),
        ("   ", BsnProblem.WRONG_LENGTH),
        ("11122233", BsnProblem.WRONG_LENGTH),
        ("12345672", BsnProblem.WRONG_LENGTH),
        ("1112223330", BsnProblem.WRONG_LENGTH),
        ("11122233x", BsnProblem.NOT_DIGITS),
        ("111-222-333", BsnProblem.NOT_DIGITS),
        ("-111222333", BsnProblem.NOT_DIGITS),
        ("١١١٢٢٢٣٣٣", BsnProblem.NOT_DIGITS),
        ("111222334", BsnProblem.FAILS_ELEVEN_TEST),
        ("111222324", BsnProblem.FAILS_ELEVEN_TEST),
        ("000000000", BsnProblem.FAILS_ELEVEN_TEST),
    ],
)
def test_anything_else_is_refused_with_its_problem(typed, problem):
    with pytest.raises(BsnError) as caught:
        check_bsn(typed)
    assert caught.value.problem is problem


@given(st.text(alphabet="0123456789", min_size=4, max_size=12))
def test_no_error_repeats_what_was_typed(digits):
    assume(not standard.is_valid(digits) or len(digits) != 9)
    with pytest.raises(BsnError) as caught:
        check_bsn(digits)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error.args) + repr(vars(error))
    assert digits not in told
    assert error.__context__ is None


@given(st.integers(1, 999_999_999).map(lambda number: f"{number:09d}"))
def test_the_eleven_test_is_the_weighted_sum(digits):
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    if total % 11 == 0:
        assert check_bsn(digits) == digits
    else:
        with pytest.raises(BsnError):
            check_bsn(digits)


def test_only_the_last_three_digits_are_shown():
    assert masked("111222333") == "••••••333"


@pytest.mark.parametrize("number", ["", "333", "1112223334", "11122233x", "111 222 333"])
def test_something_else_is_not_masked_but_refused(number):
    with pytest.raises(BsnError):
        masked(number)
