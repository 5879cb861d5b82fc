"""Measuring: what is due, how a caseload changed, and the people behind each number."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meedoen.records.ladder.due_queries import DueCard, due_measurements, page_of_due
from meedoen.records.ladder.growth_queries import (
    PeriodWanted,
    ladder_growth,
    page_of_ladder_growth,
    page_of_step_growth,
    step_growths,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.ladder.due import Instrument
from meedoen.rules.ladder.growth import GrowthClass
from meedoen.web.coach.forms.measuring import MeasuringForm
from meedoen.web.coach.measuring_words import (
    CLASS_WORDS,
    LADDER,
    NOT_MEASURED,
    STEPS,
    ClassRow,
    class_rows,
    ladder_line,
    months_ahead,
    period_text,
    picture,
    sentence,
    steps_line,
    when_of,
    why_due,
)
from meedoen.web.shared.ladder_words import INSTRUMENT_NAMES_SHORT, INSTRUMENTS
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """How many measurements are due, and the address of the list of them ("" when none)."""

    count: int
    url: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A month of the calendar (or what is overdue, or later), with a cell per instrument."""

    name: str
    cells: tuple[CalendarCell, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """Somebody whose measurement is due, and why."""

    card: DueCard
    coach: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody behind a number of the overview, and how it went."""

    key: uuid.UUID
    name: str
    coach: str
    what: str


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def measuring(request: ViewerRequest) -> HttpResponse:
    """Show what is due and how the caseload changed, as the address says."""
    form = MeasuringForm(request.GET.dict(), viewer=request.viewer)
    wanted = form.wanted()
    context = {
        "form": form,
        **_calendar(request, form, wanted),
        **_overview(request, form, wanted),
        "query": before_page(request),
    }
    return render(request, "coach/measuring.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def people(request: ViewerRequest) -> HttpResponse:
    """Show the people behind one number of the overview. Raises Http404 for no such number."""
    what = request.GET.get("what", LADDER)
    kind = request.GET.get("kind", GrowthClass.GROWTH.value)
    if kind not in CLASS_WORDS.get(what, {}):
        raise Http404
    form = MeasuringForm(request.GET.dict(), viewer=request.viewer)
    wanted = form.wanted()
    found = (_on_ladder if what == LADDER else _in_steps)(request, wanted, kind)
    context = {
        "form": form,
        "what": what,
        "kind": kind,
        "kind_name": CLASS_WORDS[what][kind],
        "instrument": INSTRUMENTS[Instrument.LADDER if what == LADDER else Instrument.LIFE_DOMAINS],
        "period": period_text(wanted.first_day, wanted.last_day),
        "back": f"{reverse('coach:measuring')}?{urlencode(_chosen(form))}#groei",
        "query": before_page(request),
        **found,
    }
    return render(
        request, "coach/measuring_people.html", context, status=422 if form.errors else 200
    )


def _calendar(request: ViewerRequest, form: MeasuringForm, wanted: PeriodWanted) -> dict[str, Any]:
    """Return the calendar and the list of the chosen month, by default what is overdue."""
    today = clock.today()
    cards = due_measurements(request.viewer, own_only=wanted.own_only)
    whens = months_ahead(today)
    instrument = _one_of(request, "instrument", [one.value for one in Instrument])
    when = _one_of(request, "when", list(whens))
    counts = Counter((card.instrument.value, when_of(card.due_on, today)) for card in cards)
    chosen = [
        card
        for card in cards
        if (card.instrument.value, when_of(card.due_on, today)) == (instrument, when)
    ]
    found = page_of_due(request.viewer, chosen, number=page_number(request))
    return {
        "instruments": list(INSTRUMENT_NAMES_SHORT.values()),
        "calendar": [
            CalendarRow(
                name,
                tuple(
                    _cell(form, one, code, name, counts[one.value, code], (instrument, when))
                    for one in Instrument
                ),
            )
            for code, name in whens.items()
        ],
        "page": found,
        "due": [DueLine(card, coach, why_due(card, today)) for card, coach in found.cards],
        "chosen_instrument": INSTRUMENTS[Instrument(instrument)],
        "chosen_when": whens[when],
    }


def _cell(
    form: MeasuringForm,
    instrument: Instrument,
    when: str,
    name: str,
    count: int,
    chosen: tuple[str, str],
) -> CalendarCell:
    asked = {**_chosen(form), "instrument": instrument.value, "when": when}
    return CalendarCell(
        count=count,
        url=f"?{urlencode(asked)}#wie" if count else "",
        label=f"{INSTRUMENTS[instrument]}, {name}",
        chosen=(instrument.value, when) == chosen,
    )


def _overview(request: ViewerRequest, form: MeasuringForm, wanted: PeriodWanted) -> dict[str, Any]:
    """Return the two tables of growth with their pictures; nothing adds one to the other."""
    rungs = Counter(_code(card.kind) for card in ladder_growth(request.viewer, wanted=wanted))
    steps = Counter(_code(card.kind) for card in step_growths(request.viewer, wanted=wanted))
    return {
        "period": period_text(wanted.first_day, wanted.last_day),
        "ladder": _table(form, LADDER, rungs),
        "steps": _table(form, STEPS, steps),
    }


def _table(form: MeasuringForm, what: str, counts: Mapping[str, int]) -> dict[str, Any]:
    rows: list[ClassRow] = class_rows(what, counts)
    asked = {**_chosen(form), "what": what}
    base = reverse("coach:measuring_people")
    return {
        "rows": [
            (row, f"{base}?{urlencode({**asked, 'kind': row.code})}" if row.count else "")
            for row in rows
        ],
        "total": sum(row.count for row in rows),
        "chart": picture(what, rows),
        "sentence": sentence(what, rows),
    }


def _on_ladder(request: ViewerRequest, wanted: PeriodWanted, kind: str) -> dict[str, Any]:
    cards = [
        card for card in ladder_growth(request.viewer, wanted=wanted) if _code(card.kind) == kind
    ]
    found = page_of_ladder_growth(request.viewer, cards, number=page_number(request))
    lines = [
        PersonLine(card.key, card.name, coach, ladder_line(card)) for card, coach in found.cards
    ]
    return {"page": found, "lines": lines}


def _in_steps(request: ViewerRequest, wanted: PeriodWanted, kind: str) -> dict[str, Any]:
    cards = [
        card for card in step_growths(request.viewer, wanted=wanted) if _code(card.kind) == kind
    ]
    found = page_of_step_growth(request.viewer, cards, number=page_number(request))
    lines = [
        PersonLine(card.key, card.name, coach, steps_line(card)) for card, coach in found.cards
    ]
    return {"page": found, "lines": lines}


def _code(kind: object) -> str:
    return NOT_MEASURED if kind is None else str(kind)


def _chosen(form: MeasuringForm) -> dict[str, str]:
    return {name: form.chosen(name) for name in ("whose", "period")}


def _one_of(request: ViewerRequest, name: str, known: Sequence[str]) -> str:
    """Return what the address says, or the first that is known."""
    asked = request.GET.get(name, "")
    return asked if asked in known else known[0]
