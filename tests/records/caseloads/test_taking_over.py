from datetime import date, timedelta

import pytest
from django.db import DataError

from meedoen.records.caseloads import changes, queries
from meedoen.records.caseloads.actions import start_applying
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Membership
from meedoen.records.people.actions import BenefitEnd, NewResident, end_benefits, register_all
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.people.queries import resident
from meedoen.rules.caseload.words import RowVerdict
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    TIM,
    UMA,
    bsns,
    changed,
    csv_file,
    previewed,
    problems,
    taken_over,
    verdicts,
)
from tests.work import work_off

BY_ANNA = changed(UMA, Klantmanager="anna@example.org")


def benefits(town, pseudonym_id):
    """Give the stretches of benefit that hold: from, to, district."""
    rows = Entry.objects.visible_to(town.connie).filter(
        kind="benefit", pseudonym_id=pseudonym_id, withdrawn=False, replaced_by__isnull=True
    )
    return list(rows.order_by("starts_on").values_list("starts_on", "ends_on", "district_id"))


def coaches_of(town, pseudonym_id):
    rows = Responsibility.objects.visible_to(town.system).filter(pseudonym_id=pseudonym_id)
    return list(rows.order_by("starts_on").values_list("starts_on", "ends_on", "coach_id"))


def history(town):
    return list(Entry.objects.visible_to(town.connie).order_by("pk").values())


def named(town, given_name):
    return Resident.objects.visible_to(town.system).get(given_name=given_name)


def test_somebody_new_is_registered_and_the_history_says_who_did_it(town):
    taken_over(town.lea, csv_file(BY_ANNA))
    row = named(town, "Uma")
    assert (row.family_name, row.bsn, row.phone) == ("van Testema", "999990032", "06-12345678")
    assert benefits(town, row.pseudonym_id) == [(date(2024, 3, 1), STILL_OPEN, town.north)]
    entry = Entry.objects.visible_to(town.connie).get(pseudonym_id=row.pseudonym_id)
    assert entry.recorded_by_id == town.lea.membership_id
    # Who is responsible is said by the file of today, not since when.
    today = clock.today()
    assert coaches_of(town, row.pseudonym_id) == [(today, STILL_OPEN, town.anna.membership_id)]


def test_the_same_file_again_changes_nothing_and_writes_no_history(town):
    end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, date(2026, 6, 1))])
    yesterday = clock.today() - timedelta(days=1)
    content = csv_file(
        changed(ROOS, Klantmanager="Bram Testema"),
        changed(SAM, Telefoon="06-1111111", Wijkcode="Zuid", Klantmanager="Bram Testema"),
        BY_ANNA,
        changed(BY_ANNA, BSN=bsns(1)[0], Achternaam="Anders", Einddatum="31-12-2028"),
        changed(BY_ANNA, BSN=bsns(2)[1], Achternaam="Voorbij", Einddatum="31-12-2024"),
    )
    key = taken_over(town.lea, content, reference_date=yesterday)
    assert verdicts(town.lea, key) == {
        2: "back", 3: "changed", 4: "new", 5: "new", 6: "unchanged",
    }  # fmt: skip
    assert all(card.applied for card in queries.rows(town.lea, key=key).cards[:4])
    before = history(town)
    people = list(Resident.objects.visible_to(town.system).order_by("pk").values())
    key = taken_over(town.lea, content, reference_date=yesterday)
    assert set(verdicts(town.lea, key).values()) == {"unchanged"}
    assert history(town) == before
    assert len(before) > 0
    again = list(Resident.objects.visible_to(town.system).order_by("pk").values())
    assert again == people


def test_a_move_ends_the_stretch_in_the_old_district_on_the_reference_date(town):
    day = clock.today() - timedelta(days=30)
    taken_over(town.lea, csv_file(changed(SAM, Wijkcode="WK999002")), reference_date=day)
    assert benefits(town, town.sam.pseudonym_id) == [
        (date(2015, 1, 1), day, town.north),
        (day, STILL_OPEN, town.south),
    ]
    assert resident(town.anna, key=town.sam.key).district == "Zuid"


def test_an_end_in_the_file_is_the_last_day_on_benefit(town):
    taken_over(town.lea, csv_file(changed(SAM, Einddatum="31-10-2026")))
    assert benefits(town, town.sam.pseudonym_id) == [
        (date(2015, 1, 1), date(2026, 11, 1), town.north)
    ]
    assert resident(town.anna, key=town.sam.key) is None


@pytest.mark.parametrize("days_ago", [0, 3])
def test_another_coach_takes_over_today_whatever_the_reference_date(town, days_ago):
    """A file says who is responsible now; who was so before stays so."""
    today = clock.today()
    taken_over(
        town.lea,
        csv_file(changed(SAM, Klantmanager="Bram Testema")),
        reference_date=today - timedelta(days=days_ago),
    )
    assert coaches_of(town, town.sam.pseudonym_id) == [
        (date(2015, 1, 1), today, town.anna.membership_id),
        (today, STILL_OPEN, town.bram.membership_id),
    ]


def test_a_second_file_of_the_same_day_replaces_the_coach_of_the_first(town):
    for coach in ("Bram Testema", "Lea Testema"):
        taken_over(
            town.lea,
            csv_file(changed(SAM, Klantmanager=coach)),
            reference_date=clock.today() - timedelta(days=3),
        )
    assert [coach for *_, coach in coaches_of(town, town.sam.pseudonym_id)] == [
        town.anna.membership_id,
        town.lea.membership_id,
    ]


