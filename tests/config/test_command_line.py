import json
import os
import subprocess
import sys
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import (
    CommandError,
    ManagementUtility,
    call_command,
    get_commands,
    load_command_class,
)

import meedoen
from meedoen.config.command_line import CUT_OFF, as_modules, main
from meedoen.config.management.commands.figures import known_at
from meedoen.records.budget.queries import goal, goals
from meedoen.records.figures.queries import newest_measurings
from tests.records.placements.test_placing import on, proposed
from tests.town import CODE

DEMO = Path(meedoen.__file__).parent / "catalogue" / "demo"


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_a_dash_in_the_name_of_a_command_is_for_people():
    assert as_modules(["import-budget", "a-b", "--json"]) == ["import_budget", "a-b", "--json"]
    assert as_modules(["help", "build-demo"]) == ["help", "build_demo"]
    assert as_modules(["--version"]) == ["--version"]
    assert as_modules([]) == []


def test_a_command_ends_quietly_when_nobody_reads_what_it_writes():
    reads, writes = os.pipe()
    os.close(reads)
    started = "from meedoen.config.command_line import main; main()"
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", started, "help"],
        stdout=writes,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(meedoen.__file__).parents[1])},
        check=False,
    )
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (CUT_OFF, b"")


def test_a_pipe_that_breaks_elsewhere_is_a_fault_that_is_seen(monkeypatch):
    def broken(_self):
        raise BrokenPipeError

    monkeypatch.setattr(ManagementUtility, "execute", broken)
    reads, writes = os.pipe()
    with os.fdopen(reads), os.fdopen(writes, "w") as read_by_somebody:
        monkeypatch.setattr(sys, "stdout", read_by_somebody)
        with pytest.raises(BrokenPipeError):
            main()


def test_only_what_puts_the_site_in_place_reads_every_page_before_it_begins():
    ours = {name: app for name, app in get_commands().items() if app.startswith("meedoen.")}
    looks = {
        name for name, app in ours.items() if load_command_class(app, name).requires_system_checks
    }
    assert looks == {"prepare", "serve"}


def test_import_budget_prints_one_object_and_keeps_nothing(town):
    page = DEMO / "budget_1_1_3.txt"
    read = json.loads(run("import_budget", page, "--municipality", CODE, "--json"))
    assert sorted(read) == ["goals", "indicators", "refused"]
    assert [cell["value"] for cell in read["indicators"][2]["columns"]][:2] == ["-", "0"]
    assert goals(town.connie) == []


def test_import_budget_keeps_a_page_and_links_resolve_when_the_goals_are_there(town):
    for file in sorted(DEMO.glob("*.txt")):
        assert "Kept" in run("import_budget", file, "--municipality", CODE, "--save")
    kept = {line.code: line.goal_id for line in goals(town.connie)}
    card = goal(town.connie, goal_id=kept["2.2.2"])
    mentioned = {one.code: one.goal_id for one in card.references if one.kind == "goal"}
    assert mentioned == {code: kept[code] for code in ("1.1.1", "1.3.2", "1.3.4", "2.1.2")}
    assert [one.goal_id for one in card.references if one.kind == "programme"] == [None]


