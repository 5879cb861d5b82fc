"""From which numbers the yearly report says what they mean; the terms carry dates.

Nobody outside has set them: they stand in catalogue/register/report.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

MOST_CHOICES = 10_000


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """The terms from a day on: a number of choices, and shares in percent."""

    valid_from: date
    least_choices: int
    often_first_percent: int
    often_aside_percent: int


class ReportTermsError(ValueError):
    """The terms hold a mistake; the message says which and what to do."""


def report_terms_on(on: date) -> ReportTerms:
    """Return the terms that hold on a day; before the first, the first."""
    held = [terms for terms in shipped_report_terms() if terms.valid_from <= on]
    return held[-1] if held else shipped_report_terms()[0]


@cache
def shipped_report_terms() -> tuple[ReportTerms, ...]:
    """Return the terms that come with Meedoen, oldest first. Raises ReportTermsError."""
    file = files("meedoen").joinpath("catalogue", "register", "report.toml")
    return read_report_terms(file.read_text(encoding="utf-8"))


def read_report_terms(text: str) -> tuple[ReportTerms, ...]:
    """Return the terms that a file holds, oldest first. Raises ReportTermsError."""
    try:
        terms = [_terms(one) for one in tomllib.loads(text).get("terms", [])]
    except tomllib.TOMLDecodeError as error:
        raise ReportTermsError(f"This is no TOML: {error}") from error
    except KeyError as error:
        raise ReportTermsError(f"Terms lack {error}; give each of them.") from error
    days = [one.valid_from for one in terms]
    if not terms or days != sorted(set(days)):
        raise ReportTermsError("Give at least one set of terms, each from a later day on.")
    return tuple(terms)


def _terms(table: Mapping[str, Any]) -> ReportTerms:
    return ReportTerms(
        valid_from=table["valid_from"],
        least_choices=_number(table, "least_choices", MOST_CHOICES),
        often_first_percent=_number(table, "often_first_percent", 100),
        often_aside_percent=_number(table, "often_aside_percent", 100),
    )


def _number(table: Mapping[str, Any], name: str, most: int) -> int:
    value = table[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ReportTermsError(f"{name} is {value!r}; give a whole number from 1 to {most}.")
    return value
