"""People in both districts of the town, who take part."""

from datetime import date

from meedoen.records.people.actions import NewResident, register_all
from tests.records.figures.scenes import STARTED, numbers, take_part
from tests.town import LONG_AGO, Town


def spread(town: Town, north: int, south: int) -> tuple[list[int], list[int]]:
    """Register people of Anna in the north and of Carla in the south; return their pseudonyms."""
    made_up = numbers()
    found = []
    for count, district, coach in ((north, town.north, town.anna), (south, town.south, town.carla)):
        residents = [
            NewResident(
                given_name=f"Nep{place}",
                family_name="Spreiding",
                birth_date=date(1980, 1, 1),
                bsn=next(made_up),
                district_id=district,
                coach_id=coach.membership_id or 0,
                benefit_starts_on=LONG_AGO,
            )
            for place in range(count)
        ]
        found.append(register_all(town.system, residents=residents))
    return found[0], found[1]


def jobs_in(town: Town, north: int, south: int, *, on: date = STARTED) -> list[int]:
    """Let so many people of each district begin on a participation job; return the placements."""
    return take_part(town, [one for part in spread(town, north, south) for one in part], on=on)
