"""A report or a taking over that is stopped at any moment, and started again; two at once."""

import random

import pytest
from django.db import transaction

from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory_imports import apply as applying
from meedoen.records.directory_imports import changes, queries
from meedoen.records.directory_imports import preview as previewing
from meedoen.records.directory_imports.actions import carry_on, decide, start_applying
from meedoen.records.directory_imports.models import DirectoryRow, SourceId
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.places.models import Place, PlacePeriod
from meedoen.rules.directory_file.words import RowDecision
from meedoen.rules.files.words import FileState
from tests.records.directory_imports.files import (
    BUURTHUIS,
    EETTAFEL,
    KOFFIE,
    cards,
    csv_file,
    numbered,
    previewed,
    sent,
    taken_over,
    verdicts,
)
from tests.work import work_off

LOT = 4


class KilledError(RuntimeError):
    """The worker stopped here."""


def content():
    """Give a file with everything in it: new, changed, the same, uncertain, refused."""
    known = numbered(6)
    return csv_file(
        EETTAFEL,
        KOFFIE,
        *(row | {"Capaciteit": "30"} for row in known[:3]),
        *known[3:],
        *numbered(8, start=100),
        BUURTHUIS | {"Locatie": "De Schuur", "Straat": "Schuurweg", "Postcode": "9999 CD"},
        EETTAFEL | {"Organisatie": "De Moestuin", "KVK": "", "ID": "M1"},
        EETTAFEL | {"Organisatie": "Wie", "KVK": "123", "ID": "W1"},
    )


def scene(town):
    taken_over(town.lea, csv_file(*numbered(6)))


def waiting(town):
    """Give a file that is decided about and waits to be taken over."""
    key = previewed(town.lea, content())
    decide(town.lea, key=key, line=19, decision=RowDecision.SAME)
    return key


def state_of_directory():
    """Give everything that an import can change, without numbers that the database gives."""
    return (
        sorted(Organisation.objects.values_list("name", "kind", "kvk_number", "website")),
        sorted(Location.objects.values_list("organisation__name", "name", "street", "postal_code")),
        sorted(Contact._base_manager.values_list("organisation__name", "name", "email", "phone")),
        sorted(
            Place.objects.values_list(
                "organisation__name", "title", "capacity", "location__name", "owner__email"
            ),
            key=str,
        ),
        sorted(PlacePeriod.objects.values_list("place__title", "reason")),
        sorted(
            SourceId.objects.values_list("external_id", "organisation__name", "place__title"),
            key=str,
        ),
    )


def report(town, key):
    rows = DirectoryRow.objects.visible_to(town.system).filter(file__key=key)
    return sorted(
        (row.line, row.verdict, str(row.problems), str(row.differences), row.applied_at is not None)
        for row in rows
    )


def outcome(town, key):
    card = queries.file(town.lea, key=key)
    return state_of_directory(), report(town, key), card.counts, card.state


def in_one_run(town):
    """Give what one run comes out at, and take it back."""
    with transaction.atomic():
        key = waiting(town)
        start_applying(town.lea, key=key)
        work_off()
        found = outcome(town, key)
        transaction.set_rollback(True)
    return found


def killed_in(monkeypatch, module, name, times):
    """Let the worker stop just before the nth time that it does this."""
    real, count = getattr(module, name), 0

    def killed(*arguments, **named):
        nonlocal count
        count += 1
        if count == times:
            raise KilledError(name)
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, killed)


@pytest.fixture
def small_lots(monkeypatch):
    monkeypatch.setattr(applying, "APPLIED_AT_ONCE", LOT)
    monkeypatch.setattr(previewing, "ROWS_AT_ONCE", LOT)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("where", ["write", "judge_all", "_unless_otherwise", "_finish"])
def test_killed_anywhere_and_run_again_is_one_run(town, monkeypatch, small_lots, where, seed):
    scene(town)
    expected = in_one_run(town)
    key = waiting(town)
    start_applying(town.lea, key=key, in_background=False)
    work = queries.work_of(town.lea, key=key)
    # The same moments every time the tests run.
    most = {"write": 5, "judge_all": 5, "_unless_otherwise": 19, "_finish": 1}[where]
    times = random.Random(seed).randint(1, most)  # noqa: S311
    with monkeypatch.context() as patch:
        killed_in(patch, applying, where, times)
        with pytest.raises(KilledError):
            applying.apply(town.lea.municipality_id, work)
    half = queries.file(town.lea, key=key)
    assert half.state == FileState.APPLYING
    assert half.done % LOT == 0 or where == "_finish"
    applying.apply(town.lea.municipality_id, work)
    assert outcome(town, key) == expected


def test_killed_while_something_is_written_leaves_nothing_of_that_lot(
    town, monkeypatch, small_lots
):
    scene(town)
    expected = in_one_run(town)
    key = waiting(town)
    before = state_of_directory()
    start_applying(town.lea, key=key, in_background=False)
    work = queries.work_of(town.lea, key=key)
    with monkeypatch.context() as patch:
        killed_in(patch, changes, "enter_places", 1)
        with pytest.raises(KilledError):
            applying.apply(town.lea.municipality_id, work)
    assert state_of_directory() == before
    applying.apply(town.lea.municipality_id, work)
    assert outcome(town, key) == expected


