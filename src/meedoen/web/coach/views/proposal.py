"""A list of places for one person: looking at it together, and choosing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import place_from_proposal
from meedoen.records.places.displacement_at_start import unchecked_now
from meedoen.records.proposals.choosable import Rest
from meedoen.records.proposals.queries import (
    FallenCard,
    FallenGroup,
    OfferCard,
    ProposalCard,
    ReasonAgainst,
)
from meedoen.records.proposals.shown import Shown
from meedoen.rules import half_days
from meedoen.web.coach.forms.proposal import ChoiceForm
from meedoen.web.coach.unchecked import checks_to_make
from meedoen.web.coach.views.opening import open_proposal
from meedoen.web.shared.match_words import (
    GUIDANCE_WANTED,
    REFUSAL_REASONS,
    RULES,
    TRAVEL,
    WAY_SENTENCES,
    not_said,
)
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import (
    OF_THE_PERSON,
    half_days_text,
    speaks_against,
    why,
    why_not,
)
from meedoen.web.shared.words import PLACE_KINDS, Words

SHOWN_AT_FIRST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands in the list.

    `is_unchecked` marks a participation job where nobody may begin before it was checked that it
    displaces no paid work; `check_url` is where that is done, empty for who may not.
    """

    place_id: int
    title: str
    description: str
    kind: Words
    organisation: str
    district: str
    times: str
    is_open: bool
    is_full: bool
    is_unchecked: bool
    check_url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that fits, with what speaks for it, what is good to know, and its button.

    `in_spite_of` says why it would have fallen off, and `rest` that it was refused before. There
    is no button on what is closed, full or refused.
    """

    place: Place
    pros: Sequence[str]
    notes: Sequence[str]
    in_spite_of: Sequence[str]
    refused: Words
    rest: Rest | None
    button: BoundWidget | None


@dataclass(frozen=True, slots=True)
class Fallen:
    """A place that falls off, with why."""

    place: Place
    cons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """The places that fall off for one rule: how many, the nearest, and how many are not shown."""

    rule: str
    name: Words
    count: int
    nearest: Sequence[Fallen]
    left: int
    may_set_aside: bool


@page(Permission.PLACE_RESIDENT)
def proposal(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the list as it was made, and take the choice."""
    most = None if "meer" in request.GET else SHOWN_AT_FIRST
    card, person = open_proposal(request, key, most=most)
    sent = request.POST if request.method == "POST" else None
    form = ChoiceForm(sent, offers=_to_choose(card))
    if sent is not None and form.is_valid():
        chosen = form.cleaned_data
        try:
            placement_key = place_from_proposal(
                request.viewer,
                proposal_key=card.key,
                place_id=chosen["place"],
                resident_said=chosen["resident_said"],
                reason=chosen["reason"],
                preference=chosen["preference"],
                half_days=half_days.from_codes(chosen["half_days"]),
                self_found=chosen["self_found"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De plek is gekozen. De organisatie bevestigt de start."))
            return redirect("coach:placement", key=placement_key)
    lacking = unchecked_now(request.viewer, place_ids=[one.place_id for one in card.offers])
    to_make = checks_to_make(request, lacking)
    unchecked = {one.place_id: to.url for one, to in zip(lacking, to_make, strict=True)}
    context = {
        "form": form,
        "person": person,
        "card": card,
        "order": WAY_SENTENCES[card.way],
        "said": _said(card),
        "unknown": _unknown(card),
        "aside": [(RULES[one.rule], one) for one in card.set_aside],
        "left_out": card.left_out,
        "offers": _offers(card, form, unchecked),
        "groups": [_group(group, card) for group in card.fallen],
        "chosen": card.chosen_title if card.chosen_place_id else None,
        "can_choose": card.is_open_to_choose and any(one.is_free for one in card.offers),
        "offers_left": card.offered_count - len(card.offers),
        "more": card.offered_count > len(card.offers) == SHOWN_AT_FIRST,
    }
    return render(request, "coach/proposal.html", context, status=422 if form.errors else 200)


def _to_choose(card: ProposalCard) -> list[OfferCard]:
    """Return the places that may be sent: open, and not refused on this list.

    One that filled, or was refused elsewhere, has no button; the action then says why not.
    """
    return [one for one in card.offers if one.place.is_open and one.refused is None]


def _unknown(card: ProposalCard) -> list[str]:
    """Return what is not known of the person yet, each sentence once for the whole list."""
    told = {
        reason.text: why(reason.text, reason.facts, card.districts)
        for offer in card.offers
        for reason in offer.reasons
        if reason.text in OF_THE_PERSON
    }
    return list(told.values())


def _said(card: ProposalCard) -> list[tuple[str, Words]]:
    """Return what the person said when the list was made, as labels with values."""
    travel, guidance, most = card.asked.travel, card.asked.guidance, card.asked.most_half_days
    return [
        (_("Komt bij een plek"), TRAVEL[travel] if travel else not_said()),
        (_("Hulp op een plek"), GUIDANCE_WANTED[guidance] if guidance else not_said()),
        (_("Dagdelen per week, hooguit"), str(most) if most else not_said()),
    ]


def _offers(card: ProposalCard, form: ChoiceForm, unchecked: Mapping[int, str]) -> list[Offer]:
    buttons = form.buttons() if card.is_open_to_choose else {}
    return [
        Offer(
            place=_place(offer.place_id, offer.place, unchecked),
            pros=_sentences(offer, card.districts, against=False),
            notes=_sentences(offer, card.districts, against=True),
            in_spite_of=_cons(offer.in_spite_of, card.districts),
            refused=REFUSAL_REASONS[offer.refused] if offer.refused else "",
            rest=offer.rest,
            button=buttons.get(offer.place_id) if offer.is_free else None,
        )
        for offer in card.offers
    ]


def _sentences(offer: OfferCard, names: Mapping[str, str], *, against: bool) -> list[str]:
    return [
        why(reason.text, reason.facts, names)
        for reason in offer.reasons
        if reason.text not in OF_THE_PERSON and speaks_against(reason.text, reason.facts) is against
    ]


def _group(group: FallenGroup, card: ProposalCard) -> Group:
    return Group(
        rule=group.rule.value,
        name=RULES[group.rule],
        count=group.count,
        nearest=[_fallen(one, card.districts) for one in group.nearest],
        left=group.count - len(group.nearest),
        may_set_aside=not group.is_firm
        and card.is_open_to_choose
        and all(one.rule is not group.rule for one in card.set_aside),
    )


def _fallen(card: FallenCard, names: Mapping[str, str]) -> Fallen:
    return Fallen(
        place=_place(card.place_id, card.place, {}),
        cons=_cons(card.reasons, names),
    )


def _cons(reasons: Sequence[ReasonAgainst], names: Mapping[str, str]) -> list[str]:
    return [why_not(reason.rule, reason.facts, names) for reason in reasons]


def _place(place_id: int, shown: Shown, unchecked: Mapping[int, str]) -> Place:
    return Place(
        place_id=place_id,
        title=shown.title,
        description=shown.description,
        kind=PLACE_KINDS[shown.kind],
        organisation=shown.organisation,
        district=shown.district,
        times=half_days_text(half_days.codes(shown.half_days)),
        is_open=shown.is_open,
        is_full=shown.is_full,
        is_unchecked=place_id in unchecked,
        check_url=unchecked.get(place_id, ""),
    )
