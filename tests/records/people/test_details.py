from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import STILL_OPEN, Change, Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.benefit_actions import Resumption, resume_benefits
from meedoen.records.people.detail_actions import (
    Move,
    NewDetails,
    RightNumber,
    correct_numbers,
    move_all,
    update_details,
)
from meedoen.records.people.models import Resident, Responsibility

DAY = date(2026, 6, 1)


def row_of(town, person):
    return Resident.objects.visible_to(town.system).get(pseudonym_id=person.pseudonym_id)


def stretches(town, person):
    rows = Entry.objects.visible_to(town.connie).filter(
        kind="benefit", pseudonym_id=person.pseudonym_id, replaced_by__isnull=True
    )
    return list(rows.order_by("starts_on").values_list("starts_on", "ends_on", "district_id"))


def test_details_change_and_what_is_not_named_stays(town):
    Change.objects.visible_to(town.system).delete()
    update_details(
        town.system,
        changes=[
            NewDetails(pseudonym_id=town.sam.pseudonym_id, phone="06", birth_date=DAY),
            NewDetails(pseudonym_id=town.tim.pseudonym_id, family_name="de Boer"),
        ],
    )
    sam, tim = row_of(town, town.sam), row_of(town, town.tim)
    assert (sam.phone, sam.birth_date, sam.family_name) == ("06", DAY, "Nepstra")
    assert (str(tim), tim.phone) == ("Tim de Boer", "")
    assert Change.objects.visible_to(town.system).count() == 2


def test_a_move_divides_the_benefit_and_a_later_start_moves_as_a_whole(town):
    move_all(town.system, moves=[Move(town.sam.pseudonym_id, town.south, DAY)])
    assert stretches(town, town.sam) == [
        (date(2015, 1, 1), DAY, town.north),
        (DAY, STILL_OPEN, town.south),
    ]
    move_all(town.system, moves=[Move(town.sam.pseudonym_id, town.north, date(2026, 5, 1))])
    assert stretches(town, town.sam) == [
        (date(2015, 1, 1), DAY, town.north),
        (DAY, STILL_OPEN, town.north),
    ]
    assert row_of(town, town.sam).district_id == town.north


def test_nobody_moves_to_a_strange_district_or_without_a_benefit(town):
    elsewhere = District.objects.get(code="WK999101").pk
    with pytest.raises(ActionRefusedError, match="wijk"):
        move_all(town.system, moves=[Move(town.sam.pseudonym_id, elsewhere, DAY)])
    end_benefits(town.system, ends=[BenefitEnd(town.tim.pseudonym_id, DAY)])
    moves = [Move(person.pseudonym_id, town.north, DAY) for person in (town.sam, town.tim)]
    with pytest.raises(ActionRefusedError, match="uitkering"):
        move_all(town.system, moves=moves)
    assert len(stretches(town, town.sam)) == 1


@pytest.mark.parametrize("number", ["123456789", "111222333", "999990020"])
def test_a_number_that_is_none_or_of_somebody_else_is_not_given(town, number):
    corrections = [RightNumber(town.sam.pseudonym_id, number)]
    with pytest.raises(ActionRefusedError) as refused:
        correct_numbers(town.system, corrections=corrections)
    assert number not in str(refused.value)
    assert row_of(town, town.sam).bsn == "999990019"


def test_two_people_do_not_get_one_number(town):
    corrections = [RightNumber(person.pseudonym_id, "999990032") for person in (town.sam, town.tim)]
    with pytest.raises(ActionRefusedError, match="één persoon"):
        correct_numbers(town.system, corrections=corrections)


def test_nobody_comes_back_while_on_benefit_or_to_a_strange_coach(town):
    def back(person, on, coach):
        return Resumption(
            pseudonym_id=person.pseudonym_id,
            starts_on=on,
            district_id=town.north,
            coach_id=coach.membership_id,
        )

    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, DAY)])
    for wrong in (
        back(town.tim, DAY, town.anna),
        back(town.sam, date(2026, 5, 31), town.anna),
        back(town.wout, DAY, town.anna),
        back(town.sam, DAY, town.vera),
        back(town.sam, DAY, town.petra),
    ):
        with pytest.raises(ActionRefusedError):
            resume_benefits(town.system, resumptions=[wrong])
    resume_benefits(town.system, resumptions=[back(town.sam, DAY, town.bram)])
    assert stretches(town, town.sam) == [
        (date(2015, 1, 1), DAY, town.north),
        (DAY, STILL_OPEN, town.north),
    ]
    rows = Responsibility.objects.visible_to(town.system).filter(pseudonym_id=town.sam.pseudonym_id)
    assert list(rows.order_by("starts_on").values_list("starts_on", "ends_on", "coach_id")) == [
        (date(2015, 1, 1), DAY, town.anna.membership_id),
        (DAY, STILL_OPEN, town.bram.membership_id),
    ]


def test_only_meedoen_itself_does_this_and_only_for_its_own_municipality(town):
    for viewer in (town.anna, town.lea, town.connie):
        with pytest.raises(PermissionDenied):
            update_details(viewer, changes=[])
        with pytest.raises(PermissionDenied):
            move_all(viewer, moves=[])
        with pytest.raises(PermissionDenied):
            correct_numbers(viewer, corrections=[])
        with pytest.raises(PermissionDenied):
            resume_benefits(viewer, resumptions=[])
    stranger = town.wout.pseudonym_id
    for act in (
        lambda: update_details(town.system, changes=[NewDetails(pseudonym_id=stranger, phone="1")]),
        lambda: move_all(town.system, moves=[Move(stranger, town.north, DAY)]),
        lambda: correct_numbers(town.system, corrections=[RightNumber(stranger, "999990032")]),
    ):
        with pytest.raises(ActionRefusedError, match="niet bekend"):
            act()
