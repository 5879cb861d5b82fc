"""Who is suggested for a referral, per theme, and what earlier answers say about a receiver.

The lines stand in catalogue/referrals/offers.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from statistics import median_low

from meedoen.rules.dated_tables import Row, holding, read_series_of_each, shipped_text
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import AskState, DeclineReason, PlaceKind, Theme

LONGEST_REMEMBERED = 1_830

FOR_EVERYBODY = frozenset(
    {DeclineReason.NOT_OUR_GROUP, DeclineReason.OTHER_DISTRICT, DeclineReason.NOT_OUR_WORK}
)
"""A no for these reasons holds for the next person of the same district and theme as well."""

_ANSWERED = frozenset(
    {AskState.ACCEPTED, AskState.DECLINED, AskState.FORWARDED, AskState.HANDED_BACK}
)
_YES = frozenset({AskState.ACCEPTED, AskState.HANDED_BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Which kinds of places go with a theme, and for how many days answers are remembered."""

    theme: Theme
    valid_from: date
    valid_to: date | None
    kinds: tuple[PlaceKind, ...]
    remembered: int


OfferTable = Mapping[Theme, tuple[Offers, ...]]
"""The lines of each theme, in order of date, without gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How one receiver dealt with one referral."""

    state: AskState
    asked_on: date
    due_on: date
    answered_on: date | None
    reason: DeclineReason | None
    full_until: date | None
    same_district: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How often a receiver was asked, answered, did so in time, and said yes.

    `days` is the median number of days to an answer; None when there was none.
    """

    asked: int
    answered: int
    in_time: int
    yes: int
    days: int | None


def offers_on(theme: Theme, on: date) -> Offers:
    """Return what goes with a theme on a day."""
    return holding(shipped_offers()[theme], on)


@cache
def shipped_offers() -> OfferTable:
    """Read the lines that come with the package, once. Raises DatedTableError."""
    return read_offers(shipped_text("referrals", "offers.toml"), "offers.toml")


def read_offers(text: str, file_name: str) -> OfferTable:
    """Read the lines from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(
        text, file_name, "offers", _line, of=lambda line: line.theme, each=REFERRED_FOR
    )


def record_of(answers: Iterable[Answered], today: date) -> Record:
    """Return how a receiver answered; what may still be answered in time is left out."""
    counted = [one for one in answers if _is_over(one, today)]
    days = [(one.answered_on - one.asked_on).days for one in counted if one.answered_on]
    return Record(
        asked=len(counted),
        answered=len(days),
        in_time=sum(one.answered_on <= one.due_on for one in counted if one.answered_on),
        yes=sum(one.state in _YES for one in counted),
        days=median_low(days) if days else None,
    )


def standing_no(answers: Iterable[Answered], today: date) -> Answered | None:
    """Return the newest no that still holds for another person of the same district.

    A yes to somebody of the district later on ends it; being full holds up to the day on which
    there is room again, in every district.
    """
    found = None
    for one in sorted(answers, key=lambda one: one.answered_on or one.asked_on):
        if one.state in _YES and one.same_district:
            found = None
        elif one.state is AskState.DECLINED and _holds(one, today):
            found = one
    return found


def _holds(one: Answered, today: date) -> bool:
    if one.reason is DeclineReason.FULL:
        return one.full_until is not None and one.full_until > today
    return one.reason in FOR_EVERYBODY and one.same_district


def _is_over(one: Answered, today: date) -> bool:
    """Say whether this one tells something: answered, or not in time."""
    late = one.state in {AskState.ASKED, AskState.SEEN} and one.due_on < today
    return one.state in _ANSWERED or one.state is AskState.LAPSED or late


def _line(row: Row) -> Offers:
    row.refuse_unknown(field.name for field in fields(Offers))
    valid_from, valid_to = row.dates()
    return Offers(
        theme=Theme(row.word("theme", REFERRED_FOR)),
        valid_from=valid_from,
        valid_to=valid_to,
        kinds=tuple(PlaceKind(word) for word in row.words("kinds", PlaceKind)),
        remembered=row.number("remembered", LONGEST_REMEMBERED),
    )
