"""A list of places as it was shown."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.queries import places_by_id
from meedoen.records.proposals.models import Proposal
from meedoen.rules.matching.rule_set import Criterion
from meedoen.rules.matching.suits import HardRule


@dataclass(frozen=True, slots=True)
class ReasonFor:
    """What speaks for a place: the name of a sentence and what goes in it."""

    criterion: Criterion
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfferCard:
    """A place that suits, in the order it was shown."""

    order: int
    place: PlaceCard
    reasons: tuple[ReasonFor, ...]


@dataclass(frozen=True, slots=True)
class ReasonAgainst:
    """Why a place falls off, with what goes in the sentence."""

    rule: HardRule
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FallenCard:
    """A place that fell off."""

    place: PlaceCard
    reasons: tuple[ReasonAgainst, ...]


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal; `fallen` are shown up to a limit, `fallen_count` says how many there were."""

    key: uuid.UUID
    pseudonym_id: int
    resident_key: uuid.UUID
    made_at: datetime
    rule_set: str
    offers: Sequence[OfferCard]
    offered_count: int
    fallen: Sequence[FallenCard]
    fallen_count: int
    chosen_place_id: int | None


def proposal(viewer: Viewer, *, key: uuid.UUID, most: int = 20) -> ProposalCard | None:
    """Return a proposal as it was shown; None when it is not there or not for this viewer.

    Of the places that fell off, those with the fewest reasons come first: they nearly fit.
    """
    row = Proposal.objects.visible_to(viewer).filter(key=key).select_related("pseudonym").first()
    if row is None:
        return None
    offered = row.offered[:most]
    fallen = sorted(row.fallen_off, key=lambda one: (len(one["reasons"]), one["place"]))[:most]
    places = places_by_id(viewer, place_ids=[one["place"] for one in [*offered, *fallen]])
    return ProposalCard(
        key=row.key,
        pseudonym_id=row.pseudonym_id,
        resident_key=row.pseudonym.key,
        made_at=row.made_at,
        rule_set=row.rule_set,
        offers=[_offer(one, places) for one in offered],
        offered_count=len(row.offered),
        fallen=[_fallen(one, places) for one in fallen],
        fallen_count=len(row.fallen_off),
        chosen_place_id=row.chosen_place_id,
    )


def _offer(kept: Mapping[str, Any], places: Mapping[int, PlaceCard]) -> OfferCard:
    return OfferCard(
        order=kept["order"],
        place=places[kept["place"]],
        reasons=tuple(
            ReasonFor(
                criterion=Criterion(line["criterion"]), text=line["text"], facts=line["facts"]
            )
            for line in kept["contributions"]
        ),
    )


def _fallen(kept: Mapping[str, Any], places: Mapping[int, PlaceCard]) -> FallenCard:
    return FallenCard(
        place=places[kept["place"]],
        reasons=tuple(
            ReasonAgainst(rule=HardRule(reason["rule"]), facts=reason["facts"])
            for reason in kept["reasons"]
        ),
    )
