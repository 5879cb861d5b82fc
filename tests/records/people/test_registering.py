from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import FieldError, PermissionDenied
from django.db import connection

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.people.models import Resident
from meedoen.records.people.queries import resident


def someone(town, bsn="999990032"):
    return NewResident(
        given_name="Uma",
        family_name="Testema",
        birth_date=date(1990, 1, 1),
        bsn=bsn,
        district_id=town.north,
        coach_id=town.anna.membership_id,
        benefit_starts_on=date(2024, 1, 1),
    )


def test_the_number_is_unreadable_in_the_database_and_masked_on_the_card(town):
    with connection.cursor() as cursor:
        cursor.execute("SELECT bsn, bsn_index FROM people_resident")
        stored = str(cursor.fetchall())
    assert "111222333" not in stored
    assert "999990019" not in stored
    assert resident(town.anna, key=town.roos_file.key).masked_bsn == "••••••333"


def test_the_number_cannot_be_searched(town):
    with pytest.raises(FieldError, match="blind index"):
        Resident.objects.filter(bsn="111222333")


def test_the_same_person_may_be_known_in_two_municipalities(town):
    assert resident(town.vera, key=town.wout.key).masked_bsn == "••••••333"


def test_a_known_number_is_refused_without_repeating_it(town):
    with pytest.raises(ActionRefusedError, match="Regel 1") as refusal:
        register_all(town.system, residents=[someone(town, "999990019")])
    assert "999990019" not in str(refusal.value)


def test_all_wrong_numbers_are_told_at_once_and_nobody_is_registered(town):
    residents = [
        someone(town, "123456789"),
        someone(town),
        someone(town),
        someone(town, "12345"),
    ]
    with pytest.raises(ActionRefusedError) as refusal:
        register_all(town.system, residents=residents)
    for fault in (
        "Regel 1: dit is geen burgerservicenummer",
        "Regel 3: dit burgerservicenummer staat al",
        "Regel 4: een burgerservicenummer heeft precies negen cijfers",
    ):
        assert fault in str(refusal.value)
    assert Resident.objects.visible_to(town.system).count() == 3


def test_a_fault_half_way_registers_nobody(town):
    stranger = replace(someone(town), coach_id=town.vera.membership_id)
    with pytest.raises(ActionRefusedError, match="coach"):
        register_all(town.system, residents=[stranger])
    assert Resident.objects.visible_to(town.system).count() == 3


def test_only_meedoen_itself_registers_for_now(town):
    with pytest.raises(PermissionDenied):
        register_all(town.anna, residents=[someone(town)])
