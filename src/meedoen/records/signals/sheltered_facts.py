"""Where sheltered work and placements do not tell the same, for many people in two questions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.records.sheltered_stretches.stretches import standings_of
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.sheltered.standing import SHELTERED_KINDS, Standing, job_since, may_take_part
from meedoen.rules.signals.facts import Dated
from meedoen.rules.vocabulary import PlaceKind

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShelteredFacts:
    """Placements that are over while the job goes on, and those that go on without a job.

    Each with its last day, or the day since when.
    """

    jobs_left: tuple[Dated, ...] = ()
    without_job: tuple[Dated, ...] = ()


NO_SHELTERED = ShelteredFacts()


@dataclass(frozen=True, slots=True)
class _There:
    """Somebody took part at a place in sheltered work during a stretch."""

    kind: PlaceKind
    key: str
    starts_on: date
    ends_on: date


def sheltered_facts(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> dict[int, ShelteredFacts]:
    """Return what is to be known of the sheltered work of these people, by pseudonym.

    Who never took part in it is left out: a job may be done where no place is known.
    """
    rows = StatePeriod.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        placement__place__kind__in=SHELTERED_KINDS,
        state__in=TAKES_PART,
        withdrawn=False,
    )
    there: dict[int, list[_There]] = {}
    for person, kind, key, starts_on, ends_on in rows.order_by("starts_on", "pk").values_list(
        "placement__pseudonym_id",
        "placement__place__kind",
        "placement__key",
        "starts_on",
        "ends_on",
    ):
        one = _There(PlaceKind(kind), str(key), starts_on, ends_on)
        there.setdefault(person, []).append(one)
    known = standings_of(viewer, pseudonym_ids=there)
    return {
        person: ShelteredFacts(
            tuple(_jobs_left(stays, known.get(person, []), on)),
            tuple(_without_job(stays, known.get(person, []), on)),
        )
        for person, stays in there.items()
    }


def _jobs_left(there: Iterable[_There], known: Sequence[Standing], on: date) -> Iterator[Dated]:
    for kind in sorted(SHELTERED_KINDS):
        since = job_since(kind, on, known)
        of_kind = [one for one in there if one.kind is kind]
        # Whoever left on the first day of the job, did not do it there.
        over = [one for one in of_kind if since and one.ends_on > since + ONE_DAY]
        if over and not any(one.ends_on == STILL_OPEN for one in of_kind):
            last = max(over, key=lambda one: one.ends_on)
            yield Dated(last.key, last.ends_on - ONE_DAY)


def _without_job(there: Iterable[_There], known: Sequence[Standing], on: date) -> Iterator[Dated]:
    for one in there:
        if one.ends_on == STILL_OPEN and not may_take_part(one.kind, on, known):
            ended = [was.ends_on for was in known if was.kind is one.kind and was.ends_on <= on]
            yield Dated(one.key, max([one.starts_on, *ended]))
