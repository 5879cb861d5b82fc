"""On which line of a TOML text a key stands; the parser of Python does not tell."""

import re
from collections import Counter

HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
ASSIGNMENT = re.compile(r"^\s*([A-Za-z0-9_.\-]+)\s*=(.*)$")
FENCES = ('"""', "'''")


def lines_of_keys(text: str) -> dict[str, int]:
    """Map the paths of keys, such as `versions[1].count.kind`, to lines counted from 1.

    It knows plain keys, dotted keys and tables; a key inside an inline table is not found.
    """
    found: dict[str, int] = {}
    prefix = ""
    counts: Counter[str] = Counter()
    fence: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is not None:
            fence = None if fence in line else fence
            continue
        if header := HEADER.match(line):
            prefix = _table_path(header[2], counts, repeated=header[1] == "[[")
            found.setdefault(prefix, number)
        elif assignment := ASSIGNMENT.match(line):
            key, value = assignment.groups()
            found[f"{prefix}.{key}" if prefix else key] = number
            fence = _left_open(value)
    return found


def line_of(path: str, found: dict[str, int]) -> int | None:
    """Find the line of a path, or of the nearest thing around it that has a line."""
    while path:
        if path in found:
            return found[path]
        path = path.rpartition("[" if path.endswith("]") else ".")[0]
    return None


def _table_path(name: str, counts: Counter[str], *, repeated: bool) -> str:
    """Give a table its path, with numbers from 1 for the tables of which there are more."""
    path = ""
    steps = name.split(".")
    for place, step in enumerate(steps):
        path = f"{path}.{step}" if path else step
        if repeated and place == len(steps) - 1:
            counts[path] += 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _left_open(value: str) -> str | None:
    for fence in FENCES:
        if value.count(fence) % 2:
            return fence
    return None
