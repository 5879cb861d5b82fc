"""Who counts by each word about people, found slowly: day by day, person by person."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import Outcome, PlaceKind

TAKES_PART = ("trial", "active", "paused")
ONE_DAY = timedelta(days=1)
MOVED_ON = {
    Outcome.MOVED_ON_TO_PAID_WORK,
    Outcome.MOVED_ON_TO_SUPPORTED_WORK,
    Outcome.MOVED_ON_TO_OWN_VOLUNTEERING,
    Outcome.MOVED_ON_TO_TRAINING,
}
GONE = {Outcome.MOVED_AWAY, Outcome.DIED}


class Item(NamedTuple):
    """What counts once in a part, with where it counts and whom it is about."""

    who: object
    part: str
    district: int
    kind: str
    person: int
    days: int = 0
    organisation: int = 0


class Stretch(NamedTuple):
    """Days without a break in which rows hold; `last` is the day after, None while it goes on."""

    first: date
    last: date | None
    opening: Statement
    closing: Statement


def items_of(word, rows: list[Statement], on: date) -> list[Item]:
    """Find what counts on a day, in the districts of the word."""
    if word.word in ("share", "ratio"):
        part, whole = items_of(word.part, rows, on), items_of(word.whole, rows, on)
        if word.word == "share":
            there = {item.who for item in part}
            part = [item for item in whole if item.who in there]
        return [one._replace(part="part") for one in part] + [
            one._replace(part="whole") for one in whole
        ]
    found = FINDERS[word.word](word, rows, on)
    return [
        one for one in found if not word.where.districts or one.district in word.where.districts
    ]


def about(row: Statement, part: str = "", who: object = None, days: int = 0) -> Item:
    counted = row.person if who is None else who
    return Item(counted, part, row.district, row.place_kind, row.person, days, row.organisation)


# --- states and events -------------------------------------------------------------------------


def passes(where, row: Statement) -> bool:
    return not (
        (where.place_kinds and row.place_kind not in where.place_kinds)
        or (where.self_found is not None and row.self_found is not where.self_found)
        or (where.organisations and row.organisation not in where.organisations)
        or (where.legal_tasks and row.legal_task not in where.legal_tasks)
    )


def about_places(where) -> bool:
    return bool(
        where.place_kinds
        or where.organisations
        or where.legal_tasks
        or where.self_found is not None
    )


def is_there(rows, where, person: int, day: date) -> bool:
    """Tell whether somebody takes part at such a place on a day; everybody does without filters."""
    return not about_places(where) or any(
        row.person == person
        and row.kind == "placement"
        and row.state in TAKES_PART
        and passes(where, row)
        and holds(row, day)
        for row in rows
    )


def holds(row: Statement, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def in_state(word, rows, on):
    return [
        about(row)
        for row in rows
        if holds(row, on)
        and (
            row.kind in word.also
            or (
                row.kind == word.kind
                and (not word.states or row.state in word.states)
                and (
                    passes(word.where, row)
                    if word.kind == "placement"
                    else is_there(rows, word.where, row.person, on)
                )
            )
        )
    ]


def happened(row: Statement, kinds, outcomes, months: int, on: date) -> bool:
    if row.kind not in kinds or (outcomes and row.outcome not in outcomes):
        return False
    return row.starts_on <= on < months_later(row.starts_on, months)


def with_event(word, rows, on):
    return [
        about(row)
        for row in rows
        if happened(row, [word.kind], word.outcomes, word.months, on)
        and is_there(rows, word.where, row.person, row.starts_on)
    ]


def events(word, rows, on):
    return [
        about(row, who=row.id)
        for row in rows
        if happened(row, [word.kind], word.outcomes, word.months, on)
        and is_there(rows, word.where, row.person, row.starts_on)
    ]


def without_event(word, rows, on):
    had = {row.person for row in rows if happened(row, word.kinds, word.outcomes, word.months, on)}
    return [
        about(row)
        for row in rows
        if row.kind == "benefit"
        and holds(row, on)
        and row.person not in had
        and is_there(rows, word.where, row.person, on)
    ]


def months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


# --- taking part -------------------------------------------------------------------------------


def stretches(rows: Iterable[Statement]) -> list[Stretch]:
    """Find the stretches in which at least one of the rows holds, by looking at every edge."""
    kept = [row for row in rows if row.ends_on is None or row.starts_on < row.ends_on]

    def there(day: date) -> bool:
        return any(holds(row, day) for row in kept)

    firsts = {row.starts_on for row in kept if not there(row.starts_on - ONE_DAY)}
    lasts = {row.ends_on for row in kept if row.ends_on is not None and not there(row.ends_on)}
    found = []
    for first in sorted(firsts):
        last = min((day for day in lasts if day > first), default=None)
        opening = min((row for row in kept if row.starts_on == first), key=lambda row: row.id)
        closing = max(
            (row for row in kept if row.ends_on == last and row.starts_on >= first),
            key=lambda row: row.id,
        )
        found.append(Stretch(first, last, opening, closing))
    return found


def took_part(rows, where, person: int) -> list[Stretch]:
    return stretches(
        row
        for row in rows
        if row.person == person
        and row.kind == "placement"
        and row.state in TAKES_PART
        and passes(where, row)
    )


def people_in(rows) -> list[int]:
    return sorted({row.person for row in rows})


def started(word, rows, on):
    return [
        about(one.opening)
        for person in people_in(rows)
        for one in took_part(rows, word.where, person)
        if one.first <= on < months_later(one.first, word.months)
    ]


def ended(word, rows, on):
    return [
        about(one.closing)
        for person in people_in(rows)
        for one in took_part(rows, word.where, person)
        if one.last is not None
        and one.last <= on < months_later(one.last, word.months)
        and (not word.outcomes or one.closing.outcome in word.outcomes)
    ]


def at_one_place(rows: Iterable[Statement]) -> list[Stretch]:
    """Find the stretches of each person with one kind of place and one organisation, in order."""
    groups: dict[tuple[int, int, int], list[Statement]] = {}
    kinds = ["", *PlaceKind]
    for row in rows:
        key = (row.person, kinds.index(row.place_kind), row.organisation)
        groups.setdefault(key, []).append(row)
    return [one for key in sorted(groups) for one in stretches(groups[key])]


def days_in_state(word, rows, on):
    of_word = [
        row
        for row in rows
        if row.kind == "placement" and row.state in word.states and passes(word.where, row)
    ]
    return [
        about(one.closing, "ended", number, (one.last - one.first).days)
        for number, one in enumerate(at_one_place(of_word))
        if one.last is not None and one.last <= on < months_later(one.last, word.months)
    ]


# --- growth ------------------------------------------------------------------------------------


def measured(rows, person: int, first: date, last: date) -> list[Statement]:
    """Find the measurements of a person in a stretch of days, both included, in order."""
    return sorted(
        (
            row
            for row in rows
            if row.person == person
            and row.kind == "measurement"
            and row.rung
            and first <= row.starts_on <= last
        ),
        key=lambda row: (row.starts_on, row.id),
    )


def by_growth(word, rows, on):
    found = []
    for person in people_in(rows):
        of_year = measured(rows, person, date(on.year, 1, 1), on)
        if not of_year:
            continue
        last = of_year[-1]
        if word.on_benefit and not on_benefit(rows, last):
            continue
        if is_there(rows, word.where, person, last.starts_on):
            found.append(about(last, growth_class(of_year, word.minimum_step)))
    return found


def on_benefit(rows, measurement: Statement) -> bool:
    return any(
        row.person == measurement.person
        and row.kind == "benefit"
        and holds(row, measurement.starts_on)
        for row in rows
    )


def on_rung(word, rows, on):
    found = []
    for person in people_in(rows):
        of_year = measured(rows, person, date(on.year, 1, 1), on)
        if not of_year:
            continue
        one = of_year[0] if word.which == "first" else of_year[-1]
        if word.rungs and one.rung not in word.rungs:
            continue
        if word.on_benefit and not on_benefit(rows, one):
            continue
        if is_there(rows, word.where, person, one.starts_on):
            found.append(about(one))
    return found


def growth_class(of_year: list[Statement], step: int) -> str:
    same = [row for row in of_year if row.ladder_version == of_year[-1].ladder_version]
    if len(same) == 1:
        return "measured_once"
    return difference_class(same[-1].rung - same[0].rung, step)


def difference_class(difference: int, step: int) -> str:
    if difference >= step:
        return "growth"
    return "decline" if difference <= -step else "equal"


def by_steps(word, rows, on):
    found = []
    for person in people_in(rows):
        of_year = measured(rows, person, date(on.year, 1, 1), on)
        if word.same_rung and of_year and growth_class(of_year, 1) in ("growth", "decline"):
            continue
        steps = sorted(
            (
                row
                for row in rows
                if row.person == person
                and row.kind == "life_domain"
                and row.score
                and date(on.year, 1, 1) <= row.starts_on <= on
            ),
            key=lambda row: (row.starts_on, row.id),
        )
        if steps and is_there(rows, word.where, person, steps[-1].starts_on):
            found.append(about(steps[-1], steps_class(steps)))
    return found


def steps_class(steps: list[Statement]) -> str:
    total, twice = 0, False
    for domain in {row.domain for row in steps}:
        own = [row for row in steps if row.domain == domain]
        same = [row for row in own if row.ladder_version == own[-1].ladder_version]
        total += same[-1].score - same[0].score
        twice = twice or len(same) > 1
    return difference_class(total, 1) if twice else "measured_once"


# --- after a while -----------------------------------------------------------------------------


def last_start(word, rows, person: int, after: int, on: date) -> Stretch | None:
    """Find the last stretch whose start lies so long ago, if that is in the months."""
    begun = [
        one for one in took_part(rows, word.where, person) if months_later(one.first, after) <= on
    ]
    if begun and on < months_later(begun[-1].first, after + word.months):
        return begun[-1]
    return None


def still_there(word, rows, on):
    found = []
    for person in people_in(rows):
        start = last_start(word, rows, person, word.after_months, on)
        if start is None:
            continue
        found.append(about(start.opening, "began"))
        later = months_later(start.first, word.after_months)
        if any(
            one.first <= later and (one.last is None or later < one.last)
            for one in took_part(rows, word.where, person)
        ):
            found.append(about(start.opening, "still_there"))
    return found


def after_start(word, rows, on):
    found = []
    for person in people_in(rows):
        start = last_start(word, rows, person, word.follow_up_months, on)
        if start is not None:
            found.append(about(start.opening, since_start(word, rows, person, start.first)))
    return found


def since_start(word, rows, person: int, first: date) -> str:
    before = [
        row
        for row in measured(rows, person, date.min, first)
        if first < months_later(row.starts_on, word.baseline_months)
    ]
    if not before:
        return "no_baseline"
    looked = months_later(first, word.follow_up_months)
    after = [
        row
        for row in measured(rows, person, first + ONE_DAY, looked)
        if row.ladder_version == before[-1].ladder_version
    ]
    if not after:
        return "not_measured_again"
    return difference_class(after[-1].rung - before[-1].rung, word.minimum_step)


def fallen_back(word, rows, on):
    everything = at_one_place(
        row for row in rows if row.kind == "placement" and row.state in TAKES_PART
    )
    found = []
    for number, one in enumerate(everything):
        if one.last is None or not passes(word.where, one.opening):
            continue
        if word.outcomes and one.closing.outcome not in word.outcomes:
            continue
        looked = one.last + timedelta(days=word.to_days)
        over = looked + ONE_DAY
        if not over <= on < months_later(over, word.months):
            continue
        theirs = [other for other in everything if other.opening.person == one.opening.person]
        where = where_on(theirs, looked)
        if where == "gone":
            continue
        found.append(about(one.opening, "ended", number))
        if where == "nothing" or fell_on_the_ladder(word, rows, one):
            found.append(about(one.opening, "fallen_back", number))
    return found


def where_on(theirs: list[Stretch], day: date) -> str:
    if any(one.first <= day and (one.last is None or day < one.last) for one in theirs):
        return "somewhere"
    over = [one for one in theirs if one.last is not None and one.last <= day]
    # Of two that ended on one day the last of the order counts, as the highest placement does.
    latest = max(enumerate(over), key=lambda pair: (pair[1].last, pair[0]))[1]
    if latest.closing.outcome in GONE:
        return "gone"
    return "elsewhere" if latest.closing.outcome in MOVED_ON else "nothing"


def fell_on_the_ladder(word, rows, one: Stretch) -> bool:
    person = one.opening.person
    before = measured(rows, person, date.min, one.last - ONE_DAY)
    if not before:
        return False
    since = [
        row
        for row in measured(
            rows,
            person,
            one.last + timedelta(days=word.from_days),
            one.last + timedelta(days=word.to_days),
        )
        if row.ladder_version == before[-1].ladder_version
    ]
    return bool(since) and since[-1].rung < before[-1].rung


FINDERS: dict[str, Callable[..., list[Item]]] = {
    "people_in_state": in_state,
    "people_with_event": with_event,
    "people_without_event": without_event,
    "events": events,
    "people_started": started,
    "people_ended": ended,
    "people_by_growth": by_growth,
    "people_by_steps": by_steps,
    "people_on_rung": on_rung,
    "days_in_state": days_in_state,
    "share_still_there": still_there,
    "share_fallen_back": fallen_back,
    "growth_after_start": after_start,
}
