"""The first and last days of placements, and what is due about them, for many people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from meedoen.records.following.models import (
    AftercareContact,
    AftercareContactQuerySet,
    Evaluation,
    EvaluationQuerySet,
    NextStepChoice,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.departed import goings
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.rules.placement_states import COMES, TAKES_PART
from meedoen.rules.places.following import (
    AFTERCARE_OUTCOMES,
    Asked,
    Moment,
    Talked,
    gone_after,
    longest_after,
    next_evaluation,
    next_moment,
)
from meedoen.rules.vocabulary import AftercareFinding, Outcome, PlaceKind, PlacementState


@dataclass(frozen=True, slots=True)
class Ended:
    """A placement that ended, with the last day on which somebody took part."""

    placement: Placement
    outcome: Outcome
    last_day: date


@dataclass(frozen=True, slots=True)
class AftercareDue:
    """Somebody is to be asked how it goes after a placement."""

    ended: Ended
    moment: Moment


def evaluations_now(viewer: Viewer) -> EvaluationQuerySet:
    """Return the evaluations that hold: those that no newer one replaced."""
    return Evaluation.objects.visible_to(viewer).filter(replaced_by__isnull=True)


def contacts_now(viewer: Viewer) -> AftercareContactQuerySet:
    """Return the aftercare contacts that hold: those that no newer one replaced."""
    return AftercareContact.objects.visible_to(viewer).filter(replaced_by__isnull=True)


def first_days(viewer: Viewer, placement_ids: Sequence[int]) -> dict[int, date]:
    """Return the first day on which somebody took part, by placement; who never did is left out."""
    rows = _took_part(viewer).filter(placement_id__in=placement_ids).values("placement_id")
    return dict(rows.annotate(first=Min("starts_on")).values_list("placement_id", "first"))


def evaluation_days(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, date]:
    """Return when it is talked over next how it goes, by placement to which these people come.

    Three questions, however many people they are.
    """
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, state__in=COMES
    )
    kinds = dict(rows.values_list("pk", "place__kind"))
    started = first_days(viewer, list(kinds))
    last = _talked(viewer, pseudonym_ids)
    return {
        pk: next_evaluation(PlaceKind(kinds[pk]), started_on=day, last=last.get(pk))
        for pk, day in started.items()
    }


def choices_made(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, date]:
    """Return for which last day it was chosen last what comes next, by placement; one question."""
    rows = NextStepChoice.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    return dict(rows.order_by("pk").values_list("placement_id", "for_last_day"))


def aftercare_due(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> dict[int, AftercareDue]:
    """Return the next moment of aftercare of each of these people, by pseudonym.

    Of who ended at several places the last end counts: nobody is called twice. Who died, or moved
    away since, is left out. A few questions, however many people they are.
    """
    wanted = Q(placement__pseudonym_id__in=pseudonym_ids)
    last: dict[int, Ended] = {}
    for one in ended(viewer, wanted, since=on - timedelta(days=longest_after())):
        last[one.placement.pseudonym_id] = one
    asked = _asked(viewer, [one.placement.pk for one in last.values()])
    found: dict[int, AftercareDue] = {}
    for pseudonym_id, one in last.items():
        moment = next_moment(
            one.outcome, last_day=one.last_day, asked=asked.get(one.placement.pk, ())
        )
        if moment is not None:
            found[pseudonym_id] = AftercareDue(one, moment)
    return found


def ended(viewer: Viewer, wanted: Q, *, since: date) -> list[Ended]:
    """Return the placements that ended on or after a day and ask for aftercare, first end first.

    Not those of people who died, or who moved away after that end.
    """
    rows = _took_part(viewer).filter(
        wanted,
        placement__state=PlacementState.ENDED,
        placement__outcome__in=AFTERCARE_OUTCOMES,
    )
    lasted = rows.values("placement_id").annotate(over=Max("ends_on")).filter(over__gt=since)
    over = dict(lasted.values_list("placement_id", "over"))
    placements = Placement.objects.visible_to(viewer).filter(pk__in=list(over))
    found = [
        Ended(row, Outcome(row.outcome), over[row.pk] - timedelta(days=1))
        for row in placements.select_related("place__organisation")
    ]
    gone = goings(viewer, pseudonym_ids=[one.placement.pseudonym_id for one in found])
    return sorted(
        (
            one
            for one in found
            if not gone_after(gone.get(one.placement.pseudonym_id, ()), last_day=one.last_day)
        ),
        key=lambda one: (one.last_day, one.placement.pk),
    )


def asked_after(viewer: Viewer, placement_id: int) -> tuple[Asked, ...]:
    """Return when somebody was asked how it goes after this placement."""
    return tuple(_asked(viewer, [placement_id]).get(placement_id, ()))


def _took_part(viewer: Viewer) -> QuerySet[StatePeriod]:
    return StatePeriod.objects.visible_to(viewer).filter(state__in=TAKES_PART, withdrawn=False)


def _talked(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, Talked]:
    rows = evaluations_now(viewer).filter(pseudonym_id__in=pseudonym_ids)
    in_order = rows.order_by("held_on", "pk").values_list("placement_id", "held_on", "next_on")
    return {placement_id: Talked(held, following) for placement_id, held, following in in_order}


def _asked(viewer: Viewer, placement_ids: Sequence[int]) -> dict[int, list[Asked]]:
    rows: Any = contacts_now(viewer).filter(placement_id__in=placement_ids)
    found: dict[int, list[Asked]] = {}
    for placement_id, number, done_on, finding in rows.order_by("pk").values_list(
        "placement_id", "number", "done_on", "finding"
    ):
        found.setdefault(placement_id, []).append(Asked(number, done_on, AftercareFinding(finding)))
    return found
