"""`meedoen history --csv`: anyone with the file counts the same figures with plain Python."""

import csv
import re
import stat
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError

from meedoen.config.management.commands import history
from meedoen.records.figures.queries import counted_now
from meedoen.records.history.export import COLUMNS, entry_rows
from meedoen.records.history.models import Entry
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.moving import Change
from meedoen.records.places.models import Place
from meedoen.rules.indicators.language import ReferralWord
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.vocabulary import PlaceKind, PlacementState
from tests.config.test_command_line import run
from tests.records.figures.scenes import crowd, key_of, stranger, take_part
from tests.records.flows.scenes import pause
from tests.town import CODE, ON_RUNG_2, ON_RUNG_4, talk

ON = date(2024, 12, 31)


@pytest.fixture
def lived(town):
    """Let people take part, one on trial, one paused, one not after all, and be measured."""
    people = crowd(town, 10)
    jobs = take_part(town, people[:6], on=date(2024, 3, 1))
    take_part(town, people[6:9], on=date(2024, 4, 1), kind=PlaceKind.VOLUNTEER_WORK)
    pause(town, jobs[:1], date(2024, 5, 1))
    begin_on_trial(town, people[9])
    talk(town.anna, town.roos_file, date(2024, 2, 1), ON_RUNG_2)
    talk(town.anna, town.roos_file, date(2024, 11, 1), ON_RUNG_4)
    talk(town.anna, town.sam, date(2024, 5, 1), ON_RUNG_4)
    take_back_start(town.anna, key=key_of(town, jobs[3]))
    return town


def begin_on_trial(town, person):
    """Let somebody try the place where the others have their participation job."""
    place_id = Place.objects.get(title="Grote tuin", kind=PlaceKind.PARTICIPATION_JOB).pk
    day = date(2024, 6, 3)
    new = NewPlacement(pseudonym_id=person, place_id=place_id, proposed_on=day)
    changes = [Change(placement_id=one, on=day) for one in place_all(town.system, placements=[new])]
    confirm_all(town.system, changes=changes, to=PlacementState.TRIAL)


def as_csv(*words):
    return run("history", "--municipality", CODE, "--csv", *words)


def known(text):
    """Keep what holds, as docs/how-to/recount-a-figure.md does."""
    rows = list(csv.DictReader(StringIO(text)))
    replaced = {row["replaces"] for row in rows}
    return [row for row in rows if row["id"] not in replaced and row["withdrawn"] == "false"]


def on_a_job(rows, day):
    return {
        row["pseudonym"]
        for row in rows
        if (row["kind"], row["place_kind"]) == ("placement", "participation_job")
        and row["state"] in ("trial", "active", "paused")
        and row["starts_on"] <= day < row["ends_on"]
    }


def grown(rows, year):
    measured = [r for r in rows if r["kind"] == "measurement" and r["starts_on"][:4] == year]
    first, last = {}, {}
    for row in sorted(measured, key=lambda row: (row["starts_on"], int(row["id"]))):
        first.setdefault((row["pseudonym"], row["ladder_version"]), row)
        last[row["pseudonym"]] = row
    return {
        who
        for who, row in last.items()
        if int(row["rung"]) > int(first[who, row["ladder_version"]]["rung"])
    }


def counted(town, code, known_at=None):
    results = counted_now(town.connie, on=ON, known_at=known_at)
    return next(result.value for result in results if result.code == code)


def test_two_figures_counted_again_from_the_file_are_the_same(lived):
    rows = known(as_csv())
    assert len(on_a_job(rows, "2024-12-31")) == counted(lived, "participation_jobs") == 6
    assert len(grown(rows, "2024")) == counted(lived, "participation_growth") == 1


def test_the_page_about_it_names_every_indicator_that_is_not_in_the_file():
    page = (Path(__file__).parents[2] / "docs/how-to/recount-a-figure.md").read_text()
    rows = [line for line in page.split("\n") if line.startswith(("| Places", "| Referrals"))]
    named = {code for row in rows for code in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    words = {each.code: each.versions[-1].count for each in shipped_catalogue()}
    elsewhere = (PlaceWord, ReferralWord)
    assert named == {code for code, word in words.items() if isinstance(word, elsewhere)}
    printed = {code for code, word in words.items() if isinstance(word, Printed)}
    assert printed == {code for code in words if code.startswith("national_")}


def test_as_known_at_an_earlier_moment_too(lived):
    moments = sorted(
        set(Entry.objects.visible_to(lived.connie).values_list("recorded_at", flat=True))
    )
    before = moments[-3]
    rows = known(as_csv("--known-at", before.isoformat()))
    assert len(on_a_job(rows, "2024-12-31")) == counted(lived, "participation_jobs", before) == 7


def test_every_entry_is_a_row_with_the_fields_of_the_reference_and_no_name(lived):
    text = as_csv()
    rows = list(csv.reader(StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    written = {field.name for field in Entry._meta.local_concrete_fields if not field.generated}
    assert set(COLUMNS) == written - {"municipality", "recorded_by"}
    ids = Entry.objects.visible_to(lived.connie).order_by("pk").values_list("pk", flat=True)
    assert [int(row[0]) for row in rows[1:]] == list(ids)
    for name in ("Roos", "Nepstra", "Anna"):
        assert name not in text


def test_values_are_written_in_one_way(lived):
    row = next(r for r in csv.DictReader(StringIO(as_csv())) if r["kind"] == "placement")
    assert date.fromisoformat(row["starts_on"]) <= ON
    assert row["ends_on"] == "9999-12-31" or date.fromisoformat(row["ends_on"])
    assert datetime.fromisoformat(row["recorded_at"]).tzinfo == UTC
    assert row["withdrawn"] == "false"
    assert (row["rung"], row["score"]) == ("0", "0")


def test_the_file_is_for_its_owner_only_and_never_written_over(lived, tmp_path):
    file = tmp_path / "history.csv"
    assert "entries written" in as_csv("--output", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == as_csv()
    file.write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        as_csv("--output", str(file))
    assert file.read_text() == "mine"


def test_a_file_that_fails_half_way_is_gone(lived, tmp_path, monkeypatch):
    def broken(viewer, *, known_at):
        yield next(entry_rows(viewer, known_at=known_at))
        raise OSError("the line went dead")

    monkeypatch.setattr(history, "entry_rows", broken)
    with pytest.raises(OSError, match="went dead"):
        as_csv("--output", str(tmp_path / "history.csv"))
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_done_is_said(town, tmp_path):
    with pytest.raises(CommandError, match="only form"):
        run("history", "--municipality", CODE)
    with pytest.raises(CommandError, match="GM9990"):
        run("history", "--municipality", "GM0000", "--csv")
    with pytest.raises(CommandError, match="cannot be made"):
        as_csv("--output", str(tmp_path / "no-such-folder" / "history.csv"))


def test_only_who_may_read_the_history_gets_it_and_only_their_own(town):
    for viewer in (town.anna, town.petra, town.suus, town.priya, town.ab):
        with pytest.raises(PermissionDenied):
            next(entry_rows(viewer, known_at=None))
    ours = {row[0] for row in entry_rows(town.connie, known_at=None)}
    theirs = {row[0] for row in entry_rows(stranger(town), known_at=None)}
    assert (len(ours), len(theirs)) == (3, 1)
    assert not ours & theirs


def test_a_moment_without_a_time_zone_is_refused(town):
    with pytest.raises(ValueError, match="no time zone"):
        next(entry_rows(town.connie, known_at=datetime(2026, 1, 1)))  # noqa: DTZ001
