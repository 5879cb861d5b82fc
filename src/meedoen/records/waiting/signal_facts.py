"""What the rules for signals need to know of waiting lists, for many people in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.signals.facts import Dated
from meedoen.rules.vocabulary import MoveReason, PlacementState


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """Placements that wait again since a hold lapsed, and that wait for a place that is no more.

    Each with the day since when.
    """

    lapsed_holds: tuple[Dated, ...] = ()
    waits_in_vain: tuple[Dated, ...] = ()


NO_WAITING = WaitingFacts()


def waiting_facts(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> dict[int, WaitingFacts]:
    """Return what is to be known of the waiting of these people; who does not wait is left out."""
    lapsed = StatePeriod.objects.visible_to(viewer).filter(
        placement_id=OuterRef("placement_id"),
        ends_on=OuterRef("starts_on"),
        reason=MoveReason.HOLD_LAPSED,
        withdrawn=False,
    )
    rows = StatePeriod.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        state=PlacementState.WAITING,
        ends_on=STILL_OPEN,
        withdrawn=False,
    )
    holds: dict[int, list[Dated]] = {}
    vain: dict[int, list[Dated]] = {}
    for person, key, since, has_lapsed, closes_on in (
        rows.annotate(has_lapsed=Exists(lapsed), closes_on=F("placement__place__closes_on"))
        .order_by("pk")
        .values_list(
            "placement__pseudonym_id", "placement__key", "starts_on", "has_lapsed", "closes_on"
        )
    ):
        if has_lapsed:
            holds.setdefault(person, []).append(Dated(str(key), since))
        if closes_on <= on:
            vain.setdefault(person, []).append(Dated(str(key), max(since, closes_on)))
    return {
        person: WaitingFacts(tuple(holds.get(person, ())), tuple(vain.get(person, ())))
        for person in holds.keys() | vain.keys()
    }
