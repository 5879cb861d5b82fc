"""Building the demo towns: planned, written down and provided with accounts, all or nothing."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import transaction

from meedoen.demo.accounts import (
    ADMINISTRATOR,
    DEMO_PASSWORD,
    RESIDENT,
    TEAM_LEAD,
    busiest_partner,
    open_accounts,
    shown_resident,
)
from meedoen.demo.checks import write_checks
from meedoen.demo.clocks import write_jobs
from meedoen.demo.desk import write_desks
from meedoen.demo.divisions import write_divisions
from meedoen.demo.events import Life
from meedoen.demo.example_file import write_example_file
from meedoen.demo.followed import write_followed
from meedoen.demo.learning import write_learning
from meedoen.demo.lists import write_lists, write_matching_contact
from meedoen.demo.lives import plan_lives
from meedoen.demo.load import (
    Written,
    let_database_count,
    write_courses,
    write_leavings,
    write_people,
    write_talks,
    write_town,
)
from meedoen.demo.network import Cast, cast_of, write_network
from meedoen.demo.referrals import write_referrals
from meedoen.demo.sheltered_work import write_decisions, write_sheltered, write_sheltered_jobs
from meedoen.demo.town import MEERDAM, OVERWATER, OVERWATER_RESIDENTS, Sketch, plan_town
from meedoen.demo.turns import write_turns, write_waiting
from meedoen.demo.whereabouts import everybody, still_there
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes

FEWEST_RESIDENTS = 30
FIRST_END = date(2022, 1, 1)
"""Before this day the history would reach into the old sheltered work."""


OBJECTS_BETWEEN = 200_000
"""So many objects more there must be before Python looks for what nobody holds any more."""


class CannotBuildError(ValueError):
    """The town cannot be built like this; the message says what to give instead."""


def is_built() -> bool:
    """Return whether the demo town is there. It is there whole, or not at all."""
    return MEERDAM.code in municipality_codes()


@transaction.atomic
def build_demo(
    *, seed: int, residents: int, until: date, tell: Callable[[str], object] = str
) -> None:
    """Build Meerdam and its small neighbour Overwater as they were when the day `until` began.

    `residents` counts everyone who is or was on a benefit in Meerdam during the history. `tell`
    hears how far it is. Raises CannotBuildError; a process that is stopped half way leaves nothing.
    """
    _check(residents, until)
    with _seldom_tidied():
        tell(f"{OVERWATER.name}: {OVERWATER_RESIDENTS} residents")
        _build(OVERWATER, seed, OVERWATER_RESIDENTS, until, lambda _line: None)
        tell(f"{MEERDAM.name}: planning {residents} lives from seed {seed}")
        _build(MEERDAM, seed, residents, until, tell)


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Let Python look seldom for what nobody holds any more.

    The lives that were planned stay until the end, and looking through them again and again took
    twelve of 172 seconds for a town of 2,500.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _check(residents: int, until: date) -> None:
    if is_built():
        raise CannotBuildError(f"{MEERDAM.code} is there already.")
    if residents < FEWEST_RESIDENTS:
        raise CannotBuildError(f"Give at least {FEWEST_RESIDENTS} residents, not {residents}.")
    if not FIRST_END <= until <= clock.today():
        raise CannotBuildError(
            f"The history ends on {until}; give a day from {FIRST_END} up to {clock.today()}."
        )


def _build(
    sketch: Sketch, seed: int, residents: int, until: date, tell: Callable[[str], object]
) -> Written:
    town = plan_town(sketch, seed=seed, residents=residents, until=until)
    lives = list(plan_lives(town, seed=seed))
    written = write_town(town, coach_password=DEMO_PASSWORD)
    tell(f"{len(town.organisations)} organisations with {len(town.places)} places")
    pseudonyms = write_people(written, lives)
    tell(f"{len(lives)} residents with {len(town.coaches)} coaches")
    write_talks(written, lives, pseudonyms)
    tell(f"{sum(len(life.talks) for life in lives)} conversations")
    write_checks(written, lives)
    _write_courses(written, lives, pseudonyms)
    tell(f"{sum(len(life.courses) for life in lives)} placements")
    write_desks(written, lives, pseudonyms)
    tell("plans, steps in life domains, next steps and lists")
    write_leavings(written, lives, pseudonyms)
    if sketch is MEERDAM:
        members = open_accounts(written, lives, pseudonyms)
        shown = pseudonyms[shown_resident(lives)]
        cast = cast_of(written, members, shown, busiest_partner(written, lives))
        _write_placements(written, lives, pseudonyms, cast)
        tell("placements in every state, jobs on the clock of the law, and sheltered work")
        write_network(written, cast)
        write_referrals(written, still_there(written, lives, pseudonyms), cast)
        tell("what organisations told, asked and shared, and whom they referred to each other")
        write_matching_contact(written, members[ADMINISTRATOR.email])
        write_lists(written, lives, pseudonyms, members[RESIDENT.email])
        tell("wishes, lists of places and what was refused")
        write_divisions(written, members[TEAM_LEAD.email])
        tell("two divisions of scarce places")
        file = write_example_file(town, lives, settings.DATA_FOLDER)
        tell(f"a file to read in: {file.name}, beside the database")
    return written


def _write_courses(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> None:
    """Write down placements, between the decisions on sheltered work and the jobs in it."""
    people = everybody(written, lives, pseudonyms)
    ways = write_decisions(written, people)
    write_courses(written, lives, pseudonyms)
    write_sheltered_jobs(written, people, ways)


def _write_placements(
    written: Written, lives: Sequence[Life], pseudonyms: Sequence[int], cast: Cast
) -> None:
    """Write down what is seen of placements between their start and what comes after them."""
    people = still_there(written, lives, pseudonyms)
    write_jobs(written, people)
    write_turns(written, people, cast.partner.organisation_id)
    write_waiting(written, people)
    write_sheltered(written, people)
    write_followed(written, people, cast.partner, cast.pseudonym_id)
    write_learning(written, people, cast.pseudonym_id)
    let_database_count()
