"""What somebody learns beside a placement: agreed, ended with a result, and put right."""

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from meedoen.records.history import append_only
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.actions import withdraw
from meedoen.records.trainings.actions import (
    NewTraining,
    TrainingEnd,
    TrainingFacts,
    correct_training,
    end_training,
    end_trainings,
    enter_training,
    enter_trainings,
    withdraw_training,
)
from meedoen.records.trainings.models import Training
from meedoen.records.trainings.queries import (
    placements_beside,
    training,
    trainings_beside,
    trainings_of,
)
from meedoen.rules.vocabulary import (
    EntryKind,
    MoveReason,
    Outcome,
    TrainingKind,
    TrainingResult,
    TrainingStop,
)
from tests.records.placements.test_placing import proposed
from tests.records.sheltered.scenes import on
from tests.town import Person, Town

BEGAN, ENDED = date(2026, 3, 9), date(2026, 6, 30)
FACTS = TrainingFacts(
    kind=TrainingKind.LANGUAGE_LESSON,
    what="Nederlands op A2",
    given_by="Taalhuis Testveld",
    starts_on=BEGAN,
    planned_end_on=date(2026, 12, 18),
    hours_a_week=Decimal("2.5"),
)


def entered(town: Town, person: Person | None = None, facts: TrainingFacts = FACTS) -> uuid.UUID:
    with on():
        number = (person or town.roos_file).pseudonym_id
        return enter_training(town.anna, pseudonym_id=number, facts=facts)


def card(town: Town, key: uuid.UUID):
    found = training(town.anna, key=key)
    assert found is not None
    return found


def test_a_lesson_stands_in_the_file_and_at_the_placement(town: Town) -> None:
    placement = proposed(town)
    key = entered(town, facts=replace(FACTS, placement_key=placement))
    [of_person] = trainings_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    [of_placement] = trainings_beside(town.bram, placement_key=placement)
    assert of_person == of_placement == card(town, key)
    assert (of_person.placement, of_person.said_by) == ("Moestuin (De Moestuin)", "Anna Testema")
    assert (of_person.hours_a_week, of_person.result) == (Decimal("2.5"), None)


def test_a_lesson_may_stand_alone(town: Town) -> None:
    assert card(town, entered(town)).placement_key is None


@pytest.mark.parametrize(
    ("result", "stop"),
    [
        (TrainingResult.DONE, None),
        (TrainingResult.CERTIFICATE, None),
        (TrainingResult.STOPPED, TrainingStop.FOUND_WORK),
    ],
)
def test_every_result_is_kept(
    town: Town, result: TrainingResult, stop: TrainingStop | None
) -> None:
    key = entered(town)
    with on():
        end_training(town.bram, key=key, last_day=ENDED, result=result, stop=stop)
    found = card(town, key)
    assert (found.ended_on, found.result, found.stop) == (ENDED, result, stop)
    assert Training.objects.visible_to(town.anna).count() == 2


