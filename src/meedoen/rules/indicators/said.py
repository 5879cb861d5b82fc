"""Days and lists of words in a sentence about a figure."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from meedoen.rules.indicators.labels import MONTHS
from meedoen.rules.indicators.texts import Text

Label = TypeVar("Label", bound=StrEnum)

OR = Text(" of ", " or ")
DAY = Text("{day} {month} {year}", "{day} {month} {year}")


def listed(labels: Mapping[Label, Text], words: Sequence[Label]) -> Text:
    """Name the words with "or" between them."""
    return Text(
        OR.nl.join(labels[word].nl for word in words),
        OR.en.join(labels[word].en for word in words),
    )


def day_said(day: date) -> Text:
    """Name a day with its month as a word."""
    return DAY.filled(day=day.day, month=MONTHS[day.month - 1], year=day.year)
