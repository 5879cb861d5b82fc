"""All indicators of a municipality: those of the package and its own, to look up or to make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.actions import stop_using
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.own_indicators.queries import OwnIndicator, own_indicator, own_indicators
from meedoen.rules.indicators.language import Definition
from meedoen.web.policy.indicator_states import (
    MOVES,
    STATE_KINDS,
    STATES,
    Standing,
    standing_of,
)
from meedoen.web.shared.counting import LEVELS, in_language
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number

PAGE_SIZE = 25
NAME, CODE = "naam", "code"


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in the list; `name` is its code where the text cannot be read."""

    code: str
    name: str
    question: str
    level: str
    standing: Standing
    is_own: bool
    has_figures: bool
    has_draft: bool

    @property
    def state(self) -> str:
        """Return in words whether it is counted."""
        return str(STATES[self.standing])

    @property
    def state_kind(self) -> str:
        """Return how the badge of that looks."""
        return STATE_KINDS[self.standing]


class ListForm(forms.Form):
    """Which indicators to show, and in which order."""

    marks_optional = False

    zoek = forms.CharField(label=gettext_lazy("Zoeken"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=gettext_lazy("Welke"),
        choices=[
            ("", gettext_lazy("Alle")),
            *((word.value, label) for word, label in STATES.items()),
            ("eigen", gettext_lazy("Alleen eigen")),
        ],
        required=False,
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        choices=[(NAME, gettext_lazy("Naam")), (CODE, gettext_lazy("Code"))],
        required=False,
    )

    def passes(self, row: Row) -> bool:
        """Tell whether a row is asked for."""
        asked = self.cleaned_data.get("stand", "")
        words = self.cleaned_data.get("zoek", "").casefold().split()
        text = f"{row.code} {row.name} {row.question}".casefold()
        own = asked != "eigen" or row.is_own
        return own and asked in {"", "eigen", row.standing} and all(word in text for word in words)

    def key(self, row: Row) -> str:
        """Return by what a row is put in order."""
        by_code = self.cleaned_data.get("volgorde") == CODE
        return row.code if by_code else row.name.casefold()


@page(Permission.SEE_FIGURES, methods=("GET", "HEAD"))
def indicators(request: ViewerRequest) -> HttpResponse:
    """Show a page of the indicators, filtered and sorted as the address says."""
    form = ListForm(request.GET.dict())
    rows = list(_rows(request.viewer))
    # A form with a mistake in the address shows everything, and says what is wrong.
    shown = sorted(filter(form.passes, rows), key=form.key) if form.is_valid() else rows
    context = {
        "form": form,
        "page": _page(shown, page_number(request)),
        "all": len(rows),
        "own": sum(row.is_own for row in rows),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "may_set": request.viewer.may(Permission.SET_INDICATORS),
    }
    return render(request, "policy/indicators.html", context, status=422 if form.errors else 200)


def _rows(viewer: Viewer) -> Iterator[Row]:
    known = catalogue_of(viewer.municipality_id)
    own = {one.code: one for one in own_indicators(viewer)}
    for definition in known:
        card = own.pop(definition.code, None)
        yield _row(definition.code, definition, card)
    for code, card in own.items():
        yield _row(code, None, card)


def _row(code: str, definition: Definition | None, card: OwnIndicator | None) -> Row:
    return Row(
        code=code,
        name=in_language(definition.name) if definition else code,
        question=in_language(definition.question) if definition else "",
        level=str(LEVELS[definition.level]) if definition else "",
        standing=standing_of(card),
        is_own=card is not None,
        has_figures=definition is not None,
        has_draft=card is not None and card.has_draft,
    )


def _page(rows: Sequence[Row], number: int) -> Page[Row]:
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    here = min(max(number, 1), pages)
    cards = rows[(here - 1) * PAGE_SIZE : here * PAGE_SIZE]
    return Page(cards=cards, total=len(rows), number=here, pages=pages)


@page(Permission.SET_INDICATORS)
def own(request: ViewerRequest, code: str) -> HttpResponse:
    """Show an own indicator with all its texts, and stop with it."""
    card = own_indicator(request.viewer, code=code)
    if card is None:
        raise Http404
    form = SeenForm(request.POST or None, initial={"seen": card.newest.text_id})
    if request.method == "POST" and form.is_valid() and _stop(request, code, form):
        messages.success(request, _("Deze indicator wordt vanaf vandaag niet meer geteld."))
        return redirect("policy:own_indicator", code)
    definition = catalogue_of(request.viewer.municipality_id).definitions.get(code)
    context = {
        "card": card,
        "form": form,
        "name": in_language(definition.name) if definition else code,
        "question": in_language(definition.question) if definition else "",
        "has_figures": definition is not None,
        "state": STATES[standing_of(card)],
        "state_kind": STATE_KINDS[standing_of(card)],
        "moves": [(one, MOVES[one.move]) for one in card.texts],
        "crumbs": list(crumbs()),
    }
    return render(request, "policy/own_indicator.html", context, status=422 if form.errors else 200)


class SeenForm(forms.Form):
    """Which text was shown, so that nobody stops what another has just changed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def _stop(request: ViewerRequest, code: str, form: SeenForm) -> bool:
    try:
        stop_using(request.viewer, code=code, seen=form.cleaned_data["seen"])
    except ActionRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def crumbs(*more: tuple[Any, str]) -> Iterator[tuple[Any, str]]:
    """Give what stands above a page about an indicator."""
    yield _("Indicatoren"), reverse("policy:indicators")
    yield from more
