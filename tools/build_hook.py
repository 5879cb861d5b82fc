"""Refuses to build a package without what set-up makes: style sheet, script, English texts."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = (
    "web/static/build/meedoen.css",
    "web/static/build/meedoen.js",
    "locale/en/LC_MESSAGES/django.mo",
)


class MadeBySetUp(BuildHookInterface):  # type: ignore[type-arg]
    """Looks before a wheel is built; an installation for development may come first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise FileNotFoundError with what is missing and what to do."""
        source = Path(self.root) / "src" / "meedoen"
        missing = [name for name in MADE if not (source / name).exists()]
        if missing and version != "editable":
            raise FileNotFoundError(
                f"Not there yet: {', '.join(missing)}. Run `sh tools/setup.sh runtime` first."
            )
