from datetime import date

import pytest
from django.db import transaction

from meedoen.records.caseloads import apply as applying
from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import decide, start_applying
from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.encryption import blind_index
from meedoen.records.people.models import Resident
from meedoen.rules.caseload.words import RowDecision, RowVerdict
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    TIM,
    bsns,
    changed,
    csv_file,
    previewed,
    problems,
    taken_over,
    verdicts,
)
from tests.work import work_off

NUMBER = bsns(1)[0]
LIKE_SAM = changed(SAM, BSN=NUMBER, Achternaam="Nepstar", Klantmanager="Anna Testema")


def people(town):
    return Resident.objects.visible_to(town.system)


def alike(town, *more):
    """Give a file in which one row looks like Sam; Roos is in it herself."""
    return previewed(town.lea, csv_file(ROOS, LIKE_SAM, *more))


def apply(town, key):
    start_applying(town.lea, key=key)
    work_off()


def test_the_same_person_gets_the_number_of_the_file_and_the_old_one_is_nowhere(town):
    key = alike(town)
    decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    assert queries.file(town.lea, key=key).undecided == 0
    apply(town, key)
    sam = people(town).get(pseudonym_id=town.sam.pseudonym_id)
    assert (sam.bsn, sam.bsn_index, sam.family_name) == (NUMBER, blind_index(NUMBER), "Nepstar")
    assert people(town).count() == 3
    assert not people(town).filter(bsn_index=blind_index("999990019")).exists()
    cards = queries.rows(town.lea, key=key).cards
    assert [(card.verdict.value, card.applied) for card in cards] == [
        ("unchanged", False),
        ("looks_like", True),
    ]
    assert verdicts(town.lea, taken_over(town.lea, csv_file(ROOS, LIKE_SAM))) == {
        2: "unchanged",
        3: "unchanged",
    }


def test_somebody_else_is_registered(town):
    key = alike(town)
    decide(town.lea, key=key, line=3, decision=RowDecision.OTHER)
    apply(town, key)
    assert people(town).count() == 4
    assert people(town).get(pseudonym_id=town.sam.pseudonym_id).bsn == "999990019"
    assert people(town).get(bsn_index=blind_index(NUMBER)).family_name == "Nepstar"


@pytest.mark.parametrize("decision", [None, RowDecision.SKIP])
def test_without_a_decision_a_row_is_left_out_and_stays_listed(town, decision):
    before = Entry.objects.visible_to(town.connie).count()
    key = alike(town)
    if decision:
        decide(town.lea, key=key, line=3, decision=decision)
    apply(town, key)
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.DONE
    assert card.counts[RowVerdict.LOOKS_LIKE] == 1
    assert card.undecided == (0 if decision else 1)
    assert [one.applied for one in queries.rows(town.lea, key=key).cards] == [False, False]
    assert people(town).count() == 3
    assert Entry.objects.visible_to(town.connie).count() == before


def test_a_decision_can_be_changed_until_the_file_is_taken_over(town):
    key = alike(town)
    for decision in (RowDecision.SAME, RowDecision.SKIP, RowDecision.OTHER):
        decide(town.lea, key=key, line=3, decision=decision)
    assert queries.rows(town.lea, key=key).cards[1].decision == RowDecision.OTHER
    apply(town, key)
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        decide(town.lea, key=key, line=3, decision=RowDecision.SKIP)


def test_nothing_is_decided_about_other_rows(town):
    key = alike(town)
    for line in (0, 2, 4):
        with pytest.raises(ActionRefusedError, match=f"Over regel {line}"):
            decide(town.lea, key=key, line=line, decision=RowDecision.SAME)


def test_two_rows_cannot_be_the_same_person(town):
    other = changed(LIKE_SAM, BSN=bsns(2)[1], Voornaam="Samuel")
    key = alike(town, other)
    decide(town.lea, key=key, line=4, decision=RowDecision.SAME)
    decide(town.lea, key=key, line=4, decision=RowDecision.SAME)
    with pytest.raises(ActionRefusedError, match="Regel 4"):
        decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    decide(town.lea, key=key, line=3, decision=RowDecision.OTHER)


