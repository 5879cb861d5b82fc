"""Places for one person: asking for a list, looking at it together, and choosing."""

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import place_from_proposal
from meedoen.records.placements.queries import current_placements
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.displacement_queries import unchecked_places
from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.queries import FallenCard, OfferCard, ProposalCard
from meedoen.rules import half_days
from meedoen.web.coach.forms.proposal import ChoiceForm
from meedoen.web.coach.views.file import show_file
from meedoen.web.coach.views.opening import open_file, open_proposal
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import SPEAKS_AGAINST, half_days_text, why, why_not
from meedoen.web.shared.words import PLACE_KINDS, Words


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands in the list.

    `is_unchecked` marks a participation job of which nobody checked that it displaces no paid work.
    """

    place_id: int
    title: str
    description: str
    kind: Words
    organisation: str
    district: str
    times: str
    is_unchecked: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that fits, with what speaks for it, what is good to know, and its button."""

    place: Place
    pros: Sequence[str]
    notes: Sequence[str]
    button: BoundWidget


@dataclass(frozen=True, slots=True)
class Fallen:
    """A place that falls off, with why."""

    place: Place
    cons: Sequence[str]


@page(Permission.PROPOSE_PLACES, methods=("POST",))
def places(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Make a list of places for someone and go to it."""
    person = open_file(request, key, page="proposal")
    now = current_placements(request.viewer, pseudonym_ids=[person.pseudonym_id])
    there = {one.place_id for one in now.get(person.pseudonym_id, [])}
    try:
        made = propose(request.viewer, pseudonym_id=person.pseudonym_id, leave_out=there)
    except ActionRefusedError as error:
        return show_file(request, person, refusal=str(error))
    return redirect("coach:proposal", key=made)


@page(Permission.PLACE_RESIDENT)
def proposal(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the list as it was made, and take the choice."""
    card, person = open_proposal(request, key)
    sent = request.POST if request.method == "POST" else None
    form = ChoiceForm(sent, offers=card.offers)
    if sent is not None and form.is_valid():
        chosen = form.cleaned_data
        try:
            placement_key = place_from_proposal(
                request.viewer,
                proposal_key=card.key,
                place_id=chosen["place"],
                resident_said=chosen["resident_said"],
                self_found=chosen["self_found"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De plek is gekozen. De organisatie bevestigt de start."))
            return redirect("coach:placement", key=placement_key)
    names = {district.code: district.name for district in districts(request.viewer)}
    places = [*(one.place for one in card.offers), *(one.place for one in card.fallen)]
    unchecked = unchecked_places(request.viewer, place_ids=[one.place_id for one in places])
    context = {
        "form": form,
        "person": person,
        "card": card,
        "offers": _offers(card, form, names, unchecked),
        "fallen": [_fallen(one, names, unchecked) for one in card.fallen],
        "chosen": _chosen(card),
        "offers_left": card.offered_count - len(card.offers),
        "fallen_left": card.fallen_count - len(card.fallen),
    }
    return render(request, "coach/proposal.html", context, status=422 if form.errors else 200)


def _offers(
    card: ProposalCard, form: ChoiceForm, names: Mapping[str, str], unchecked: Set[int]
) -> list[Offer]:
    return [
        Offer(
            place=_place(offer.place, unchecked),
            pros=_sentences(offer, names, against=False),
            notes=_sentences(offer, names, against=True),
            button=button,
        )
        for offer, button in zip(card.offers, form.buttons(), strict=True)
    ]


def _sentences(offer: OfferCard, names: Mapping[str, str], *, against: bool) -> list[str]:
    return [
        why(reason.text, reason.facts, names)
        for reason in offer.reasons
        if (reason.text in SPEAKS_AGAINST) is against
    ]


def _fallen(card: FallenCard, names: Mapping[str, str], unchecked: Set[int]) -> Fallen:
    return Fallen(
        place=_place(card.place, unchecked),
        cons=[why_not(reason.rule, reason.facts, names) for reason in card.reasons],
    )


def _place(card: PlaceCard, unchecked: Set[int]) -> Place:
    return Place(
        place_id=card.place_id,
        title=card.title,
        description=card.description,
        kind=PLACE_KINDS[card.kind],
        organisation=card.organisation,
        district=card.district,
        times=half_days_text(half_days.codes(card.half_days)),
        is_unchecked=card.place_id in unchecked,
    )


def _chosen(card: ProposalCard) -> str | None:
    """Return the title of the place that was chosen from this list, if one was."""
    if card.chosen_place_id is None:
        return None
    titles = {offer.place.place_id: offer.place.title for offer in card.offers}
    return titles.get(card.chosen_place_id, "")
