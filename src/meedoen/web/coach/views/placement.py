"""One placement: how it stands, what happened, and what can be done about it now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.additional import unchecked_of
from meedoen.records.placements.month_queries import months_of
from meedoen.records.placements.queries import PlacementCard
from meedoen.records.placements.terms_queries import story_of_terms, terms_choices, terms_on
from meedoen.records.trainings.queries import trainings_beside
from meedoen.rules.placement_states import BEFORE_START, NOT_OVER, TAKES_PART
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.coach.following_part import following_part
from meedoen.web.coach.move_words import move_words, moves_from
from meedoen.web.coach.report_lines import report_lines
from meedoen.web.coach.steps import steps
from meedoen.web.coach.unchecked import checks_to_make
from meedoen.web.coach.views.clock_opening import clock_strip
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.coach.waiting_part import waiting_part
from meedoen.web.shared.figures import day_text, month_text
from meedoen.web.shared.month_words import said_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.story import Happened, Item, story
from meedoen.web.shared.terms_words import terms_facts, terms_item
from meedoen.web.shared.training_words import training_lines
from meedoen.web.shared.words import (
    PLACE_KINDS,
    PLACEMENT_STATE_KINDS,
    PLACEMENT_STATES,
    Words,
    why_text,
)

Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class MoveLink:
    """A move that may be made now: the words on its button, and where it is made."""

    label: Words
    url: str


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def placement(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a placement."""
    card, person = open_placement(request, key)
    choices = terms_choices(request.viewer, key=key)
    now = terms_on(request.viewer, key=key, on=clock.today())
    context = {
        "person": person,
        "card": card,
        "steps": steps(card),
        "state": PLACEMENT_STATES[card.state],
        "state_kind": PLACEMENT_STATE_KINDS[card.state],
        "facts": _facts(card),
        "terms": terms_facts(now, choices) if choices else [],
        "months": [
            (month_text(said.month), said_text(said)) for said in months_of(request.viewer, key=key)
        ],
        "trainings": training_lines(trainings_beside(request.viewer, placement_key=key)),
        "reports": report_lines(request.viewer, key=key),
        "items": story(Happened(placements=[card], others=_agreed(request, key))),
        "moves": _moves(card),
        "before_start": card.state in BEFORE_START,
        "takes_part": card.state in TAKES_PART,
        "has_place": card.state in NOT_OVER and card.state is not PlacementState.WAITING,
        "is_over": card.state not in NOT_OVER,
        "came_to_something": card.state is not PlacementState.WITHDRAWN,
        "waiting": waiting_part(request.viewer, key),
        "clock": clock_strip(request.viewer, key),
        "unchecked": checks_to_make(request, unchecked_of(request.viewer, key=key)),
        **following_part(request.viewer, key),
    }
    return render(request, "coach/placement.html", context)


def _agreed(request: ViewerRequest, key: uuid.UUID) -> list[Item]:
    return [terms_item(one) for one in story_of_terms(request.viewer, key=key)]


def _facts(card: PlacementCard) -> list[Fact]:
    why = why_text(card.outcome, card.reason)
    held = card.held_until
    return [
        (_("Organisatie"), card.organisation),
        (_("Soort plek"), PLACE_KINDS[card.kind]),
        *([(_("Zelf gevonden"), _("ja"))] if card.self_found else []),
        *([(_("Plaats vrijgehouden tot en met"), day_text(held))] if held else []),
        (_("Afgesproken laatste dag"), _last_day(card)),
        (_("Wat de inwoner ervan vindt"), _said(card.resident_said)),
        *([(_("Waarom"), why)] if why else []),
    ]


def _moves(card: PlacementCard) -> Sequence[MoveLink]:
    """Return the moves that may be made now; the table of moves says which."""
    return [
        MoveLink(
            move_words(card.state, to).button,
            _address(card, to),
        )
        for to in moves_from(card.state)
    ]


def _address(card: PlacementCard, to: PlacementState) -> str:
    # Whoever waits gets a seat by the rule of the list, or with a reason that is kept.
    if to is PlacementState.PROPOSED:
        return reverse("coach:waiting_promote", args=[card.key])
    return reverse("coach:placement_move", args=[card.key, to.value])


def _last_day(card: PlacementCard) -> str:
    return day_text(card.planned_end_on) if card.planned_end_on else _("niet afgesproken")


def _said(text: str) -> str:
    """Mark what a resident said as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""
