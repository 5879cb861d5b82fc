"""People who take part, and goals to show it with; on top of the test town."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

from meedoen.records.budget.actions import import_page
from meedoen.records.budget.queries import goals
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.rules.budget.page import Page
from meedoen.rules.budget.reader import read_page
from meedoen.rules.vocabulary import PlaceKind
from tests.standing_town import kept
from tests.town import LONG_AGO, MORNINGS, NO_PAID_WORK, Town

STARTED = date(2024, 3, 1)
YEAR_END, NEXT_YEAR_END = date(2024, 12, 31), date(2025, 12, 31)


def stranger(town: Town) -> Viewer:
    """Return a controller of Elders, who has nothing to do with Testveld."""
    return replace(town.connie, municipality_id=town.vera.municipality_id)


def numbers() -> Iterator[str]:
    """Make up citizen service numbers that pass the eleven test."""
    for number in range(100_000_000, 100_100_000):
        digits = [int(digit) for digit in str(number)]
        total = sum((9 - place) * digit for place, digit in enumerate(digits[:8]))
        if (total - digits[8]) % 11 == 0:
            yield str(number)


@kept
def crowd(town: Town, count: int) -> list[int]:
    """Register this many people in the caseload of Anna and return their pseudonyms' ids."""
    made_up = numbers()
    return register_all(
        town.system,
        residents=[
            NewResident(
                given_name=f"Nep{place}",
                family_name="Menigte",
                birth_date=date(1980, 1, 1),
                bsn=next(made_up),
                district_id=town.north,
                coach_id=town.anna.membership_id or 0,
                benefit_starts_on=LONG_AGO,
            )
            for place in range(count)
        ],
    )


def wide_place(
    town: Town, kind: PlaceKind = PlaceKind.PARTICIPATION_JOB, at: str = "De Moestuin"
) -> int:
    """Enter a place at an organisation with room for everyone and return its id."""
    [place_id] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=Organisation.objects.get(name=at).pk,
                district_id=town.north,
                kind=kind,
                title="Grote tuin",
                capacity=500,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    if kind is PlaceKind.PARTICIPATION_JOB:
        key = Place.objects.get(pk=place_id).key
        check_displacement(town.system, place_key=key, answers=NO_PAID_WORK)
    return place_id


@kept
def take_part(
    town: Town,
    people: list[int],
    *,
    on: date = STARTED,
    kind: PlaceKind = PlaceKind.PARTICIPATION_JOB,
    self_found: int = 0,
    at: str = "De Moestuin",
) -> list[int]:
    """Let people start at a place; the first `self_found` of them found it themselves."""
    place_id = wide_place(town, kind, at)
    placed = place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=person,
                place_id=place_id,
                proposed_on=on - timedelta(days=7),
                self_found=order < self_found,
            )
            for order, person in enumerate(people)
        ],
    )
    confirm_all(town.system, changes=[Change(placement_id=one, on=on) for one in placed])
    return placed


def key_of(town: Town, placement_id: int):
    """Return the key in the address of a placement."""
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


def demo_text(name: str) -> str:
    """Return a page of our own in the form of a published one, such as `goal_2_2_2`."""
    folder = files("meedoen").joinpath("catalogue", "demo")
    return folder.joinpath(f"budget_{name}.txt").read_text(encoding="utf-8")


def demo_page(name: str) -> Page:
    """Read a page of our own."""
    return read_page(demo_text(name))


@kept
def take_in(town: Town, *names: str) -> dict[str, int]:
    """Import pages of our own and return the ids of all goals there are, by code."""
    for name in names:
        import_page(town.system, page=demo_page(name), source=f"{name}.txt")
    return {line.code: line.goal_id for line in goals(town.system)}
