"""A commit that changes what tests/frozen keeps says so in its message, with a fixed mark.

Every commit that is here is looked at but a first one, and the oldest of a shallow clone: of those
nobody can tell what they changed. Without git there is nothing to look at.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = "tests/frozen/kept"
MARK = re.compile(r"^Figures-changed: \S+", re.MULTILINE)
END, HASH_LENGTH = "\x1e", 12


def git(folder, *words):
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - git
    return done.stdout


def unmarked(folder):
    """Return the commits with one parent that change what is kept and do not say why."""
    log = git(
        *(folder, "log", "--full-history", "--min-parents=1", "--max-parents=1"),
        *(f"--format=%H%n%B{END}", "--", KEPT),
    )
    entries = [entry.strip() for entry in log.split(END) if entry.strip()]
    return [entry[:HASH_LENGTH] for entry in entries if not MARK.search(entry)]


def test_every_commit_that_changes_frozen_outputs_says_why():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone: there are no commits to look at")
    assert not unmarked(ROOT), "say it in the message: “Figures-changed: why”"


@pytest.fixture
def clone(tmp_path):
    """Make a repository with a first commit that keeps something."""
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "Connie Testema")
    git(tmp_path, "config", "user.email", "connie@example.org")
    change(tmp_path, "one", "Begin.")
    return tmp_path


def change(folder, text, message):
    path = folder / KEPT / "page.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def test_a_first_commit_needs_no_mark_and_each_that_changes_something_does(clone):
    assert unmarked(clone) == []
    change(clone, "two", "Count again.\n\nFigures-changed: the day of a start counts too")
    assert unmarked(clone) == []
    change(clone, "three", "Count again.\n\nNo Figures-changed: here")
    [found] = unmarked(clone)
    assert git(clone, "rev-parse", "HEAD").startswith(found)


@pytest.mark.parametrize("message", ["Tidy.", "Figures-changed:", "Figures-changed:   "])
def test_a_mark_without_a_reason_is_none(clone, message):
    change(clone, "two", message)
    assert len(unmarked(clone)) == 1


def test_a_commit_that_leaves_it_alone_needs_no_mark(clone):
    (clone / "README.md").write_text("Meedoen", encoding="utf-8")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "Say what it is.")
    assert unmarked(clone) == []


def test_a_shallow_clone_fails_on_nothing_that_it_cannot_see(clone, tmp_path_factory):
    change(clone, "two", "Tidy.")
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git(clone, "clone", "-q", "--depth=1", f"file://{clone}", str(shallow))
    assert unmarked(shallow) == []
    change_there = {"user.name": "Connie Testema", "user.email": "connie@example.org"}
    for name, value in change_there.items():
        git(shallow, "config", name, value)
    change(shallow, "three", "Tidy again.")
    assert len(unmarked(shallow)) == 1
