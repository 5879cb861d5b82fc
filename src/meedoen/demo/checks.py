"""Checks of jobs on displacing paid work: every year again where people begin."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from meedoen.demo.chance import dice, happens
from meedoen.demo.days import midnight
from meedoen.demo.events import Life, StepKind
from meedoen.demo.load import Written
from meedoen.records.organisations import clock
from meedoen.records.places.cards import listed
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.displacement_queries import checked_places
from meedoen.rules.places.displacement import Answers, Reply, SignedFor
from meedoen.rules.places.displacement_at_start import is_asked_at_start
from meedoen.rules.places.kinds import kinds_to_check

CHECKED_SHARE = 0.9
"""Where nobody began since the check is asked, so many jobs were checked."""
CHECKED_DAYS_AGO = (25, 300)
DAYS_BETWEEN = 350
"""A check counts for a year; it is done again a little before that."""
STARTS = frozenset({StepKind.CONFIRM, StepKind.CORRECT_START})
WELL = Answers(
    additional=Reply.YES,
    paid_before=Reply.NO,
    vacancy=Reply.NO,
    goes_on=Reply.YES,
    signed_for=SignedFor.EMPLOYER,
    signer_name="Wilg Verzonnen",
    signer_function="coördinator",
)


def write_checks(written: Written, lives: Sequence[Life]) -> None:
    """Check the jobs, also before people of these lives begin there; a few stay unchecked."""
    until, random = written.town.until, dice("checks", written.town.sketch.code)
    first = _first_starts(written, lives)
    rows = listed(written.system).filter(kind__in=kinds_to_check(until), closes_on__gt=until)
    for place_id, key in rows.order_by("pk").values_list("pk", "key"):
        if happens(random, CHECKED_SHARE) or place_id in first:
            for day in reversed(list(_days(random, until, first.get(place_id, until)))):
                with clock.at(midnight(day)):
                    check_displacement(written.system, place_key=key, answers=WELL)


def check_rest(written: Written, place_ids: Collection[int], moment: datetime) -> None:
    """Check those of these jobs that nobody checked yet, so that somebody can begin there."""
    unchecked = set(place_ids) - checked_places(written.system)
    with clock.at(moment):
        for place in listed(written.system).filter(pk__in=unchecked).order_by("pk"):
            check_displacement(written.system, place_key=place.key, answers=WELL)


def _first_starts(written: Written, lives: Sequence[Life]) -> dict[int, date]:
    """Return for each place the first day on which somebody begins who needs a check."""
    found: dict[int, date] = {}
    for life in lives:
        for course in life.courses:
            for step in course.steps:
                if step.kind in STARTS and is_asked_at_start(course.kind, step.on):
                    place_id = written.places[course.place]
                    found[place_id] = min(step.on, found.get(place_id, step.on))
    return found


def _days(random: Random, until: date, first: date) -> Iterator[date]:
    """Yield the days of the checks of one place, the last first, back to before a start."""
    day = until - timedelta(days=random.randint(*CHECKED_DAYS_AGO))
    yield day
    while day > first:
        day -= timedelta(days=DAYS_BETWEEN)
        yield day
