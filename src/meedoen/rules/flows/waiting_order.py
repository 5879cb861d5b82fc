"""A waiting list in the order of the published rule, and why somebody gets the place.

People are compared by what the rule names and by nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.rules.flows.waiting_rule import Criterion, WaitingRule, waiting_rule_on

LAPSED = "lapsed"
"""Why somebody was passed over who let an earlier hold lapse; stored with the promotion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """Somebody who waits. `key` is unique in the list, stable, and says nothing about the person.

    `since` is the day from which the waiting counts. `lost_place`: lost a place through no doing
    of their own. `own_wish_first`: named this place or kind themselves before any other.
    `lapsed`: let an earlier hold from this list lapse.
    """

    key: str
    since: date
    lost_place: bool = False
    own_wish_first: bool = False
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One place in the order. `position` counts from 1; `age` is in days.

    `decided_by` is what puts this entry before the one after it; None for the last.
    """

    entry: WaitingEntry
    position: int
    age: int
    decided_by: Criterion | None


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody further ahead who does not get the place now, and the code of the reason."""

    key: str
    position: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """Who gets a place that came free, with every number that explains it.

    `position` of `waiting` in the order of that day; before it stand `promoted_before`, who got
    a place at the same time, and `passed`, who did not. `age` is in days. `decided_by` is what
    puts this person before the one after; None for the last of the list.
    """

    key: str
    on: date
    position: int
    waiting: int
    age: int
    promoted_before: int
    passed: tuple[Passed, ...]
    decided_by: Criterion | None
    rule_from: date

    def as_json(self) -> dict[str, object]:
        """Return the promotion as plain values, to be kept; `promotion_from_json` reads them."""
        return {
            "key": self.key,
            "on": self.on.isoformat(),
            "position": self.position,
            "waiting": self.waiting,
            "age": self.age,
            "promoted_before": self.promoted_before,
            "passed": [[one.key, one.position, one.because] for one in self.passed],
            "decided_by": self.decided_by,
            "rule_from": self.rule_from.isoformat(),
        }


class WaitingListError(ValueError):
    """A waiting list that cannot be put in order; the message says which entry, and why."""


def in_waiting_order(
    entries: Iterable[WaitingEntry], on: date, rule: WaitingRule | None = None
) -> tuple[Waiting, ...]:
    """Put a waiting list in the order that holds on a day; how the entries come plays no role.

    Without a rule it is the shipped one of that day. Whoever let a hold lapse keeps their position.
    Raises WaitingListError for a key that occurs twice and for waiting that begins after the day.
    """
    held = rule or waiting_rule_on(on)
    found = sorted(entries, key=lambda entry: _rank(entry, held))
    _check(found, on)
    return tuple(
        Waiting(
            entry=entry,
            position=at,
            age=(on - entry.since).days,
            decided_by=_difference(entry, found[at], held) if at < len(found) else None,
        )
        for at, entry in enumerate(found, start=1)
    )


def promote(
    entries: Iterable[WaitingEntry],
    on: date,
    *,
    seats: int,
    unsuitable: Mapping[str, str],
    rule: WaitingRule | None = None,
) -> tuple[Promotion, ...]:
    """Say who get the seats that came free, in order; fewer when fewer suit.

    `unsuitable` holds the keys for whom these seats will not do, each with a code of the reason,
    such as a `HardRule`. Whoever let a hold lapse is passed over, unless the rule says otherwise.
    Raises WaitingListError as `in_waiting_order` does.
    """
    held = rule or waiting_rule_on(on)
    order = in_waiting_order(entries, on, held)
    passed: list[Passed] = []
    promoted: list[Promotion] = []
    for one in order:
        if len(promoted) >= seats:
            break
        because = _obstacle(one.entry, unsuitable, held)
        if because is not None:
            passed.append(Passed(one.entry.key, one.position, because))
        else:
            promoted.append(_promotion(one, order, passed, len(promoted), held, on))
    return tuple(promoted)


