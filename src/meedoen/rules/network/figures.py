"""How well organisations find each other, per quarter and against a year to compare with.

The criterion of Zwolle compares with before 2018. Nobody kept the referrals of then, so that cannot
be measured: the comparison starts at the first whole year with referrals, unless a municipality
chose another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.days import date_of
from meedoen.rules.indicators.disclosure import PROTECTED, USUAL_THRESHOLD, Shown, protect_together
from meedoen.rules.indicators.evaluate import are_measured, evaluate
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import (
    AskWord,
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    ReferralWord,
    Version,
)
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.indicators.sources import Known
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import ReferralEvent

QUARTER, YEAR = 3, 12
NOT_MEASURED = Shown("-", hidden=False)
NOBODY = Columns.from_statements([]).known_at(None)


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """The figures of the network over some months up to and including a day.

    Of shares and days only the figure itself: the numbers of asks of four quarters and of the year
    together would give small ones away. `-` is not measured, `x` follows from too few asks.
    """

    on: date
    months: int
    pairs: Shown
    pairs_between_partners: Shown
    both_ways: Shown
    """Per cent, as the two below."""
    answered_in_time: Shown
    with_feedback: Shown
    days_to_answer: Shown
    not_connected: Shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest year of twelve months against the baseline year; None when there is none yet.

    The twelve months move on every quarter. That gives no small number away, since no number of
    asks is told: see `NetworkFigures`.
    """

    now: NetworkFigures
    baseline: NetworkFigures | None
    baseline_year: int | None


def network_figures(
    known: KnownReferrals, dates: Sequence[date], months: int, threshold: int = USUAL_THRESHOLD
) -> tuple[NetworkFigures, ...]:
    """Count the figures over the months up to and including each of the dates.

    Raises ValueError for a threshold under 5.
    """
    words: Mapping[str, ReferralWord] = {
        "pairs": ReferralPairs(months),
        "pairs_between_partners": ReferralPairs(months, between_partners=True),
        "both_ways": ReferralReciprocity(months),
        "answered_in_time": ReferralsAnswered(months),
        "with_feedback": ReferralsWithFeedback(months),
        "days_to_answer": DaysToAnswer(months),
        "not_connected": PartnersNotConnected(months),
    }
    shown = {name: _shown(known, word, dates, threshold) for name, word in words.items()}
    return tuple(
        NetworkFigures(on=on, months=months, **{name: each[at] for name, each in shown.items()})
        for at, on in enumerate(dates)
    )


def quarters(
    known: KnownReferrals, ends: Sequence[date], threshold: int = USUAL_THRESHOLD
) -> tuple[NetworkFigures, ...]:
    """Count the figures of the quarters that end on these days; see `quarter_ends`."""
    return network_figures(known, ends, QUARTER, threshold)


def quarter_ends(until: date, count: int) -> list[date]:
    """Return the last days of the quarters that are over on a day, the oldest first."""
    begins = date(until.year, (until.month - 1) // QUARTER * QUARTER + 1, 1)
    following = add_months(begins, QUARTER)
    newest = following if following - timedelta(days=1) <= until else begins
    firsts = [add_months(newest, -QUARTER * back) for back in range(count)]
    return [first - timedelta(days=1) for first in reversed(firsts)]


def compare(
    known: KnownReferrals,
    on: date,
    *,
    chosen_year: int | None = None,
    threshold: int = USUAL_THRESHOLD,
) -> Comparison:
    """Put the twelve months up to a day beside the baseline year.

    That is the chosen year or else the first whole year with referrals, if it is over on the day.
    """
    year = first_whole_year(known) if chosen_year is None else chosen_year
    over = [date(year, 12, 31)] if year is not None and date(year, 12, 31) <= on else []
    now, *before = network_figures(known, [on, *over], YEAR, threshold)
    return Comparison(now, before[0] if before else None, year)


def first_whole_year(known: KnownReferrals) -> int | None:
    """Return the first calendar year that began with or after the first referral; None for none."""
    days = known.steps.day[known.steps.of(ReferralEvent.SENT)]
    if not len(days):
        return None
    first = date_of(int(days.min()))
    return first.year if (first.month, first.day) == (1, 1) else first.year + 1


def _shown(
    known: KnownReferrals, word: ReferralWord, dates: Sequence[date], threshold: int
) -> list[Shown]:
    version = Version(date.min, word)
    there = Known(NOBODY, known)
    counts = evaluate(version, there, dates)
    if word.form is not Form.COUNT:
        # As `are_measured` says, without counting once more.
        measured = [bool(one) for one in counts.parts[word.parts[-1]][:, 0]]
    else:
        measured = are_measured(version, there, dates)
    found = []
    for at, is_measured in enumerate(measured):
        parts = {name: int(values[at, 0]) for name, values in counts.parts.items()}
        if not is_measured:
            found.append(NOT_MEASURED)
        elif isinstance(word, AskWord) and _few(word, parts, threshold):
            found.append(Shown(PROTECTED, hidden=True))
        else:
            found.append(Shown(str(counts.values[at, 0]), hidden=False))
    return found


def _few(word: AskWord, parts: Mapping[str, int], threshold: int) -> bool:
    """Tell whether a share or a median follows from so few asks that it is not shown."""
    part, whole = word.parts[0], word.parts[-1]
    relations = {part: whole} if word.form is Form.SHARE else {}
    return any(one.hidden for one in protect_together(parts, relations, threshold).values())
