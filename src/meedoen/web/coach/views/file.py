"""The file of one person: who it is, what to do next, and everything that happened."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.conversations.draft_queries import drafts_about
from meedoen.records.conversations.note_queries import notes_of
from meedoen.records.conversations.queries import wishes_of
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.queries import PlacementCard
from meedoen.records.places.found_queries import OwnFoundCard, found_places_of
from meedoen.records.proposals.refusal_queries import refusals_of
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.records.sharing.queries import sharing_of
from meedoen.records.trainings.queries import trainings_of
from meedoen.rules.placement_states import NOT_OVER
from meedoen.web.coach.plan_summary import plan_summary
from meedoen.web.coach.referrals_part import lines_of_person
from meedoen.web.coach.signal_lines import lines_about
from meedoen.web.coach.views.opening import open_file, where_to_correct
from meedoen.web.coach.views.outreach_part import outreach_of
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.found_words import FOUND_STATUS_KINDS, FOUND_STATUSES
from meedoen.web.shared.happened import happened_to
from meedoen.web.shared.match_words import refusal_lines
from meedoen.web.shared.note_lines import note_lines
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.sharing_lines import sharing_lines
from meedoen.web.shared.story import growth_text, story
from meedoen.web.shared.training_words import training_lines
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
    happened = happened_to(viewer, pseudonym_id=pseudonym_id)
    measurements = [card for card in happened.measurements if not card.corrected]
    placements = happened.placements
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
        "found": _found(found_places_of(viewer, pseudonym_id=pseudonym_id)),
        "refusals": refusal_lines(refusals_of(viewer, pseudonym_id=pseudonym_id)),
        "place_wishes": place_wishes_of(viewer, pseudonym_id=pseudonym_id).wishes,
        "items": story(happened, correct=where_to_correct(person.key)),
        "lines": lines_about(viewer, person),
        "outreach": outreach_of(viewer, pseudonym_id=pseudonym_id),
        "plan_summary": plan_summary(viewer, pseudonym_id),
        "notes": note_lines(notes_of(viewer, pseudonym_id=pseudonym_id)),
        "shared": sharing_lines(sharing_of(viewer, pseudonym_id=pseudonym_id)).sharings.running,
        "trainings": training_lines(trainings_of(viewer, pseudonym_id=pseudonym_id)),
        "drafts": drafts_about(viewer, pseudonym_id=pseudonym_id),
        "referrals": lines_of_person(viewer, pseudonym_id=pseudonym_id),
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
        if (card.state in NOT_OVER) is running
    ]


def _found(cards: Sequence[OwnFoundCard]) -> list[dict[str, object]]:
    return [
        {
            "card": card,
            "kind": PLACE_KINDS[card.kind],
            "status": FOUND_STATUSES[card.status],
            "status_kind": FOUND_STATUS_KINDS[card.status],
        }
        for card in cards
    ]