def promote_by_hand(
    entries: Iterable[WaitingEntry],
    on: date,
    *,
    key: str,
    because: str,
    rule: WaitingRule | None = None,
) -> Promotion:
    """Explain a promotion that somebody chose: everybody ahead is passed for the one reason given.

    Also who let a hold lapse may be chosen. Raises WaitingListError as `in_waiting_order` does,
    and for a key that is not on the list.
    """
    held = rule or waiting_rule_on(on)
    order = in_waiting_order(entries, on, held)
    chosen = next((one for one in order if one.entry.key == key), None)
    if chosen is None:
        raise WaitingListError(f"{key} is not on this waiting list; choose somebody who is")
    passed = [Passed(one.entry.key, one.position, because) for one in order[: chosen.position - 1]]
    return _promotion(chosen, order, passed, 0, held, on)


def promotion_from_json(values: Mapping[str, object]) -> Promotion:
    """Read what `Promotion.as_json` gave. Raises ValueError for anything else."""
    match values:
        case {
            "key": str(key),
            "on": str(on),
            "position": int(position),
            "waiting": int(waiting),
            "age": int(age),
            "promoted_before": int(promoted_before),
            "passed": list(passed),
            "decided_by": (str() | None) as decided_by,
            "rule_from": str(rule_from),
        }:
            return Promotion(
                key=key,
                on=date.fromisoformat(on),
                position=position,
                waiting=waiting,
                age=age,
                promoted_before=promoted_before,
                passed=tuple(Passed(*one) for one in passed),
                decided_by=None if decided_by is None else Criterion(decided_by),
                rule_from=date.fromisoformat(rule_from),
            )
        case _:
            raise ValueError(f"this is no promotion: {dict(values)!r}")


def _value(entry: WaitingEntry, criterion: Criterion) -> int | str:
    """Return what a criterion sees of an entry; the lowest comes first."""
    match criterion:
        case Criterion.LOST_PLACE:
            return not entry.lost_place
        case Criterion.OWN_WISH_FIRST:
            return not entry.own_wish_first
        case Criterion.SINCE:
            return entry.since.toordinal()
        case Criterion.KEY:
            return entry.key


def _rank(entry: WaitingEntry, rule: WaitingRule) -> tuple[int | str, ...]:
    return tuple(_value(entry, criterion) for criterion in (*rule.criteria, Criterion.KEY))


def _difference(first: WaitingEntry, second: WaitingEntry, rule: WaitingRule) -> Criterion:
    """Return the first criterion in which two entries differ; their keys always do."""
    differing = (one for one in rule.criteria if _value(first, one) != _value(second, one))
    return next(differing, Criterion.KEY)


def _check(entries: Sequence[WaitingEntry], on: date) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.since > on:
            raise WaitingListError(
                f"{entry.key} waits from {entry.since}, which is after {on}; leave it out"
            )
        if entry.key in seen:
            raise WaitingListError(f"{entry.key} is on this waiting list twice; give it once")
        seen.add(entry.key)


def _obstacle(entry: WaitingEntry, unsuitable: Mapping[str, str], rule: WaitingRule) -> str | None:
    """Return why an entry gets no seat now; that a hold lapsed comes first, for it stays true."""
    if entry.lapsed and not rule.promoted_after_lapse:
        return LAPSED
    return unsuitable.get(entry.key)


def _promotion(
    one: Waiting,
    order: Sequence[Waiting],
    passed: Iterable[Passed],
    promoted_before: int,
    rule: WaitingRule,
    on: date,
) -> Promotion:
    return Promotion(
        key=one.entry.key,
        on=on,
        position=one.position,
        waiting=len(order),
        age=one.age,
        promoted_before=promoted_before,
        passed=tuple(passed),
        decided_by=one.decided_by,
        rule_from=rule.valid_from,
    )
