"""Until when somebody comes: what was agreed, or the law when that ends a job earlier.

Why the law ends it on that day is never told to an organisation.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.web.shared.figures import day_text


@dataclass(frozen=True, slots=True)
class LastDay:
    """The day that is known to be the last, None for none; `by_law` when nobody chose it."""

    day: date | None
    by_law: bool = False


def first_of(agreed: date | None, by_law: date | None) -> LastDay:
    """Return the earlier of the agreed day and that of the law; on one day it was agreed."""
    if by_law is not None and (agreed is None or by_law < agreed):
        return LastDay(by_law, by_law=True)
    return LastDay(agreed)


def last_day_text(last: LastDay) -> str:
    """Return the day with what it comes from."""
    if last.day is None:
        return _("niet afgesproken")
    words = _("%(day)s, langer mag niet van de wet") if last.by_law else _("%(day)s, afgesproken")
    return words % {"day": day_text(last.day)}
