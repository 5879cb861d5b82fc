"""The figures about places once more, slowly: one day at a time, plain loops over statements.

Nothing here comes from the evaluator, nor from the columns.
"""

from datetime import date, datetime

from tests.rules.indicators.reference import ReferenceFigure


def reference_of_places(
    word, places, seats, confirmations, districts, on: date, known_at: datetime | None, **only
) -> ReferenceFigure:
    """Count one figure; with a `district`, a `kind` or an `organisation` only the places there."""
    known = [one for one in places if known_at is None or one.recorded_at <= known_at]
    held = [one for one in seats if is_known(one, known_at)]
    stood = [one for one in confirmations if known_at is None or one.recorded_at <= known_at]
    there = [
        (said, free_seats(said, held, on), is_fresh(said.place, stood, on))
        for place in sorted({one.place for one in known})
        if (said := said_on(place, known, on)) is not None
    ]
    there = [one for one in there if passes(word.where, *one)]
    if (district := only.get("district")) is not None:
        there = [one for one in there if one[0].district == district]
        districts = set(districts) & {district}
    if (kind := only.get("kind")) is not None:
        there = [one for one in there if one[0].kind == kind]
    if (organisation := only.get("organisation")) is not None:
        there = [one for one in there if one[0].organisation == organisation]
    return count(word, there, set(districts))


def is_known(seat, known_at) -> bool:
    if known_at is None:
        return seat.replaced_at is None
    return seat.recorded_at <= known_at and (
        seat.replaced_at is None or known_at < seat.replaced_at
    )


def said_on(place: int, known, on: date):
    """What holds of a place on a day; None when it is not there."""
    begun = [one for one in known if one.place == place and one.starts_on <= on]
    if not begun:
        return None
    newest = max(one.starts_on for one in begun)
    said = [one for one in begun if one.starts_on == newest][-1]
    is_open = said.opens_on <= on and (said.closes_on is None or on < said.closes_on)
    return said if is_open else None


def free_seats(said, held, on: date) -> int:
    taken = 0
    for seat in held:
        if seat.place == said.place and seat.starts_on <= on:
            taken += seat.ends_on is None or on < seat.ends_on
    return 0 if said.is_full or taken > said.capacity else said.capacity - taken


def is_fresh(place: int, stood, on: date) -> bool:
    own = [one for one in stood if one.place == place and one.on <= on]
    if not own:
        return False
    newest = max(one.on for one in own)
    return on <= [one for one in own if one.on == newest][-1].until


def passes(where, said, free: int, fresh: bool) -> bool:
    return (
        (not where.place_kinds or said.kind in where.place_kinds)
        and (not where.districts or said.district in where.districts)
        and (not where.organisations or said.organisation in where.organisations)
        and (not where.legal_tasks or said.legal_task in where.legal_tasks)
        and (not where.free or free > 0)
        and (where.confirmed is None or where.confirmed == fresh)
    )


def count(word, there, districts) -> ReferenceFigure:
    match word.word:
        case "places_listed":
            return ReferenceFigure(len(there), {})
        case "seats":
            of_all = word.of == "capacity"
            seats = sum(said.capacity if of_all else free for said, free, _ in there)
            return ReferenceFigure(seats, {})
        case "share_places_confirmed":
            fresh = sum(fresh for _, _, fresh in there)
            value = int(fresh * 100 / len(there) + 0.5) if there else 0
            return ReferenceFigure(value, {"confirmed": fresh, "listed": len(there)})
        case "districts_with_places":
            with_places = len({said.district for said, _, _ in there} & districts)
            parts = {"with_places": with_places, "districts": len(districts)}
            return ReferenceFigure(with_places, parts)
    raise AssertionError(word)
