"""What a referral can be for, and tables with dated lines for each of these themes."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from meedoen.rules.dated_tables import Dated, DatedTableError, in_order, wrong_together
from meedoen.rules.vocabulary import Theme

REFERRED_FOR = tuple(theme for theme in Theme if theme is not Theme.VOLUNTEERS)
"""The themes of referrals; about volunteers partners share knowledge and refer nobody."""


class ForTheme(Dated, Protocol):
    """A dated line about one theme."""

    @property
    def theme(self) -> Theme:
        """Return the theme."""


L = TypeVar("L", bound=ForTheme)


def of_each_theme(lines: Sequence[L], file_name: str) -> Mapping[Theme, tuple[L, ...]]:
    """Return the lines of each theme in order of date, without gaps.

    Raises DatedTableError with every gap, overlap and theme that is missing, at once.
    """
    found = {theme: in_order(line for line in lines if line.theme is theme) for theme in Theme}
    problems = [
        f"{file_name}, {theme.value}: {what}."
        for theme in REFERRED_FOR
        for what in wrong_together(found[theme])
    ]
    if problems:
        raise DatedTableError(problems)
    return {theme: found[theme] for theme in REFERRED_FOR}
