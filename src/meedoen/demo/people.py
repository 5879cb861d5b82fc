"""Who lives in the town: age, how long on a benefit, how easily reached, wishes and limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from random import Random

from meedoen.demo import names
from meedoen.demo.chance import happens, pick
from meedoen.demo.courses import Farewell
from meedoen.demo.days import at_the_desk, later, working_day
from meedoen.demo.events import Person, Wishes
from meedoen.demo.town import LAST_WSW_START, Town
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.matching.interests import shipped_interests
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Outcome, PlaceKind


class Track(StrEnum):
    """Which way someone's life takes."""

    USUAL = "usual"
    WSW = "wsw"
    SHELTERED = "sheltered"


class Rhythm(StrEnum):
    """How often a coach and a resident speak each other."""

    CLOSE = "close"
    REGULAR = "regular"
    RARE = "rare"
    NEVER = "never"


TRACKS = {Track.WSW: 0.055, Track.SHELTERED: 0.0085}
"""The share of the residents in sheltered work, the old kind and the new."""
RHYTHMS = {Rhythm.CLOSE: 0.2, Rhythm.REGULAR: 0.55, Rhythm.RARE: 0.16, Rhythm.NEVER: 0.09}
DAYS_BETWEEN: Mapping[Rhythm, tuple[int, int]] = {
    Rhythm.CLOSE: (45, 75),
    Rhythm.REGULAR: (95, 175),
    Rhythm.RARE: (270, 560),
}
NEWCOMERS_A_YEAR = 0.047
LEAVERS_A_YEAR = 0.023
LEAVING = {Outcome.MOVED_ON_TO_PAID_WORK: 0.6, Outcome.MOVED_AWAY: 0.3, Outcome.DIED: 0.1}
LANGUAGES = {
    LanguageLevel.BELOW_A1: 0.05,
    LanguageLevel.A1: 0.1,
    LanguageLevel.A2: 0.2,
    LanguageLevel.B1: 0.35,
    LanguageLevel.B2: 0.2,
    LanguageLevel.C1: 0.1,
}
WISHED_KINDS = {
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: 0.4,
    PlaceKind.VOLUNTEER_WORK: 0.3,
    PlaceKind.PARTICIPATION_JOB: 0.15,
    PlaceKind.TRAINING: 0.1,
    PlaceKind.DAY_ACTIVITY: 0.05,
}
YEARS_ON_BENEFIT = 7
"""The mean of those who were there already when the history begins."""


@dataclass(frozen=True, slots=True)
class Nature:
    """A person with what drives the life; `appetite` is how readily a place is taken (1 usual).

    `sheltered` is the first and the last day of sheltered work.
    """

    person: Person
    track: Track
    rhythm: Rhythm
    appetite: float
    wishes: Wishes
    farewell: Farewell | None
    sheltered: tuple[date, date] | None

    @property
    def known_from(self) -> date:
        """The first day on which somebody can do something with this person."""
        return self.person.recorded_at.date() + timedelta(days=1)


def tracks(random: Random, count: int) -> list[Track]:
    """Return the track of each of this many people, in the right numbers."""
    found = [track for track, share in TRACKS.items() for _ in range(max(1, round(share * count)))]
    found = found[:count]
    found += [Track.USUAL] * (count - len(found))
    random.shuffle(found)
    return found


def describe(random: Random, town: Town, track: Track, numbers: Iterator[str]) -> Nature:
    """Return who someone is."""
    sheltered = _sheltered(random, town, track)
    starts_on = _benefit_start(random, town, sheltered[0] if sheltered else None)
    # A job under the old law is a wage: the benefit ended some time before.
    ends_on = sheltered[0] - timedelta(days=60) if sheltered and track == Track.WSW else None
    given_name, family_name = names.full_name(random)
    district = random.choices(range(len(town.district_weights)), town.district_weights)[0]
    person = Person(
        given_name=given_name,
        family_name=family_name,
        birth_date=_birth_date(random, town, starts_on),
        bsn=next(numbers),
        phone=f"06-0000{random.randrange(10_000):04}" if happens(random, 0.85) else "",
        district=district,
        coach=random.choice(town.coaches_of(district)),
        benefit_starts_on=starts_on,
        benefit_ends_on=ends_on,
        recorded_at=at_the_desk(random, (ends_on or starts_on) + timedelta(days=3)),
    )
    return Nature(
        person=person,
        track=track,
        rhythm=pick(random, RHYTHMS) if track == Track.USUAL else Rhythm.RARE,
        appetite=random.choice((0.0, 0.6, 1.0, 1.0, 2.4)),
        wishes=_wishes(random),
        farewell=_farewell(random, town, starts_on) if track == Track.USUAL else None,
        sheltered=sheltered,
    )


def _sheltered(random: Random, town: Town, track: Track) -> tuple[date, date] | None:
    """Return the first and the last day of sheltered work; the old kind lasts into the history."""
    match track:
        case Track.WSW:
            first = working_day(LAST_WSW_START - timedelta(days=random.randint(30, 15 * 365)))
            return first, later(random, town.first_day, 0, 25 * 365)
        case Track.SHELTERED:
            days = (town.until - LAST_WSW_START).days - 2 * 365
            first = later(random, town.until, -days, -60)
            return first, later(random, first, 2 * 365, 16 * 365)
        case Track.USUAL:
            return None


def _benefit_start(random: Random, town: Town, before: date | None) -> date:
    """Return the first day of the benefit: for most many years ago, well before sheltered work."""
    if before is not None:
        return before - timedelta(days=random.randint(200, 2_000))
    if happens(random, NEWCOMERS_A_YEAR * town.years):
        return working_day(
            town.first_day + timedelta(days=random.randrange(town.days)) - timedelta(days=21)
        )
    years = min(30.0, random.expovariate(1 / YEARS_ON_BENEFIT))
    return town.first_day - timedelta(days=60 + round(years * 365))


def _birth_date(random: Random, town: Town, benefit_starts_on: date) -> date:
    """Return a birthday: at least eighteen at the benefit's start, under sixty-six in the end."""
    earliest = add_months(town.until, -12 * 66)
    latest = add_months(benefit_starts_on, -12 * 18)
    days = (latest - earliest).days
    return earliest + timedelta(days=round(random.triangular(0, days, days / 2)))


def _farewell(random: Random, town: Town, starts_on: date) -> Farewell | None:
    """Return the day on which someone leaves, for the few who do; not in the first half year."""
    if not happens(random, LEAVERS_A_YEAR * town.years):
        return None
    earliest = max(town.first_day, starts_on + timedelta(days=180))
    if earliest >= town.until:
        return None
    on = earliest + timedelta(days=random.randrange((town.until - earliest).days))
    return Farewell(on, pick(random, LEAVING))


def _wishes(random: Random) -> Wishes:
    codes = [code for code in half_days.CODES if not code.startswith(("sat", "sun"))]
    limits = list(FunctionalDemand)
    return Wishes(
        kinds=frozenset({pick(random, WISHED_KINDS)}) if happens(random, 0.8) else frozenset(),
        interests=frozenset(random.sample(_interests(), random.randint(2, 4))),
        half_days=half_days.from_codes(random.sample(codes, random.randint(2, 8))),
        whole_town=happens(random, 0.6),
        language=pick(random, LANGUAGES),
        limits=frozenset(random.sample(limits, random.choice((0, 0, 0, 1, 1, 2)))),
    )


@cache
def _interests() -> list[str]:
    return [interest.code for interest in shipped_interests()]
