"""When placements that go on are expected to end, and what makes them end."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.queries import clocks_of
from meedoen.records.placements.ending import closing_day, expected_last_day
from meedoen.records.placements.models import Placement
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind


class EndsBy(StrEnum):
    """What makes a placement end on the day on which it is expected to."""

    AGREEMENT = "agreement"
    PLACE_CLOSES = "place_closes"
    LAW = "law"
    """The end of the term of a participation job: Participatiewet, article 10a."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day that is expected, and why; both None when nothing ends the placement."""

    last_day: date | None
    by: EndsBy | None


@dataclass(frozen=True, slots=True)
class Running:
    """A placement in which somebody takes part, and when it is expected to end."""

    pseudonym_id: int
    key: uuid.UUID
    title: str
    ending: Ending


def running(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, Running]:
    """Return the placements in which these people take part, by id, the oldest first.

    One question, and those of the clock of the law when there is a participation job.
    """
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, state__in=TAKES_PART
    )
    found = list(
        rows.annotate(closing=closing_day("place"))
        .order_by("pk")
        .values_list(
            "pk",
            "pseudonym_id",
            "key",
            "place__title",
            "place__kind",
            "planned_end_on",
            "closing",
        )
    )
    at_jobs = [row[1] for row in found if row[4] == PlaceKind.PARTICIPATION_JOB]
    by_law = _ends_by_law(viewer, at_jobs) if at_jobs else {}
    return {
        pk: Running(pseudonym_id, key, title, _ending(planned, closing, by_law.get(key)))
        for pk, pseudonym_id, key, title, _kind, planned, closing in found
    }


def ending_of(viewer: Viewer, placement: Placement) -> Ending:
    """Return when this placement is expected to end; nothing for one that does not run."""
    found = running(viewer, pseudonym_ids=[placement.pseudonym_id]).get(placement.pk)
    return found.ending if found else Ending(None, None)


def _ends_by_law(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[uuid.UUID, date]:
    clocks = clocks_of(viewer, pseudonym_ids=sorted(set(pseudonym_ids)))
    return {one.placement_key: one.ends.last_day for one in clocks.values() if one.ends is not None}


def _ending(planned: date | None, closing: date | None, by_law: date | None) -> Ending:
    expected = expected_last_day(planned, closing)
    if by_law is not None and (expected is None or by_law < expected):
        return Ending(by_law, EndsBy.LAW)
    if expected is None:
        return Ending(None, None)
    return Ending(expected, EndsBy.AGREEMENT if expected == planned else EndsBy.PLACE_CLOSES)
