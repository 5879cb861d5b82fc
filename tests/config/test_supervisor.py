"""Two processes as one, with small programs in the place of the site and the worker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE = 40
ROOT = Path(__file__).parents[2]
SUPERVISE = """
import sys
from meedoen.config.supervisor import Supervisor
site, worker = sys.argv[1:]
tell = lambda line: print(line, flush=True)
run = lambda program: ["sh", "-c", program]
sys.exit(Supervisor(site=run(site), worker=run(worker), tell=tell).run())
"""
# Programs of the shell: they end by a signal from their first moment on, which Python does not.
LIVE = "exec sleep 300"


@pytest.fixture
def supervise(tmp_path):
    """Start a supervisor over these two programs."""
    started = []

    def start(site, worker):
        with (tmp_path / "said").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-c", SUPERVISE, site, worker],
                env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
                stdout=said,
                stderr=said,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        for child in children_of(process.pid):
            os.kill(child, signal.SIGKILL)
        process.kill()
        process.wait()


def wait_until(asked):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := asked():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def children_of(number: int) -> list[int]:
    try:
        text = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [int(word) for word in text.split()]


def lives(number: int) -> bool:
    try:
        return bool(Path(f"/proc/{number}/cmdline").read_bytes())
    except (FileNotFoundError, ProcessLookupError):
        return False


def both(supervisor) -> tuple[int, int]:
    """Return the site and the worker, once both have begun their own program."""
    begun = wait_until(
        lambda: (
            [one for one in children_of(supervisor.pid) if b"sleep" in program_of(one)][1:]
            and children_of(supervisor.pid)
        )
    )
    return begun[0], begun[1]


def program_of(number: int) -> bytes:
    command = Path(f"/proc/{number}/cmdline").read_bytes()
    # Until it has begun its own program, a child is a copy of the supervisor.
    return b"" if b"Supervisor" in command else command


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_reaches_both(supervise, ending):
    supervisor = supervise(LIVE, LIVE)
    site, worker = both(supervisor)
    supervisor.send_signal(ending)
    # Ended by a signal, as a shell says it.
    assert supervisor.wait(PATIENCE) == 128 + ending
    wait_until(lambda: not lives(site) and not lives(worker))


def test_killed_it_leaves_nobody_behind(supervise):
    supervisor = supervise(LIVE, LIVE)
    site, worker = both(supervisor)
    supervisor.kill()
    wait_until(lambda: not lives(site) and not lives(worker))


def test_it_ends_with_the_code_of_the_site_and_takes_the_worker_along(supervise):
    supervisor = supervise("sleep 2; exit 3", LIVE)
    _site, worker = both(supervisor)
    assert supervisor.wait(PATIENCE) == 3
    wait_until(lambda: not lives(worker))


def test_a_worker_that_died_is_started_again_beside_the_same_site(supervise, tmp_path):
    supervisor = supervise(LIVE, LIVE)
    site, worker = both(supervisor)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: worker not in children_of(supervisor.pid))
    assert both(supervisor)[0] == site
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "The worker ended with -9; a new one starts in 1 s." in said


def test_a_worker_that_keeps_dying_is_started_less_and_less_often(supervise, tmp_path):
    supervise(LIVE, "exit 7")

    def said():
        return (tmp_path / "said").read_text(encoding="utf-8")

    wait_until(lambda: "starts in 4 s" in said())
    assert [line for line in said().splitlines() if "ended with 7" in line] == [
        f"The worker ended with 7; a new one starts in {pause} s." for pause in (1, 2, 4)
    ]
