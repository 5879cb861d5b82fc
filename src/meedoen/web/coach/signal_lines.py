"""Signals as lines on a page: why each is there, and the page that deals with it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
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
    OF_REFERRALS,
    OF_SHELTERED_WORK,
    placement_and_months,
)
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.shared.signal_words import ANSWER_REPORT, LABELS, SIGNALS, also_on, why

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
    SignalKind.JOB_WITHOUT_PLACEMENT: "coach:sheltered",
    SignalKind.PLACEMENT_WITHOUT_JOB: "coach:sheltered",
    SignalKind.LOONWAARDE_DUE: "coach:sheltered",
    SignalKind.SUBSIDY_DECISION_DUE: "coach:sheltered",
    SignalKind.SUBSIDY_RECALCULATION_DUE: "coach:sheltered",
    SignalKind.REFERRAL_RECEIVED: "coach:referral_received",
    SignalKind.REFERRAL_CAME_BACK: "coach:referral",
    SignalKind.REFERRAL_NOT_ANSWERED: "coach:referral",
    SignalKind.REFERRAL_WITHOUT_WORD: "coach:referral",
    SignalKind.JOB_MUST_END: "coach:clock",
    SignalKind.JOB_CHANCE: "coach:clock",
    SignalKind.JOB_EXTENSION: "coach:clock",
    SignalKind.JOB_SCHOOLING: "coach:clock",
    SignalKind.JOB_PREMIUM: "coach:clock",
    SignalKind.JOB_LOOK_AHEAD: "coach:clock",
    SignalKind.JOB_FACTS_WRONG: "coach:clock",
}
"""The page that deals with a signal: about its placement or place, or else about the person."""


MOST_LINES = 3
"""So many reasons of one person are seen at once; one more is shown rather than folded."""


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A reason to look at somebody; `snooze` tells that it was put off, also when that is over.

    `also` tells of later dates on which the same is asked of the same job, empty without them.
    `about` is what it is about, in the words of who entered that; may be empty.
    """

    signal_id: int
    kind: SignalKind
    name: Promise
    about: str
    why: str
    also: str
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

    @property
    def shown(self) -> tuple[SignalLine, ...]:
        """The lines that are seen at once."""
        return self.lines if len(self.lines) <= MOST_LINES + 1 else self.lines[:MOST_LINES]

    @property
    def folded(self) -> tuple[SignalLine, ...]:
        """The lines that are seen by who unfolds them."""
        return self.lines[len(self.shown) :]


def person_lines(
    person: PersonSignals, today: date, *, first: SignalKind | None = None
) -> PersonLines:
    """Return somebody's signals as lines; those of the kind `first` come before all others."""
    lines = _lines(person.signals, person.key, today)
    return PersonLines(
        person=person, lines=tuple(sorted(lines, key=lambda line: line.kind is not first))
    )


def _lines(cards: Iterable[SignalCard], resident_key: uuid.UUID, today: date) -> list[SignalLine]:
    """Return signals as lines: what one job asks again and again is one line, the first date."""
    together: dict[tuple[object, ...], list[SignalCard]] = {}
    for card in cards:
        together.setdefault(_of_one_line(card), []).append(card)
    return [signal_line(some[0], resident_key, today, more=some[1:]) for some in together.values()]


def _of_one_line(card: SignalCard) -> tuple[object, ...]:
    """Return what the signals of one line share; what was put off stays by itself."""
    if card.kind in OF_JOBS and card.snooze is None:
        return card.kind, placement_and_months(card.subject)[0]
    return (card.signal_id,)


def signal_line(
    card: SignalCard, resident_key: uuid.UUID, today: date, *, more: Sequence[SignalCard] = ()
) -> SignalLine:
    """Return a signal as a line; `more` are later dates on which it asks the same."""
    # A worry comes from a placement, and is dealt with by a talk with the person; a report is
    # answered.
    of_person = card.kind in OF_SHELTERED_WORK | {SignalKind.PARTNER_WORRY}
    subjects = OF_PLACEMENTS | OF_FOUND_PLACES | OF_JOBS | OF_REFERRALS
    of_subject = card.kind in subjects and not of_person
    about = placement_and_months(card.subject)[0] if of_subject else resident_key
    return SignalLine(
        signal_id=card.signal_id,
        kind=card.kind,
        name=SIGNALS[card.kind],
        about=card.about,
        why=why(card, today),
        also=also_on(more),
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
    return _lines(signals_about(viewer, pseudonym_id=person.pseudonym_id), person.key, today)
