"""Who is where on the last day of a made-up town, as the records say it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from meedoen.demo.events import Life
from meedoen.demo.load import Written
from meedoen.records.following.days import first_days
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.places.cards import listed
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import NOT_OVER
from meedoen.rules.vocabulary import PlaceKind, PlacementState

PART_OF_THE_FREE = 3
"""At most one in so many of those without a place gets one of a kind: the others go on waiting."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with their life; `team` counts from nought, as in the town."""

    life: Life
    pseudonym_id: int
    coach: Viewer
    team: int

    def is_of_age(self, years: int, on: date) -> bool:
        """Tell whether this person had so many birthdays on a day."""
        return add_months(self.life.person.birth_date, 12 * years) <= on


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a placement that is not over; `started_on` None: it did not begin."""

    who: Someone
    placement_id: int
    key: UUID
    place_id: int
    place_key: UUID
    organisation_id: int
    kind: PlaceKind
    half_days: int
    state: PlacementState
    started_on: date | None
    planned_end_on: date | None


@dataclass(frozen=True, slots=True)
class Room:
    """A place of the directory that is open, with how many seats are free."""

    place_id: int
    organisation_id: int
    kind: PlaceKind
    free: int


def still_there(
    written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]
) -> list[Someone]:
    """Return who has a benefit or old sheltered work: first the first coach's, then the team's."""
    return [one for one in everybody(written, lives, pseudonyms) if one.life.leaving is None]


def everybody(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> list[Someone]:
    """Return everyone who ever was there: first the first coach's, then the team's."""
    town = written.town
    first = town.coaches[0].team
    found = [
        (life.person.coach != 0, town.coaches[life.person.coach].team != first, number)
        for number, life in enumerate(lives)
    ]
    return [
        Someone(
            lives[number],
            pseudonyms[number],
            written.coaches[lives[number].person.coach],
            town.coaches[lives[number].person.coach].team,
        )
        for _other_coach, _other_team, number in sorted(found)
    ]


def guests_now(written: Written, people: Sequence[Someone]) -> list[Guest]:
    """Return the placements of these people that are not over, in the order of the people."""
    system = written.system
    rows = list(
        Placement.objects.visible_to(system)
        .filter(state__in=NOT_OVER)
        .select_related("place")
        .order_by("pk")
    )
    started: dict[int, date] = {}
    for group in in_groups([row.pk for row in rows]):
        started |= first_days(system, group)
    at = {one.pseudonym_id: (number, one) for number, one in enumerate(people)}
    here = [row for row in rows if row.pseudonym_id in at]
    return [
        Guest(
            at[row.pseudonym_id][1],
            row.pk,
            row.key,
            row.place_id,
            row.place.key,
            row.place.organisation_id,
            PlaceKind(row.place.kind),
            row.place.half_days,
            PlacementState(row.state),
            started.get(row.pk),
            row.planned_end_on,
        )
        for row in sorted(here, key=lambda row: (at[row.pseudonym_id][0], row.pk))
    ]


def without_place(people: Sequence[Someone], busy: Sequence[Guest]) -> list[Someone]:
    """Return the people of the first team who have a benefit and no place at all."""
    somewhere = {one.who.pseudonym_id for one in busy}
    return [
        one
        for one in people
        if one.team == people[0].team
        and one.pseudonym_id not in somewhere
        and one.life.person.benefit_ends_on is None
    ]


def rooms(written: Written, *, kinds: Collection[PlaceKind] = tuple(PlaceKind)) -> list[Room]:
    """Return the places of these kinds that are open on the last day, in a fixed order."""
    until = written.town.until
    rows = listed(written.system).filter(
        kind__in=list(kinds), opens_on__lte=until, closes_on__gt=until
    )
    return [
        Room(pk, organisation_id, PlaceKind(kind), capacity - taken)
        for pk, organisation_id, kind, capacity, taken in rows.order_by("pk").values_list(
            "pk", "organisation_id", "kind", "capacity", "taken"
        )
    ]


def seats(
    written: Written, *, kinds: Collection[PlaceKind], first_at: int | None = None
) -> Iterator[int]:
    """Yield the place of each free seat: one at every place before a second one anywhere.

    As the places are now; those of the organisation `first_at` come before the others.
    """
    found = sorted(rooms(written, kinds=kinds), key=lambda room: room.organisation_id != first_at)
    for number in range(max((room.free for room in found), default=0)):
        yield from (room.place_id for room in found if room.free > number)
