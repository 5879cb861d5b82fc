"""Dutch public holidays; on the two days on which people differ, the terms carry dates.

The terms stand in catalogue/places/holidays.toml, where a municipality may choose others.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from holidays.countries.netherlands import Netherlands

LIBERATION_DAY, GOOD_FRIDAY = "bevrijdingsdag", "goede vrijdag"
YEARS_KEPT = 64


class LiberationDay(StrEnum):
    """In which years 5 May is a holiday."""

    EVERY_YEAR = "every_year"
    LUSTRUM = "lustrum"
    """In years that can be divided by five."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class HolidayTerms:
    """What counts as a holiday from a day on, where people differ."""

    valid_from: date
    liberation_day: LiberationDay
    good_friday: bool


class HolidayTermsError(ValueError):
    """The terms hold a mistake; the message says which, where, and what is possible."""


def is_holiday(day: date) -> bool:
    """Return whether a day is a public holiday by the terms that come with Meedoen."""
    return day in holidays_in(day.year, terms_on(day))


@lru_cache(maxsize=YEARS_KEPT)
def holidays_in(year: int, terms: HolidayTerms) -> frozenset[date]:
    """Return the public holidays of a year by these terms; none before the law of 1965."""
    every_year = terms.liberation_day is LiberationDay.EVERY_YEAR
    categories = ("public", "optional") if every_year else ("public",)
    found = Netherlands(  # type: ignore[no-untyped-call]
        years=year, expand=False, categories=categories, language="nl"
    )
    left_out = set() if terms.good_friday else {GOOD_FRIDAY}
    if terms.liberation_day is LiberationDay.NEVER:
        left_out.add(LIBERATION_DAY)
    # Two holidays may fall together: 5 May 2016 was Ascension Day too.
    return frozenset(
        day for day in found if {name.strip().lower() for name in found.get_list(day)} - left_out
    )


def terms_on(on: date) -> HolidayTerms:
    """Return the terms that hold on a day; before the first, the first."""
    all_terms = shipped_terms()
    held = [terms for terms in all_terms if terms.valid_from <= on]
    return held[-1] if held else all_terms[0]


@cache
def shipped_terms() -> tuple[HolidayTerms, ...]:
    """Return the terms that come with Meedoen, oldest first."""
    text = files("meedoen").joinpath("catalogue", "places", "holidays.toml").read_text("utf-8")
    return read_terms(text)


def read_terms(text: str) -> tuple[HolidayTerms, ...]:
    """Return the terms that a file holds, oldest first. Raises HolidayTermsError."""
    try:
        terms = [
            HolidayTerms(
                valid_from=one["valid_from"],
                liberation_day=LiberationDay(one["liberation_day"]),
                good_friday=_yes_or_no(one["good_friday"]),
            )
            for one in tomllib.loads(text).get("terms", [])
        ]
    except tomllib.TOMLDecodeError as error:
        raise HolidayTermsError(f"This is no TOML: {error}") from error
    except KeyError as error:
        raise HolidayTermsError(f"Terms lack {error}; give each of them.") from error
    except ValueError as error:
        raise HolidayTermsError(
            f"{error}; choose one of {', '.join(LiberationDay)} for liberation_day, "
            "and true or false for good_friday."
        ) from error
    days = [one.valid_from for one in terms]
    if not terms or days != sorted(set(days)):
        raise HolidayTermsError("Give at least one set of terms, each from a later day on.")
    return tuple(terms)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"good_friday is {value!r}")
    return value
