"""Who was on the way to new sheltered work, as the history knows it from the steps of tracks."""

from datetime import date
from importlib import import_module

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident
from meedoen.records.sheltered.actions import decide, take_step
from meedoen.records.sheltered.correcting import correct_day, take_back
from meedoen.rules.sheltered.words import ShelteredReason, ShelteredState
from meedoen.rules.vocabulary import EntryKind
from tests.records.sheltered.scenes import (
    ASKED,
    BEGAN,
    DECIDED,
    TODAY,
    advised,
    asked,
    employed,
    on,
    refused,
)
from tests.town import Town

S = ShelteredState
LATER = date(2026, 6, 1)


def entries(town: Town) -> list[Entry]:
    rows = Entry.objects.visible_to(Viewer.system(town.anna.municipality_id))
    return list(rows.filter(kind=EntryKind.SHELTERED_PROCESS).order_by("pk"))


def told(town: Town) -> list[tuple[date, date]]:
    """Return when Roos was on the way, as the history says it now."""
    every = entries(town)
    replaced = {entry.replaces_id for entry in every}
    return sorted(
        (entry.starts_on, entry.ends_on)
        for entry in every
        if entry.pk not in replaced and not entry.withdrawn
    )


def test_somebody_is_on_the_way_from_the_request_to_the_job(town: Town) -> None:
    asked(town)
    assert told(town) == [(ASKED, STILL_OPEN)]
    [entry] = entries(town)
    roos = Resident.objects.visible_to(town.anna).get(pseudonym_id=town.roos_file.pseudonym_id)
    assert (entry.pseudonym_id, entry.district_id) == (roos.pseudonym_id, roos.district_id)
    assert entry.recorded_by_id == town.anna.membership_id


def test_an_advice_and_a_decision_change_nothing_and_a_job_ends_it(town: Town) -> None:
    key = advised(town)
    with on():
        decide(town.anna, key=key, to=S.GRANTED, on=DECIDED)
        take_step(town.anna, key=key, to=S.BRIDGING, on=DECIDED)
        assert [entry.replaces_id for entry in entries(town)] == [None]
        take_step(town.anna, key=key, to=S.EMPLOYED, on=BEGAN)
    first, second = entries(town)
    assert second.replaces_id == first.pk
    assert told(town) == [(ASKED, BEGAN)]


def test_who_lost_the_job_and_waits_is_on_the_way_again_until_the_end(town: Town) -> None:
    key, lost = employed(town), ShelteredReason.CONTRACT_ENDED
    with on():
        take_step(town.anna, key=key, to=S.WAITING, on=LATER, reason=lost)
        assert told(town) == [(ASKED, BEGAN), (LATER, STILL_OPEN)]
        gone = ShelteredReason.MOVED_ON_TO_PAID_WORK
        take_step(town.anna, key=key, to=S.ENDED, on=TODAY, reason=gone)
    assert told(town) == [(ASKED, BEGAN), (LATER, TODAY)]


def test_a_refusal_ends_it_and_what_is_put_right_takes_the_place_of_what_was_said(
    town: Town,
) -> None:
    key, before = refused(town), date(2026, 1, 2)
    assert told(town) == [(ASKED, DECIDED)]
    with on():
        correct_day(town.anna, key=key, number=1, on=before, reason="Drie dagen eerder.")
        assert told(town) == [(before, DECIDED)]
        take_back(town.anna, key=key, reason="Nog niet besloten.")
        assert told(town) == [(before, STILL_OPEN)]
        for _step in range(3):
            take_back(town.anna, key=key, reason="De verkeerde inwoner.")
    assert told(town) == []
    assert entries(town)[-1].withdrawn


def test_what_lasted_no_day_was_not_on_the_way(town: Town) -> None:
    key = asked(town)
    with on():
        gone = ShelteredReason.STOPPED_BY_RESIDENT
        take_step(town.anna, key=key, to=S.ENDED, on=ASKED, reason=gone)
    assert told(town) == []


def test_tracks_of_before_come_into_the_history_as_their_steps_told_them(town: Town) -> None:
    key, lost = employed(town), ShelteredReason.CONTRACT_ENDED
    with on():
        take_step(town.anna, key=key, to=S.WAITING, on=LATER, reason=lost)
        correct_day(town.anna, key=key, number=6, on=TODAY, reason="Later.")
        take_back(town.anna, key=key, reason="Toch niet.")
    refused(town, town.sam)
    before = entries(town)
    migration = import_module("meedoen.records.sheltered.migrations.0003_in_the_history")
    then = MigrationLoader(connection).project_state([("sheltered", "0003_in_the_history")]).apps
    migration.tell(then, None)
    after = [entry for entry in entries(town) if entry not in before]
    assert sorted(map(said, after)) == sorted(map(said, before))
    assert {said(entry) for entry in after if entry.replaces_id} == {
        said(entry) for entry in before if entry.replaces_id
    }
    assert {entry.replaces_id for entry in after} <= {None, *(entry.pk for entry in after)}


def said(entry: Entry) -> tuple[object, ...]:
    who, when = (entry.pseudonym_id, entry.recorded_by_id), entry.recorded_at
    return (*who, when, entry.starts_on, entry.ends_on, entry.withdrawn, entry.district_id)
