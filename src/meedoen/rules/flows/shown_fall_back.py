"""What may be shown of where people are after the end of a placement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.flows.fall_back import FOLLOWED, RungSince, Where, WindowCounts
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown

Key = tuple[object, ...]
ENDS: Key = ("ends",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWindow:
    """One window as people see it; `first_day` and `last_day` count from the end of a placement."""

    first_day: int
    last_day: int
    where: Mapping[Where, Shown]
    rung: Mapping[RungSince, Shown]
    fell_back: Shown
    followed: Shown
    measured: Shown


@dataclass(frozen=True, slots=True)
class ShownFallBack:
    """How many placements ended, and the windows after that, the first one first."""

    ends: Shown
    windows: tuple[ShownWindow, ...]


def protect_fall_back(
    windows: Sequence[WindowCounts], threshold: int = USUAL_THRESHOLD
) -> ShownFallBack:
    """Show what can be shown of all windows together; they are about the same ends.

    Also protected is what is left over: who did not fall back, who fell back by their rung alone,
    and who is followed without a rung that can be compared. Raises ValueError for a threshold
    under 5 and without windows.
    """
    if not windows:
        raise ValueError("no windows: give one or more")
    figures: dict[Key, int] = {ENDS: windows[0].ends}
    lines: list[Line[Key]] = []
    for window in windows:
        _tell(window, figures, lines)
    shown = protect_lines(figures, lines, threshold)
    return ShownFallBack(
        ends=shown[ENDS],
        windows=tuple(
            ShownWindow(
                first_day=one.first_day,
                last_day=one.last_day,
                where={where: shown[(one.last_day, where)] for where in Where},
                rung={rung: shown[(one.last_day, "rung", rung)] for rung in RungSince},
                fell_back=shown[(one.last_day, "fell back")],
                followed=shown[(one.last_day, "followed")],
                measured=shown[(one.last_day, "measured")],
            )
            for one in windows
        ),
    )


def _tell(window: WindowCounts, figures: dict[Key, int], lines: list[Line[Key]]) -> None:
    """Add the numbers of a window, and how they add up."""
    day = window.last_day
    where: dict[Key, int] = {(day, one): window.where[one] for one in Where}
    rung: dict[Key, int] = {(day, "rung", one): window.rung[one] for one in RungSince}
    idle: Key = (day, Where.NO_ACTIVITY)
    followed, fell_back, measured = ((day, what) for what in ("followed", "fell back", "measured"))
    rest: dict[Key, int] = {
        (day, "did well"): window.followed - window.fell_back,
        (day, "lower only"): window.fell_back - where[idle],
        (day, "not measured"): window.followed - window.measured,
    }
    well, lower, unmeasured = rest
    figures |= where | rung | rest
    figures |= {
        followed: window.followed,
        fell_back: window.fell_back,
        measured: window.measured,
    }
    lines += [
        Line(ENDS, tuple(where)),
        Line(ENDS, tuple(rung)),
        Line(followed, tuple((day, one) for one in FOLLOWED)),
        Line(followed, (fell_back, well)),
        Line(fell_back, (idle, lower)),
        Line(followed, (measured, unmeasured)),
    ]
