"""How long is kept what somebody wrote who would like to come to a place; the terms carry dates.

Nobody outside has set these terms: they stand in catalogue/places/sign_ups.toml, where a
municipality may choose others.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

LONGEST_TERM_DAYS = 366
"""Whoever waits for a year for an answer has found something else, or asks again."""


@dataclass(frozen=True, slots=True)
class SignUpTerms:
    """The terms from a day on, in days: after the sign-up, and after it was closed."""

    valid_from: date
    days: int
    days_after_closing: int


class SignUpTermsError(ValueError):
    """The terms hold a mistake; the message says which, where, and what is possible."""


def sign_up_kept_until(made_on: date) -> date:
    """Return the last day on which a sign-up of a day is kept, as long as nobody closes it."""
    return made_on + timedelta(days=sign_up_terms_on(made_on).days)


def closed_kept_until(keep_until: date, closed_on: date) -> date:
    """Return the last day on which a sign-up is kept that was closed on a day: never later."""
    days = sign_up_terms_on(closed_on).days_after_closing
    return min(keep_until, closed_on + timedelta(days=days))


def sign_up_terms_on(on: date) -> SignUpTerms:
    """Return the terms that hold on a day; before the first, the first."""
    all_terms = shipped_sign_up_terms()
    held = [terms for terms in all_terms if terms.valid_from <= on]
    return held[-1] if held else all_terms[0]


@cache
def shipped_sign_up_terms() -> tuple[SignUpTerms, ...]:
    """Return the terms that come with Meedoen, oldest first."""
    text = files("meedoen").joinpath("catalogue", "places", "sign_ups.toml").read_text("utf-8")
    return read_sign_up_terms(text)


def read_sign_up_terms(text: str) -> tuple[SignUpTerms, ...]:
    """Return the terms that a file holds, oldest first. Raises SignUpTermsError."""
    try:
        terms = [
            SignUpTerms(
                valid_from=one["valid_from"],
                days=_days(one["days"], "days"),
                days_after_closing=_days(one["days_after_closing"], "days_after_closing"),
            )
            for one in tomllib.loads(text).get("terms", [])
        ]
    except tomllib.TOMLDecodeError as error:
        raise SignUpTermsError(f"This is no TOML: {error}") from error
    except KeyError as error:
        raise SignUpTermsError(f"Terms lack {error}; give each of them.") from error
    days = [one.valid_from for one in terms]
    if not terms or days != sorted(set(days)):
        raise SignUpTermsError("Give at least one set of terms, each from a later day on.")
    return tuple(terms)


def _days(value: object, name: str) -> int:
    if not isinstance(value, int) or not 1 <= value <= LONGEST_TERM_DAYS:
        raise SignUpTermsError(
            f"{name} is {value!r}; give a number of days from 1 to {LONGEST_TERM_DAYS}."
        )
    return value
