"""What a refused referral teaches: why, about what and where, and what found nobody."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.asks import Asks, asks_of
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.network.picture import in_period
from meedoen.rules.vocabulary import DeclineReason, Theme

Side = Literal["theme", "district"]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often was said no, per reason, with the themes and with the districts as rows.

    Only rows in which there is anything; `reasons` are the columns, all of them. Where the cells
    are so small that they would hide the totals, only the totals are told: not `crossed`, and no
    cells.
    """

    crossed: bool
    reasons: tuple[DeclineReason, ...]
    themes: Mapping[tuple[Theme, DeclineReason], Shown]
    districts: Mapping[tuple[int, DeclineReason], Shown]
    """District 0 is none."""
    theme_totals: Mapping[Theme, Shown]
    district_totals: Mapping[int, Shown]
    reason_totals: Mapping[DeclineReason, Shown]
    total: Shown


@dataclass(frozen=True, slots=True)
class Unmet:
    """Referrals for which nobody was found, per theme and per district; as Refusals."""

    crossed: bool
    cells: Mapping[tuple[Theme, int], Shown]
    theme_totals: Mapping[Theme, Shown]
    district_totals: Mapping[int, Shown]
    total: Shown


def refusals(
    known: KnownReferrals, start: date, end: date, threshold: int = USUAL_THRESHOLD
) -> Refusals:
    """Count every no that was said from the first day to the last, both included.

    Both tables share the totals of the reasons, so they are protected together. Raises ValueError
    for a threshold under 5, and a period that ends before it starts.
    """
    asks = asks_of(known.steps)
    rows = in_period(asks.answered, start, end)
    rows = rows[asks.reason[rows] > 0]
    themes, districts = _themes(asks, rows), asks.district[rows].tolist()
    by_code = {code_of(reason): reason for reason in DeclineReason}
    reasons = [by_code[code] for code in asks.reason[rows].tolist()]
    figures: dict[Hashable, int] = {}
    lines: list[Line[Hashable]] = []
    sides: dict[Side, Sequence[Hashable]] = {"theme": themes, "district": districts}
    for side, values in sides.items():
        _add_side(figures, lines, side, values, reasons)
    shown, crossed = _most_told(figures, lines, threshold)
    return Refusals(
        crossed=crossed,
        reasons=tuple(DeclineReason),
        themes={
            (one, reason): shown["theme", one, reason]
            for one in _there(themes, Theme)
            for reason in DeclineReason
            if crossed
        },
        districts={
            (one, reason): shown["district", one, reason]
            for one in sorted(set(districts))
            for reason in DeclineReason
            if crossed
        },
        theme_totals={one: shown["theme", one, TOTAL] for one in _there(themes, Theme)},
        district_totals={one: shown["district", one, TOTAL] for one in sorted(set(districts))},
        reason_totals={reason: shown[TOTAL, reason] for reason in DeclineReason},
        total=shown[TOTAL, TOTAL],
    )


def unmet(known: KnownReferrals, start: date, end: date, threshold: int = USUAL_THRESHOLD) -> Unmet:
    """Count the referrals first sent in a period for which, as far as is known, nobody was found.

    Everybody who was asked said no, did not answer in time, or gave it back. What the sender took
    back, and what the person withdrew from, is no such wish. Raises ValueError as `refusals` does.
    """
    asks = asks_of(known.steps)
    rows = in_period(asks.sent, start, end)
    wanted = _first_asks(asks, rows, _found_nobody(asks))
    themes, districts = _themes(asks, wanted), asks.district[wanted].tolist()
    pairs = list(zip(themes, districts, strict=True))
    there, places = _there(themes, Theme), sorted(set(districts))
    figures: dict[Hashable, int] = {
        (one, at): pairs.count((one, at)) for one in there for at in places
    }
    figures |= {(one, TOTAL): themes.count(one) for one in there}
    figures |= {(TOTAL, at): districts.count(at) for at in places}
    figures[TOTAL, TOTAL] = len(pairs)
    lines: list[Line[Hashable]] = []
    for one in there:
        lines.append(Line((one, TOTAL), tuple((one, at) for at in places)))
    for at in places:
        lines.append(Line((TOTAL, at), tuple((one, at) for one in there)))
    lines.append(Line((TOTAL, TOTAL), tuple((one, TOTAL) for one in there)))
    lines.append(Line((TOTAL, TOTAL), tuple((TOTAL, at) for at in places)))
    shown, crossed = _most_told(figures, lines, threshold)
    return Unmet(
        crossed=crossed,
        cells={(one, at): shown[one, at] for one in there for at in places if crossed},
        theme_totals={one: shown[one, TOTAL] for one in there},
        district_totals={at: shown[TOTAL, at] for at in places},
        total=shown[TOTAL, TOTAL],
    )


