"""What a kept figure would be with what is known later, and what was recorded that changed it.

The figure itself never changes. It is counted again by the same version of its definition, for the
same day, district and kind of place; whoever counts otherwise has a statement that was recorded
since. Those statements are told only when enough people are behind them: one late start would say
of one person what they did.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from meedoen.records.figures.breakdowns import cell_of
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.recounting import Recount, recounts
from meedoen.records.history.queries import columns_with_replaced
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.causes import Causes, Corrected, Where, causes_of
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import date_of, moment_of
from meedoen.rules.indicators.disclosure import Shown, protect
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.vocabulary import EntryKind, PlaceKind

NOT_MEASURED = Shown("-", hidden=False)
MOST_TOLD = 200
"""So many causes are told one by one, the newest; how many there are is told of all."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A statement that was recorded later: of which kind, since when it is true, since when known.

    `replaces` is the number of the statement that it corrects, 0 for one that is new; `withdrawn`
    says that what it corrects was not true at all.
    """

    entry: int
    kind: EntryKind
    starts_on: date
    recorded_at: datetime
    replaces: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many statements of a kind there are; new ones and corrections stand apart."""

    kind: EntryKind
    is_correction: bool
    count: Shown


@dataclass(frozen=True, slots=True)
class Revision:
    """A kept figure beside what it would be now.

    `people` is of how many people something was recorded since by which they count otherwise.
    `causes` are told only when those are enough people; `withheld` says that there are causes and
    that they are not told. Figures that are not about people in the history have no causes.
    """

    figure_id: int
    then: Shown
    now: Shown
    changed: bool
    known_at: datetime
    people: Shown
    by_kind: tuple[CauseCount, ...]
    causes: tuple[Cause, ...]
    withheld: bool


def revised(
    viewer: Viewer, figure_ids: Collection[int], *, until: datetime | None = None
) -> dict[int, Revision]:
    """Return each of these figures beside what it is with all that was recorded up to a moment.

    `until` None is with everything known now. Empty for who may not see figures; figures of others
    are left out, and of measurings that are not done. As many questions for many as for a few.
    """
    if not figure_ids or not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = Figure.objects.filter(
        pk__in=figure_ids,
        municipality_id=viewer.municipality_id,
        measuring__in=Measuring.objects.done(),
    )
    catalogue, protection = catalogue_of(viewer.municipality_id), protection_of(viewer)
    known = rows.filter(indicator__in=catalogue.definitions)
    figures = list(known.select_related("measuring").order_by("pk"))
    again = recounts(viewer, catalogue, figures, until=until)
    history = Corrected(*columns_with_replaced(viewer))
    return {
        figure.pk: _revision(
            figure,
            again[figure.measuring_id],
            _causes(catalogue[figure.indicator], figure, history, until),
            history,
            protection.threshold,
        )
        for figure in figures
    }


def _causes(
    definition: Definition, figure: Figure, history: Corrected, until: datetime | None
) -> Causes | None:
    """Find what changed a figure; None when it is not counted in the history of people."""
    word = definition.version_on(figure.definition_version).count
    if not isinstance(word, PeopleWord):
        return None
    kind = PlaceKind(figure.place_kind) if figure.place_kind else None
    where = Where(figure.part, figure.district_id, kind)
    on, then = figure.measuring.reference_date, figure.measuring.known_at
    return causes_of(word, history, on, where, then=then, now=until)


def _revision(
    figure: Figure,
    again: Recount,
    causes: Causes | None,
    history: Corrected,
    threshold: int,
) -> Revision:
    cell = cell_of(figure)
    count = 0 if causes is None else len(causes.people)
    told = causes is not None and count >= threshold
    return Revision(
        figure_id=figure.pk,
        then=again.then[cell],
        now=again.now.get(cell, NOT_MEASURED),
        changed=again.numbers.get(cell, 0) != figure.value,
        known_at=figure.measuring.known_at,
        people=protect(count, threshold),
        by_kind=() if causes is None else tuple(_by_kind(causes, history, threshold)),
        causes=tuple(_told(causes, history)) if causes is not None and told else (),
        withheld=bool(count) and not told,
    )


def _by_kind(causes: Causes, history: Corrected, threshold: int) -> Iterator[CauseCount]:
    """Count the statements of each kind, small numbers protected; no line for none."""
    kinds = history.columns.kind[causes.rows]
    corrections = history.replaces[causes.rows] != 0
    for kind in EntryKind:
        for is_correction in (False, True):
            count = np.count_nonzero((kinds == code_of(kind)) & (corrections == is_correction))
            if count:
                yield CauseCount(kind, is_correction, protect(int(count), threshold))


def _told(causes: Causes, history: Corrected) -> Iterator[Cause]:
    """Tell the statements one by one, the newest first."""
    columns, kinds = history.columns, tuple(EntryKind)
    for row in causes.rows[::-1][:MOST_TOLD].tolist():
        yield Cause(
            entry=int(columns.entry[row]),
            kind=kinds[int(columns.kind[row]) - 1],
            starts_on=date_of(int(columns.starts[row])),
            recorded_at=moment_of(int(columns.recorded[row])),
            replaces=int(history.replaces[row]),
            withdrawn=bool(columns.withdrawn[row]),
        )
