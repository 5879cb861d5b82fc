"""Lines of the lists of placements, in words; the page and the export show the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.placements.list_queries import PlacementLine, PlacementList
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.figures import day_text, month_text
from meedoen.web.shared.words import (
    PLACE_KINDS,
    PLACEMENT_STATE_KINDS,
    PLACEMENT_STATES,
    Words,
)

LISTS: Mapping[PlacementList, Words] = {
    PlacementList.RUNNING: gettext_lazy("Lopend"),
    PlacementList.STARTING: gettext_lazy("Start"),
    PlacementList.ENDING: gettext_lazy("Stopt binnenkort"),
    PlacementList.WAITING: gettext_lazy("Wacht op een plaats"),
    PlacementList.OVERDUE: gettext_lazy("Te laat"),
}
NOTHING_THERE: Mapping[PlacementList, Words] = {
    PlacementList.RUNNING: gettext_lazy(
        "Niemand doet nu ergens mee. Zoek een plek vanuit het dossier van een inwoner."
    ),
    PlacementList.STARTING: gettext_lazy(
        "Niemand staat op het punt te beginnen. Zoek een plek vanuit het dossier van een inwoner."
    ),
    PlacementList.ENDING: gettext_lazy(
        "De komende weken stopt niemand volgens de afspraak. Kijk ook bij wie te laat is."
    ),
    PlacementList.WAITING: gettext_lazy("Niemand wacht op een plaats."),
    PlacementList.OVERDUE: gettext_lazy("Er is niets te laat. Kijk wie binnenkort stopt."),
}
"""What it means that a list without a filter is empty, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list; `notes` are what to know about it, each a short sentence."""

    line: PlacementLine
    kind: Words
    state: Words
    state_kind: str
    notes: Sequence[str]


def rows_of(lines: Sequence[PlacementLine]) -> list[Row]:
    """Return placements as lines of the list."""
    return [
        Row(
            line=line,
            kind=PLACE_KINDS[line.kind],
            state=PLACEMENT_STATES[line.state],
            state_kind=PLACEMENT_STATE_KINDS[line.state],
            notes=list(_notes(line)),
        )
        for line in lines
    ]


def _notes(line: PlacementLine) -> Iterator[str]:
    if line.state is PlacementState.WAITING:
        days = ngettext("wacht %(days)s dag", "wacht %(days)s dagen", line.days)
        yield days % {"days": line.days}
    if line.held_until:
        yield _("vrijgehouden tot en met %(day)s") % {"day": day_text(line.held_until, "medium")}
    if line.last_day:
        yield _last_day(line) % {"day": day_text(line.last_day, "medium")}
    if line.silent_month:
        yield _("%(month)s niet bevestigd") % {"month": month_text(line.silent_month)}
    if line.no_contact:
        yield _no_contact(line)


def _last_day(line: PlacementLine) -> str:
    if line.ends_by_law:
        late = _("mocht volgens de wet duren tot en met %(day)s")
        return late if line.past_end else _("volgens de wet tot en met %(day)s")
    if line.last_day != line.planned_end_on:
        return _("de plek stopt, laatste dag %(day)s")
    if line.past_end:
        return _("afgesproken laatste dag was %(day)s")
    return _("afgesproken tot en met %(day)s")


def _no_contact(line: PlacementLine) -> str:
    if line.last_spoken_on is None:
        return _("nog nooit gesproken")
    return _("niet gesproken sinds %(day)s") % {"day": day_text(line.last_spoken_on, "medium")}
