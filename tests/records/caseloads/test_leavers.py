from datetime import date, timedelta

import pytest

from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import start_applying
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.models import Resident
from meedoen.records.people.queries import resident
from meedoen.rules.caseload.words import RowVerdict
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    TIM,
    bsns,
    changed,
    csv_file,
    previewed,
    taken_over,
    verdicts,
)
from tests.records.figures.scenes import crowd, numbers
from tests.work import work_off


def crowd_rows(count):
    made_up = numbers()
    return [
        (next(made_up), f"Nep{at}", "", "Menigte", "01-01-1980", "", "Noord", "01-01-2015", "", "")
        for at in range(count)
    ]


def ends(town):
    rows = Resident.objects.visible_to(town.system).select_related("benefit_entry").order_by("pk")
    return [row.benefit_entry.ends_on for row in rows]


def test_who_is_missing_from_a_complete_file_leaves_on_the_reference_date(town):
    day = clock.today() - timedelta(days=7)
    key = previewed(town.lea, csv_file(ROOS), is_complete=True, reference_date=day)
    card = queries.rows(town.lea, key=key, verdict=RowVerdict.LEFT).cards[0]
    assert (card.line, card.name, card.differences[0].new_day) == (0, "Sam Nepstra", day)
    start_applying(town.lea, key=key, leavers_confirmed=True)
    work_off()
    assert ends(town)[1] == day
    assert resident(town.anna, key=town.sam.key) is None
    assert resident(town.carla, key=town.tim.key) is not None
    card = queries.rows(town.lea, key=key, verdict=RowVerdict.LEFT).cards[0]
    assert (card.name, card.applied) == ("", True)


def test_a_file_that_is_not_complete_ends_nothing(town):
    assert verdicts(town.lea, previewed(town.lea, csv_file(ROOS))) == {2: "unchanged"}


def test_an_empty_looking_file_does_not_end_everybodys_benefit(town):
    crowd(town, 18)
    before = ends(town)
    rows = crowd_rows(18)
    key = previewed(town.lea, csv_file(*rows[:17], ROOS), is_complete=True)
    card = queries.file(town.lea, key=key)
    assert (card.leavers, card.must_confirm_leavers) == (2, False)
    key = previewed(town.lea, csv_file(*rows[:16], ROOS), is_complete=True)
    card = queries.file(town.lea, key=key)
    assert (card.leavers, card.must_confirm_leavers) == (3, True)
    with pytest.raises(ActionRefusedError, match="Van 3 van de 20"):
        start_applying(town.lea, key=key)
    assert queries.file(town.lea, key=key).state == FileState.PREVIEWED
    assert ends(town) == before
    start_applying(town.lea, key=key, leavers_confirmed=True)
    work_off()
    assert len([day for day in ends(town) if day == clock.today()]) == 3


@pytest.mark.parametrize(
    "row",
    [
        changed(SAM, Geboortedatum="x"),
        changed(SAM, BSN="999990018"),
        changed(SAM, BSN=bsns(1)[0], Klantmanager="Anna Testema"),
        changed(SAM, Wijkcode="Nergens"),
    ],
    ids=["wrong", "number that is none", "another number", "unknown district"],
)
def test_who_may_be_in_the_file_after_all_does_not_leave(town, row):
    key = previewed(town.lea, csv_file(ROOS, row), is_complete=True)
    assert 0 not in verdicts(town.lea, key)
    assert queries.file(town.lea, key=key).leavers == 0


def test_who_came_or_moved_after_the_reference_date_does_not_leave(town):
    day = clock.today() - timedelta(days=20)
    taken_over(
        town.lea,
        csv_file(changed(SAM, Wijkcode="Zuid")),
        reference_date=clock.today() - timedelta(days=1),
    )
    key = previewed(town.lea, csv_file(ROOS), is_complete=True, reference_date=day)
    assert queries.file(town.lea, key=key).leavers == 0


def test_who_left_meanwhile_or_went_to_another_team_is_left_alone(town):
    key = previewed(town.lea, csv_file(ROOS), is_complete=True)
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, date(2026, 6, 1))])
    start_applying(town.lea, key=key, leavers_confirmed=True)
    work_off()
    assert ends(town)[1] == date(2026, 6, 1)
    assert verdicts(town.lea, key)[0] == "unchanged"


def test_for_meedoen_itself_a_complete_file_is_of_the_whole_municipality(town):
    key = previewed(town.system, csv_file(ROOS, SAM), is_complete=True)
    assert (
        queries.rows(town.system, key=key, verdict=RowVerdict.LEFT).cards[0].name == "Tim Nepstra"
    )
    key = previewed(town.system, csv_file(ROOS, SAM, TIM), is_complete=True)
    assert queries.file(town.system, key=key).leavers == 0


def test_a_wrong_column_with_dates_does_not_end_everybodys_benefit(town):
    crowd(town, 18)
    before = ends(town)
    rows = [changed(row, Einddatum="31-08-2026") for row in crowd_rows(18)]
    key = previewed(town.lea, csv_file(*rows))
    card = queries.file(town.lea, key=key)
    assert (card.leavers, card.must_confirm_leavers) == (18, True)
    with pytest.raises(ActionRefusedError, match=r"Van 18 van de 20 .* eindigt de uitkering"):
        start_applying(town.lea, key=key)
    assert ends(town) == before
    key = previewed(town.lea, csv_file(*rows[:1], ROOS), is_complete=True)
    # Who is missing and who has an end in the file together.
    assert queries.file(town.lea, key=key).leavers == 19