def test_somebody_back_on_benefit_gets_a_new_stretch_and_the_old_one_stays(town):
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, date(2026, 3, 1))])
    key = taken_over(
        town.lea,
        csv_file(changed(SAM, Ingangsdatum="01-09-2026", Wijkcode="Zuid")),
        default_coach_id=town.bram.membership_id,
    )
    assert verdicts(town.lea, key) == {2: "back"}
    assert benefits(town, town.sam.pseudonym_id) == [
        (date(2015, 1, 1), date(2026, 3, 1), town.north),
        (date(2026, 9, 1), STILL_OPEN, town.south),
    ]
    assert resident(town.anna, key=town.sam.key).coach == "Bram Testema"
    assert [coach for *_, coach in coaches_of(town, town.sam.pseudonym_id)] == [
        town.anna.membership_id,
        town.bram.membership_id,
    ]


def test_names_and_phones_are_kept_up_to_date_without_history(town):
    before = history(town)
    row = changed(SAM, Voornaam="Samir", Tussenvoegsel="de", Achternaam="Boer", Telefoon="1234567")
    taken_over(town.lea, csv_file(row))
    card = resident(town.anna, key=town.sam.key)
    assert (card.name, card.phone) == ("Samir de Boer", "1234567")
    assert history(town) == before


def test_nobody_of_another_team_is_touched(town):
    before = history(town)
    row = changed(TIM, Telefoon="1234567", Wijkcode="Noord", Einddatum="31-10-2026")
    key = taken_over(town.lea, csv_file(row))
    assert verdicts(town.lea, key) == {2: "other_team"}
    assert named(town, "Tim").phone == ""
    assert history(town) == before


def test_a_number_that_was_registered_meanwhile_is_left_alone_and_told(town):
    key = previewed(town.lea, csv_file(BY_ANNA, changed(BY_ANNA, BSN=bsns(1)[0], Voornaam="Bo")))
    register_all(
        town.system,
        residents=[
            NewResident(
                given_name="Iemand",
                family_name="Anders",
                birth_date=date(1970, 1, 1),
                bsn="999990032",
                district_id=town.south,
                coach_id=town.carla.membership_id,
                benefit_starts_on=date(2025, 1, 1),
            )
        ],
    )
    _apply(town, key)
    assert verdicts(town.lea, key) == {2: "other_team", 3: "new"}
    assert queries.file(town.lea, key=key).counts[RowVerdict.OTHER_TEAM] == 1
    assert named(town, "Bo").bsn == bsns(1)[0]


def test_a_benefit_that_ended_meanwhile_is_not_started_again(town):
    key = previewed(town.lea, csv_file(changed(SAM, Telefoon="1", Klantmanager="Bram Testema")))
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, date(2026, 6, 1))])
    _apply(town, key)
    assert problems(town.lea, key, 2)[0] == ("changed_meanwhile", "")
    assert benefits(town, town.sam.pseudonym_id)[-1][1] == date(2026, 6, 1)


def test_one_row_that_is_refused_does_not_hold_up_the_others(town, monkeypatch):
    real = changes.update_details

    def refusing(viewer, *, changes):
        if any(one.phone == "0000" for one in changes):
            raise ActionRefusedError("nee")
        real(viewer, changes=changes)

    monkeypatch.setattr(changes, "update_details", refusing)
    rows = csv_file(changed(ROOS, Telefoon="0000"), changed(SAM, Telefoon="1111"), BY_ANNA)
    key = taken_over(town.lea, rows)
    assert verdicts(town.lea, key) == {2: "wrong", 3: "changed", 4: "new"}
    assert (named(town, "Roos").phone, named(town, "Sam").phone) == ("", "1111")


def test_one_row_that_the_database_does_not_take_does_not_hold_up_the_others(town, monkeypatch):
    real = changes.update_details

    def refusing(viewer, *, changes):
        real(viewer, changes=changes)
        if any(one.phone == "0000" for one in changes):
            raise DataError("no")

    monkeypatch.setattr(changes, "update_details", refusing)
    key = taken_over(town.lea, csv_file(changed(ROOS, Telefoon="0000"), BY_ANNA))
    assert verdicts(town.lea, key) == {2: "wrong", 3: "new"}
    assert problems(town.lea, key, 2) == [("not_to_be_kept", "")]
    assert (named(town, "Roos").phone, named(town, "Uma").phone) == ("", "06-12345678")


def test_nobody_is_given_to_a_coach_who_has_left_meanwhile(town):
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, date(2026, 6, 1))])
    content = csv_file(UMA, SAM, changed(ROOS, Telefoon="1234567"))
    key = previewed(town.lea, content, default_coach_id=town.bram.membership_id)
    assert verdicts(town.lea, key) == {2: "new", 3: "back", 4: "changed"}
    Membership.objects.filter(pk=town.bram.membership_id).update(ended_at=clock.now())
    _apply(town, key)
    assert verdicts(town.lea, key) == {2: "wrong", 3: "wrong", 4: "changed"}
    for line in (2, 3):
        assert ("coach_missing", "Klantmanager") in problems(town.lea, key, line)
    assert not Resident.objects.visible_to(town.system).filter(given_name="Uma").exists()
    assert named(town, "Roos").phone == "1234567"


def test_signs_that_cannot_be_seen_are_not_taken_over(town):
    row = changed(BY_ANNA, Voornaam="U\x01ma", Achternaam="Teste\x0bma")
    taken_over(town.lea, csv_file(row))
    assert named(town, "Uma").family_name == "van Testema"


def _apply(town, key):
    start_applying(town.lea, key=key)
    work_off()
