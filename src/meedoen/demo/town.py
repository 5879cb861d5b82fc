"""The shape of a made-up town: districts, teams, coaches, organisations and places.

Everything is counted from nought; who writes the town down keeps the real numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from meedoen.demo import names
from meedoen.demo.chance import dice, pick
from meedoen.demo.surroundings import Building, Outside, building_in, coordinator, outside
from meedoen.demo.texts import HOSTS, ORGANISATION_NAMES, ORGANISATIONS, PLACES
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

FIRST_MONTH, YEARS_BEFORE = 12, 5
"""The history begins with this month of so many years before the year in which it ends.

So the four whole years before that one are there. A forecast asks for two whole years to learn
from, so that it can be tried on the last two.
"""
DAYS_IN_YEAR = 365.25
RESIDENTS_PER_COACH = 70
COACHES_PER_TEAM = 16
ORGANISATIONS_PER_RESIDENT = 0.08
MOST_ORGANISATIONS = 250
PLACES_PER_RESIDENT = 0.14
LAST_WSW_START = date(2014, 12, 31)
"""Nobody came into the old sheltered work after this day (Wsw, art. 1 as of 1-1-2015)."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What makes one town another: its code, names and numbers."""

    code: str
    name: str
    districts: tuple[str, ...]
    teams: tuple[str, ...]
    first_number: int
    host: str


MEERDAM = Sketch(
    code="GM9998",
    name="Meerdam",
    districts=(
        "Oude Dam", "Havenkwartier", "Molenveld", "Sluiswijk", "Rietlanden-Bedacht", "Eendenhoek",
        "Lisdodde", "De Verzonnen Polder", "Waterkant", "Zwanenveld", "Nieuw Meerdam",
        "Dijkzicht",
    ),
    teams=("Team Haven", "Team Polder", "Team Dijk"),
    first_number=names.MEERDAM_NUMBERS,
    host="meerdam.example.org",
)  # fmt: skip
OVERWATER = Sketch(
    code="GM9999",
    name="Overwater",
    districts=("Dorp aan het Water", "De Overkant"),
    teams=("Team Overwater",),
    first_number=names.OVERWATER_NUMBERS,
    host="overwater.example.org",
)
OVERWATER_RESIDENTS = 14


@dataclass(frozen=True, slots=True)
class Coach:
    """A coach, in a team; the teams take turns, as in `Town.coaches_of`."""

    name: str
    email: str
    team: int


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation; the number of the Chamber of Commerce begins with four noughts."""

    name: str
    kind: OrganisationKind
    kvk_number: str
    coordinator: str
    buildings: tuple[Building, ...]
    """One for each district, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place at an organisation."""

    organisation: int
    district: int
    kind: PlaceKind
    title: str
    description: str
    half_days: int
    half_days_needed: int
    language: LanguageLevel
    demands: frozenset[FunctionalDemand]
    interests: frozenset[str]
    capacity: int
    opens_on: date
    closes_on: date | None
    outside: Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town without its residents; `first_day` to `until` is the history that it keeps.

    Everything in it is known before `until` begins.
    """

    sketch: Sketch
    residents: int
    first_day: date
    until: date
    district_weights: tuple[float, ...]
    teams: tuple[str, ...]
    coaches: tuple[Coach, ...]
    organisations: tuple[Partner, ...]
    places: tuple[Spot, ...]

    @property
    def days(self) -> int:
        """Return how many days the history has."""
        return (self.until - self.first_day).days

    @property
    def years(self) -> float:
        """Return how many years that is."""
        return self.days / DAYS_IN_YEAR

    def district_codes(self) -> Mapping[str, str]:
        """Return the code and name of each district, in order."""
        digits = self.sketch.code.removeprefix("GM")
        return {f"WK{digits}{number:02}": name for number, name in enumerate(self.sketch.districts)}

    def coaches_of(self, district: int) -> range:
        """Return the coaches of the teams that work in a district."""
        every = len(self.sketch.teams)
        return range(district % every, len(self.coaches), every)


def plan_town(sketch: Sketch, *, seed: int, residents: int, until: date) -> Town:
    """Return a town in proportion to its number of residents; the same seed, the same town."""
    random = dice(seed, sketch.code, "town")
    first_day = date(until.year - YEARS_BEFORE, FIRST_MONTH, 1)
    organisations = _organisations(random, seed, sketch, residents)
    coaches = max(len(sketch.teams), round(residents / RESIDENTS_PER_COACH))
    teams = _teams(sketch, coaches)
    return Town(
        sketch=sketch,
        residents=residents,
        first_day=first_day,
        until=until,
        district_weights=tuple(random.uniform(0.5, 1.5) for _ in sketch.districts),
        teams=teams,
        coaches=_coaches(random, sketch, teams, coaches),
        organisations=organisations,
        places=_places(random, seed, sketch, residents, organisations, first_day),
    )


def _teams(sketch: Sketch, coaches: int) -> tuple[str, ...]:
    """Return the teams; in a large town there are more of them with a number behind the name."""
    rounds = max(1, round(coaches / COACHES_PER_TEAM / len(sketch.teams)))
    more = [f"{name} {number}" for number in range(2, rounds + 1) for name in sketch.teams]
    return (*sketch.teams, *more)


def _coaches(
    random: Random, sketch: Sketch, teams: tuple[str, ...], count: int
) -> tuple[Coach, ...]:
    return tuple(
        Coach(
            name=" ".join(names.full_name(random)),
            email=f"coach{number + 1 if number else ''}@{sketch.host}",
            team=number % len(teams),
        )
        for number in range(count)
    )


