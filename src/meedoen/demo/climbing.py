"""Someone's way on the ladder: what the person does alone, and what a place adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from meedoen.demo.chance import happens, pick
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.vocabulary import Outcome, PlaceKind

FIRST_RUNGS = {
    Rung.ISOLATED: 0.3,
    Rung.CONTACTS_OUTSIDE_HOME: 0.45,
    Rung.ORGANISED_ACTIVITIES: 0.18,
    Rung.UNPAID_WORK: 0.07,
}
RUNG_AT: Mapping[PlaceKind, Rung] = {
    PlaceKind.PARTICIPATION_JOB: Rung.UNPAID_WORK,
    PlaceKind.VOLUNTEER_WORK: Rung.UNPAID_WORK,
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: Rung.ORGANISED_ACTIVITIES,
    PlaceKind.DAY_ACTIVITY: Rung.ORGANISED_ACTIVITIES,
    PlaceKind.SHELTERED_WSW: Rung.PAID_WORK_WITH_SUPPORT,
    PlaceKind.SHELTERED_NEW: Rung.PAID_WORK_WITH_SUPPORT,
    PlaceKind.TRIAL: Rung.UNPAID_WORK,
    PlaceKind.LANGUAGE_POINT: Rung.ORGANISED_ACTIVITIES,
    PlaceKind.TRAINING: Rung.ORGANISED_ACTIVITIES,
    PlaceKind.OTHER: Rung.ORGANISED_ACTIVITIES,
}
"""The rung of someone who takes part at such a place."""

KEEPS_A_RUNG = 0.5
FALLS_BACK = 0.15
DRIFT_A_YEAR = 0.05


@dataclass(slots=True)
class Climb:
    """What somebody does alone, and the stretches in which a place lifts that up.

    `turns` are the days on which the own rung changed, in order; a place lifts from its first
    up to and including its last day.
    """

    turns: list[tuple[date, Rung]]
    lifts: list[tuple[date, date, Rung]] = field(default_factory=list)

    @property
    def own(self) -> Rung:
        """The own rung as it is last known."""
        return self.turns[-1][1]

    def turn(self, day: date, rung: int) -> None:
        """Note that the own rung changes; never below the first or above unpaid work."""
        kept = Rung(max(Rung.ISOLATED, min(rung, Rung.UNPAID_WORK)))
        if kept != self.own:
            self.turns.append((day, kept))

    def works_from(self, day: date, rung: Rung) -> None:
        """Note that somebody found paid work."""
        self.lifts.append((day, date.max, rung))

    def drift(self, random: Random, day: date, years: float) -> None:
        """Let the own rung change without any place: sometimes up, sometimes down."""
        if happens(random, 2 * DRIFT_A_YEAR * years):
            self.turn(day, self.own + random.choice((-1, 1)))

    def through(
        self, random: Random, kind: PlaceKind, stretch: tuple[date, date], outcome: Outcome | None
    ) -> None:
        """Go through a placement: lifted while it lasts, and after it partly kept or lost."""
        first, last = stretch
        self.lifts.append((first, last, RUNG_AT[kind]))
        stopped = outcome in {Outcome.STOPPED_BY_RESIDENT, Outcome.STOPPED_BY_PARTNER}
        if stopped and happens(random, FALLS_BACK):
            self.turn(last, self.own - 1)
        elif not stopped and happens(random, KEEPS_A_RUNG):
            self.turn(last, max(self.own + 1, min(self.own + 2, RUNG_AT[kind])))

    def rung_on(self, day: date) -> Rung:
        """Return the rung on a day."""
        own = [rung for since, rung in self.turns if since <= day]
        lifted = [rung for first, last, rung in self.lifts if first <= day <= last]
        return max([own[-1] if own else self.turns[0][1], *lifted])


def first_rung(random: Random) -> Rung:
    """Return somebody's own rung at the beginning."""
    return pick(random, FIRST_RUNGS)


def answers_for(rung: Rung) -> Answers:
    """Return the answers that lead to a rung; only those on the way to it."""
    match rung:
        case Rung.PAID_WORK | Rung.PAID_WORK_WITH_SUPPORT:
            return Answers(has_contract=True, has_support=rung == Rung.PAID_WORK_WITH_SUPPORT)
        case Rung.UNPAID_WORK:
            return Answers(has_contract=False, unpaid_tasks_with_responsibility=True)
        case Rung.ORGANISED_ACTIVITIES:
            return Answers(
                has_contract=False,
                unpaid_tasks_with_responsibility=False,
                organised_activity_weekly=True,
            )
        case Rung.CONTACTS_OUTSIDE_HOME | Rung.ISOLATED:
            return Answers(
                has_contract=False,
                unpaid_tasks_with_responsibility=False,
                organised_activity_weekly=False,
                contacts_outside_weekly=rung == Rung.CONTACTS_OUTSIDE_HOME,
            )
