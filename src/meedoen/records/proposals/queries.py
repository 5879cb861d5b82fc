"""A list of places as it was shown, and what came of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.proposals.choosable import Rest, is_held_back, resting_places
from meedoen.records.proposals.facts import NOTHING_ASKED, Asked, asked_with
from meedoen.records.proposals.kept import NOTHING, Way, unpacked
from meedoen.records.proposals.kept import Rest as RestOfList
from meedoen.records.proposals.models import Proposal, Refusal
from meedoen.records.proposals.shown import Shown, shown_as_kept, shown_now
from meedoen.rules.matching.rule_set import Criterion
from meedoen.rules.matching.suits import FIRM_RULES, HardRule
from meedoen.rules.vocabulary import RefusalReason


@dataclass(frozen=True, slots=True)
class ReasonFor:
    """What speaks for a place: the name of a sentence and what goes in it."""

    criterion: Criterion
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReasonAgainst:
    """Why a place falls off, with what goes in the sentence."""

    rule: HardRule
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfferCard:
    """A place that suits, in the order it was shown.

    `place` is as it was then, but for `is_open` and `is_full`, which are of now. `in_spite_of` are
    the reasons for which it would have fallen off. `refused` says why it does not come to be,
    `rest` that it rests after a refusal wherever that was, and `is_held_back` that it therefore
    cannot be chosen.
    """

    order: int
    place_id: int
    place: Shown
    reasons: tuple[ReasonFor, ...]
    in_spite_of: tuple[ReasonAgainst, ...]
    refused: RefusalReason | None
    rest: Rest | None
    is_held_back: bool

    @property
    def is_free(self) -> bool:
        """Return whether this place can still be chosen, as far as is known now."""
        there = self.place.is_open and not self.place.is_full
        return there and self.refused is None and not self.is_held_back


@dataclass(frozen=True, slots=True)
class FallenCard:
    """A place that fell off."""

    place_id: int
    place: Shown
    reasons: tuple[ReasonAgainst, ...]


@dataclass(frozen=True, slots=True)
class FallenGroup:
    """The places that fell off for one rule, alone or with others: how many, and the nearest.

    `is_firm` says that nobody may set the rule aside.
    """

    rule: HardRule
    count: int
    nearest: Sequence[FallenCard]
    is_firm: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rule that does not count in a list: why, who said so, and on which day."""

    rule: HardRule
    reason: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal; `offers` are shown up to a limit, `offered_count` says how many there were.

    `left_out` are the places where the person was, or was proposed, when the list was made.
    """

    key: uuid.UUID
    pseudonym_id: int
    resident_key: uuid.UUID
    made_at: datetime
    rule_set: str
    way: Way
    asked: Asked
    districts: Mapping[str, str]
    offers: Sequence[OfferCard]
    offered_count: int
    fallen: Sequence[FallenGroup]
    fallen_count: int
    set_aside: Sequence[SetAside]
    left_out: Sequence[Shown]
    chosen_place_id: int | None
    chosen_title: str
    is_chosen_refused: bool

    @property
    def is_open_to_choose(self) -> bool:
        """Return whether a place can be chosen from this list still."""
        return self.chosen_place_id is None


def proposal(viewer: Viewer, *, key: uuid.UUID, most: int | None = 20) -> ProposalCard | None:
    """Return a proposal as it was shown; None when it is not there or not for this viewer.

    `most` None gives every place that is kept in full. Of the places that fell off, those with the
    fewest reasons come first: they nearly fit.
    """
    row = Proposal.objects.visible_to(viewer).filter(key=key).select_related("pseudonym").first()
    if row is None:
        return None
    rest = unpacked(bytes(row.rest)) if row.rest else NOTHING
    offered = row.offered[:most]
    # A list of before has them all in full.
    fallen = sorted(row.fallen_off, key=lambda one: (len(one["reasons"]), one["place"]))
    numbers = [one["place"] for one in (*offered, *fallen, *row.left_out)]
    now = shown_now(viewer, place_ids=[*numbers, *filter(None, [row.chosen_place_id])])
    refused, rests = _refused(viewer, row)
    groups = _groups(fallen, rest, now, is_whole=row.format == 1)
    return ProposalCard(
        key=row.key,
        pseudonym_id=row.pseudonym_id,
        resident_key=row.pseudonym.key,
        made_at=row.made_at,
        rule_set=row.rule_set,
        way=Way(row.way),
        asked=asked_with(row),
        districts=row.districts,
        offers=[_offer(one, now, row, refused, rests) for one in offered],
        offered_count=len(row.offered) + len(rest.fitting),
        fallen=groups,
        fallen_count=len(fallen) if row.format == 1 else len(rest.fallen),
        set_aside=_set_aside(row),
        left_out=[_place(one, now) for one in row.left_out],
        chosen_place_id=row.chosen_place_id,
        chosen_title=_chosen_title(row, now),
        is_chosen_refused=row.chosen_place_id in refused,
    )


def resident_of_proposal(viewer: Viewer, *, key: uuid.UUID) -> int | None:
    """Return whose list it is, by pseudonym; None when it is not for this viewer."""
    rows = Proposal.objects.visible_to(viewer).filter(key=key)
    return rows.values_list("pseudonym_id", flat=True).first()


def _refused(viewer: Viewer, row: Proposal) -> tuple[dict[int, RefusalReason], Mapping[int, Rest]]:
    """Return what was refused on this list and why, and which places rest for the person."""
    rows = Refusal.objects.visible_to(viewer).filter(pseudonym_id=row.pseudonym_id).order_by("pk")
    found = list(
        rows.values_list("proposal_id", "place_id", "reason", "refused_at", "paused_until")
    )
    here = {place: RefusalReason(why) for on, place, why, *_rest in found if on == row.pk}
    return here, resting_places((place, at, until) for _on, place, _why, at, until in found)


def _chosen_title(row: Proposal, now: Mapping[int, Shown]) -> str:
    if row.chosen_place_id is None:
        return ""
    kept = {one["place"]: one.get("shown") for one in row.offered}.get(row.chosen_place_id)
    return str(kept["title"]) if kept else now[row.chosen_place_id].title


def _place(kept: Mapping[str, Any], now: Mapping[int, Shown]) -> Shown:
    """Return a place as it was; a list of before kept no words, and shows those of now."""
    there = now[kept["place"]]
    if "shown" not in kept:
        return there
    return shown_as_kept(kept["shown"], is_open=there.is_open, is_full=there.is_full)


def _offer(
    kept: Mapping[str, Any],
    now: Mapping[int, Shown],
    row: Proposal,
    refused: Mapping[int, RefusalReason],
    rests: Mapping[int, Rest],
) -> OfferCard:
    rest = rests.get(kept["place"])
    return OfferCard(
        order=kept["order"],
        place_id=kept["place"],
        place=_place(kept, now),
        reasons=tuple(
            ReasonFor(
                criterion=Criterion(line["criterion"]), text=line["text"], facts=line["facts"]
            )
            for line in kept["contributions"]
        ),
        in_spite_of=_against(kept.get("in_spite_of", ())),
        refused=refused.get(kept["place"]),
        rest=rest,
        is_held_back=is_held_back(row, rest),
    )


def _against(kept: Sequence[Mapping[str, Any]]) -> tuple[ReasonAgainst, ...]:
    return tuple(
        ReasonAgainst(rule=HardRule(reason["rule"]), facts=reason["facts"]) for reason in kept
    )


def _groups(
    fallen: Sequence[Mapping[str, Any]],
    rest: RestOfList,
    now: Mapping[int, Shown],
    *,
    is_whole: bool,
) -> list[FallenGroup]:
    cards = [
        FallenCard(place_id=one["place"], place=_place(one, now), reasons=_against(one["reasons"]))
        for one in fallen
    ]
    groups = []
    for rule in HardRule:
        of_rule = [card for card in cards if any(why.rule is rule for why in card.reasons)]
        count = len(of_rule) if is_whole else rest.count(rule)
        if count:
            groups.append(
                FallenGroup(rule, count, of_rule[:NEAREST_SHOWN], is_firm=rule in FIRM_RULES)
            )
    return sorted(groups, key=lambda group: -group.count)


NEAREST_SHOWN = 4


def _set_aside(row: Proposal) -> list[SetAside]:
    who = (
        {
            one.pk: one.account.name
            for one in Membership.objects.filter(
                municipality_id=row.municipality_id, pk__in=[one["by"] for one in row.set_aside]
            ).select_related("account")
        }
        if row.set_aside
        else {}
    )
    return [
        SetAside(
            rule=HardRule(one["rule"]),
            reason=one["reason"],
            who=who.get(one["by"], ""),
            on=_day(one["at"]),
        )
        for one in row.set_aside
    ]


def _day(moment: str) -> date:
    parsed = parse_datetime(moment)
    if parsed is None:
        raise ValueError(f"{moment!r} is not a moment.")
    return timezone.localdate(parsed)


def asked_before(viewer: Viewer, *, pseudonym_id: int) -> Asked:
    """Return what somebody said of travelling, help and time when places were looked for last."""
    rows = Proposal.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    row = rows.exclude(NOTHING_ASKED).order_by("-pk").first()
    return Asked() if row is None else asked_with(row)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that was made for someone, in few words."""

    key: uuid.UUID
    made_at: datetime
    made_by: str
    chosen: str


def lists_of(viewer: Viewer, *, pseudonym_id: int, most: int = 5) -> Sequence[ListLine]:
    """Return the newest lists that were made for someone."""
    rows = Proposal.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id).order_by("-pk")
    return [
        ListLine(key=key, made_at=made_at, made_by=who or "", chosen=chosen or "")
        for key, made_at, who, chosen in rows.values_list(
            "key", "made_at", "made_by__account__name", "chosen_place__title"
        )[:most]
    ]
