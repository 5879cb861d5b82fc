"""What a definition would show, before it is in force: the figure, its course and its examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.figures.preview import Preview, previewed
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.own_checks import Outcome, outcomes
from meedoen.rules.periods import add_months, month_ends
from meedoen.web.shared.counting import (
    in_language,
    indicator_name,
    language,
    marks_in,
    part_name,
    shown_text,
)
from meedoen.web.shared.course import Course, course
from meedoen.web.shared.figures import NOT_MEASURED, number_text

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A worked example: what it gives, part by part."""

    title: str
    on: date
    numbers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NearRow:
    """A figure in force that comes near: its name, how it is near, and its number."""

    name: str
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """A preview in words; without a figure for a day before the definition begins."""

    name: str
    unit: str
    on: date
    text: str
    parts: Sequence[tuple[str, str]]
    months: Sequence[tuple[date, str]]
    course: Course | None
    districts: Sequence[tuple[str, str]]
    sentences: Sequence[str]
    examples: Sequence[ExampleRow]
    marks: dict[str, str]
    withheld: bool
    near: Sequence[NearRow]
    between: str
    """What those figures say of this one; empty when that is nothing."""


def shown_preview(viewer: Viewer, definition: Definition) -> ShownPreview:
    """Count a definition as it is today and at the end of the last twelve months."""
    today = clock.today()
    days = [*month_ends(add_months(today, -MONTHS_SHOWN), today)]
    found = previewed(viewer, definition=definition, on=today, days=days)
    months = [] if found is None else [(day, shown_text(one)) for day, one in found.course]
    districts = [] if found is None else [(name, shown_text(one)) for name, one in found.districts]
    parts = [] if found is None else list(_parts(found))
    text = NOT_MEASURED if found is None or found.shown is None else shown_text(found.shown)
    near = [] if found is None else list(_near(viewer, found))
    numbers = [text, *(shown for _name, shown in (*months, *districts, *parts))]
    # A name and a unit may lack while somebody still writes.
    name = in_language(definition.name) or _("Dit cijfer")
    return ShownPreview(
        name=name,
        unit=in_language(definition.unit) or _("cijfer"),
        on=today,
        text=text,
        parts=parts,
        months=months,
        course=None if found is None else course(name, found.course, breaks=definition.breaks),
        districts=districts,
        sentences=[] if found is None else [*_sentences(definition, found)],
        examples=[_example(one) for one in outcomes(definition)],
        marks=marks_in([*numbers, *(row.text for row in near)]),
        withheld=found is not None and found.withheld,
        near=near,
        between="" if found is None else _between(found.least, found.most),
    )


def _sentences(definition: Definition, found: Preview) -> Iterator[str]:
    """Say how it is counted; a definition in words that still lacks is left out."""
    return (one for one in explain(definition, found.result, language()) if one)


def _parts(found: Preview) -> Iterator[tuple[str, str]]:
    for part, shown in found.parts.items():
        yield part_name(part), shown_text(shown)


def _near(viewer: Viewer, found: Preview) -> Iterator[NearRow]:
    known = catalogue_of(viewer.municipality_id) if found.near else None
    for one in found.near:
        more = [part_name(one.part)] if one.part else []
        more += [one.district] if one.district else []
        how = _("Telt iedereen die u telt") if one.is_around else _("U telt iedereen hiervan")
        name = indicator_name(one.indicator, known=known)
        yield NearRow(", ".join([name, *more]), how, shown_text(one.shown))


def _between(least: int | None, most: int | None) -> str:
    """Say between which numbers a figure is by those that are told."""
    if most is None:
        if least is None:
            return ""
        return _("Uw cijfer is dus %(least)s of meer.") % {"least": number_text(least)}
    if least is None:
        return _("Uw cijfer is dus hoogstens %(most)s.") % {"most": number_text(most)}
    return _("Uw cijfer ligt dus tussen %(least)s en %(most)s.") % {
        "least": number_text(least),
        "most": number_text(most),
    }


def _example(outcome: Outcome) -> ExampleRow:
    numbers = [
        (part_name(part) if part else "", number_text(counted))
        for part, counted in outcome.counted.items()
    ]
    return ExampleRow(in_language(outcome.example.title), outcome.example.on, numbers)
