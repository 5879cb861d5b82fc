"""The `meedoen` command: Django's management commands and our own, under one name."""

import os
import sys

from django.core.management import ManagementUtility


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    ManagementUtility(["meedoen", *as_modules(sys.argv[1:])]).execute()


def as_modules(words: list[str]) -> list[str]:
    """Write the name of the command as Python does: `import-budget` is `import_budget`.

    Behind `help` stands the name of a command too.
    """
    names = 2 if words[:1] == ["help"] else 1
    changed = [word if word.startswith("-") else word.replace("-", "_") for word in words[:names]]
    return [*changed, *words[names:]]
