"""Sheltered work and placements know each other: nobody begins without a decision or a job."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.following.leaving_actions import leave_all
from meedoen.records.links.actions import make_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_all,
    confirm_one,
    end,
    move_one,
    place_all,
)
from meedoen.records.placements.asked import confirm_with_link
from meedoen.records.placements.bulk_actions import SameMove, confirm_many, move_many
from meedoen.records.placements.correcting import correct_course, correct_start_day
from meedoen.records.placements.course_actions import LatePlacement, register_late
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.placements.overlapping import OverlapError
from meedoen.records.places.models import Place
from meedoen.records.sheltered.actions import take_step
from meedoen.records.sheltered.correcting import correct_day, take_back
from meedoen.records.sheltered.models import Track, WswStretch
from meedoen.records.sheltered.wsw_actions import (
    change_wsw,
    end_wsw,
    enter_wsw,
    enter_wsw_all,
    withdraw_wsw,
)
from meedoen.records.sheltered_stretches.stretches import standings_of
from meedoen.records.signals.actions import catch_up
from meedoen.records.signals.models import Signal
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.sheltered.words import ShelteredReason, ShelteredState, WswCategory, WswKind
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import LinkPurpose, MoveReason, Outcome, PlaceKind, PlacementState
from tests.asked import NELL, held, new_contact
from tests.at_once import at_once
from tests.records.placements import every_path as ways
from tests.records.placements.every_path import Asked, every_row, signed_in
from tests.records.sheltered.scenes import (
    BEGAN,
    DECIDED,
    TODAY,
    advised,
    employed,
    granted,
    on,
    placed,
    refused,
    sheltered_place,
)
from tests.records.sheltered.test_wsw import job
from tests.town import Person, Town
from tests.web.coach.scenes import register_crowd

ACTIVE, ENDED, TRIAL = PlacementState.ACTIVE, PlacementState.ENDED, PlacementState.TRIAL
DAY_BEFORE = DECIDED - timedelta(days=1)
STOPPED = date(2026, 8, 3)
NO_DECISION, NO_JOB = "geen besluit dat beschut werk nodig is", "geen baan in de Wsw"


@pytest.fixture
def workshop(town: Town) -> int:
    """A place in new sheltered work at De Moestuin."""
    return sheltered_place(town)


@pytest.fixture
def old_workshop(town: Town) -> int:
    """A place in old sheltered work at De Moestuin."""
    found = sheltered_place(town)
    Place.objects.filter(pk=found).update(kind=PlaceKind.SHELTERED_WSW)
    return found


def proposed(
    town: Town, place: int, *people: Person, day: date = DAY_BEFORE, waits: bool = False
) -> list[uuid.UUID]:
    """Propose people (Roos) at a place, or let them wait for it; return the keys."""
    with on(day):
        numbers = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=one.pseudonym_id, place_id=place, proposed_on=day, waits=waits
                )
                for one in people or [town.roos_file]
            ],
        )
    rows = Placement.objects.visible_to(town.system).in_bulk(numbers)
    return [rows[number].key for number in numbers]


def state(town: Town, key: uuid.UUID) -> str:
    return Placement.objects.visible_to(town.system).get(key=key).state


def told(town: Town, person: Person | None = None) -> list[tuple[str, date, date | None, bool]]:
    """Return how somebody (Roos) stands, as placements know it."""
    who = (person or town.roos_file).pseudonym_id
    return [
        (
            one.kind.value.removeprefix("sheltered_"),
            one.starts_on,
            one.ends_on if one.ends_on.year < 9999 else None,
            one.is_employed,
        )
        for one in standings_of(town.system, pseudonym_ids=[who]).get(who, [])
    ]


# --- beginning ------------------------------------------------------------------------------------


PATHS: dict[str, Callable[[Town], Callable[[Sequence[uuid.UUID], Asked], bool]]] = {
    "coach": ways.coach_alone,
    "coach of many": ways.coach_of_many,
    "page": lambda town: ways.coach_by_page(signed_in(town.anna)),
    "page of many": lambda town: ways.coach_by_page_of_many(signed_in(town.anna)),
    "partner": ways.partner_alone,
    "partner of many": ways.partner_of_many,
    "partner page": lambda town: ways.partner_by_page(signed_in(town.petra)),
    "api": lambda town: ways.by_api(signed_in(town.anna)),
    "api of many": lambda town: ways.by_api_of_many(signed_in(town.anna)),
}


@pytest.mark.parametrize("to", [TRIAL, ACTIVE])
@pytest.mark.parametrize("path", PATHS)
def test_by_every_path_somebody_begins_on_the_day_of_the_decision_and_not_before(
    town: Town, workshop: int, path: str, to: PlacementState
) -> None:
    [key] = proposed(town, workshop)
    granted(town)
    with on():
        attempt = PATHS[path](town)
        before = every_row()
        assert not attempt([key], Asked(to, DAY_BEFORE))
        assert every_row() == before
        assert attempt([key], Asked(to, DECIDED))
    assert state(town, key) == to


@pytest.mark.parametrize("make", [advised, refused, partial(advised, positive=False)])
def test_an_advice_or_a_refusal_is_no_decision_that_it_is_needed(
    town: Town, workshop: int, make: Callable[[Town], uuid.UUID]
) -> None:
    make(town)
    [key] = proposed(town, workshop)
    with on(), pytest.raises(ActionRefusedError, match=NO_DECISION):
        move_one(town.anna, key=key, to=TRIAL, on=BEGAN)


def test_the_sentence_says_which_day_what_is_missing_and_where_to_do_it(
    town: Town, workshop: int
) -> None:
    [key] = proposed(town, workshop)
    with on(), pytest.raises(ActionRefusedError) as error:
        move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)
    assert str(error.value) == (
        "Op 02-03-2026 is er geen besluit dat beschut werk nodig is. Leg dat eerst vast in het "
        "dossier, bij “Beschut werk”."
    )


def test_of_many_everybody_is_named_for_whom_something_is_missing(
    town: Town, workshop: int
) -> None:
    keys = proposed(town, workshop, town.roos_file, town.sam)
    granted(town, town.sam)
    with on(), pytest.raises(ActionRefusedError) as error:
        move_many(town.anna, keys=keys, same=SameMove(to=ACTIVE, on=BEGAN))
    assert str(error.value).count(NO_DECISION) == 1
    assert "Roos" in str(error.value)
    assert "Er is niets veranderd." in str(error.value)
    assert [state(town, key) for key in keys] == ["proposed", "proposed"]


def test_an_organisation_hears_whom_it_is_about_and_not_what_is_missing(
    town: Town, workshop: int
) -> None:
    keys = proposed(town, workshop, town.roos_file, town.sam)
    granted(town, town.sam)
    with on(), pytest.raises(ActionRefusedError) as error:
        confirm_many(town.petra, keys=keys, to=ACTIVE, on=BEGAN)
    said = "Deze persoon kan op die dag nog niet beginnen. Overleg met de gemeente."
    assert str(error.value) == f"Roos (Beschutte werkplaats): {said}"
    with on(), pytest.raises(ActionRefusedError) as error:
        confirm_one(town.petra, key=keys[0], to=ACTIVE, on=BEGAN)
    assert str(error.value) == said


def test_a_link_begins_nothing_without_a_decision_and_stays_to_be_used(
    town: Town, workshop: int
) -> None:
    [key] = proposed(town, workshop)
    row = Placement.objects.visible_to(town.system).get(key=key)
    with on():
        nell = new_contact(town, workshop)
        token = make_link(
            town.system,
            purpose=LinkPurpose.CONFIRM_START,
            subject_id=row.pk,
            organisation_id=row.place.organisation_id,
            recipient=NELL,
            owner_id=nell,
            expires_at=clock.now() + timedelta(days=30),
        )
        viewer = held(token, LinkPurpose.CONFIRM_START).viewer
        with pytest.raises(ActionRefusedError, match="Overleg met de gemeente"):
            confirm_with_link(viewer, placement_id=row.pk, to=ACTIVE, on=BEGAN)
    granted(town)
    with on():
        confirm_with_link(viewer, placement_id=row.pk, to=ACTIVE, on=BEGAN)
    assert state(town, key) == "active"


def test_late_registration_asks_the_decision_on_the_day_it_began(town: Town, workshop: int) -> None:
    granted(town)
    new = LatePlacement(
        pseudonym_id=town.roos_file.pseudonym_id,
        place_key=Place.objects.get(pk=workshop).key,
        proposed_on=DAY_BEFORE,
        trial_on=DAY_BEFORE,
        started_on=BEGAN,
    )
    with on(), pytest.raises(ActionRefusedError, match=NO_DECISION):
        register_late(town.anna, new=new)
    assert not Placement.objects.visible_to(town.system).exists()
    with on():
        key = register_late(
            town.anna,
            new=LatePlacement(
                pseudonym_id=new.pseudonym_id,
                place_key=new.place_key,
                proposed_on=DAY_BEFORE,
                trial_on=DECIDED,
                started_on=BEGAN,
            ),
        )
    assert state(town, key) == "active"


def test_a_correction_does_not_let_somebody_begin_before_the_decision(
    town: Town, workshop: int
) -> None:
    granted(town)
    [key] = proposed(town, workshop)
    with on():
        move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)
        with pytest.raises(ActionRefusedError, match=NO_DECISION):
            correct_start_day(town.anna, key=key, started_on=DAY_BEFORE)
        correct_start_day(town.anna, key=key, started_on=DECIDED)
        steps = [
            CourseStep(state=PlacementState.PROPOSED, on=DAY_BEFORE),
            CourseStep(state=TRIAL, on=DAY_BEFORE),
            CourseStep(state=ACTIVE, on=DECIDED),
        ]
        with pytest.raises(ActionRefusedError, match=NO_DECISION):
            correct_course(town.anna, key=key, steps=steps)
        # That it ended is put right, whatever is known of the decision.
        over = CourseStep(state=ENDED, on=STOPPED, outcome=Outcome.GOAL_REACHED)
        correct_course(town.anna, key=key, steps=[steps[0], steps[2], over])
    assert state(town, key) == "ended"


def test_a_seat_from_the_list_is_given_and_begins_after_the_decision(
    town: Town, workshop: int
) -> None:
    [key] = proposed(town, workshop, waits=True)
    with on():
        promote_one(town.anna, key=key)
        with pytest.raises(ActionRefusedError, match=NO_DECISION):
            move_one(town.anna, key=key, to=ACTIVE, on=TODAY)
    granted(town)
    with on():
        move_one(town.anna, key=key, to=ACTIVE, on=TODAY)
    assert state(town, key) == "active"


def test_who_comes_back_after_the_decision_ended_does_not(town: Town, workshop: int) -> None:
    track = granted(town)
    key = placed(town, workshop)
    with on():
        reason = MoveReason.AGREED_BREAK
        move_one(town.anna, key=key, to=PlacementState.PAUSED, on=STOPPED, reason=reason)
        why = ShelteredReason.NO_LONGER_NEEDED
        take_step(town.anna, key=track, to=ShelteredState.ENDED, on=STOPPED, reason=why)
        with pytest.raises(ActionRefusedError, match=NO_DECISION):
            move_one(town.anna, key=key, to=ACTIVE, on=TODAY)
        end(town.anna, key=key, last_day=STOPPED, outcome=Outcome.GOAL_REACHED)
    assert state(town, key) == "ended"


def test_at_an_old_place_a_running_job_is_asked_and_no_decision_helps(
    town: Town, old_workshop: int
) -> None:
    granted(town)
    [key] = proposed(town, old_workshop)
    with on(), pytest.raises(ActionRefusedError, match=NO_JOB):
        move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)
    with on():
        number = enter_wsw(town.anna, job=job(town.roos_file))
        move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)
        end_wsw(town.anna, key=number, last_day=TODAY)
    assert state(town, key) == "active"


def test_of_another_kind_nothing_is_asked(town: Town) -> None:
    placed(town, town.repair)
    assert told(town) == []


# --- what placements know -------------------------------------------------------------------------


def test_every_way_to_change_a_track_is_told(town: Town) -> None:
    key = employed(town)
    assert told(town) == [("new", DECIDED, BEGAN, False), ("new", BEGAN, None, True)]
    with on():
        correct_day(town.anna, key=key, number=5, on=date(2026, 3, 9), reason="Een week later.")
        assert told(town)[-1] == ("new", date(2026, 3, 9), None, True)
        take_back(town.anna, key=key, reason="Toch niet.")
        assert told(town) == [("new", DECIDED, None, False)]
        take_back(town.anna, key=key, reason="Toch niet.")
        assert told(town) == []


def test_every_way_to_change_an_old_job_is_told(town: Town) -> None:
    with on():
        key = enter_wsw(town.anna, job=job(town.roos_file))
        began = date(2010, 4, 1)
        assert told(town) == [("wsw", began, None, True)]
        after = change_wsw(
            town.anna,
            key=key,
            on=BEGAN,
            week_hours=Decimal(20),
            category=WswCategory.MODERATE,
            kind=WswKind.IN_HOUSE,
        )
        assert told(town) == [("wsw", began, BEGAN, True), ("wsw", BEGAN, None, True)]
        end_wsw(town.anna, key=after, last_day=STOPPED)
        assert told(town)[-1] == ("wsw", BEGAN, STOPPED + timedelta(days=1), True)
        rows = WswStretch.objects.visible_to(town.anna).current()
        withdraw_wsw(town.anna, key=rows.get(starts_on=BEGAN).key, reason="Was er niet.")
        assert told(town) == [("wsw", began, BEGAN, True)]


def test_who_moves_away_has_no_job_from_the_next_day(town: Town, workshop: int) -> None:
    employed(town)
    key = placed(town, workshop)
    with on():
        leave_all(
            town.anna,
            pseudonym_ids=[town.roos_file.pseudonym_id],
            on=STOPPED,
            outcome=Outcome.MOVED_AWAY,
        )
    assert state(town, key) == "ended"
    assert told(town)[-1] == ("new", BEGAN, STOPPED + timedelta(days=1), True)
    assert signals(town) == []


# --- what does not go together --------------------------------------------------------------------


def test_somebody_with_a_sheltered_job_does_not_begin_in_a_participation_job(town: Town) -> None:
    employed(town)
    [key] = proposed(town, town.garden, day=BEGAN)
    with on(), pytest.raises(OverlapError) as error:
        move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)
    assert "gaan “Moestuin” en “Baan in beschut werk” niet samen" in sorted_pair(str(error.value))
    with on(), pytest.raises(OverlapError, match="Overleg met de gemeente"):
        confirm_one(town.petra, key=key, to=ACTIVE, on=BEGAN)
    assert state(town, key) == "proposed"


def sorted_pair(said: str) -> str:
    """Return a sentence with the two titles in one order, whichever came first."""
    return said.replace(
        "“Baan in beschut werk” en “Moestuin”", "“Moestuin” en “Baan in beschut werk”"
    )


def test_somebody_in_a_participation_job_gets_no_sheltered_job_until_it_ends(town: Town) -> None:
    track = granted(town)
    key = placed(town, town.garden)
    with on():
        with pytest.raises(OverlapError, match="Moestuin"):
            take_step(town.anna, key=track, to=ShelteredState.EMPLOYED, on=BEGAN)
        assert told(town) == [("new", DECIDED, None, False)]
        end(town.anna, key=key, last_day=STOPPED, outcome=Outcome.GOAL_REACHED)
        first = STOPPED + timedelta(days=1)
        take_step(town.anna, key=track, to=ShelteredState.EMPLOYED, on=first)
        with pytest.raises(OverlapError):
            correct_day(town.anna, key=track, number=5, on=STOPPED, reason="Een dag eerder.")


def test_somebody_in_a_participation_job_gets_no_old_job_either(town: Town) -> None:
    placed(town, town.garden)
    with on(), pytest.raises(OverlapError, match="Baan in de Wsw"):
        enter_wsw(town.anna, job=job(town.roos_file))
    assert told(town) == []


def test_the_two_kinds_of_sheltered_work_do_not_go_together(
    town: Town, workshop: int, old_workshop: int
) -> None:
    track = granted(town)
    with on():
        number = enter_wsw(town.anna, job=job(town.roos_file))
        with pytest.raises(OverlapError):
            take_step(town.anna, key=track, to=ShelteredState.EMPLOYED, on=BEGAN)
        with pytest.raises(OverlapError):
            # Not even a seat.
            proposed(town, workshop)
        [old] = proposed(town, old_workshop)
        move_one(town.anna, key=old, to=ACTIVE, on=BEGAN)
        end(town.anna, key=old, last_day=STOPPED, outcome=Outcome.GOAL_REACHED)
        end_wsw(town.anna, key=number, last_day=STOPPED)
        first = STOPPED + timedelta(days=1)
        take_step(town.anna, key=track, to=ShelteredState.EMPLOYED, on=first)


def test_what_did_not_go_together_already_is_ended_without_a_word(town: Town) -> None:
    """Kept from before anybody looked: ending the one is the way out, and is never held up."""
    track = employed(town)
    placed_before = proposed(town, town.repair, day=BEGAN)
    with on(BEGAN):
        move_one(town.anna, key=placed_before[0], to=ACTIVE, on=BEGAN)
    Place.objects.filter(pk=town.repair).update(kind=PlaceKind.PARTICIPATION_JOB)
    with on():
        why = ShelteredReason.CONTRACT_ENDED
        take_step(town.anna, key=track, to=ShelteredState.WAITING, on=STOPPED, reason=why)
    assert Track.objects.visible_to(town.anna).get().state == ShelteredState.WAITING


@pytest.mark.django_db(transaction=True)
def test_of_a_job_and_a_placement_at_the_same_moment_one_begins(town: Town) -> None:
    track = granted(town)
    [key] = proposed(town, town.garden, day=BEGAN)
    wrong: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        with on():
            try:
                act()
            except ActionRefusedError as error:
                wrong.append(str(error))

    at_once(
        lambda: attempt(lambda: move_one(town.anna, key=key, to=ACTIVE, on=BEGAN)),
        lambda: attempt(
            lambda: take_step(town.anna, key=track, to=ShelteredState.EMPLOYED, on=BEGAN)
        ),
    )
    assert len(wrong) == 1
    is_employed = told(town)[-1][-1]
    assert (state(town, key) == "active") is not is_employed


# --- afterwards -----------------------------------------------------------------------------------


def signals(town: Town) -> list[tuple[str, str, date]]:
    """Return the signals about sheltered work, with what they are about."""
    with on():
        catch_up(town.system)
    kinds = [SignalKind.JOB_WITHOUT_PLACEMENT, SignalKind.PLACEMENT_WITHOUT_JOB]
    rows = Signal.objects.visible_to(town.anna).filter(kind__in=kinds, ended_at__isnull=True)
    return [
        (row.kind, row.subject, row.due_on - timedelta(days=7)) for row in rows.order_by("kind")
    ]


@pytest.mark.parametrize("path", ["coach", "coach of many", "page", "page of many", "api"])
def test_a_job_that_goes_on_after_its_placement_is_a_signal_until_it_ends_too(
    town: Town, workshop: int, path: str
) -> None:
    track = employed(town)
    key = placed(town, workshop)
    assert signals(town) == []
    with on():
        assert PATHS[path](town)([key], Asked(ENDED, STOPPED, Outcome.GOAL_REACHED))
    assert signals(town) == [("job_without_placement", str(key), STOPPED)]
    with on():
        why = ShelteredReason.CONTRACT_ENDED
        over = STOPPED + timedelta(days=1)
        take_step(town.anna, key=track, to=ShelteredState.WAITING, on=over, reason=why)
    assert signals(town) == []


def test_another_place_for_the_same_job_is_enough(town: Town, workshop: int) -> None:
    employed(town)
    key = placed(town, workshop)
    with on():
        end(town.anna, key=key, last_day=STOPPED, outcome=Outcome.MOVED_ON_TO_OTHER_PLACE)
    assert len(signals(town)) == 1
    placed(town, sheltered_place(town), day=STOPPED + timedelta(days=1))
    assert signals(town) == []


def test_a_job_of_which_no_place_is_known_is_no_signal(town: Town, workshop: int) -> None:
    employed(town)
    assert signals(town) == []


def test_an_old_job_goes_on_too(town: Town, old_workshop: int) -> None:
    with on():
        number = enter_wsw(town.anna, job=job(town.roos_file))
    key = placed(town, old_workshop)
    with on():
        end(town.anna, key=key, last_day=STOPPED, outcome=Outcome.GOAL_REACHED)
    assert signals(town) == [("job_without_placement", str(key), STOPPED)]
    with on():
        end_wsw(town.anna, key=number, last_day=STOPPED)
    assert signals(town) == []


def test_a_placement_that_goes_on_after_its_decision_is_a_signal_until_it_ends_too(
    town: Town, workshop: int
) -> None:
    track = employed(town)
    key = placed(town, workshop)
    with on():
        why = ShelteredReason.NO_LONGER_NEEDED
        take_step(town.anna, key=track, to=ShelteredState.ENDED, on=STOPPED, reason=why)
    assert signals(town) == [("placement_without_job", str(key), STOPPED)]
    with on():
        end(town.anna, key=key, last_day=STOPPED, outcome=Outcome.GOAL_REACHED)
    assert signals(town) == []


# --- many -----------------------------------------------------------------------------------------


def test_as_many_questions_for_10_people_as_for_200(town: Town, old_workshop: int) -> None:
    Place.objects.filter(pk=old_workshop).update(capacity=500)
    counts = []
    for count, after in ((10, 0), (200, 10)):
        people = register_crowd(town, count, after=after)
        with on():
            numbers = place_all(
                town.anna,
                placements=[
                    NewPlacement(pseudonym_id=one, place_id=old_workshop, proposed_on=BEGAN)
                    for one in people
                ],
            )
            jobs = [job(Person(one, "", uuid.uuid4())) for one in people]
            with CaptureQueriesContext(connection) as entering:
                enter_wsw_all(town.anna, jobs=jobs)
            changes = [Change(placement_id=number, on=BEGAN) for number in numbers]
            with CaptureQueriesContext(connection) as beginning:
                confirm_all(town.system, changes=changes)
        # What is written goes in batches, by what the database takes at once.
        counts.append(
            [sum("SELECT" in one["sql"] for one in some) for some in (entering, beginning)]
        )
    assert counts[0] == counts[1]