def test_import_budget_keeps_nothing_of_a_page_with_a_doubt(town, tmp_path):
    text = (DEMO / "budget_1_1_3.txt").read_text(encoding="utf-8")
    broken = tmp_path / "page.txt"
    broken.write_text(text.replace("\n\n0\n", "\n", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was kept"):
        run("import_budget", broken, "--municipality", CODE, "--save")
    assert goals(town.connie) == []


@pytest.mark.parametrize("way", ["--json", "--save", None])
@pytest.mark.parametrize("code", ["0014", "gm0014", "GM14", "GM00145", "Groningen", "GM001\n"])
def test_import_budget_wants_the_code_of_a_municipality_in_every_way(code, way):
    words = [DEMO / "budget_1_1_3.txt", f"--municipality={code}", *([way] if way else [])]
    with pytest.raises(CommandError, match="GM and four digits"):
        run("import_budget", *words)


def test_import_budget_puts_what_was_refused_on_lines_of_its_own(town, tmp_path):
    text = (DEMO / "budget_1_1_3.txt").read_text(encoding="utf-8")
    broken = tmp_path / "page.txt"
    broken.write_text(text.replace("\n\n0\n", "\n", 1), encoding="utf-8")
    shown = run("import_budget", broken, "--municipality", CODE).splitlines()
    at = shown.index("Refused:")
    assert shown[at + 1].startswith("  regel ")
    assert shown[-1] == "Nothing was kept."
    with pytest.raises(CommandError) as refused:
        run("import_budget", broken, "--municipality", CODE, "--save")
    assert str(refused.value).splitlines()[:1] == ["Nothing was kept. Refused:"]
    assert str(refused.value).splitlines()[1].startswith("  regel ")
    broken.write_bytes(b"\0" * 6_000_000)
    with pytest.raises(CommandError) as unreadable:
        run("import_budget", broken, "--municipality", CODE, "--json")
    heading, *reasons = str(unreadable.value).splitlines()
    assert heading == f"{broken} cannot be read. Refused:"
    assert len(reasons) == 2
    assert all(line.startswith("  ") for line in reasons)


def test_import_budget_says_why_a_page_gave_no_rows(tmp_path):
    prose = tmp_path / "page.txt"
    prose.write_text("Begroting 2025\n\nIn 2024 deden 25 mensen mee.", encoding="utf-8")
    out, problems = StringIO(), StringIO()
    call_command(
        "import_budget", prose, "--municipality", CODE, "--json", stdout=out, stderr=problems
    )
    read = json.loads(out.getvalue())
    assert read["indicators"] == []
    assert "geen tabel met indicatoren" in read["reason"]
    assert "geen tabel met indicatoren" in problems.getvalue()


def test_import_budget_reads_a_table_and_shows_year_and_kind_of_every_value(tmp_path):
    table = tmp_path / "begroting 2024.csv"
    table.write_text("Indicator;Rekening 2022;Raming 2025\nAantal A;-;1.200\n", encoding="utf-8")
    shown = run("import_budget", table, "--municipality", CODE, "--preview")
    assert "Aantal A [aantal]: Rekening 2022 [2022, realisatie]: -; Raming 2025 [2025" in shown


@pytest.mark.parametrize("way", [[], ["--preview"], ["--json"]])
def test_import_budget_needs_no_municipality_where_it_keeps_nothing(way):
    assert "P-baan" in run("import_budget", DEMO / "budget_1_1_3.txt", *way)
    with pytest.raises(CommandError, match="needs --municipality"):
        run("import_budget", DEMO / "budget_1_1_3.txt", "--save")


def test_import_budget_says_how_to_keep_a_page_that_is_certain():
    shown = run("import_budget", DEMO / "budget_1_1_3.txt", "--municipality", CODE)
    assert shown.splitlines()[-1] == "Nothing was kept; --save keeps it."
    assert "Refused" not in shown


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_import_budget_says_what_is_wrong_with_a_file(town, tmp_path, content):
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_budget", file, "--municipality", CODE, "--json")


def test_commands_name_the_municipalities_there_are(town):
    with pytest.raises(CommandError, match="GM9990"):
        run("figures", "--municipality", "GM0000", "--on", "2026-01-01")
    with pytest.raises(CommandError, match="GM9990"):
        run("import_budget", DEMO / "budget_1_1_3.txt", "--municipality", "GM0000", "--save")
    with pytest.raises(CommandError, match="cannot be opened"):
        run("import_budget", "no-such-file.txt", "--municipality", CODE)


def figure(*arguments):
    text = run("figures", "--municipality", CODE, "--on", "2026-03-31", "--json", *arguments)
    figures = {one["indicator"]: one["value"] for one in json.loads(text)["figures"]}
    return figures["participation_jobs_in_process"]


def test_figures_count_as_known_now_and_at_the_end_of_an_earlier_day(town):
    proposed(town)
    assert figure() == 1
    assert figure("--known-at", "2026-03-01") is None
    assert figure("--known-at", "2026-03-02") == 1
    assert figure("--known-at", "2026-03-02T11:59:59+00:00") is None


def test_a_day_is_known_until_its_end_in_the_netherlands():
    assert known_at("2026-06-30") == datetime(2026, 6, 30, 21, 59, 59, 999999, tzinfo=UTC)
    assert known_at("2026-12-31") == datetime(2026, 12, 31, 22, 59, 59, 999999, tzinfo=UTC)
    for word in ("2026-06-30T12:00:00", "9999-12-31", "yesterday"):
        with pytest.raises(ArgumentTypeError, match=word):
            known_at(word)


def test_a_day_to_come_has_no_figures(town):
    with pytest.raises(CommandError, match="not come yet"):
        run("figures", "--municipality", CODE, "--on", "2999-01-01")


def test_measure_measures_every_municipality_and_not_the_future(town):
    said = run("measure", "2026-03-31")
    assert "GM9990: measured" in said
    assert "GM9991: measured" in said
    assert list(newest_measurings(town.connie)) == [date(2026, 3, 31)]
    with on(date(2026, 3, 1)), pytest.raises(CommandError, match="not come yet"):
        run("measure", "2026-03-31")
