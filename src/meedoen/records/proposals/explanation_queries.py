"""All that an explanation of one list needs: what went in, who decided, and what came of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import Proposal, Refusal, WishList
from meedoen.records.proposals.queries import ProposalCard, proposal
from meedoen.records.proposals.shown import shown_now
from meedoen.rules.matching.explained import Because
from meedoen.rules.vocabulary import Preference, RefusalReason, RefusalSide


@dataclass(frozen=True, slots=True)
class RefusedCard:
    """A place of the list that was refused."""

    title: str
    side: RefusalSide
    reason: RefusalReason
    resident_said: str
    on: date


@dataclass(frozen=True, slots=True)
class ExplanationCard:
    """A list with its background.

    `facts` are what matching knew, by the names of `PersonFacts`, as JSON keeps them; `titles`
    names the places in them, and `wished_by_resident` says that the person picked all the wished
    ones without a coach. `made_by` and `chosen_by` are empty when Meedoen itself did. `came`
    says how a division came out for them; None for a list of another way. `preference` is what
    they liked best about the chosen place, None without one.
    """

    shown: ProposalCard
    came: Because | None
    facts: Mapping[str, Any]
    titles: Mapping[int, str]
    wished_by_resident: bool
    made_by: str
    chosen_by: str
    chosen_at: datetime | None
    preference: Preference | None
    resident_said: str
    refused: Sequence[RefusedCard]


def explanation(viewer: Viewer, *, key: uuid.UUID) -> ExplanationCard | None:
    """Return how a list came about; None when it is not there or not for this viewer."""
    shown = proposal(viewer, key=key)
    row = (
        Proposal.objects.visible_to(viewer)
        .filter(key=key)
        .select_related("made_by__account", "chosen_by__account")
        .defer("fallen_off", "rest")
        .first()
    )
    if shown is None or row is None:
        return None
    return ExplanationCard(
        shown=shown,
        came=_came(row.way, row.offered),
        facts=row.facts,
        titles=_titles(viewer, row.facts),
        wished_by_resident=_wished_by_resident(viewer, row),
        made_by=row.made_by.account.name if row.made_by else "",
        chosen_by=row.chosen_by.account.name if row.chosen_by else "",
        chosen_at=row.chosen_at,
        preference=Preference(row.preference) if row.preference else None,
        resident_said=row.resident_said,
        refused=_refused(viewer, row),
    )


def _came(way: str, offered: Sequence[Mapping[str, Any]]) -> Because | None:
    if way != Way.DIVISION:
        return None
    [only] = offered
    return Because(only["why"]["code"])


def _wished_by_resident(viewer: Viewer, row: Proposal) -> bool:
    """Say whether the person picked every wish that went in; a coach may have written one down."""
    wished = set(row.facts.get("wished_places", ()))
    if not wished:
        return True
    said = WishList.objects.visible_to(viewer).filter(
        pseudonym_id=row.pseudonym_id, said_at__lte=row.made_at
    )
    picked: dict[int, bool] = {}
    for places, by_resident in said.order_by("pk").values_list("places", "by_resident"):
        # Who put a place among the wishes last, after it was not there.
        picked = {place: picked.get(place, by_resident) for place in places}
    return all(picked.get(place, False) for place in wished)


def _titles(viewer: Viewer, facts: Mapping[str, Any]) -> dict[int, str]:
    numbers = {*facts.get("wished_places", ()), *map(int, facts.get("paused_until", {}))}
    now = shown_now(viewer, place_ids=sorted(numbers))
    return {number: place.title for number, place in now.items()}


def _refused(viewer: Viewer, row: Proposal) -> list[RefusedCard]:
    rows = Refusal.objects.visible_to(viewer).filter(proposal_id=row.pk).select_related("place")
    return [
        RefusedCard(
            title=one.place.title,
            side=RefusalSide(one.side),
            reason=RefusalReason(one.reason),
            resident_said=one.resident_said,
            on=timezone.localdate(one.refused_at),
        )
        for one in rows.order_by("pk")
    ]
