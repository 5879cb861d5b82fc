"""Two processes as one: the site, and a worker beside it that is started again when it dies."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from types import FrameType

from meedoen.records.jobs.processes import PR_SET_PDEATHSIG

PATIENCE = 30.0
"""Seconds that a worker gets to finish what it is doing; then what it did is done again later."""
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a worker that died is started again; doubled as long as it dies young."""
YOUNG = 60.0
LOOK_EVERY = 0.2

PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR2)


class Supervisor:
    """Runs the site until it ends, and a worker for as long as that takes."""

    def __init__(
        self, *, site: Sequence[str], worker: Sequence[str], tell: Callable[[str], object]
    ) -> None:
        """Take the two commands, and where to tell that a worker died."""
        self._site_command, self._worker_command, self._tell = site, worker, tell
        self._site: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._started = 0.0
        self._start_again_at = 0.0
        self._pause = SHORTEST_PAUSE

    def run(self) -> int:
        """Run until the site ends; return its exit code."""
        for number in PASSED_ON:
            signal.signal(number, self._pass_on)
        self._site = _start(self._site_command)
        self._start_worker()
        while (code := self._site.poll()) is None:
            self._look_after_worker()
            time.sleep(LOOK_EVERY)
        self._stopping = True
        self._stop_worker()
        # A process that a signal ended has a code below zero; a shell says 128 and the signal.
        return code if code >= 0 else 128 - code

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        self._stopping = self._stopping or number in {
            signal.SIGTERM,
            signal.SIGINT,
            signal.SIGQUIT,
        }
        if self._site is not None:
            self._site.send_signal(number)
        if self._worker is not None and self._stopping and self._worker.poll() is None:
            # The first one lets it finish; another would break off what it is doing.
            self._worker.terminate()

    def _start_worker(self) -> None:
        self._worker = _start(self._worker_command)
        self._started = time.monotonic()

    def _look_after_worker(self) -> None:
        if self._stopping:
            return
        if self._worker is not None:
            code = self._worker.poll()
            if code is None:
                return
            if time.monotonic() - self._started >= YOUNG:
                self._pause = SHORTEST_PAUSE
            self._worker = None
            self._start_again_at = time.monotonic() + self._pause
            self._tell(f"The worker ended with {code}; a new one starts in {self._pause:.0f} s.")
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        elif time.monotonic() >= self._start_again_at:
            self._start_worker()

    def _stop_worker(self) -> None:
        if self._worker is None:
            return
        if self._worker.poll() is None:
            self._worker.terminate()
        try:
            self._worker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a command that ends when this process does, also when this one is killed."""
    parent = os.getpid()
    library = ctypes.CDLL(None)

    def end_with_us() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    # A group of its own: Ctrl-C in a terminal reaches this process, which passes it on once.
    return subprocess.Popen(command, preexec_fn=end_with_us, process_group=0)  # noqa: S603, PLW1509
