"""Whichever way a move is made, the same moves may be made and the same is written down.

Single actions, actions for many, pages, pages for many and the API are tried side by side, with
moves that may be made and moves that may not.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.placements.actions import PARTNER_MAY_CONFIRM, NewPlacement, place_all
from meedoen.records.placements.course_queries import told_course
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.models import Place
from meedoen.records.waiting.models import Promotion
from meedoen.rules.placement_states import (
    BEFORE_START,
    FIRST_STATES,
    HOLDS_A_SEAT,
    MOVES,
    NOT_OVER,
    MoveNotAllowedError,
    move,
    next_states,
    outcomes_for,
    reasons_for,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from tests.examples import examples
from tests.records.placements import every_path as ways
from tests.records.placements.every_path import Asked, Path, every_row, signed_in
from tests.records.placements.test_courses import records_of
from tests.rules.covering import choices, covering_steps
from tests.town import Town
from tests.web.coach.scenes import on, register_crowd

FIRST_DAY = date(2026, 1, 5)
WAITING, PROPOSED, INTRODUCED, TRIAL, ACTIVE, PAUSED, ENDED, WITHDRAWN = PlacementState


Walk = tuple[PlacementState, list[tuple[int, int, list[Asked]]]]
"""Where a walk begins, and what is tried on it: after so many days, about a day so far back."""


@st.composite
def attempts(draw: st.DrawFn) -> Walk:
    """Draw a walk.

    Half of it may be made at that moment, as far as the table says; the rest is anything.
    """
    first = state = draw(st.sampled_from(sorted(FIRST_STATES)))
    found = []
    for _attempt in range(draw(st.integers(3, 8))):
        later, back = draw(st.integers(0, 9)), draw(st.sampled_from([0, 0, 0, 0, 0, 2, 30, -1]))
        asked = draw(fitting(state) if draw(st.booleans()) else anything())
        found.append((later, back, [asked]))
        if state_after(state, asked) and back == 0:
            state = asked.to
    return first, found


def fitting(state: PlacementState) -> st.SearchStrategy[Asked]:
    """Return moves that may be made from a state; of what is over anything."""
    found = [
        Asked(to, FIRST_DAY, outcome, reason)
        for to in next_states(state)
        for outcome, reason in choices(state, to)
    ]
    return st.sampled_from(found) if found else anything()


def anything() -> st.SearchStrategy[Asked]:
    return st.builds(
        Asked,
        st.sampled_from(PlacementState),
        st.just(FIRST_DAY),
        st.none() | st.sampled_from(Outcome),
        st.none() | st.sampled_from(MoveReason),
    )


def state_after(state: PlacementState, asked: Asked) -> PlacementState | None:
    """Return what the table says of a move; None when it may not be made."""
    try:
        return move(state, asked.to, asked.outcome, asked.reason)
    except MoveNotAllowedError:
        return None


@contextmanager
def crowd_at_the_garden(
    town: Town, first: PlacementState, paths: Mapping[str, tuple[int, Callable[..., bool]]]
) -> Iterator[dict[str, Path]]:
    """Give each way people of its own, all alike, and forget everything afterwards."""
    with transaction.atomic():
        Place.objects.filter(pk=town.garden).update(capacity=20)
        people = register_crowd(town, sum(count for count, _attempt in paths.values()))
        with on(FIRST_DAY):
            numbers = place_all(
                town.anna,
                placements=[
                    NewPlacement(
                        pseudonym_id=one,
                        place_id=town.garden,
                        proposed_on=FIRST_DAY,
                        waits=first is WAITING,
                    )
                    for one in people
                ],
            )
        rows = Placement.objects.visible_to(town.system).in_bulk(numbers)
        keys = iter([rows[number].key for number in numbers])
        yield {
            name: Path([next(keys) for _one in range(count)], attempt)
            for name, (count, attempt) in paths.items()
        }
        transaction.set_rollback(True)


def ways_of_a_coach(town: Town) -> dict[str, tuple[int, Callable[..., bool]]]:
    client = signed_in(town.anna)
    return {
        "single": (1, ways.coach_alone(town)),
        "many": (2, ways.coach_of_many(town)),
        "page": (1, ways.coach_by_page(client)),
        "page of many": (2, ways.coach_by_page_of_many(client)),
        "api": (1, ways.by_api(client)),
        "api of many": (2, ways.by_api_of_many(client)),
    }


def ways_of_a_partner(town: Town) -> dict[str, tuple[int, Callable[..., bool]]]:
    client = signed_in(town.petra)
    return {
        "single": (1, ways.partner_alone(town)),
        "many": (2, ways.partner_of_many(town)),
        "page": (1, ways.partner_by_page(client)),
        "link page": (1, ways.partner_by_link(town)),
        "api": (1, ways.by_api(client)),
        "api of many": (2, ways.by_api_of_many(client)),
    }


def everyone(paths: Mapping[str, Path]) -> list[uuid.UUID]:
    return [key for path in paths.values() for key in path.keys]


def check_all_alike(town: Town, paths: Mapping[str, Path]) -> tuple[PlacementState, date]:
    """Check that everyone stands alike, with a seat each or none; return the state and its day."""
    keys = everyone(paths)
    found = records_of(town, keys)
    assert found == [found[0]] * len(keys)
    (state, *_why), stretches, entries = found[0]
    # The history says of every stretch what the record says.
    assert [line[:3] for line in entries] == [line[:3] for line in stretches]
    rows = Placement.objects.visible_to(town.system).filter(place_id=town.garden)
    seats = rows.filter(state__in=HOLDS_A_SEAT).count()
    assert Place.objects.get(pk=town.garden).taken == seats
    assert seats == len(keys) * (state in HOLDS_A_SEAT)
    assert len(set(promotions_of(town, keys))) == 1
    periods = StatePeriod.objects.visible_to(town.system).filter(placement__key=keys[0])
    last = periods.filter(withdrawn=False).order_by("-starts_on", "-pk").first()
    # Nothing can be made of what is over, on whatever day.
    going_on = last is not None and state in NOT_OVER
    return PlacementState(state), last.starts_on if last and going_on else date.max


def check_told_alike(town: Town, paths: Mapping[str, Path]) -> None:
    """Check that the whole course of everyone is told alike."""
    told = [told_course(town.anna, key=key) for key in everyone(paths)]
    steps = [course.steps for course in told if course]
    assert steps == [steps[0]] * len(told)


def promotions_of(town: Town, keys: Sequence[uuid.UUID]) -> list[int]:
    rows = Promotion.objects.visible_to(town.system).filter(placement__key__in=keys)
    counted = Counter(rows.values_list("placement__key", flat=True))
    return [counted[key] for key in keys]


def expressible(state: PlacementState, asked: Asked) -> bool:
    """Say whether a page can ask this: it asks why only where the table knows an answer."""
    if (state, asked.to) not in MOVES or not (asked.outcome or asked.reason):
        return True
    allowed = MOVES[state, asked.to]
    return bool(allowed.outcomes or allowed.reasons)


BY_LINK = {
    (state, to) for state, to in MOVES if state in BEFORE_START and to in PARTNER_MAY_CONFIRM
}
"""A link asks about a beginning; what comes after it is told elsewhere."""


def every_move(states: Set[PlacementState] = frozenset(PlacementState)) -> Iterator[Walk]:
    """Yield walks that make every move, and in each state try once which of these none leads to."""
    been = set()
    for steps in covering_steps(FIRST_DAY, 1):
        tried = []
        for step, onward in zip(steps, [*steps[1:], None], strict=True):
            if step.state not in been:
                wrong = sorted(states - set(next_states(step.state)))
                tried.append((0, 0, [Asked(to, FIRST_DAY) for to in wrong]))
                been.add(step.state)
            if onward:
                to = Asked(onward.state, FIRST_DAY, onward.outcome, onward.reason)
                tried.append((1, 0, [to]))
        yield steps[0].state, tried
    assert been == set(PlacementState)


def by_a_coach(town: Town, walk: Walk) -> Iterator[tuple[PlacementState, PlacementState, str]]:
    """Walk by every way of a coach, checking all along; yield each move that was made, and how."""
    first, tried = walk
    with crowd_at_the_garden(town, first, ways_of_a_coach(town)) as paths:
        today = FIRST_DAY
        state, since = check_all_alike(town, paths)
        for later, back, drawn in tried:
            today += timedelta(days=later)
            asked = [as_a_coach(one, today, back) for one in drawn]
            may = any(state_after(state, one) and since <= one.on <= today for one in asked)
            with on(today):
                attempt_all(paths, state, asked, may=may)
                if may:
                    yield from ((state, asked[0].to, name) for name in paths)
                    state, since = check_all_alike(town, paths)
                    assert state is asked[0].to
        with on(today):
            check_told_alike(town, paths)


def as_a_coach(drawn: Asked, today: date, back: int) -> Asked:
    """Return what a coach asks; a seat from the list is given today, and ends nothing."""
    if drawn.to is PROPOSED:
        return Asked(PROPOSED, today)
    return replace(drawn, on=today - timedelta(days=back))


def test_a_coach_makes_every_move_by_every_way_and_no_other(town: Town) -> None:
    made = {one for walk in every_move() for one in by_a_coach(town, walk)}
    assert made == {(*move, name) for move in MOVES for name in ways_of_a_coach(town)}


@settings(
    max_examples=examples(1),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(walk=attempts())
def test_a_coach_makes_the_same_moves_by_every_way(town: Town, walk: Walk) -> None:
    list(by_a_coach(town, walk))


def by_a_partner(town: Town, walk: Walk) -> Iterator[tuple[PlacementState, PlacementState, str]]:
    """Walk by every way of a partner; yield each move that was made, and how.

    What the municipality decides is refused by all ways; then the coach does it.
    """
    first, tried = walk
    with crowd_at_the_garden(town, first, ways_of_a_partner(town)) as paths:
        coach, today = ways.coach_of_many(town), FIRST_DAY
        state, since = check_all_alike(town, paths)
        for later, back, drawn in tried:
            today += timedelta(days=later)
            asked = [Asked(one.to, today - timedelta(days=back)) for one in drawn]
            may = any(is_for_partner(state, one) and since <= one.on <= today for one in asked)
            onward = asked if may else [replace(one, on=today) for one in drawn]
            able = {
                name: path
                for name, path in paths.items()
                if not may or "link" not in name or (state, asked[0].to) in BY_LINK
            }
            left = {name: path for name, path in paths.items() if not may or name not in able}
            with on(today):
                attempt_all(able, state, asked, may=may)
                if may and left:
                    attempt_all(left, state, asked, may=False)
                if may:
                    yield from ((state, asked[0].to, name) for name in able)
                for one in onward:
                    if left and state_after(state, one):
                        assert coach(everyone(left), one)
                after, since = check_all_alike(town, paths)
            assert not may or after is asked[0].to
            state = after
        with on(today):
            check_told_alike(town, paths)


def is_for_partner(state: PlacementState, asked: Asked) -> bool:
    """Say whether an organisation may tell this itself."""
    own = asked.to in PARTNER_MAY_CONFIRM and state is not WAITING
    return own and bool(state_after(state, asked))


def test_a_partner_confirms_all_that_it_may_by_every_way_and_nothing_else(town: Town) -> None:
    """What the municipality decides is tried too, and then made by the coach."""
    walks = every_move(PARTNER_MAY_CONFIRM)
    made = {one for walk in walks for one in by_a_partner(town, walk)}
    own = {(state, to) for state, to in MOVES if to in PARTNER_MAY_CONFIRM}
    with transaction.atomic():
        names = list(ways_of_a_partner(town))
        transaction.set_rollback(True)
    assert made == {
        (*move, name) for move in own for name in names if "link" not in name or move in BY_LINK
    }


@settings(
    max_examples=examples(1),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(walk=attempts())
def test_a_partner_confirms_the_same_by_every_way_and_nothing_else(town: Town, walk: Walk) -> None:
    list(by_a_partner(town, walk))


def attempt_all(
    paths: Mapping[str, Path], state: PlacementState, moves: Sequence[Asked], *, may: bool
) -> None:
    """Try moves by every way: all make it, or nobody does and not one row is another."""
    before = every_row() if not may else {}
    for asked, (name, path) in product(moves, paths.items()):
        if "page" in name and not expressible(state, asked):
            # The page has no field for it, so that nobody can say it there.
            continue
        assert path.attempt(path.keys, asked) is may, (name, state, asked)
    if not may:
        assert every_row() == before


# --- what is offered -----------------------------------------------------------------------------

WAY_TO: Mapping[PlacementState, Sequence[Asked]] = {
    WAITING: [],
    PROPOSED: [Asked(PROPOSED, FIRST_DAY)],
    INTRODUCED: [Asked(PROPOSED, FIRST_DAY), Asked(INTRODUCED, FIRST_DAY)],
    TRIAL: [Asked(PROPOSED, FIRST_DAY), Asked(TRIAL, FIRST_DAY)],
    ACTIVE: [Asked(PROPOSED, FIRST_DAY), Asked(ACTIVE, FIRST_DAY)],
    PAUSED: [
        Asked(PROPOSED, FIRST_DAY),
        Asked(ACTIVE, FIRST_DAY),
        Asked(PAUSED, FIRST_DAY, None, MoveReason.AGREED_BREAK),
    ],
    ENDED: [
        Asked(PROPOSED, FIRST_DAY),
        Asked(ACTIVE, FIRST_DAY),
        Asked(ENDED, FIRST_DAY, Outcome.GOAL_REACHED),
    ],
    WITHDRAWN: [Asked(WITHDRAWN, FIRST_DAY, Outcome.MOVED_AWAY)],
}


@pytest.mark.parametrize("state", list(PlacementState))
def test_every_way_offers_the_moves_of_the_table(town: Town, state: PlacementState) -> None:
    coach = signed_in(town.anna)
    with (
        crowd_at_the_garden(town, WAITING, {"single": (1, ways.coach_alone(town))}) as paths,
        on(FIRST_DAY),
    ):
        [key] = paths["single"].keys
        for asked in WAY_TO[state]:
            assert paths["single"].attempt([key], asked)
        told = coach.get(f"/api/v1/plaatsingen/{key}").json()
        assert told["toestand"]["code"] == state
        offered = told["overgangen"]
        assert [one["naar"]["code"] for one in offered] == list(next_states(state))
        for one in offered:
            to = PlacementState(one["naar"]["code"])
            assert codes(one["uitkomsten"]) == list(outcomes_for(state, to))
            assert codes(one["redenen"]) == list(reasons_for(state, to))
            for outcome in one["uitkomsten"]:
                word = Outcome(outcome["code"])
                assert codes(outcome["redenen"]) == list(reasons_for(state, to, word))
        page = coach.get(reverse("coach:placement", args=[key]))
        links = {link.url for link in page.context["moves"]}
        assert links == {page_of_move(key, to) for to in next_states(state)}
        partner = signed_in(town.petra).get(f"/api/v1/plaatsingen/{key}")
        if state not in HOLDS_A_SEAT:
            assert partner.status_code == 404
        else:
            own = [one["naar"]["code"] for one in partner.json()["overgangen"]]
            assert own == [to for to in next_states(state) if to in PARTNER_MAY_CONFIRM]


def codes(words: Sequence[Mapping[str, str]]) -> list[str]:
    return [word["code"] for word in words]


def page_of_move(key: object, to: PlacementState) -> str:
    if to is PROPOSED:
        return reverse("coach:waiting_promote", args=[key])
    return reverse("coach:placement_move", args=[key, to.value])


# --- all or none ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["many", "page of many", "api of many"])
def test_of_many_nobody_moves_when_one_cannot(town: Town, name: str) -> None:
    paths_of_town = ways_of_a_coach(town)
    with crowd_at_the_garden(town, PROPOSED, {name: (2, paths_of_town[name][1])}) as paths:
        path = paths[name]
        with on(FIRST_DAY + timedelta(days=1)):
            other = ways.coach_alone(town)
            assert other([path.keys[1]], Asked(TRIAL, FIRST_DAY))
            before = every_row()
            assert not path.attempt(path.keys, Asked(TRIAL, FIRST_DAY))
            assert every_row() == before


@pytest.mark.parametrize("name", ["single", "page", "api"])
def test_the_same_move_sent_twice_is_made_once(town: Town, name: str) -> None:
    paths_of_town = ways_of_a_coach(town)
    with crowd_at_the_garden(town, PROPOSED, {name: (1, paths_of_town[name][1])}) as paths:
        path, asked = paths[name], Asked(ACTIVE, FIRST_DAY)
        with on(FIRST_DAY):
            assert path.attempt(path.keys, asked)
            before = every_row()
            assert not path.attempt(path.keys, asked)
            assert every_row() == before
