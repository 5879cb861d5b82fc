"""Processes on this machine: their names, whether they still live, and parents that are gone."""

import ctypes
import os
import signal
import socket
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal that a process gets when its parent ends."""


def own_name() -> str:
    """Return the name of this process, see `name_of`."""
    return name_of(os.getpid())


def name_of(number: int) -> str:
    """Return a name for a process that no other has: host, number and moment of its start."""
    return f"{socket.gethostname()}/{number}/{_start_of(number) or 0}"


def is_gone(name: str) -> bool | None:
    """Say whether the process with this name ended; None for one that cannot be seen from here.

    A number is given out again: a process that began at another moment is another one.
    """
    host, number, start = (*name.split("/"), "", "")[:3]
    if host != socket.gethostname() or not number.isdecimal():
        return None
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return None
    return _start_of(int(number)) != start


def _start_of(number: int) -> str | None:
    """Return when a process began, in ticks since the machine did; None when it is gone.

    A process that ended and that nobody waited for yet (Z) is gone too.
    """
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name of the program stands in brackets and may hold anything; the rest are words.
    words = text.rpartition(")")[2].split()
    return None if words[0] in {"Z", "X"} else words[19]


def end_with_parent(parent: int) -> bool:
    """Let this process get SIGTERM when the parent with this number ends, however it ends.

    Returns False when that has happened already. Call it in the process itself.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    return os.getppid() == parent
