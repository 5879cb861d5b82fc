"""Steps in life domains: one statement in the history per domain, and put right when wrong."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.history.models import Change, Entry
from meedoen.records.ladder import domain_actions
from meedoen.records.ladder.domain_actions import (
    AlreadyMeasuredError,
    correct_domains,
    measure_domains_all,
)
from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.records.ladder.models import DomainMeasurement
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.detail_actions import Move, move_all
from meedoen.rules.ladder.life_domains import INSTRUMENT_VERSION
from meedoen.rules.vocabulary import EntryKind
from tests.records.ladder.scenes import HOUSE, MONEY, WORK, measure_steps, on, steps
from tests.town import Town

MARCH = date(2026, 3, 2)
REASON = "Bij de verkeerde vraag ingevuld."


def entries(town: Town) -> list[Entry]:
    rows = Entry.objects.visible_to(town.connie).filter(kind=EntryKind.LIFE_DOMAIN)
    return list(rows.order_by("pk"))


def test_every_domain_gets_its_own_statement_in_the_history(town: Town) -> None:
    measure_steps(town.anna, town.roos_file, MARCH, {HOUSE: 4, MONEY: 2}, own_scores={MONEY: 3})
    assert [(entry.domain, entry.score, entry.ladder_version) for entry in entries(town)] == [
        ("housing", 4, INSTRUMENT_VERSION),
        ("finances", 2, INSTRUMENT_VERSION),
    ]
    assert {entry.starts_on for entry in entries(town)} == {MARCH}
    [card] = domain_measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert list(card.scores.items()) == [(MONEY, 2), (HOUSE, 4)]
    assert (card.own_scores, card.assessor) == ({MONEY: 3}, "Anna Testema")
    assert (
        Change.objects.visible_to(town.system)
        .filter(pseudonym_id=town.roos_file.pseudonym_id)
        .exists()
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scores": {}}, "ten minste één leefgebied"),
        ({"scores": {MONEY: 0}}, "1 tot en met 5"),
        ({"scores": {MONEY: 6}}, "1 tot en met 5"),
        ({"own_scores": {MONEY: 7}}, "1 tot en met 5"),
        ({"own_scores": {WORK: 3}}, "waar u geen stap koos"),
        ({"measured_on": date(2026, 3, 3)}, "toekomst"),
        ({"measured_on": date(2026, 1, 30)}, "meer dan 30 dagen"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_of_it_is_kept(
    town: Town, changes: dict[str, object], message: str
) -> None:
    good = steps(town.sam, MARCH, {HOUSE: 3})
    bad = domain_actions.replace(steps(town.roos_file, MARCH, {MONEY: 2}), **changes)
    with on(MARCH), pytest.raises(ActionRefusedError, match=message):
        measure_domains_all(town.anna, measurements=[good, bad])
    assert not entries(town)
    assert not DomainMeasurement.objects.visible_to(town.system).exists()


def test_steps_may_be_written_down_until_thirty_days_later(town: Town) -> None:
    with on(date(2026, 4, 1)):
        measure_domains_all(
            town.anna, measurements=[steps(town.roos_file, MARCH, {MONEY: 2}, recorded_at=None)]
        )
    assert len(entries(town)) == 1


def test_the_same_measurement_sent_twice_is_kept_once(town: Town) -> None:
    key = uuid.uuid4()
    measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2}, key=key)
    with pytest.raises(AlreadyMeasuredError):
        measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2}, key=key)
    assert len(entries(town)) == 1


def test_a_fault_half_way_leaves_nothing_behind(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(domain_actions.DomainScore.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError, match="disk"):
            measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
    assert not entries(town)
    assert not DomainMeasurement.objects.visible_to(town.system).exists()


def test_only_who_may_open_the_file_measures_and_reads(town: Town) -> None:
    measure_steps(town.bram, town.roos_file, MARCH, {MONEY: 2})
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        measure_steps(town.carla, town.roos_file, MARCH, {MONEY: 2})
    for stranger in (town.roos, town.petra, town.connie):
        with pytest.raises(PermissionDenied):
            measure_steps(stranger, town.roos_file, MARCH, {MONEY: 2})
    roos = town.roos_file.pseudonym_id
    assert len(domain_measurements_of(town.roos, pseudonym_id=roos)) == 1
    for stranger in (town.carla, town.vera, town.petra, town.connie):
        assert not domain_measurements_of(stranger, pseudonym_id=roos)


def test_a_correction_replaces_adds_and_takes_back_domain_by_domain(town: Town) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2, HOUSE: 4})
    later = date(2026, 5, 1)
    with on(later):
        correct_domains(
            town.anna,
            key=key,
            corrected=steps(town.roos_file, MARCH, {MONEY: 3, WORK: 1}, recorded_at=None),
            reason=REASON,
        )
    money, house, *corrections = entries(town)
    said = {entry.domain: entry for entry in corrections}
    assert (said["finances"].replaces_id, said["finances"].score) == (money.pk, 3)
    assert (said["housing"].replaces_id, said["housing"].withdrawn) == (house.pk, True)
    assert (said["work_and_education"].replaces_id, said["work_and_education"].score) == (None, 1)
    roos = town.roos_file.pseudonym_id
    [card] = domain_measurements_of(town.anna, pseudonym_id=roos)
    assert (card.scores, card.correction_reason) == ({MONEY: 3, WORK: 1}, REASON)
    both = domain_measurements_of(town.anna, pseudonym_id=roos, with_corrected=True)
    assert [one.corrected for one in both] == [False, True]


def test_after_a_move_a_correction_stays_in_the_district_of_that_day(town: Town) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2, HOUSE: 4})
    with on(date(2026, 6, 1)):
        move = Move(town.roos_file.pseudonym_id, town.south, date(2026, 5, 1))
        move_all(town.system, moves=[move])
        correct_domains(
            town.anna,
            key=key,
            corrected=steps(town.roos_file, MARCH, {MONEY: 3, WORK: 1}, recorded_at=None),
            reason=REASON,
        )
    assert len(entries(town)) == 5
    assert {entry.district_id for entry in entries(town)} == {town.north}


def test_what_was_corrected_is_not_corrected_again_and_needs_a_reason(town: Town) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
    better = steps(town.roos_file, MARCH, {MONEY: 3})
    with pytest.raises(ActionRefusedError, match="waarom"):
        correct_domains(town.anna, key=key, corrected=better, reason=" ")
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        correct_domains(town.carla, key=key, corrected=better, reason=REASON)
    correct_domains(town.anna, key=key, corrected=better, reason=REASON)
    with pytest.raises(ActionRefusedError, match="Iemand anders"):
        correct_domains(town.anna, key=key, corrected=better, reason=REASON)
    assert len(entries(town)) == 2


def test_many_measurements_cost_as_many_questions_as_few(town: Town) -> None:
    def questions(count: int) -> int:
        one_domain = {MONEY: 3}
        days = [date(2020, 1 + at % 12, 1 + at // 12) for at in range(count)]
        with CaptureQueriesContext(connection) as asked:
            measure_domains_all(
                town.anna, measurements=[steps(town.roos_file, day, one_domain) for day in days]
            )
        return len(asked)

    assert questions(10) == questions(20)
