"""Dividing the free places over everyone of the team who waits: asking, following, reading."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.divisions import actions
from meedoen.records.divisions.check_queries import checked_again
from meedoen.records.divisions.queries import (
    DivisionCard,
    LineCard,
    lines,
    part_counts,
)
from meedoen.records.divisions.queries import (
    division as division_card,
)
from meedoen.records.divisions.queries import (
    divisions as division_cards,
)
from meedoen.records.divisions.words import LinePart, RunState
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.forms.division import DivideForm
from meedoen.web.shared.division_words import (
    FAULTS,
    LINE_PARTS,
    PART_SENTENCES,
    RUN_STATE_KINDS,
    RUN_STATES,
    narrowed_text,
    outcome_sentences,
    why_division,
)
from meedoen.web.shared.pages import ViewerRequest, demand, page
from meedoen.web.shared.paging import page_number
from meedoen.web.shared.words import PLACEMENT_STATES, Words

READ_ONLY = ("GET", "HEAD")
MOST_COMPARED = 5


@dataclass(frozen=True, slots=True)
class Run:
    """A division in the list."""

    card: DivisionCard
    state: Words
    kind: str
    narrowed: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the lines: how many, and whether it is shown now."""

    query: str
    label: Words
    total: int
    current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the division with its sentence, and how its placement is when it has one."""

    card: LineCard
    why: str
    placement: Words


@page(Permission.PROPOSE_PLACES)
def divisions(request: ViewerRequest) -> HttpResponse:
    """Show the divisions of the team, and take a new one from who may ask for it."""
    may_ask = request.viewer.may(Permission.DIVIDE_PLACES)
    is_on = matching_is_on(request.viewer)
    form = None
    if request.method == "POST":
        demand(request, Permission.DIVIDE_PLACES)
        form = DivideForm(request.POST, districts=districts(request.viewer))
        if form.is_valid():
            given = form.cleaned_data
            try:
                key = actions.ask_division(
                    request.viewer, kinds=given["kinds"], district_id=given["district"]
                )
            except ActionRefusedError as error:
                form.add_error(None, str(error))
            else:
                return redirect("coach:division", key=key)
    elif may_ask:
        form = DivideForm(districts=districts(request.viewer))
    context = {
        "form": form,
        "is_on": is_on,
        "runs": [_run(card) for card in division_cards(request.viewer)],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "coach/divisions.html", context, status=status)


def _run(card: DivisionCard) -> Run:
    return Run(card, RUN_STATES[card.state], RUN_STATE_KINDS[card.state], narrowed_text(card))


@page(Permission.PROPOSE_PLACES)
def division(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a division as far as it is, and do what the pressed button says."""
    card = _open(request, key)
    steps = {"call_off": actions.call_off_division, "carry_on": actions.carry_on_division}
    step = steps.get(request.POST.get("step", ""))
    if request.method == "POST":
        demand(request, Permission.DIVIDE_PLACES)
        if step is None:
            messages.error(request, _("Deze keuze bestaat niet. Kies een van de knoppen."))
            return _show(request, card, status=422)
        try:
            step(request.viewer, key=card.key)
        except ActionRefusedError as error:
            messages.error(request, str(error))
            return _show(request, _open(request, key), status=422)
        return redirect("coach:division", key=card.key)
    return _show(request, card)


def _open(request: ViewerRequest, key: uuid.UUID) -> DivisionCard:
    card = division_card(request.viewer, key=key)
    if card is None:
        raise Http404
    return card


def _show(request: ViewerRequest, card: DivisionCard, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "card": card,
        "state": RUN_STATES[card.state],
        "state_kind": RUN_STATE_KINDS[card.state],
        "narrowed": narrowed_text(card),
        "may_ask": request.viewer.may(Permission.DIVIDE_PLACES),
        "crumbs": [(_("Plekken verdelen"), reverse("coach:divisions"))],
    }
    if card.is_busy:
        context |= {"part": "coach/division_progress.html", **_progress(card)}
    elif card.state is RunState.DONE:
        context |= {"part": "coach/division_lines.html", **_lines(request, card)}
    else:
        fault = FAULTS[card.fault] if card.fault else ""
        context |= {"part": "coach/division_over.html", "fault": fault}
    return render(request, "coach/division.html", context, status=status)


def _progress(card: DivisionCard) -> dict[str, Any]:
    """Return how far the work is; what is read aloud changes only with every tenth."""
    tenths = card.done * 10 // card.total if card.total else 0
    return {"percent": tenths * 10}


def _lines(request: ViewerRequest, card: DivisionCard) -> dict[str, Any]:
    own_only = request.GET.get("van") == "mij"
    counts = part_counts(request.viewer, key=card.key, own_only=own_only)
    asked = next((one for one in LinePart if one.value == request.GET.get("deel")), None)
    shown = asked or next((one for one in LinePart if counts[one]), LinePart.OPEN)
    found = lines(
        request.viewer, key=card.key, part=shown, own_only=own_only, number=page_number(request)
    )
    return {
        "sentences": outcome_sentences(card),
        "nobody": card.placed == 0,
        "tabs": [
            Tab(_query(part, own_only=own_only), LINE_PARTS[part], counts[part], part is shown)
            for part in LinePart
        ],
        "own_only": own_only,
        "whose": _query(shown, own_only=not own_only),
        "part_name": LINE_PARTS[shown],
        "explanation": PART_SENTENCES[shown],
        "lines": [_shown(one) for one in found.cards],
        "page": found,
        "query": f"{_query(shown, own_only=own_only)}&page=",
        "others": _others(request, card),
    }


def _shown(card: LineCard) -> Shown:
    state = card.placement_state
    return Shown(card, why_division(card)[0], PLACEMENT_STATES[state] if state else "")


def _query(part: LinePart, *, own_only: bool) -> str:
    return "?" + urlencode({"deel": part.value} | ({"van": "mij"} if own_only else {}))


def _others(request: ViewerRequest, card: DivisionCard) -> Sequence[DivisionCard]:
    """Return the divisions that this one can be laid beside, newest first."""
    done = [
        one
        for one in division_cards(request.viewer)
        if one.state is RunState.DONE and one.key != card.key
    ]
    return done[:MOST_COMPARED]


@page(Permission.PROPOSE_PLACES, methods=READ_ONLY)
def division_progress(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Return only how far the work is, for the script that asks for it every second."""
    card = _open(request, key)
    context = {"card": card, **_progress(card)}
    return render(request, "coach/division_progress.html", context)


@page(Permission.PROPOSE_PLACES, methods=READ_ONLY)
def division_check(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Check a division again from what was kept of it, and say what that gives."""
    card = _open(request, key)
    found = checked_again(request.viewer, key=card.key)
    if found is None:
        raise Http404
    crumbs = [
        (_("Plekken verdelen"), reverse("coach:divisions")),
        (_("De verdeling"), reverse("coach:division", args=[card.key])),
    ]
    context = {"card": card, "found": found, "crumbs": crumbs}
    return render(request, "coach/division_check.html", context)
