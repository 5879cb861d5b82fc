"""Asking coaches whether they know somebody for a place: the terms, and how many people fit.

Nobody outside has set the terms: they stand in catalogue/places/questions.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

LONGEST_DAYS, MOST_PEOPLE = 366, 500
BANDS = (25, 50, 100, 250)
"""From how many people on a larger number is said. Exact numbers would tell about one person when
a place changes what it asks and looks again."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The terms from a day on: how many days a question stands, and about how many people.

    `quiet_days` are those after a change of the place in which nothing is said of who looks.
    """

    valid_from: date
    days: int
    most_people: int
    quiet_days: int


class QuestionTermsError(ValueError):
    """The terms hold a mistake; the message says which and what to do."""


class Crowd(StrEnum):
    """How many people a place would suit, as far as that may be said."""

    FEW = "few"
    """Fewer than may be said, or nobody: an exact nobody tells that one person does not suit."""
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Looking:
    """How many people a place would suit, as it may be said: `least` only with AT_LEAST."""

    crowd: Crowd
    least: int = 0


def looking(count: int, threshold: int) -> Looking:
    """Say how many people there are without saying it exactly. Raises ValueError under 0."""
    if count < 0:
        raise ValueError("a number of people cannot be under 0")
    if count < threshold:
        return Looking(Crowd.FEW)
    reached = [least for least in (threshold, *BANDS) if threshold <= least <= count]
    return Looking(Crowd.AT_LEAST, max(reached))


def question_terms_on(on: date) -> QuestionTerms:
    """Return the terms that hold on a day; before the first, the first."""
    held = [terms for terms in shipped_question_terms() if terms.valid_from <= on]
    return held[-1] if held else shipped_question_terms()[0]


@cache
def shipped_question_terms() -> tuple[QuestionTerms, ...]:
    """Return the terms that come with Meedoen, oldest first. Raises QuestionTermsError."""
    text = files("meedoen").joinpath("catalogue", "places", "questions.toml").read_text("utf-8")
    return read_question_terms(text)


def read_question_terms(text: str) -> tuple[QuestionTerms, ...]:
    """Return the terms that a file holds, oldest first. Raises QuestionTermsError."""
    try:
        terms = [
            QuestionTerms(
                valid_from=one["valid_from"],
                days=_number(one, "days", LONGEST_DAYS),
                most_people=_number(one, "most_people", MOST_PEOPLE),
                quiet_days=_number(one, "quiet_days", LONGEST_DAYS),
            )
            for one in tomllib.loads(text).get("terms", [])
        ]
    except tomllib.TOMLDecodeError as error:
        raise QuestionTermsError(f"This is no TOML: {error}") from error
    except KeyError as error:
        raise QuestionTermsError(f"Terms lack {error}; give each of them.") from error
    days = [one.valid_from for one in terms]
    if not terms or days != sorted(set(days)):
        raise QuestionTermsError("Give at least one set of terms, each from a later day on.")
    return tuple(terms)


def _number(table: Mapping[str, Any], name: str, most: int) -> int:
    value = table[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise QuestionTermsError(f"{name} is {value!r}; give a whole number from 1 to {most}.")
    return value