def test_the_work_done_twice_is_the_work_done_once(town, small_lots):
    scene(town)
    expected = in_one_run(town)
    key = waiting(town)
    start_applying(town.lea, key=key)
    carry_on(town.lea, key=key)
    carry_on(town.lea, key=key)
    work_off()
    applying.apply(town.lea.municipality_id, queries.work_of(town.lea, key=key))
    assert outcome(town, key) == expected


def test_one_row_that_is_refused_does_not_hold_up_the_others(town, monkeypatch):
    real = changes.enter_places

    def refusing(viewer, *, places):
        if any(place.location_id and place.title == "Eettafel 3" for place in places):
            raise ActionRefusedError("Deze plek kan niet.")
        return real(viewer, places=places)

    key = previewed(
        town.lea,
        csv_file(*(row | {"Activiteit": f"Eettafel {at}"} for at, row in enumerate(numbered(7)))),
    )
    monkeypatch.setattr(changes, "enter_places", refusing)
    start_applying(town.lea, key=key)
    work_off()
    told = verdicts(town.lea, key)
    assert [line for line, verdict in told.items() if verdict == "refused"] == [5]
    [problem] = cards(town.lea, key)[5].problems
    assert (problem.problem, problem.facts) == ("not_taken", {"why": "Deze plek kan niet."})
    assert Organisation.objects.filter(name__startswith="Vereniging").count() == 6
    assert queries.file(town.lea, key=key).state == FileState.DONE


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_report_that_was_stopped_is_made_anew(town, monkeypatch, small_lots, times):
    scene(town)
    whole = previewed(town.lea, content())
    key = sent(town.lea, content())
    previewed(town.lea, b"", key=key, in_background=False)
    work = queries.work_of(town.lea, key=key)
    with monkeypatch.context() as patch:
        killed_in(patch, previewing, "judge_all", times)
        with pytest.raises(KilledError):
            previewing.preview(town.lea.municipality_id, work)
        half = queries.file(town.lea, key=key)
        assert (half.state, half.done) == (FileState.PREVIEWING, (times - 1) * LOT)
    previewing.preview(town.lea.municipality_id, work)
    previewing.preview(town.lea.municipality_id, work)
    assert report(town, key) == report(town, whole)


def test_of_two_reports_at_once_one_stops(town, monkeypatch, small_lots):
    scene(town)
    whole = previewed(town.lea, content())
    key = sent(town.lea, content())
    previewed(town.lea, b"", key=key, in_background=False)
    work = queries.work_of(town.lea, key=key)
    real, count = previewing.judge_all, 0

    def interrupted(*arguments):
        nonlocal count
        count += 1
        if count == 3:
            previewing.preview(town.lea.municipality_id, work)
        return real(*arguments)

    monkeypatch.setattr(previewing, "judge_all", interrupted)
    previewing.preview(town.lea.municipality_id, work)
    assert report(town, key) == report(town, whole)
    assert queries.file(town.lea, key=key).state == FileState.PREVIEWED


def test_two_files_with_the_same_new_organisation_make_it_once(town, small_lots):
    one = previewed(town.lea, csv_file(EETTAFEL, *numbered(6)), source="Kaart")
    other = previewed(town.lea, csv_file(KOFFIE, *numbered(6)), source="Bieb")
    for key in (one, other):
        start_applying(town.lea, key=key, in_background=False)
    runs = [
        applying._start(town.lea.municipality_id, queries.work_of(town.lea, key=key))
        for key in (one, other)
    ]
    # By turns, each with what it knew of the directory when it began.
    busy = list(runs)
    while busy:
        busy = [run for run in busy if run.take_some()]
    assert Organisation.objects.filter(kvk_number="12345678").count() == 1
    assert Place.objects.filter(organisation__kvk_number="12345678").count() == 2
    assert Organisation.objects.filter(name__startswith="Vereniging").count() == 6
    # The places were new in both reports; what the other file made is not changed unasked.
    assert Place.objects.filter(organisation__name__startswith="Vereniging").count() == 6


def test_who_may_not_import_any_more_takes_nothing_over(town):
    key = previewed(town.lea, csv_file(EETTAFEL))
    before = state_of_directory()
    start_applying(town.lea, key=key)
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    work_off()
    card = queries.file(town.lea, key=key)
    assert (card.state, card.done) == (FileState.DONE, 0)
    assert "niet overgenomen" in card.refusal
    assert state_of_directory() == before


def test_who_may_not_import_any_more_gets_no_report(town):
    key = sent(town.lea, csv_file(EETTAFEL))
    previewed(town.lea, b"", key=key, in_background=False)
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    previewing.preview(town.lea.municipality_id, queries.work_of(town.lea, key=key))
    assert queries.file(town.lea, key=key).state == FileState.FAILED
