"""What goes out of the house stays the same to the byte, until somebody says why it changes."""

import os
from pathlib import Path

import pytest

from tests.frozen.scene import outputs

KEPT = Path(__file__).parent / "kept"
REBUILDS = "MEEDOEN_REBUILD_FROZEN" in os.environ
"""Set by tools/frozen.py, that writes what is put out now instead of comparing it."""
HOW = (
    "{name} is not what is kept. When that is meant: run .venv/bin/python tools/frozen.py, look at "
    "the difference, and commit it with a line “Figures-changed: why” in the message."
)


@pytest.fixture
def put_out(db):
    return outputs()


def test_what_is_put_out_is_what_was_kept(put_out):
    if REBUILDS:
        rebuild(put_out)
    for name, content in put_out.items():
        path = KEPT / name
        assert path.exists(), HOW.format(name=name)
        assert path.read_bytes() == content, HOW.format(name=name)
    assert {path.name for path in KEPT.iterdir()} == set(put_out)


def test_what_is_kept_holds_the_number_and_the_day_it_is_of():
    for name in ("page.csv", "page.json", "page.txt", "differences.csv"):
        assert "36" in (KEPT / name).read_text(encoding="utf-8"), name
    assert "31 december 2024" in (KEPT / "explanation.txt").read_text(encoding="utf-8")


def rebuild(put_out):
    for path in KEPT.iterdir():
        path.unlink()
    for name, content in put_out.items():
        (KEPT / name).write_bytes(content)
