"""How long a sign-up is kept."""

from datetime import date

import pytest

from meedoen.rules.places.sign_up_terms import (
    SignUpTermsError,
    closed_kept_until,
    read_sign_up_terms,
    shipped_sign_up_terms,
    sign_up_kept_until,
    sign_up_terms_on,
)

TERMS = "[[terms]]\nvalid_from = 2026-01-01\ndays = {days}\ndays_after_closing = 30\n"


def test_what_comes_with_meedoen():
    assert sign_up_kept_until(date(2026, 3, 2)) == date(2026, 5, 31)
    assert sign_up_terms_on(date(2000, 1, 1)) == shipped_sign_up_terms()[0]


def test_closing_never_keeps_it_longer():
    assert closed_kept_until(date(2026, 5, 31), date(2026, 3, 3)) == date(2026, 4, 2)
    assert closed_kept_until(date(2026, 5, 31), date(2026, 5, 30)) == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one set"),
        ("[[terms", "no TOML"),
        ("[[terms]]\nvalid_from = 2026-01-01", "lack 'days'"),
        (TERMS.format(days=0), "from 1 to 366"),
        (TERMS.format(days='"lang"'), "from 1 to 366"),
        (TERMS.format(days=90) * 2, "later day"),
    ],
)
def test_terms_with_a_mistake_say_what_is_possible(text, says):
    with pytest.raises(SignUpTermsError, match=says):
        read_sign_up_terms(text)
