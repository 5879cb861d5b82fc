"""With what was known the figures of a page were counted, also where that is not one moment.

What was public of a day stays until it may be replaced, so a figure may be of an earlier measuring
than the one beside it: see decision 0029.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicPage
from meedoen.web.shared.budget_table import row_name
from meedoen.web.shared.figures import day_text

Moments = Mapping[date, Mapping[int, datetime]]
"""Of each day what was known for the row at a place on the page."""


def known_line(page: PublicPage) -> str:
    """Say what was known when the figures of the page were counted, of most of them."""
    words = {"known": _usual_text(page)}
    if any(True for _note in known_notes(page)):
        return _("Geteld met wat op %(known)s bekend was, behalve wat hieronder staat.") % words
    return _("Geteld met wat op %(known)s bekend was.") % words


def known_notes(page: PublicPage) -> Iterator[str]:
    """Say of each figure that was counted with something else that was known what that was."""
    usual, told = _usual(page), _usual_text(page)
    for day, moments in _moments(page).items():
        for moment in sorted(set(moments.values())):
            known = _moment_text(moment, moments)
            # Measurings of other days that read the same as most figures need no line.
            if moment == usual or (usual not in moments.values() and known == told):
                continue
            rows = [at for at, one in moments.items() if one == moment]
            words = {
                "names": ", ".join(row_name(page.rows[at]) for at in rows),
                "day": day_text(day),
                "known": known,
            }
            if len(rows) == len(moments):
                yield _("Alle cijfers van %(day)s: met wat op %(known)s bekend was.") % words
            else:
                yield _("%(names)s, op %(day)s: met wat op %(known)s bekend was.") % words


def _moments(page: PublicPage) -> Moments:
    found: dict[date, dict[int, datetime]] = {}
    for at, row in enumerate(page.rows):
        for cell in row.cells:
            if cell.counted_on is not None and cell.known_at is not None:
                found.setdefault(cell.counted_on, {})[at] = cell.known_at
    return found


def _usual(page: PublicPage) -> datetime:
    """Return what was known for most figures of the day of the page."""
    theirs = Counter(_moments(page).get(page.reference_date, {}).values())
    return max(theirs, key=lambda one: (theirs[one], one), default=page.known_at)


def _usual_text(page: PublicPage) -> str:
    return _moment_text(_usual(page), _moments(page).get(page.reference_date, {}))


def _moment_text(moment: datetime, beside: Mapping[int, datetime]) -> str:
    """Write a moment as its day; with the time where figures of one day would look the same."""
    day = day_text(moment)
    if any(one != moment and day_text(one) == day for one in beside.values()):
        words = {"day": day, "time": f"{timezone.localtime(moment):%H:%M}"}
        return _("%(day)s om %(time)s uur") % words
    return day