def test_a_result_that_was_wrong_is_said_again(town: Town) -> None:
    key = entered(town)
    with on():
        end_training(town.anna, key=key, last_day=ENDED, result=TrainingResult.DONE)
        end_training(town.anna, key=key, last_day=ENDED, result=TrainingResult.CERTIFICATE)
    assert card(town, key).result is TrainingResult.CERTIFICATE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": date(2026, 9, 2)}, "toekomst"),
        ({"last_day": date(2026, 3, 8)}, "voor 09-03-2026"),
        ({"result": TrainingResult.STOPPED}, "Kies waarom"),
        ({"stop": TrainingStop.FOUND_WORK}, "alleen bij stoppen"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    town: Town, changes: dict[str, object], said: str
) -> None:
    key = entered(town)
    given: dict[str, object] = {"last_day": ENDED, "result": TrainingResult.DONE, **changes}
    with on(), pytest.raises(ActionRefusedError, match=said):
        end_training(town.anna, key=key, **given)  # type: ignore[arg-type]
    assert card(town, key).result is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": " "}, "wat de inwoner leert"),
        ({"given_by": ""}, "wie de scholing geeft"),
        ({"what": "x" * 201}, "200 tekens"),
        ({"what": "Omgaan met depressie"}, "diagnose"),
        ({"starts_on": date(2027, 9, 2)}, "een jaar vooruit"),
        ({"planned_end_on": date(2026, 3, 8)}, "voor de eerste dag"),
        ({"planned_end_on": date(2036, 3, 8)}, "vijf jaar"),
        ({"hours_a_week": Decimal(0)}, "uren per week"),
        ({"hours_a_week": Decimal(61)}, "uren per week"),
    ],
)
def test_facts_that_cannot_be_are_refused(
    town: Town, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(ActionRefusedError, match=said):
        entered(town, facts=replace(FACTS, **changes))  # type: ignore[arg-type]
    assert not Training.objects.visible_to(town.anna).exists()


def test_everything_wrong_is_said_at_once(town: Town) -> None:
    wrong = replace(FACTS, what="", given_by="", hours_a_week=Decimal(99))
    with pytest.raises(ActionRefusedError) as refusal:
        entered(town, facts=wrong)
    assert all(part in str(refusal.value) for part in ("leert", "geeft", "uren"))


def test_it_goes_with_a_placement_of_the_same_person_that_came_to_something(town: Town) -> None:
    of_roos = proposed(town)
    with pytest.raises(ActionRefusedError, match="iemand anders"):
        entered(town, town.sam, replace(FACTS, placement_key=of_roos))
    with on():
        withdraw(
            town.anna,
            key=of_roos,
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.GAVE_NO_REASON,
        )
    with pytest.raises(ActionRefusedError, match="ging niet door"):
        entered(town, facts=replace(FACTS, placement_key=of_roos))
    assert placements_beside(town.anna, pseudonym_id=town.roos_file.pseudonym_id) == {}


def test_what_was_wrong_is_said_better_and_the_result_stays(town: Town) -> None:
    key = entered(town)
    with on():
        end_training(town.anna, key=key, last_day=ENDED, result=TrainingResult.CERTIFICATE)
        better = replace(FACTS, what="Nederlands op B1")
        correct_training(town.anna, key=key, facts=better, reason="Het was B1.")
    found = card(town, key)
    assert (found.what, found.result) == ("Nederlands op B1", TrainingResult.CERTIFICATE)
    assert found.correction_reason == "Het was B1."
    later = replace(FACTS, starts_on=date(2026, 7, 1))
    with on(), pytest.raises(ActionRefusedError, match="na de laatste dag"):
        correct_training(town.anna, key=key, facts=later, reason="Later.")
    with on(), pytest.raises(ActionRefusedError, match="waarom"):
        correct_training(town.anna, key=key, facts=FACTS, reason=" ")


def test_what_never_was_is_withdrawn_and_nothing_is_lost(town: Town) -> None:
    key = entered(town)
    with on():
        withdraw_training(town.anna, key=key, reason="De verkeerde inwoner.")
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            withdraw_training(town.anna, key=key, reason="Nog eens.")
    assert training(town.anna, key=key) is None
    assert Training.objects.visible_to(town.anna).count() == 2


def test_the_same_form_sent_twice_is_kept_once(town: Town) -> None:
    key = uuid.uuid4()
    new = {"pseudonym_id": town.roos_file.pseudonym_id, "facts": FACTS, "key": key}
    with on():
        enter_training(town.anna, **new)
        with pytest.raises(ActionRefusedError, match="staat al"):
            enter_training(town.anna, **new)
    assert Training.objects.visible_to(town.anna).count() == 1


def test_many_at_once_are_all_or_none(town: Town) -> None:
    people = [town.roos_file, town.sam]
    new = [NewTraining(pseudonym_id=one.pseudonym_id, facts=FACTS) for one in people]
    stranger = replace(new[0], pseudonym_id=town.tim.pseudonym_id)
    with on():
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            enter_trainings(town.anna, trainings=[*new, stranger])
        keys = enter_trainings(town.anna, trainings=new)
        ends = [TrainingEnd(key=key, last_day=ENDED, result=TrainingResult.DONE) for key in keys]
        with pytest.raises(ActionRefusedError, match="toekomst"):
            end_trainings(town.anna, ends=[ends[0], replace(ends[1], last_day=date(2027, 1, 1))])
        assert [card(town, key).result for key in keys] == [None, None]
        end_trainings(town.anna, ends=ends)
    assert {card(town, key).result for key in keys} == {TrainingResult.DONE}


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "roos"])
def test_strangers_find_and_change_nothing(town: Town, who: str) -> None:
    key, stranger = entered(town), getattr(town, who)
    assert training(stranger, key=key) is None
    with on(), pytest.raises((ActionRefusedError, PermissionDenied)):
        end_training(stranger, key=key, last_day=ENDED, result=TrainingResult.DONE)
    assert card(town, key).result is None


