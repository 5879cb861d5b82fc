"""One move for several placements that were chosen from a list: all or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.bulk_actions import SameMove, move_many
from meedoen.records.placements.list_queries import PlacementLine, lines_by_key
from meedoen.rules.placement_states import next_states
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.coach.forms.placement_move import MoveForm
from meedoen.web.coach.move_words import MOVE_WORDS, MoveWords, move_words, moves_from
from meedoen.web.coach.placement_rows import rows_of
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import PLACEMENT_STATES, Words, listed, mid_sentence

CHOSEN, TO, BACK = "kies", "naar", "terug"
"""What the address says: the keys that were chosen, where they go, and the list to return to."""


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """A move that all chosen placements may make, and where it is made."""

    label: Words
    url: str


@page(Permission.PLACE_RESIDENT)
def together(request: ViewerRequest) -> HttpResponse:
    """Show what was chosen and which moves fit all; with one of them, ask its day and make it."""
    asked = request.POST if request.method == "POST" else request.GET
    lines = lines_by_key(request.viewer, keys=_keys(asked))
    back = _back(asked)
    if not lines:
        messages.warning(request, _("Kruis eerst een of meer plaatsingen aan."))
        return redirect(back)
    to = _state(asked)
    fitting = [line.state for line in lines if to in next_states(line.state)]
    context: dict[str, Any] = {
        "rows": rows_of(lines),
        "back": back,
        "chosen": [line.key for line in lines],
        "moves": _moves(lines, back),
    }
    if to is None or not fitting:
        return render(request, "coach/placements_together.html", context)
    words = _words(fitting, to)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        states=sorted(set(fitting)),
        to=to,
        day=words.day,
    )
    if form.is_bound and form.is_valid() and _moved(request, form, lines, to):
        return redirect(back)
    unfit = [_told(line) for line in lines if line.state not in fitting]
    context |= {"form": form, "change": words, "to": to.value, "unfit": unfit and listed(unfit)}
    status = 422 if form.errors else 200
    return render(request, "coach/placements_together.html", context, status=status)


def _moved(
    request: ViewerRequest, form: MoveForm, lines: Sequence[PlacementLine], to: PlacementState
) -> bool:
    """Make the move and say so; False after saying in the form what is wrong."""
    why = form.chosen()
    same = SameMove(to=to, on=form.cleaned_data["on"], outcome=why.outcome, reason=why.reason)
    try:
        total = move_many(request.viewer, keys=[line.key for line in lines], same=same)
    except ActionRefusedError as error:
        tell_refusal(form, error, request, back=_address(lines, to, _back(request.POST)))
        return False
    said = ngettext(
        "%(total)s plaatsing is bijgewerkt: %(state)s.",
        "%(total)s plaatsingen zijn bijgewerkt: %(state)s.",
        total,
    )
    state = mid_sentence(PLACEMENT_STATES[to])
    messages.success(request, said % {"total": total, "state": state})
    return True


def _told(line: PlacementLine) -> str:
    state = mid_sentence(PLACEMENT_STATES[line.state])
    return _("%(name)s (%(state)s)") % {"name": line.name, "state": state}


def _moves(lines: Sequence[PlacementLine], back: str) -> list[MoveChoice]:
    """Return the moves that every chosen placement may make now."""
    states = [line.state for line in lines]
    shared = [
        to
        for to in moves_from(states[0])
        # Whoever waits gets a seat one by one, each by the rule of the list.
        if to is not PlacementState.PROPOSED and all(to in next_states(state) for state in states)
    ]
    return [MoveChoice(_words(states, to).many, _address(lines, to, back)) for to in shared]


def _address(lines: Sequence[PlacementLine], to: PlacementState, back: str) -> str:
    """Return where one move of these placements is made."""
    chosen = [(CHOSEN, str(line.key)) for line in lines]
    query = urlencode([*chosen, (TO, to.value), (BACK, back)])
    return f"{reverse('coach:placements_together')}?{query}"


def _words(states: Sequence[PlacementState], to: PlacementState) -> MoveWords:
    """Return the words of a move; those of one state when all come from that state."""
    return move_words(states[0], to) if len(set(states)) == 1 else MOVE_WORDS[to]


def _keys(asked: QueryDict) -> list[uuid.UUID]:
    """Return the keys that were chosen; what is no key counts as not chosen."""
    found = []
    for text in asked.getlist(CHOSEN):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _state(asked: QueryDict) -> PlacementState | None:
    code = asked.get(TO, "")
    return PlacementState(code) if code in set(PlacementState) else None


def _back(asked: QueryDict) -> str:
    """Return the list to go back to: with its filter when it is one of ours."""
    home, given = reverse("coach:placements"), asked.get(BACK, "")
    return given if given.startswith(f"{home}?") else home
