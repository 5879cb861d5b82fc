import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import (
    FileRefusedError,
    cancel,
    carry_on,
    decide,
    start_applying,
    start_preview,
    upload,
)
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.queries import person_for
from meedoen.records.organisations.viewer import Role
from meedoen.rules.caseload.words import Field, RowDecision, RowVerdict
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import (
    ALL,
    ROOS,
    SAM,
    UMA,
    changed,
    csv_file,
    previewed,
    sent,
    taken_over,
    xlsx_file,
)
from tests.work import work_off


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM caseloads_caseloadfile")
        content = b"".join(bytes(row[0]) for row in cursor.fetchall())
        cursor.execute("SELECT * FROM caseloads_caseloadrow")
        return content.decode("latin-1") + str(cursor.fetchall())


def preview_of(town, key, viewer=None, **other):
    card = queries.file(viewer or town.lea, key=key)
    asked = {
        "mapping": {field.value: heading for field, heading in card.mapping.items()},
        "is_complete": False,
        "reference_date": None,
        "default_coach_id": None,
    }
    start_preview(viewer or town.lea, key=key, **{**asked, **other})


@pytest.mark.parametrize("content", [csv_file(ROOS, UMA), xlsx_file(ROOS, UMA)])
def test_a_file_is_kept_unreadable_with_its_columns_proposed(town, content):
    key = sent(town.lea, content, name="mijn/map/caseload.csv")
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.UPLOADED
    assert card.headings == ALL
    assert card.mapping[Field.FAMILY_NAME] == "Achternaam"
    assert card.missing == ()
    assert card.total == 2
    assert "Nepstra" not in stored()
    assert "111222333" not in stored()


def test_what_cannot_be_read_is_refused_in_words_and_not_kept(town):
    for content, words in (
        (b"%PDF-1.4", "een PDF"),
        (b"", "leeg"),
        (b"BSN;Naam;BSN\n", "meer dan één keer: BSN"),
        (b'BSN;Naam\n1;"x', "regel 2"),
        (b"PK\x03\x04", "kan niet worden geopend"),
        (b"BSN;Naam\n1;\x00", "leesbare tekst"),
    ):
        with pytest.raises(FileRefusedError, match=words) as refused:
            upload(town.lea, name="x", content=content)
        assert len(refused.value.sentences) == 1
    assert queries.files(town.lea) == []


def test_only_who_may_import_sends_files_and_only_the_sender_sees_them(town):
    key = sent(town.lea, csv_file(ROOS))
    for name, member in town.members.items():
        if name == "lea":
            continue
        assert queries.files(member) == []
        assert queries.file(member, key=key) is None
        assert queries.rows(member, key=key).cards == []
        assert queries.coaches(member) == []
        with pytest.raises(PermissionDenied):
            upload(member, name="x", content=csv_file(ROOS))
        with pytest.raises(PermissionDenied):
            preview_of(town, key, mapping={}) if name == "lea" else start_applying(member, key=key)
        with pytest.raises(PermissionDenied):
            cancel(member, key=key)
        with pytest.raises(PermissionDenied):
            decide(member, key=key, line=2, decision=RowDecision.SKIP)
    assert [card.key for card in queries.files(town.lea)] == [key]


def test_the_file_of_another_team_lead_is_not_there(town):
    key = sent(town.lea, csv_file(ROOS))
    membership = invite(
        town.system, email="zoe@example.org", name="Zoe", role=Role.TEAM_LEAD,
        password="x" * 20, team_id=town.carla.team_id,
    )  # fmt: skip
    zoe = person_for(Membership.objects.get(pk=membership).account_id).viewer
    assert queries.files(zoe) == []
    for act in (cancel, start_applying, carry_on):
        with pytest.raises(ActionRefusedError, match="niet"):
            act(zoe, key=key)
    with pytest.raises(ActionRefusedError, match="niet"):
        cancel(town.lea, key=uuid.uuid4())


def test_everything_wrong_with_what_was_asked_is_told_at_once(town):
    key = sent(town.lea, csv_file(ROOS))
    with pytest.raises(ActionRefusedError) as refused:
        preview_of(
            town, key,
            mapping={"bsn": "BSN", "family_name": "BSN"},
            reference_date=date(2999, 1, 1),
        )  # fmt: skip
    for words in ("Dubbel gekozen: BSN", "geboortedatum", "wijk", "toekomst", "Kies een coach"):
        assert words in str(refused.value)
    with pytest.raises(ActionRefusedError, match="shoe, Schoenmaat"):
        preview_of(town, key, mapping={"shoe": "Schoenmaat"})
    with pytest.raises(ActionRefusedError, match="jaartal"):
        preview_of(town, key, reference_date=clock.today() - timedelta(days=400))
    for strange in (town.carla, town.vera, town.petra):
        with pytest.raises(ActionRefusedError, match="uw team"):
            preview_of(town, key, default_coach_id=strange.membership_id)
    assert queries.file(town.lea, key=key).state == FileState.UPLOADED


