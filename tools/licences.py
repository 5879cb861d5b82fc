"""Fails when a package that Meedoen runs on has no free licence that goes with the EUPL."""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser|Zlib|Unlicense|CC0|"
    r"HPND|EUPL)\b|Permission is hereby granted, free of charge",
    re.IGNORECASE,
)
LOCK = Path(__file__).parents[1] / "requirements" / "runtime.lock"


def main() -> int:
    """Look at what the runtime lock names; tools for development may carry other licences."""
    locked = {
        canonical(line.split("==")[0])
        for line in LOCK.read_text().splitlines()
        if "==" in line and not line.startswith(" ")
    }
    found = {canonical(one.metadata["Name"]): licence(one) for one in distributions()}
    wrong = {name: found.get(name, "not installed") for name in sorted(locked)}
    wrong = {name: words for name, words in wrong.items() if not FREE.search(words)}
    for name, words in wrong.items():
        print(f"{name}: {words or 'says nothing about its licence'}")
    return 1 if wrong else 0


def canonical(name: str) -> str:
    """Write the name of a package the way all tools do."""
    return re.sub(r"[-_.]+", "-", name.split("[", maxsplit=1)[0]).lower()


def licence(package: Distribution) -> str:
    """Return what a package says of its licence, from the newest field to the oldest."""
    said = package.metadata.get("License-Expression")
    classes = package.metadata.get_all("Classifier") or []
    named = [line.split("::")[-1].strip() for line in classes if line.startswith("License")]
    return said or "; ".join(named) or (package.metadata.get("License") or "")[:200]


if __name__ == "__main__":
    sys.exit(main())
