"""How long what a place says counts as up to date; the terms carry dates.

Nobody outside has set these terms: they stand in catalogue/places/freshness.toml, where a
municipality may choose others.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms from a day on: days that a place stays fresh, by kind, and when to ask again."""

    valid_from: date
    days: int
    ask_before: int
    days_by_kind: Mapping[PlaceKind, int]


class FreshnessTermsError(ValueError):
    """The terms hold a mistake; the message says which, where, and what is possible."""


def confirm_by(kind: PlaceKind, confirmed_on: date) -> date:
    """Return until which day, that day included, a place that was confirmed on a day is fresh."""
    terms = terms_on(confirmed_on)
    return confirmed_on + timedelta(days=terms.days_by_kind.get(kind, terms.days))


def is_stale(confirm_by: date | None, on: date) -> bool:
    """Return whether nobody stands for a place on a day; also when nobody ever did."""
    return confirm_by is None or confirm_by < on


def ask_from(on: date) -> date:
    """Return the last day of freshness that is near enough on a day to ask the owner again."""
    return on + timedelta(days=terms_on(on).ask_before)


def terms_on(on: date) -> Terms:
    """Return the terms that hold on a day; before the first, the first."""
    all_terms = shipped_terms()
    held = [terms for terms in all_terms if terms.valid_from <= on]
    return held[-1] if held else all_terms[0]


@cache
def shipped_terms() -> tuple[Terms, ...]:
    """Return the terms that come with Meedoen, oldest first."""
    text = files("meedoen").joinpath("catalogue", "places", "freshness.toml").read_text("utf-8")
    return read_terms(text)


def read_terms(text: str) -> tuple[Terms, ...]:
    """Return the terms that a file holds, oldest first. Raises FreshnessTermsError."""
    try:
        found = tomllib.loads(text).get("terms", [])
        terms = [
            Terms(
                valid_from=one["valid_from"],
                days=_days(one["days"], "days"),
                ask_before=_days(one["ask_before"], "ask_before"),
                days_by_kind={
                    PlaceKind(kind): _days(days, kind)
                    for kind, days in one.get("days_by_kind", {}).items()
                },
            )
            for one in found
        ]
    except tomllib.TOMLDecodeError as error:
        raise FreshnessTermsError(f"This is no TOML: {error}") from error
    except KeyError as error:
        raise FreshnessTermsError(f"Terms lack {error}; give each of them.") from error
    except ValueError as error:
        raise FreshnessTermsError(str(error)) from error
    days = [one.valid_from for one in terms]
    if not terms or days != sorted(set(days)):
        raise FreshnessTermsError("Give at least one set of terms, each from a later day on.")
    return tuple(terms)


def _days(value: object, name: str) -> int:
    if not isinstance(value, int) or not 1 <= value <= 3_660:
        raise ValueError(f"{name} is {value!r}; give a number of days from 1 to 3660.")
    return value
