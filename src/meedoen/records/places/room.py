"""A place never has less room than the people who are there already need."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.places.half_day_words import HALF_DAYS
from meedoen.rules.places.day_parts import Presence, counts_from


def room_fault(capacity: int, taken: int) -> Iterator[str]:
    """Say that a place would have fewer seats than are taken."""
    if capacity < taken:
        yield ngettext(
            "Er doet nu %(taken)s mens mee of die begint nog. Minder plaatsen kan niet.",
            "Er doen nu %(taken)s mensen mee of zij beginnen nog. Minder plaatsen kan niet.",
            taken,
        ) % {"taken": taken}


def half_day_fault(
    most: int | None, before: int | None, presences: Sequence[Presence], on: date
) -> Iterator[str]:
    """Say on which half-days more people come than a lower limit from a day on allows.

    `before` is the limit that would hold otherwise, None is no limit. A limit that does not get
    lower is no matter of who is there: they came under it, or were there before it.
    """
    if most is None or (before is not None and most >= before):
        return
    counts = counts_from(presences, on)
    crowded = {code: number for code, number in counts.items() if number > most}
    if crowded:
        yield _(
            "Er komen al meer mensen tegelijk: %(counts)s. Kies minstens %(most)s mensen tegelijk, "
            "of spreek eerst andere dagdelen met hen af."
        ) % {"counts": _counts_text(crowded), "most": max(crowded.values())}


def _counts_text(counts: Mapping[str, int]) -> str:
    """Return how many people come when, the most first, as "3 mensen op maandagochtend"."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for code, number in counts.items():
        by_number[number].append(str(HALF_DAYS[code]))
    return "; ".join(
        ngettext("%(number)s mens op %(half_days)s", "%(number)s mensen op %(half_days)s", number)
        % {"number": number, "half_days": ", ".join(names)}
        for number, names in sorted(by_number.items(), reverse=True)
    )
