"""Reading in a directory on the server: a report first, and only then a change."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meedoen.records.directory_imports import queries
from meedoen.records.directory_imports.models import DirectoryRow
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.rules.files.words import FileState
from tests.records.directory_imports.files import (
    EETTAFEL,
    KOFFIE,
    csv_file,
    json_file,
    service,
)
from tests.town import CODE

MOESTUIN = EETTAFEL | {"Organisatie": "De Moestuin", "KVK": "", "ID": "M1"}
WRONG = KOFFIE | {"Tijden": "25-26", "ID": "F1"}


def run(*arguments):
    out = StringIO()
    call_command("import_directory", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "kaart.csv"
    path.write_bytes(csv_file(EETTAFEL, KOFFIE, MOESTUIN, WRONG))
    return path


def test_without_apply_there_is_a_report_and_nothing_is_left_behind(town, path):
    before = Place.objects.count()
    said = run(path, "--municipality", CODE)
    assert "4 rows from kaart:" in said
    assert "new: 2" in said
    assert "line 4 (uncertain): organisation: same name" in said
    assert "line 5 (refused): times: time impossible, part 25" in said
    assert said.endswith("Nothing was changed; --apply takes it over.\n")
    assert Place.objects.count() == before
    assert not DirectoryRow.objects.visible_to(town.system).exists()
    assert [card.state for card in queries.files(town.system)] == [FileState.CANCELLED]


def test_with_apply_the_list_is_taken_over_and_again_changes_nothing(town, path):
    said = run(path, "--municipality", CODE, "--apply")
    assert "taken over where needed: 2 rows." in said
    assert "Left out because something is wrong: 1." in said
    assert "may be one that is known: 1." in said
    assert Place.objects.filter(title__in=["Eettafel", "Koffie schenken"]).count() == 2
    assert "same: 2" in run(path, "--municipality", CODE, "--apply")


def test_services_get_what_they_do_not_say_from_the_options(town, tmp_path):
    path = tmp_path / "aanbod.json"
    path.write_bytes(json_file(service(schedules=[])))
    said = run(path, "--municipality", CODE)
    assert "line 1 (refused): " in said
    assert "kind: missing value" in said
    run(
        path, "--municipality", CODE, "--kind", "language_point", "--capacity", 8,
        "--organisation-kind", "association", "--half-days", "mon_morning,tue_morning", "--apply",
    )  # fmt: skip
    place = Place.objects.get(title="Eettafel")
    assert (place.kind, place.capacity, place.half_days) == ("language_point", 8, 0b1001)


def test_what_is_missing_from_a_complete_list_is_told(town, path, tmp_path):
    run(path, "--municipality", CODE, "--apply", "--source", "Kaart")
    less = tmp_path / "minder.csv"
    less.write_bytes(csv_file(EETTAFEL))
    said = run(less, "--municipality", CODE, "--source", "Kaart", "--complete")
    assert "missing: 1" in said
    assert "Koffie schenken (missing)" in said


def test_another_column_can_be_named(town, tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_bytes(csv_file({"Wie": "Clubje"}, headings=("Wie", "Wat")))
    run(
        path, "--municipality", CODE, "--column", "organisation=Wie",
        "--organisation-kind", "association", "--apply",
    )  # fmt: skip
    assert Organisation.objects.filter(name="Clubje").exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--municipality", "GM0001"], "GM0001"),
        (["--municipality", CODE, "--column", "organisation=Wie"], "Wie"),
        (["--municipality", CODE, "--capacity", "90000"], "2000"),
        (["--municipality", CODE, "--column", "onzin=Wie"], "onzin"),
        (["--municipality", CODE, "--half-days", "maandag"], "maandag"),
        (["--municipality", CODE, "--kind", "feest"], "feest"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(town, path, more, why):
    with pytest.raises(CommandError, match=why):
        run(path, *more)
    assert not Place.objects.filter(title="Eettafel").exists()
    assert all(card.state == FileState.CANCELLED for card in queries.files(town.system))


def test_a_file_that_is_not_there_is_told(town, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "weg.csv", "--municipality", CODE)
