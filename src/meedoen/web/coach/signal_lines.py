"""Signals as lines on a page: why each is there, and the page that deals with it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.signals.actions import catch_up
from meedoen.records.signals.queries import (
    PersonSignals,
    SignalCard,
    SnoozeCard,
    signals_about,
)
from meedoen.records.signals.subjects import (
    OF_FOUND_PLACES,
    OF_JOBS,
    OF_PLACEMENTS,
    placement_and_months,
)
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.shared.signal_words import ANSWER_REPORT, LABELS, SIGNALS, why

PAGES: Mapping[SignalKind, str] = {
    SignalKind.NEVER_SPOKEN: "coach:conversation",
    SignalKind.NO_CONTACT: "coach:conversation",
    SignalKind.NEXT_STEP_OVERDUE: "coach:conversation",
    SignalKind.ASK_AGAIN: "coach:pause",
    SignalKind.LADDER_DUE: "coach:conversation",
    SignalKind.DOMAINS_DUE: "coach:domains",
    SignalKind.PLAN_EVALUATION: "coach:plan",
    SignalKind.PLAN_ACTION_OVERDUE: "coach:plan",
    SignalKind.PLAN_NOT_AGREED: "coach:plan",
    SignalKind.PLACEMENT_WAITS: "coach:placement",
    SignalKind.HOLD_LAPSED: "coach:placement",
    SignalKind.WAITS_IN_VAIN: "coach:placement",
    SignalKind.PLACEMENT_PAST_END: "coach:placement_planned_end",
    SignalKind.PLACEMENT_ENDS_SOON: "coach:what_follows",
    SignalKind.FOUND_PLACE_TO_VERIFY: "coach:found_place",
    SignalKind.PARTNER_WORRY: "coach:conversation",
    SignalKind.PARTNER_SAYS_STOPPED: "coach:placement_end",
    SignalKind.MONTH_NOT_CONFIRMED: "coach:placement",
    SignalKind.PLACE_ASKS: "coach:places",
    SignalKind.EVALUATION_DUE: "coach:evaluation",
    SignalKind.NEXT_STEP_NOT_CHOSEN: "coach:what_follows",
    SignalKind.AFTERCARE_DUE: "coach:aftercare",
    SignalKind.JOB_MUST_END: "coach:clock",
    SignalKind.JOB_CHANCE: "coach:clock",
    SignalKind.JOB_EXTENSION: "coach:clock",
    SignalKind.JOB_SCHOOLING: "coach:clock",
    SignalKind.JOB_PREMIUM: "coach:clock",
    SignalKind.JOB_LOOK_AHEAD: "coach:clock",
    SignalKind.JOB_FACTS_WRONG: "coach:clock",
}
"""The page that deals with a signal: about its placement or place, or else about the person."""


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A reason to look at somebody; `snooze` tells that it was put off, also when that is over."""

    signal_id: int
    name: Promise
    why: str
    late: bool
    for_today: bool
    url: str
    label: Promise
    snooze: SnoozeCard | None


@dataclass(frozen=True, slots=True)
class PersonLines:
    """Somebody with every reason to look, the most urgent first."""

    person: PersonSignals
    lines: tuple[SignalLine, ...]


def person_lines(person: PersonSignals, today: date) -> PersonLines:
    """Return somebody's signals as lines."""
    return PersonLines(
        person=person,
        lines=tuple(signal_line(card, person.key, today) for card in person.signals),
    )


def signal_line(card: SignalCard, resident_key: uuid.UUID, today: date) -> SignalLine:
    """Return a signal as a line."""
    # A worry comes from a placement, and is dealt with by a talk with the person; a report is
    # answered.
    by_talking = card.kind is SignalKind.PARTNER_WORRY
    of_subject = card.kind in OF_PLACEMENTS | OF_FOUND_PLACES | OF_JOBS and not by_talking
    about = placement_and_months(card.subject)[0] if of_subject else resident_key
    return SignalLine(
        signal_id=card.signal_id,
        name=SIGNALS[card.kind],
        why=why(card, today),
        late=card.late,
        for_today=card.for_today,
        url=reverse("coach:report", args=[card.report])
        if card.report
        else reverse(PAGES[card.kind], args=[about]),
        label=ANSWER_REPORT if card.report else LABELS[card.kind],
        snooze=card.snooze,
    )


def lines_about(viewer: Viewer, person: ResidentCard) -> list[SignalLine]:
    """Return the signals about one person as they are now, for coach/parts/signals.html.

    What was put off comes last.
    """
    catch_up(viewer)
    today = clock.today()
    cards = signals_about(viewer, pseudonym_id=person.pseudonym_id)
    return [signal_line(card, person.key, today) for card in cards]