def test_who_may_not_open_the_file_of_the_other_cannot_say_that_it_is_the_same(town):
    key = previewed(town.lea, csv_file(ROOS, SAM, LIKE_SAM))
    assert verdicts(town.lea, key)[4] == "looks_like"
    with pytest.raises(ActionRefusedError, match="ander team"):
        decide(town.lea, key=key, line=4, decision=RowDecision.SAME)
    decide(town.lea, key=key, line=4, decision=RowDecision.OTHER)
    apply(town, key)
    assert people(town).get(pseudonym_id=town.tim.pseudonym_id).bsn == "999990020"
    assert people(town).count() == 4


def test_a_number_that_somebody_else_got_meanwhile_is_not_given(town):
    key = alike(town)
    decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    taken_over(
        town.system,
        csv_file(changed(TIM, BSN=NUMBER, Achternaam="Anders", Klantmanager="Carla Testema")),
    )
    apply(town, key)
    assert verdicts(town.lea, key)[3] == "wrong"
    assert people(town).get(pseudonym_id=town.sam.pseudonym_id).bsn == "999990019"


def test_the_same_person_who_had_left_is_back_with_the_right_number(town):
    taken_over(town.lea, csv_file(changed(SAM, Einddatum="31-05-2026")))
    key = alike(town)
    card = queries.rows(town.lea, key=key).cards[1]
    # Who has left is not visible, so nothing is told of them and nobody can say it is the same.
    assert (card.verdict, card.looks_like) == (RowVerdict.LOOKS_LIKE, None)
    with pytest.raises(ActionRefusedError, match="ander team"):
        decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    system_key = previewed(town.system, csv_file(ROOS, TIM, LIKE_SAM))
    decide(town.system, key=system_key, line=4, decision=RowDecision.SAME)
    start_applying(town.system, key=system_key)
    work_off()
    sam = people(town).select_related("benefit_entry").get(pseudonym_id=town.sam.pseudonym_id)
    assert sam.bsn == NUMBER
    assert sam.benefit_entry.starts_on == date(2026, 6, 1)


def test_who_is_on_two_lines_is_registered_once_unless_it_is_somebody_else(town):
    first = changed(LIKE_SAM, Voornaam="Bo", Achternaam="Tweemaal")
    again = changed(first, BSN=bsns(2)[1])
    for decision, registered in ((None, 1), (RowDecision.SKIP, 1), (RowDecision.OTHER, 2)):
        with transaction.atomic():
            key = previewed(town.lea, csv_file(ROOS, first, again))
            with pytest.raises(ActionRefusedError, match="andere regel van het bestand"):
                decide(town.lea, key=key, line=4, decision=RowDecision.SAME)
            if decision:
                decide(town.lea, key=key, line=4, decision=decision)
            apply(town, key)
            assert people(town).filter(family_name="Tweemaal").count() == registered
            transaction.set_rollback(True)


def test_who_was_registered_by_another_file_meanwhile_is_not_registered_again(town):
    first = changed(LIKE_SAM, Voornaam="Bo", Achternaam="Tweemaal")
    keys = [
        previewed(town.lea, csv_file(changed(first, BSN=number), changed(ROOS, Telefoon="1234")))
        for number in bsns(2)
    ]
    for key in keys:
        assert verdicts(town.lea, key)[2] == "new"
        apply(town, key)
    assert people(town).filter(family_name="Tweemaal").count() == 1
    assert problems(town.lea, keys[1], 2) == [("changed_meanwhile", "")]
    assert (
        verdicts(town.lea, previewed(town.lea, csv_file(ROOS, changed(first, BSN=bsns(2)[1]))))[3]
        == "looks_like"
    )


@pytest.mark.parametrize("at_once", [1, 200])
def test_twins_in_one_file_are_both_registered(town, monkeypatch, at_once):
    monkeypatch.setattr(applying, "APPLIED_AT_ONCE", at_once)
    one = changed(LIKE_SAM, Voornaam="Bo", Achternaam="Samen")
    other = changed(one, BSN=bsns(2)[1], Voornaam="Mo")
    key = previewed(town.lea, csv_file(one, other))
    apply(town, key)
    assert verdicts(town.lea, key) == {2: "new", 3: "new"}
    assert people(town).filter(family_name="Samen").count() == 2
