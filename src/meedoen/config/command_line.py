"""The `meedoen` command: Django's management commands and our own, under one name."""

import os
import sys

from django.core.management import ManagementUtility


def main() -> None:
    """Run the command named on the command line; `import-budget` is `import_budget` in Python."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    name, rest = sys.argv[1:2], sys.argv[2:]
    ManagementUtility(["meedoen", *(_module(word) for word in name), *rest]).execute()


def _module(word: str) -> str:
    return word if word.startswith("-") else word.replace("-", "_")
