"""Opening what is about one person: it is there and for this viewer, or it is not there at all."""

import uuid

from django.http import Http404
from django.urls import reverse

from meedoen.records.history.actions import note_reading
from meedoen.records.people.queries import ResidentCard, resident
from meedoen.records.placements.queries import PlacementCard, placement, resident_of
from meedoen.records.proposals.queries import ProposalCard, proposal
from meedoen.web.shared.correcting import WhereToCorrect
from meedoen.web.shared.pages import ViewerRequest


def open_file(request: ViewerRequest, key: uuid.UUID, *, page: str) -> ResidentCard:
    """Return the head of a file and note that it was read. Raises Http404."""
    card = resident(request.viewer, key=key)
    if card is None:
        raise Http404
    # Also when a form is sent: what is refused comes back with the page around it.
    note_reading(request.viewer, pseudonym_id=card.pseudonym_id, page=page)
    return card


def open_proposal(
    request: ViewerRequest, key: uuid.UUID, *, most: int | None = 20
) -> tuple[ProposalCard, ResidentCard]:
    """Return a proposal and whom it is for, and note that it was read. Raises Http404."""
    card = proposal(request.viewer, key=key, most=most)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page="proposal")


def open_placement(request: ViewerRequest, key: uuid.UUID) -> tuple[PlacementCard, ResidentCard]:
    """Return a placement and whom it is about, and note that it was read. Raises Http404."""
    card = placement(request.viewer, key=key)
    resident_key = resident_of(request.viewer, key=key)
    if card is None or resident_key is None:
        raise Http404
    return card, open_file(request, resident_key, page="placement")


def where_to_correct(key: uuid.UUID) -> WhereToCorrect:
    """Return where what is in the file with this key can be put right."""
    return WhereToCorrect(
        conversation=lambda one: reverse("coach:conversation_correct", args=[one]),
        ladder=lambda one: reverse("coach:measurement_correct", args=[key, one]),
        domains=lambda one: reverse("coach:domains_correct", args=[key, one]),
    )