def test_the_mapping_is_remembered_for_the_next_file_with_these_headings(town):
    headings = ("nummer", "wie", "geboren", "waar", "sinds", "door")
    row = ("111222333", "Roos Nepstra", "04-05-1980", "WK999001", "01-01-2015", "Anna Testema")
    fields = ("bsn", "full_name", "birth_date", "district", "benefit_start", "coach")
    content = csv_file(row, headings=headings)
    key = sent(town.lea, content)
    assert queries.file(town.lea, key=key).mapping == {}
    assert len(queries.file(town.lea, key=key).missing) == 5
    mapping = dict(zip(fields, headings, strict=True))
    previewed(town.lea, content, key=key, mapping=mapping)
    again = queries.file(town.lea, key=sent(town.lea, content))
    assert {field.value: name for field, name in again.mapping.items()} == mapping
    assert queries.file(town.lea, key=key).counts[RowVerdict.UNCHANGED] == 1


def test_coaches_to_choose_from_are_those_of_the_team_or_all_for_meedoen_itself(town):
    assert [card.name for card in queries.coaches(town.lea)] == [
        "Anna Testema", "Bram Testema", "Lea Testema",
    ]  # fmt: skip
    assert "Carla Testema" in [card.name for card in queries.coaches(town.system)]
    assert queries.coach_with_email(town.lea, email=" ANNA@example.org") == town.anna.membership_id
    assert queries.coach_with_email(town.lea, email="carla@example.org") is None


def test_nothing_can_be_done_in_the_wrong_order(town):
    key = sent(town.lea, csv_file(ROOS))
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        start_applying(town.lea, key=key)
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        carry_on(town.lea, key=key)
    preview_of(town, key)
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        preview_of(town, key)
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        start_applying(town.lea, key=key)
    work_off()
    start_applying(town.lea, key=key)
    for act in (start_applying, cancel):
        with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
            act(town.lea, key=key)
    work_off()
    assert queries.file(town.lea, key=key).state == FileState.DONE
    with pytest.raises(ActionRefusedError, match="Open de pagina opnieuw"):
        preview_of(town, key)


def test_a_report_can_be_made_again_with_other_columns(town):
    key = previewed(town.lea, csv_file(changed(ROOS, Telefoon="06-1111111")))
    assert queries.file(town.lea, key=key).counts[RowVerdict.CHANGED] == 1
    mapping = dict(queries.file(town.lea, key=key).mapping)
    del mapping[Field.PHONE]
    previewed(
        town.lea, None, key=key, mapping={field.value: name for field, name in mapping.items()}
    )
    assert queries.file(town.lea, key=key).counts[RowVerdict.UNCHANGED] == 1
    assert queries.rows(town.lea, key=key).total == 1


@pytest.mark.parametrize("when", ["uploaded", "waiting", "previewed"])
def test_what_is_cancelled_leaves_nothing_that_it_said(town, when):
    key = sent(town.lea, csv_file(changed(ROOS, Telefoon="06-1111111"), UMA))
    if when != "uploaded":
        preview_of(town, key)
    if when == "previewed":
        work_off()
    cancel(town.lea, key=key)
    work_off()
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.CANCELLED
    assert not CaseloadRow.objects.visible_to(town.system).exists()
    assert bytes(CaseloadFile.objects.visible_to(town.system).get().content) == b""


def test_what_was_taken_over_keeps_its_numbers_and_nothing_it_said(town):
    key = taken_over(town.lea, csv_file(changed(ROOS, Telefoon="06-1111111"), SAM))
    card = queries.file(town.lea, key=key)
    assert (card.state, card.done, card.total) == (FileState.DONE, 1, 1)
    assert card.counts[RowVerdict.CHANGED] == card.counts[RowVerdict.UNCHANGED] == 1
    assert bytes(CaseloadFile.objects.visible_to(town.system).get().content) == b""
    cards = queries.rows(town.lea, key=key).cards
    assert [(one.line, one.name, one.masked_bsn, one.applied) for one in cards] == [
        (2, "", "", True),
        (3, "", "", False),
    ]


def test_who_may_not_import_any_more_has_no_report_made(town):
    key = sent(town.lea, csv_file(ROOS))
    preview_of(town, key)
    Membership.objects.filter(pk=town.lea.membership_id).update(
        ended_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    work_off()
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.FAILED
    assert "mag geen caseload meer inlezen" in card.refusal


def test_a_file_with_too_many_rows_by_now_fails_with_the_reason(town, monkeypatch):
    key = sent(town.lea, csv_file(ROOS, SAM))
    preview_of(town, key)
    monkeypatch.setattr("meedoen.rules.files.reading.MOST_ROWS", 1)
    work_off()
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.FAILED
    assert "te veel regels" in card.refusal
