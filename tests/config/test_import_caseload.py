from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meedoen.records.caseloads import queries
from meedoen.records.caseloads.models import CaseloadRow
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.people.models import Resident
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import ALL, ROOS, SAM, TIM, UMA, bsns, changed, csv_file
from tests.town import CODE


def run(*arguments):
    out = StringIO()
    call_command("import_caseload", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "caseload.csv"
    wrong = changed(UMA, BSN="123456789")
    path.write_bytes(csv_file(ROOS, SAM, changed(TIM, Wijkcode="Noord"), UMA, wrong))
    return path


def test_without_save_there_is_a_report_and_nothing_is_left_behind(town, path):
    before = Entry.objects.visible_to(town.connie).count()
    said = run(path, "--municipality", CODE, "--coach", "anna@example.org")
    assert "5 rows" in said
    assert "new: 1" in said
    assert "changed: 1" in said
    assert "line 6 (wrong): BSN: fails eleven test" in said
    assert said.endswith("Nothing was changed; --save takes it over.\n")
    assert Entry.objects.visible_to(town.connie).count() == before
    assert not CaseloadRow.objects.visible_to(town.system).exists()
    assert [card.state for card in queries.files(town.system)] == [FileState.CANCELLED]


def test_with_save_the_file_is_taken_over(town, path):
    said = run(path, "--municipality", CODE, "--coach", "anna@example.org", "--save")
    assert "Taken over: 2 rows. Left out because something is wrong: 1." in said
    assert Resident.objects.visible_to(town.system).get(given_name="Uma").phone == "06-12345678"
    again = run(path, "--municipality", CODE, "--coach", "anna@example.org", "--save")
    assert "unchanged: 4" in again
    assert "Taken over: 0 rows." in again


def test_who_looks_like_somebody_is_told_and_left_out(town, tmp_path):
    path = tmp_path / "caseload.csv"
    like = changed(SAM, BSN=bsns(1)[0], Achternaam="Nepstar")
    path.write_bytes(csv_file(ROOS, TIM, like))
    said = run(path, "--municipality", CODE, "--coach", "anna@example.org", "--save")
    assert "looks like: 1" in said
    assert "Left out because they look like somebody: 1." in said
    assert Resident.objects.visible_to(town.system).count() == 3


def test_who_is_missing_leaves_only_when_that_is_confirmed(town, tmp_path):
    path = tmp_path / "caseload.csv"
    path.write_bytes(csv_file(ROOS, SAM))
    day = clock.today()
    words = [
        path, "--municipality", CODE, "--complete", "--coach", "anna@example.org",
        f"--reference-date={day}", "--save",
    ]  # fmt: skip
    with pytest.raises(CommandError, match="Nothing was changed"):
        run(*words)
    assert [card.state for card in queries.files(town.system)] == [FileState.CANCELLED]
    assert "left: 1" in run(*words, "--leavers-confirmed")
    tim = (
        Resident.objects.visible_to(town.system)
        .select_related("benefit_entry")
        .get(pseudonym_id=town.tim.pseudonym_id)
    )
    assert tim.benefit_entry.ends_on == day


def test_columns_can_be_named(town, tmp_path):
    path = tmp_path / "caseload.csv"
    path.write_bytes(csv_file(ROOS, headings=("Nummer", *ALL[1:])))
    with pytest.raises(CommandError, match="BSN"):
        run(path, "--municipality", CODE)
    assert "unchanged: 1" in run(path, "--municipality", CODE, "--column", "bsn=Nummer")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--municipality", "GM0001"], "no municipality GM0001"),
        (["--municipality", CODE, "--coach", "nobody@example.org"], "no coach nobody@example.org"),
        (["--municipality", CODE, "--reference-date", "1-1-2026"], "YYYY-MM-DD"),
        (["--municipality", CODE, "--column", "shoe=BSN"], "FIELD=HEADING"),
        (["--municipality", CODE, "--column", "bsn=Schoen"], "Schoen"),
    ],
)
def test_what_does_not_fit_says_why_and_leaves_nothing(town, path, words, fault):
    with pytest.raises(CommandError, match=fault):
        run(path, *words)
    assert not CaseloadRow.objects.visible_to(town.system).exists()
    assert all(card.state == FileState.CANCELLED for card in queries.files(town.system))


def test_a_file_that_is_not_there_or_cannot_be_read_says_why(town, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "nothing.csv", "--municipality", CODE)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandError, match="PDF"):
        run(tmp_path / "x.pdf", "--municipality", CODE)
