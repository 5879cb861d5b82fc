"""The slow way to write lives down: one action at a time, each at its own moment.

What the demo's bulk way must equal. Nothing here sets `recorded_at`: the clock does.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from meedoen.demo.checks import write_checks
from meedoen.demo.courses import likely_reason
from meedoen.demo.events import Course, Life, Step, StepKind
from meedoen.demo.load import (
    Written,
    new_attempts,
    new_conversation,
    new_measurement,
    new_resident,
)
from meedoen.demo.sheltered_work import write_decisions
from meedoen.demo.whereabouts import Someone
from meedoen.records.conversations.actions import note_attempts
from meedoen.records.ladder.actions import complete_talk
from meedoen.records.organisations import clock
from meedoen.records.people.actions import BenefitEnd, end_benefits, register_all
from meedoen.records.placements import actions as placing
from meedoen.records.placements import correcting
from meedoen.records.placements.models import Placement

Deed = tuple[datetime, Callable[[], object]]


def live_through(written: Written, lives: list[Life]) -> None:
    """Do everything in these lives, one by one in the order of time.

    The checks of places and the decisions on sheltered work come before, as in the bulk way: they
    are no part of these lives.
    """
    write_checks(written, lives)
    deeds = [deed for life in lives for deed in _Walk(written, life).deeds()]
    for moment, act in sorted(deeds, key=lambda deed: deed[0]):
        with clock.at(moment):
            act()


class _Walk:
    """One life; the pseudonym is known from the first deed on."""

    def __init__(self, written: Written, life: Life) -> None:
        self.written = written
        self.life = life
        self.coach = written.coaches[life.person.coach]
        self.pseudonym_id = 0
        self.keys: dict[int, object] = {}

    def deeds(self) -> Iterator[Deed]:
        life = self.life
        yield life.person.recorded_at, self.register
        for number, attempt in enumerate(life.attempts):
            yield attempt.recorded_at, lambda number=number: self.attempt(number)
        for number, talk in enumerate(life.talks):
            yield talk.recorded_at, lambda number=number: self.talk(number)
        for number, course in enumerate(life.courses):
            for step in course.steps:
                yield (
                    step.recorded_at,
                    lambda number=number, course=course, step=step: self.step(number, course, step),
                )
        if life.leaving is not None:
            yield life.leaving.recorded_at, self.leave

    def register(self) -> None:
        resident = replace(new_resident(self.written, self.life), recorded_at=None)
        [self.pseudonym_id] = register_all(self.written.system, residents=[resident])
        write_decisions(self.written, [Someone(self.life, self.pseudonym_id, self.coach, 0)])

    def attempt(self, number: int) -> None:
        attempt = new_attempts(self.life, self.pseudonym_id)[number]
        note_attempts(self.coach, attempts=[replace(attempt, recorded_at=None)])

    def talk(self, number: int) -> None:
        talk = self.life.talks[number]
        measurement = new_measurement(talk, self.pseudonym_id)
        complete_talk(
            self.coach,
            conversation=replace(new_conversation(talk, self.pseudonym_id), recorded_at=None),
            measurement=measurement and replace(measurement, recorded_at=None),
        )

    def step(self, number: int, course: Course, step: Step) -> None:
        system = self.written.system
        match step.kind:
            case StepKind.PLACE:
                self.place(number, course, step)
            case StepKind.CONFIRM:
                placing.confirm_start(system, key=self.keys[number], started_on=step.on)
            case StepKind.END:
                placing.end(
                    system,
                    key=self.keys[number],
                    last_day=step.on,
                    outcome=step.outcome,
                    reason=likely_reason(step.outcome, step.on),
                )
            case StepKind.WITHDRAW:
                placing.withdraw(
                    system,
                    key=self.keys[number],
                    outcome=step.outcome,
                    reason=likely_reason(step.outcome, step.on),
                )
            case StepKind.CORRECT_START:
                correcting.correct_start_day(system, key=self.keys[number], started_on=step.on)
            case StepKind.TAKE_BACK:
                correcting.take_back_start(system, key=self.keys[number])

    def place(self, number: int, course: Course, step: Step) -> None:
        system = self.written.system
        new = placing.NewPlacement(
            pseudonym_id=self.pseudonym_id,
            place_id=self.written.places[course.place],
            proposed_on=step.on,
            self_found=course.self_found,
        )
        [placement_id] = placing.place_all(system, placements=[new])
        self.keys[number] = Placement.objects.visible_to(system).get(pk=placement_id).key

    def leave(self) -> None:
        end = BenefitEnd(self.pseudonym_id, self.life.leaving.on)
        end_benefits(self.written.system, ends=[end])
