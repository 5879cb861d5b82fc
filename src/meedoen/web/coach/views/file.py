"""The file of one person: who it is, what to do next, and everything that happened."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import attempts_with, conversations_with, wishes_of
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.queries import RUNNING, PlacementCard, placements_of
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.story import growth_text, story
from meedoen.web.shared.wishes import wish_facts
from meedoen.web.shared.words import (
    PLACE_KINDS,
    PLACEMENT_STATE_KINDS,
    PLACEMENT_STATES,
    RUNGS,
)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def file(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show someone's file."""
    return show_file(request, open_file(request, key, page="file"))


def show_file(request: ViewerRequest, person: ResidentCard, *, refusal: str = "") -> HttpResponse:
    """Show the file; with a refusal on top when what was asked from here cannot be done."""
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    wishes = wishes_of(viewer, pseudonym_id=pseudonym_id)
    measurements = measurements_of(viewer, pseudonym_id=pseudonym_id)
    placements = placements_of(viewer, pseudonym_id=pseudonym_id)
    context: dict[str, Any] = {
        "person": person,
        "refusal": refusal,
        "facts": _facts(person),
        "spoken": wishes is not None,
        "wishes": wish_facts(wishes) if wishes else [],
        "wishes_on": wishes.held_on if wishes else None,
        "rung": measurements[0].set_rung.value if measurements else None,
        "rung_name": RUNGS[measurements[0].set_rung] if measurements else "",
        "growth": growth_text(measurements),
        "running": _lines(placements, running=True),
        "finished": _lines(placements, running=False),
        "items": story(
            attempts=attempts_with(viewer, pseudonym_id=pseudonym_id),
            conversations=conversations_with(viewer, pseudonym_id=pseudonym_id),
            measurements=measurements,
            placements=placements,
        ),
    }
    return render(request, "coach/file.html", context, status=422 if refusal else 200)


def _facts(person: ResidentCard) -> list[tuple[str, str]]:
    spoken = person.last_spoken_on
    return [
        (_("Geboren op"), day_text(person.birth_date)),
        (_("Burgerservice\u00adnummer"), person.masked_bsn),
        (_("Telefoon"), person.phone),
        (_("Wijk"), person.district),
        (_("Coach"), person.coach),
        (_("Laatst gesproken"), day_text(spoken) if spoken else _("nog nooit")),
    ]


def _lines(placements: Sequence[PlacementCard], *, running: bool) -> list[dict[str, object]]:
    return [
        {
            "key": card.key,
            "title": card.title,
            "organisation": card.organisation,
            "kind": PLACE_KINDS[card.kind],
            "state": PLACEMENT_STATES[card.state],
            "state_kind": PLACEMENT_STATE_KINDS[card.state],
        }
        for card in placements
        if (card.state in RUNNING) is running
    ]
