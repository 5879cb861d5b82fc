"""What may be shown of sheltered work: small numbers of people stay out of reach.

Hours, working years and standard units are sums over people, so they are shown only where the
people are. A distance to a public number is as good as the number itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown, protect, protect_together
from meedoen.rules.law.sheltered import YearlyNumber
from meedoen.rules.sheltered.counting import Distance, Realised, distance, hours_to_go
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.sheltered.wsw import KINDS, WswColumns, WswYear

PERSONS = "persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRealised:
    """What may be seen of new sheltered work on a day.

    `jobs` (by hours) is None when it cannot be shown, `found` (how far it is to the number) as
    well. `hours_missing` says that of somebody the hours are not known.
    """

    on: date
    persons: Shown
    jobs: Decimal | None
    hours_norm: int
    hours_missing: bool
    found: Distance | None
    hours_to_go: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWsw:
    """What may be seen of old sheltered work in a year; a value that is None is not shown."""

    year: int
    is_complete: bool
    months: tuple[tuple[date, Shown], ...]
    """The people at each month end."""
    person_years: Decimal | None
    standard_units: Decimal | None
    by_kind: Mapping[WswKind, Decimal | None]


def shown_realised(
    realised: Realised, required: YearlyNumber, threshold: int = USUAL_THRESHOLD
) -> ShownRealised:
    """Say what of a count may be shown beside the number of its year.

    Raises ValueError as `protect` does.
    """
    persons = protect(realised.persons, threshold)
    known = realised.persons - realised.hours_unknown
    hours_shown = not persons.hidden and (known >= threshold or realised.persons == 0)
    found = None if persons.hidden else distance(required, realised)
    return ShownRealised(
        on=realised.on,
        persons=persons,
        jobs=realised.jobs if hours_shown else None,
        hours_norm=realised.hours_norm,
        hours_missing=realised.hours_unknown > 0,
        found=found,
        hours_to_go=hours_to_go(found) if found and hours_shown else None,
    )


def shown_wsw(columns: WswColumns, counted: WswYear, threshold: int = USUAL_THRESHOLD) -> ShownWsw:
    """Say what of a year of old sheltered work may be shown.

    A kind is shown when its people are at every month end, so that no year can be taken apart
    into months. Standard units give away how many full weeks the category with the other weight
    has, so they need both categories. Raises ValueError as `protect` does.
    """
    months = [_people_on(columns, end.on) for end in counted.month_ends]
    shown = [_shown(people, KINDS, threshold) for people in months]
    weighed = [_shown(people, tuple(WswCategory), threshold) for people in months]
    return ShownWsw(
        year=counted.year,
        is_complete=counted.is_complete,
        months=tuple(
            (end.on, protect(people[PERSONS], threshold))
            for end, people in zip(counted.month_ends, months, strict=True)
        ),
        person_years=counted.person_years if _all_seen(shown, PERSONS) else None,
        standard_units=(
            counted.standard_units
            if all(_all_seen(weighed, category) for category in WswCategory)
            else None
        ),
        by_kind={
            kind: counted.person_years_by_kind[kind] if _all_seen(shown, kind) else None
            for kind in KINDS
        },
    )


def _people_on(columns: WswColumns, day: date) -> dict[str, int]:
    """Count the people on a day: all, by kind and by category; each once in each."""
    running = columns.contracts.running_on(day)
    person = columns.contracts.person[running]
    kind, severe = columns.kind[running], columns.is_severe[running]
    return {
        PERSONS: len(np.unique(person)),
        **{word: len(np.unique(person[kind == at])) for at, word in enumerate(KINDS)},
        WswCategory.SEVERE: len(np.unique(person[severe])),
        WswCategory.MODERATE: len(np.unique(person[~severe])),
    }


def _shown(people: Mapping[str, int], parts: Sequence[str], threshold: int) -> dict[str, Shown]:
    figures = {name: people[name] for name in (PERSONS, *parts)}
    return protect_together(figures, dict.fromkeys(parts, PERSONS), threshold)


def _all_seen(months: Sequence[Mapping[str, Shown]], name: str) -> bool:
    return not any(month[name].hidden for month in months)
