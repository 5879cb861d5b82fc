"""The `meedoen` command: Django's management commands and our own, under one name."""

import os
import select
import signal
import sys
from typing import TextIO

from django.core.management import ManagementUtility

CUT_OFF = 128 + signal.SIGPIPE
"""How a shell sees a program that was stopped because nobody reads what it writes."""


def main() -> None:
    """Run the command named on the command line.

    Ends quietly when who reads its output has read enough, as `head` does.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    try:
        ManagementUtility(["meedoen", *as_modules(sys.argv[1:])]).execute()
        sys.stdout.flush()
    except BrokenPipeError:
        if not _is_cut_off(sys.stdout):
            raise
        # Python writes out what is left when it ends: that goes nowhere, instead of failing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CUT_OFF)


def _is_cut_off(stream: TextIO) -> bool:
    """Tell whether nobody reads this any more, so that the broken pipe is not another one."""
    waiting = select.poll()
    waiting.register(stream.fileno(), select.POLLERR)
    return bool(waiting.poll(0))


def as_modules(words: list[str]) -> list[str]:
    """Write the name of the command as Python does: `import-budget` is `import_budget`.

    Behind `help` stands the name of a command too.
    """
    names = 2 if words[:1] == ["help"] else 1
    changed = [word if word.startswith("-") else word.replace("-", "_") for word in words[:names]]
    return [*changed, *words[names:]]
