"""What may be shown of where people are after the end of a placement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.flows.fall_back import WindowCounts
from meedoen.rules.flows.named import any_small
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.after_ends import RungSince, Where
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown

Key = tuple[object, ...]
ENDS: Key = ("ends",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWindow:
    """One window as people see it; `first_day` and `last_day` count from the end of a placement.

    `followed` are the ends after which it is known whether somebody is active, `fell_back` those
    of them with no activity or a lower rung. `compared` are the ends with a rung before and in
    the window, `lower` those of them with a lower one.
    """

    first_day: int
    last_day: int
    followed: Shown
    active: Shown
    no_activity: Shown
    compared: Shown
    lower: Shown
    fell_back: Shown
    not_followed: Shown
    not_compared: Shown


@dataclass(frozen=True, slots=True)
class ShownFallBack:
    """How many placements ended, and the windows after that, the first one first."""

    ends: Shown
    windows: tuple[ShownWindow, ...]


def protect_fall_back(
    windows: Sequence[WindowCounts], threshold: int = USUAL_THRESHOLD
) -> ShownFallBack:
    """Show what can be shown of all windows together; they are about the same ends.

    Also protected is what is left over: who did not fall back, who did by their rung alone, and
    who cannot be followed or compared. When one of the last two is small it is the number of ends
    that is not shown, for the windows say more. Raises ValueError for a threshold under 5 and
    without windows.
    """
    if not windows:
        raise ValueError("no windows: give one or more")
    figures: dict[Key, int] = {ENDS: windows[0].ends}
    lines: list[Line[Key]] = []
    left_over: list[int] = []
    for window in windows:
        counted = _counted(window)
        figures |= {(window.last_day, name): count for name, count in counted.items()}
        lines += _lines(window.last_day)
        left_over += [counted["not_followed"], counted["not_compared"]]
    hidden = {ENDS} if any_small(left_over, threshold) else set()
    shown = protect_lines(figures, lines, threshold, hidden=hidden)
    return ShownFallBack(shown[ENDS], tuple(_window(one, shown) for one in windows))


def _window(window: WindowCounts, shown: Mapping[Key, Shown]) -> ShownWindow:
    day = window.last_day
    return ShownWindow(
        first_day=window.first_day,
        last_day=day,
        followed=shown[day, "followed"],
        active=shown[day, "active"],
        no_activity=shown[day, "no_activity"],
        compared=shown[day, "compared"],
        lower=shown[day, "lower"],
        fell_back=shown[day, "fell_back"],
        not_followed=shown[day, "not_followed"],
        not_compared=shown[day, "not_compared"],
    )


def _counted(window: WindowCounts) -> dict[str, int]:
    """Return the numbers of a window by name, with what can be worked out from them."""
    idle, lower = window.where[Where.NO_ACTIVITY], window.rung[RungSince.LOWER]
    compared = lower + window.rung[RungSince.NOT_LOWER]
    return {
        "followed": window.followed,
        "no_activity": idle,
        "active": window.followed - idle,
        "fell_back": window.fell_back,
        "did_not": window.followed - window.fell_back,
        "by_rung_alone": window.fell_back - idle,
        "compared": compared,
        "lower": lower,
        "not_lower": window.rung[RungSince.NOT_LOWER],
        "not_followed": window.ends - window.followed,
        "not_compared": window.ends - compared,
    }


def _lines(day: int) -> list[Line[Key]]:
    """Return how the numbers of a window add up."""
    made = {
        "followed": (("no_activity", "active"), ("fell_back", "did_not")),
        "fell_back": (("no_activity", "by_rung_alone"),),
        "compared": (("lower", "not_lower"),),
    }
    lines: list[Line[Key]] = [
        Line((day, whole), tuple((day, part) for part in parts))
        for whole, ways in made.items()
        for parts in ways
    ]
    lines += [
        Line(ENDS, ((day, "followed"), (day, "not_followed"))),
        Line(ENDS, ((day, "compared"), (day, "not_compared"))),
    ]
    return lines
