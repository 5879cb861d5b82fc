"""A report or a taking over that is stopped at any moment, and started again."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from meedoen.records.caseloads import apply as applying
from meedoen.records.caseloads import preview as previewing
from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import carry_on, decide, start_applying, start_preview
from meedoen.records.caseloads.models import CaseloadRow
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.caseload.words import RowDecision
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    UMA,
    bsns,
    changed,
    csv_file,
    previewed,
    sent,
)
from tests.records.figures.scenes import crowd, numbers
from tests.town import build_town
from tests.work import work_off

LOT = 5


class KilledError(RuntimeError):
    """The worker stopped here."""


def content():
    """Give a file with everything in it: new, changed, moved, handed over, left, back, alike."""
    made_up = numbers()
    known = [
        (next(made_up), f"Nep{at}", "", "Menigte", "01-01-1980", "", "Noord", "01-01-2015", "", "")
        for at in range(20)
    ]
    new = [
        changed(
            UMA,
            BSN=number,
            Voornaam=f"Uma{number}",
            Achternaam=f"Nieuw{number}",
            Klantmanager="Anna Testema",
        )
        for number in bsns(12)
    ]
    return csv_file(
        ROOS,
        changed(SAM, BSN=bsns(1, 50_000)[0], Klantmanager="Anna Testema"),
        *(changed(row, Telefoon=f"06-100{at}") for at, row in enumerate(known[:4])),
        *(changed(row, Wijkcode="Zuid") for row in known[4:8]),
        *(changed(row, Klantmanager="Bram Testema") for row in known[8:11]),
        *(changed(row, Einddatum="31-10-2026") for row in known[11:14]),
        changed(known[14], Klantmanager="Bram Testema"),
        *known[15:18],
        *new,
        changed(new[0], Voornaam="Dubbel"),
        changed(new[1], BSN="123456789"),
    )


def scene():
    town = build_town()
    people = crowd(town, 20)
    end_benefits(town.system, ends=[BenefitEnd(people[14], date(2026, 6, 1))])
    return town


def waiting(town):
    """Give a file that is decided about and waits to be taken over."""
    day = clock.today() - timedelta(days=10)
    key = previewed(town.lea, content(), is_complete=True, reference_date=day)
    decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    return key


def state_of_town(town):
    """Give everything that an import can change, without numbers that the database gives."""
    residents = Resident.objects.visible_to(town.system).select_related("benefit_entry", "district")
    entries = Entry.objects.visible_to(town.connie).filter(kind="benefit")
    responsible = Responsibility.objects.visible_to(town.system)
    by_person = {row.pseudonym_id: row.bsn for row in residents}
    return (
        sorted(
            (row.bsn, str(row), row.phone, row.district.name, row.benefit_entry.starts_on)
            for row in residents
        ),
        sorted(
            (by_person[row.pseudonym_id], row.starts_on, row.ends_on, row.district.name)
            for row in entries.select_related("district")
        ),
        sorted(
            (by_person[row.pseudonym_id], row.starts_on, row.ends_on, row.coach.account.name)
            for row in responsible.select_related("coach__account")
        ),
    )


def report(town, key):
    rows = CaseloadRow.objects.visible_to(town.system).filter(file__key=key)
    return sorted(
        (row.line, row.verdict, str(row.problems), str(row.differences), row.applied_at is not None)
        for row in rows
    )


ONE_RUN = []


def in_one_run():
    """Give what one run comes out at, in a town of its own that is then taken back."""
    if ONE_RUN:
        return ONE_RUN[0]
    with transaction.atomic():
        town = scene()
        key = waiting(town)
        start_applying(town.lea, key=key, leavers_confirmed=True)
        work_off()
        outcome = state_of_town(town), report(town, key), queries.file(town.lea, key=key).counts
        transaction.set_rollback(True)
    ONE_RUN.append(outcome)
    return outcome


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
@pytest.mark.parametrize("where", ["write", "_leave", "_steps", "_finish"])
def test_killed_anywhere_and_run_again_is_one_run(db, monkeypatch, small_lots, where, seed):
    expected = in_one_run()
    town = scene()
    key = waiting(town)
    start_applying(town.lea, key=key, leavers_confirmed=True, in_background=False)
    work = queries.work_of(town.lea, key=key)
    # The same moments every time the tests run.
    times = random.Random(seed).randint(1, 6) if where != "_finish" else 1  # noqa: S311
    with monkeypatch.context() as patch:
        killed_in(patch, applying, where, times)
        with pytest.raises(KilledError):
            applying.apply(town.lea.municipality_id, work)
    half = queries.file(town.lea, key=key)
    assert half.state == FileState.APPLYING
    assert half.done == min((times - 1) * LOT, half.total) or where == "_finish"
    applying.apply(town.lea.municipality_id, work)
    card = queries.file(town.lea, key=key)
    assert (card.state, card.done) == (FileState.DONE, card.total)
    assert (state_of_town(town), report(town, key), card.counts) == expected


def test_the_work_done_twice_is_the_work_done_once(db, monkeypatch, small_lots):
    expected = in_one_run()
    town = scene()
    key = waiting(town)
    start_applying(town.lea, key=key, leavers_confirmed=True)
    carry_on(town.lea, key=key)
    carry_on(town.lea, key=key)
    work_off()
    applying.apply(town.lea.municipality_id, queries.work_of(town.lea, key=key))
    card = queries.file(town.lea, key=key)
    assert (state_of_town(town), report(town, key), card.counts) == expected


@pytest.mark.parametrize("times", [1, 2, 4, 9])
def test_a_report_that_was_stopped_is_made_anew(db, monkeypatch, small_lots, times):
    town = scene()
    whole = previewed(town.lea, content(), is_complete=True)
    key = sent(town.lea, content())
    card = queries.file(town.lea, key=key)
    mapping = {field.value: name for field, name in card.mapping.items()}
    start_preview(
        town.lea, key=key, mapping=mapping, is_complete=True, reference_date=None,
        default_coach_id=None, in_background=False,
    )  # fmt: skip
    work = queries.work_of(town.lea, key=key)
    with monkeypatch.context() as patch:
        killed_in(patch, previewing, "judge_all", times)
        if times < 9:
            with pytest.raises(KilledError):
                previewing.preview(town.lea.municipality_id, work)
            half = queries.file(town.lea, key=key)
            assert (half.state, half.done) == (FileState.PREVIEWING, (times - 1) * LOT)
    previewing.preview(town.lea.municipality_id, work)
    previewing.preview(town.lea.municipality_id, work)
    assert queries.file(town.lea, key=key).counts == queries.file(town.lea, key=whole).counts
    assert report(town, key) == report(town, whole)


def test_of_two_reports_at_once_one_stops(db, monkeypatch, small_lots):
    town = scene()
    whole = previewed(town.lea, content(), is_complete=True)
    key = sent(town.lea, content())
    mapping = queries.file(town.lea, key=key).mapping
    start_preview(
        town.lea, key=key, mapping={field.value: name for field, name in mapping.items()},
        is_complete=True, reference_date=None, default_coach_id=None, in_background=False,
    )  # fmt: skip
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


def test_who_may_not_import_any_more_takes_nothing_over(db):
    town = scene()
    key = waiting(town)
    before = state_of_town(town)
    start_applying(town.lea, key=key, leavers_confirmed=True)
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    work_off()
    card = queries.file(town.lea, key=key)
    assert (card.state, card.done) == (FileState.DONE, 0)
    assert "niet overgenomen" in card.refusal
    assert state_of_town(town) == before
