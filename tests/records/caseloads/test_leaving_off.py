"""Files that nobody finishes are not kept for ever."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from meedoen.config.management.commands import import_caseload
from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import start_applying
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow
from meedoen.records.caseloads.tasks import put_the_tidying_in_queue
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.records.people.models import Resident
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import ROOS, SAM, UMA, changed, csv_file, previewed, sent
from tests.town import CODE
from tests.work import work_off

NEW = changed(UMA, Klantmanager="Anna Testema")


def files(town):
    return CaseloadFile.objects.visible_to(town.system)


def sent_ago(town, key, **ago):
    files(town).filter(key=key).update(uploaded_at=clock.now() - timedelta(**ago))


def tidied(town):
    put_the_tidying_in_queue()
    work_off()
    return {file.key: (file.state, bytes(file.content) == b"") for file in files(town)}


def test_what_waits_for_longer_than_the_page_says_is_left_off_and_removed(town):
    kept, old, older = (sent(town.lea, csv_file(ROOS)) for _ in range(3))
    sent_ago(town, kept, days=13, hours=23)
    sent_ago(town, old, days=14, minutes=1)
    previewed(town.lea, csv_file(ROOS), key=older)
    sent_ago(town, older, days=20)
    assert tidied(town) == {
        kept: (FileState.UPLOADED, False),
        old: (FileState.CANCELLED, True),
        older: (FileState.CANCELLED, True),
    }
    assert not CaseloadRow.objects.visible_to(town.system).exists()


def test_what_was_sent_on_the_server_is_left_off_after_a_day(town):
    new, old = previewed(town.system, csv_file(ROOS)), previewed(town.system, csv_file(ROOS))
    sent_ago(town, old, hours=25)
    assert tidied(town) == {
        new: (FileState.PREVIEWED, False),
        old: (FileState.CANCELLED, True),
    }


def test_what_somebody_sent_who_has_left_is_removed(town):
    key = previewed(town.lea, csv_file(ROOS))
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    assert tidied(town) == {key: (FileState.CANCELLED, True)}


def test_what_was_taken_over_stays_as_it_is_and_what_stopped_half_way_goes_on(town):
    done = previewed(town.lea, csv_file(ROOS))
    start_applying(town.lea, key=done)
    work_off()
    stopped = previewed(town.lea, csv_file(NEW))
    start_applying(town.lea, key=stopped, in_background=False)
    assert tidied(town)[stopped] == (FileState.APPLYING, False)
    for key in (done, stopped):
        sent_ago(town, key, days=20)
    assert tidied(town) == {done: (FileState.DONE, True), stopped: (FileState.DONE, True)}
    assert Resident.objects.visible_to(town.system).filter(given_name="Uma").exists()


def test_a_file_that_cannot_be_read_any_more_keeps_the_reason_and_nothing_else(town, monkeypatch):
    key = sent(town.lea, csv_file(ROOS, SAM))
    monkeypatch.setattr("meedoen.rules.files.reading.MOST_ROWS", 1)
    previewed(town.lea, b"", key=key)
    card = queries.file(town.lea, key=key)
    assert (card.state, "te veel regels" in card.refusal) == (FileState.FAILED, True)
    assert bytes(files(town).get().content) == b""
    assert tidied(town) == {key: (FileState.FAILED, True)}


def test_a_command_that_is_killed_while_it_takes_over_is_finished_by_the_worker(
    town, tmp_path, monkeypatch
):
    path = tmp_path / "caseload.csv"
    path.write_bytes(csv_file(NEW))

    def killed(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_caseload, "apply", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("import_caseload", path, "--municipality", CODE, "--save")
    assert files(town).get().state == FileState.APPLYING
    work_off()
    assert files(town).get().state == FileState.DONE
    assert Resident.objects.visible_to(town.system).filter(given_name="Uma").exists()


def test_a_command_whose_work_the_worker_did_first_says_what_came_out(
    town, tmp_path, monkeypatch, capsys
):
    path = tmp_path / "caseload.csv"
    path.write_bytes(csv_file(NEW))
    real = import_caseload.start_applying

    def started(*arguments, **named):
        real(*arguments, **named)
        work_off()

    monkeypatch.setattr(import_caseload, "start_applying", started)
    call_command("import_caseload", path, "--municipality", CODE, "--save")
    assert "Taken over: 1 rows." in capsys.readouterr().out


def test_a_command_with_a_file_that_cannot_be_read_any_more_says_why(town, tmp_path, monkeypatch):
    path = tmp_path / "caseload.csv"
    path.write_bytes(csv_file(ROOS, SAM))
    real = import_caseload.preview

    def fewer(*arguments):
        monkeypatch.setattr("meedoen.rules.files.reading.MOST_ROWS", 1)
        real(*arguments)

    monkeypatch.setattr(import_caseload, "preview", fewer)
    with pytest.raises(CommandError, match="te veel regels"):
        call_command("import_caseload", path, "--municipality", CODE)
    assert files(town).get().state == FileState.FAILED