def test_a_resident_reads_what_is_their_own(town: Town) -> None:
    entered(town)
    entered(town, town.sam)
    assert len(trainings_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)) == 1
    assert trainings_of(town.roos, pseudonym_id=town.sam.pseudonym_id) == []


def test_as_many_questions_for_one_as_for_twenty(town: Town) -> None:
    counts = []
    for more in (1, 19):
        for _ in range(more):
            entered(town)
        with CaptureQueriesContext(connection) as queries:
            trainings_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        counts.append(len(queries))
    assert counts == [1, 1]


def told(town: Town) -> list[tuple[date, date, bool, int | None]]:
    """Return what the history says of trainings now, withdrawn ones too, in order of writing."""
    entries = Entry.objects.visible_to(Viewer.system(town.anna.municipality_id))
    now = entries.filter(kind=EntryKind.TRAINING, replaced_by__isnull=True).order_by("pk")
    return list(now.values_list("starts_on", "ends_on", "withdrawn", "district_id"))


def test_the_history_knows_from_when_to_when_somebody_learned(town: Town) -> None:
    key, lives = (
        entered(town),
        Resident.objects.visible_to(town.anna).get(pseudonym_id=town.roos_file.pseudonym_id),
    )
    assert told(town) == [(BEGAN, STILL_OPEN, False, lives.district_id)]
    with on():
        end_training(town.anna, key=key, last_day=ENDED, result=TrainingResult.DONE)
        assert told(town) == [(BEGAN, date(2026, 7, 1), False, lives.district_id)]
        earlier = replace(FACTS, starts_on=date(2026, 3, 2))
        correct_training(town.anna, key=key, facts=earlier, reason="Een week eerder.")
        assert told(town) == [(date(2026, 3, 2), date(2026, 7, 1), False, lives.district_id)]
        withdraw_training(town.anna, key=key, reason="De verkeerde inwoner.")
    assert told(town) == [(date(2026, 3, 2), date(2026, 7, 1), True, lives.district_id)]
    rows = Training.objects.visible_to(town.anna).order_by("pk")
    assert [(row.recorded_at, row.pseudonym_id) for row in rows] == [
        (row.entry.recorded_at, row.entry.pseudonym_id) for row in rows
    ]


def test_two_trainings_at_once_are_two_stretches_and_each_ends_by_itself(town: Town) -> None:
    one, _other = entered(town), entered(town)
    with on():
        end_training(town.anna, key=one, last_day=ENDED, result=TrainingResult.DONE)
    assert sorted(ends_on for _from, ends_on, *_rest in told(town)) == [
        date(2026, 7, 1),
        STILL_OPEN,
    ]


def test_trainings_of_before_come_into_the_history_as_they_were_told(town: Town) -> None:
    key = entered(town)
    with on():
        end_training(town.anna, key=key, last_day=ENDED, result=TrainingResult.DONE)
        withdraw_training(town.anna, key=key, reason="De verkeerde inwoner.")
    entered(town, town.sam)
    before = {row.pk: row.entry for row in trainings_told(town)}
    migration = import_module("meedoen.records.trainings.migrations.0003_in_the_history")
    then = MigrationLoader(connection).project_state([("trainings", "0003_in_the_history")]).apps
    append_only.unlock(connection)
    migration.tell(then, None)
    append_only.lock(connection)
    after = {row.pk: row.entry for row in trainings_told(town)}
    replaced = {before[pk].pk: after[pk].pk for pk in after}
    assert len(after) == 4
    assert not set(replaced) & set(replaced.values())
    for pk, entry in after.items():
        assert said_in(entry) == said_in(before[pk])
        assert entry.replaces_id == replaced.get(before[pk].replaces_id)


def trainings_told(town: Town) -> list[Training]:
    return list(Training.objects.visible_to(town.anna).select_related("entry"))


def said_in(entry: Entry) -> dict[str, object]:
    values = {field.name: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    own = ("id", "replaces", "packed_numbers", "packed_words")
    return {name: value for name, value in values.items() if name not in own}