def _organisations(
    random: Random, seed: int, sketch: Sketch, residents: int
) -> tuple[Partner, ...]:
    """Return the partners; at least two of every kind, so that every kind of place has a host."""
    kinds = list(ORGANISATIONS)
    wanted = round(residents * ORGANISATIONS_PER_RESIDENT)
    count = max(2 * len(kinds), min(wanted, MOST_ORGANISATIONS))
    shares = {
        OrganisationKind.SUBSIDISED_INSTITUTION: 0.32,
        OrganisationKind.ASSOCIATION: 0.3,
        OrganisationKind.PRIVATE_INITIATIVE: 0.26,
        OrganisationKind.EMPLOYER: 0.08,
        OrganisationKind.MUNICIPAL_TEAM: 0.04,
    }
    left = {
        kind: [f"{sort} {name}" for name in ORGANISATION_NAMES for sort in ORGANISATIONS[kind]]
        for kind in kinds
    }
    for free in left.values():
        random.shuffle(free)
    found = []
    for number in range(count):
        kind = kinds[number] if number < len(kinds) else pick(random, shares)
        if not left[kind]:
            kind = OrganisationKind.ASSOCIATION
        found.append(_partner(seed, sketch, number, left[kind].pop(), kind))
    return tuple(found)


def _partner(seed: int, sketch: Sketch, number: int, name: str, kind: OrganisationKind) -> Partner:
    """Give a partner its people and buildings, by dice of its own."""
    random = dice(seed, sketch.code, "partner", number)
    return Partner(
        name=name,
        kind=kind,
        kvk_number=f"0000{number + 1:04}",
        coordinator=coordinator(random),
        buildings=tuple(building_in(random, one) for one in range(len(sketch.districts))),
    )


@dataclass(frozen=True, slots=True)
class _Supply:
    """How much there is of a kind of place.

    `share` of all places, with `least` to `most` seats each, and together at least this part of
    the residents (`seats`).
    """

    share: float
    least: int
    most: int
    seats: float = 0.0


_SUPPLY = {
    PlaceKind.PARTICIPATION_JOB: _Supply(0.17, 1, 4, 0.05),
    PlaceKind.VOLUNTEER_WORK: _Supply(0.27, 1, 6, 0.11),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: _Supply(0.3, 2, 7, 0.13),
    PlaceKind.DAY_ACTIVITY: _Supply(0.07, 3, 8, 0.045),
    PlaceKind.SHELTERED_WSW: _Supply(0.04, 6, 12, 0.056),
    PlaceKind.SHELTERED_NEW: _Supply(0.02, 2, 5, 0.012),
    PlaceKind.TRIAL: _Supply(0.02, 1, 3),
    PlaceKind.LANGUAGE_POINT: _Supply(0.05, 3, 8, 0.035),
    PlaceKind.TRAINING: _Supply(0.04, 3, 8, 0.025),
    PlaceKind.OTHER: _Supply(0.02, 2, 5),
}
_FIRST_OPENINGS = {
    PlaceKind.SHELTERED_WSW: date(1995, 1, 2),
    PlaceKind.SHELTERED_NEW: date(2015, 1, 1),
}
_SHELTERED = frozenset(_FIRST_OPENINGS)
_DAYTIME = [
    code
    for code in half_days.CODES
    if not code.endswith("evening") and not code.startswith(("sat", "sun"))
]


def _places(
    random: Random,
    seed: int,
    sketch: Sketch,
    residents: int,
    organisations: tuple[Partner, ...],
    first_day: date,
) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    for kind, supply in _SUPPLY.items():
        count = max(1, round(residents * PLACES_PER_RESIDENT * supply.share))
        seats = [random.randint(supply.least, supply.most) for _ in range(count)]
        while sum(seats) < residents * supply.seats:
            seats[random.randrange(count)] += 1
        hosts = [at for at, one in enumerate(organisations) if one.kind in HOSTS[kind]]
        for capacity in seats:
            # A neighbourhood activity for each district before a second one anywhere.
            district = len(spots) % len(sketch.districts)
            host = random.choice(hosts)
            # Dice of its own for what was added later: so the rest of the town stays as it was.
            own = dice(seed, sketch.code, "outside", len(spots))
            spots.append(_spot(random, own, kind, host, district, capacity, first_day))
    return tuple(spots)


def _spot(
    random: Random,
    own: Random,
    kind: PlaceKind,
    host: int,
    district: int,
    capacity: int,
    first_day: date,
) -> Spot:
    text = random.choice(PLACES[kind])
    days = random.sample(_DAYTIME, 8 if kind in _SHELTERED else random.randint(2, 6))
    evening = [random.choice(half_days.CODES)] if random.random() < 0.2 else []
    mask = half_days.from_codes([*days, *evening])
    asks_much = kind in {*_SHELTERED, PlaceKind.PARTICIPATION_JOB, PlaceKind.TRIAL}
    needed = min(len(days), 4) if asks_much else 1
    opens_on = _FIRST_OPENINGS.get(kind, add_months(first_day, -12 * random.randint(2, 5)))
    return Spot(
        organisation=host,
        district=district,
        kind=kind,
        title=text.title,
        description=text.description,
        half_days=mask,
        half_days_needed=needed,
        language=text.language,
        demands=frozenset(text.demands),
        interests=frozenset(text.interests),
        capacity=capacity,
        opens_on=opens_on,
        closes_on=LAST_WSW_START + timedelta(days=1) if kind == PlaceKind.SHELTERED_WSW else None,
        outside=outside(own, kind, mask, needed, opens_on),
    )