def _add_side(
    figures: dict[Hashable, int],
    lines: list[Line[Hashable]],
    side: Side,
    values: Sequence[Hashable],
    reasons: Sequence[DeclineReason],
) -> None:
    """Add one table, with the lines that tie it to the totals of the reasons."""
    pairs = list(zip(values, reasons, strict=True))
    there = list(dict.fromkeys(values))
    for one in there:
        figures |= {(side, one, reason): pairs.count((one, reason)) for reason in DeclineReason}
        figures[side, one, TOTAL] = values.count(one)
        lines.append(
            Line((side, one, TOTAL), tuple((side, one, reason) for reason in DeclineReason))
        )
    for reason in DeclineReason:
        figures[TOTAL, reason] = reasons.count(reason)
        lines.append(Line((TOTAL, reason), tuple((side, one, reason) for one in there)))
    figures[TOTAL, TOTAL] = len(pairs)
    lines.append(Line((TOTAL, TOTAL), tuple((side, one, TOTAL) for one in there)))
    lines.append(Line((TOTAL, TOTAL), tuple((TOTAL, reason) for reason in DeclineReason)))


def _most_told(
    figures: Mapping[Hashable, int], lines: Sequence[Line[Hashable]], threshold: int
) -> tuple[Mapping[Hashable, Shown], bool]:
    """Protect everything, or only the totals where so more of them can be shown."""
    crossed = protect_lines(figures, lines, threshold)
    totals = {key: count for key, count in figures.items() if _is_total(key)}
    of_totals = [line for line in lines if all(map(_is_total, line.parts))]
    alone = protect_lines(totals, of_totals, threshold)
    if _numbers_shown(crossed) >= _numbers_shown(alone):
        return crossed, True
    return alone, False


def _is_total(key: Hashable) -> bool:
    return isinstance(key, tuple) and TOTAL in key


def _numbers_shown(shown: Mapping[Hashable, Shown]) -> int:
    return sum(not one.hidden and one.text != "0" for one in shown.values())


def _found_nobody(asks: Asks) -> NDArray[np.bool_]:
    """Tell for every ask whether its whole referral found nobody."""
    withdrew = asks.reason == code_of(DeclineReason.RESIDENT_WITHDREW)
    refused = (asks.reason > 0) & ~withdrew
    sent_on = (asks.answered < FAR_FUTURE_DAY) & (asks.reason == 0) & ~asks.accepted
    failed = refused | sent_on | (asks.returned < FAR_FUTURE_DAY)
    _referrals, index = np.unique(asks.referral, return_inverse=True)
    others = np.bincount(index[~failed], minlength=len(_referrals))
    nobody: NDArray[np.bool_] = others[index] == 0
    return nobody


def _first_asks(asks: Asks, rows: NDArray[np.intp], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Keep the first ask of every referral, where it lies in the period and is wanted."""
    _referrals, first = np.unique(asks.referral, return_index=True)
    return np.intersect1d(first[wanted[first]], rows)


def _themes(asks: Asks, rows: NDArray[np.intp]) -> list[Theme]:
    by_code = {code_of(theme): theme for theme in Theme}
    return [by_code[code] for code in asks.theme[rows].tolist()]


def _there(found: Sequence[Theme], words: type[Theme]) -> list[Theme]:
    return [word for word in words if word in set(found)]
