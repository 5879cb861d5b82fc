"""The clock of a referral: who must act before which day, and what happens when nobody does.

The terms stand in catalogue/referrals/terms.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache

from meedoen.rules.dated_tables import Row, holding, read_series_of_each, shipped_text
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_SENDER
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import ReferralState, Theme, Urgency

LONGEST_DAYS = 366
MOST_FORWARDS = 10
LONGEST_KEPT = 3_660


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How many days each step of a referral for one theme may take; see the table's own words."""

    theme: Theme
    valid_from: date
    valid_to: date | None
    answer_normal: int
    answer_soon: int
    answer_urgent: int
    remind: int
    hand_back: int
    start: int
    finish: int
    sender: int
    forwards: int
    kept: int

    def answer(self, urgency: Urgency) -> int:
        """Return how many days a receiver has to answer."""
        match urgency:
            case Urgency.NORMAL:
                return self.answer_normal
            case Urgency.SOON:
                return self.answer_soon
            case Urgency.URGENT:
                return self.answer_urgent


TermTable = Mapping[Theme, tuple[Terms, ...]]
"""The terms of each theme, in order of date, without gaps."""


def terms_on(theme: Theme, on: date) -> Terms:
    """Return the terms that hold on a day."""
    return holding(shipped_terms()[theme], on)


def due_after(state: ReferralState, theme: Theme, urgency: Urgency, on: date) -> date:
    """Return the last day on which whoever must act is in time, when a state begins on a day.

    Only for a referral that is open; see `rules.referrals.states.OPEN`.
    """
    terms = terms_on(theme, on)
    if state in AWAITS_ANSWER:
        days = terms.answer(urgency)
    elif state in WITH_SENDER:
        days = terms.sender
    else:
        days = terms.finish if state is ReferralState.STARTED else terms.start
    return on + timedelta(days=days)


def remind_on(theme: Theme, asked_on: date, due_on: date) -> date:
    """Return the day on which a receiver who did not answer is reminded; never the first day."""
    wanted = due_on - timedelta(days=terms_on(theme, asked_on).remind)
    return max(wanted, asked_on + timedelta(days=1))


def hand_back_on(theme: Theme, due_on: date) -> date:
    """Return the day on which a referral goes back to the sender when still nobody acted."""
    return due_on + timedelta(days=terms_on(theme, due_on).hand_back)


@cache
def shipped_terms() -> TermTable:
    """Read the terms that come with the package, once. Raises DatedTableError."""
    return read_terms(shipped_text("referrals", "terms.toml"), "terms.toml")


def read_terms(text: str, file_name: str) -> TermTable:
    """Read the terms from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(
        text, file_name, "terms", _line, of=lambda line: line.theme, each=REFERRED_FOR
    )


def _line(row: Row) -> Terms:
    row.refuse_unknown(field.name for field in fields(Terms))
    valid_from, valid_to = row.dates()
    answers = {
        name: row.number(name, LONGEST_DAYS)
        for name in ("answer_normal", "answer_soon", "answer_urgent")
    }
    if not answers["answer_normal"] >= answers["answer_soon"] >= answers["answer_urgent"]:
        row.wrong("what is more urgent gets more days; let the days go down")
    return Terms(
        theme=Theme(row.word("theme", REFERRED_FOR)),
        valid_from=valid_from,
        valid_to=valid_to,
        remind=row.number("remind", LONGEST_DAYS),
        hand_back=row.number("hand_back", LONGEST_DAYS),
        start=row.number("start", LONGEST_DAYS),
        finish=row.number("finish", LONGEST_DAYS),
        sender=row.number("sender", LONGEST_DAYS),
        forwards=row.number("forwards", MOST_FORWARDS),
        kept=row.number("kept", LONGEST_KEPT),
        **answers,
    )
