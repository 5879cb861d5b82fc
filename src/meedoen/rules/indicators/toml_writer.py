"""Writing a definition as TOML, in the order in which the catalogue writes it.

Python reads TOML and does not write it. Comments and the way of writing are lost: what is read
again has the same values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
FENCE = '"""'


def as_toml(values: Mapping[str, Any]) -> str:
    """Write values as the text of a TOML file. Raises TypeError for what TOML has no way to say."""
    return "\n".join(_table(values, "")).strip("\n") + "\n"


def _table(values: Mapping[str, Any], path: str) -> Iterator[str]:
    """Write first the plain values of a table, then the tables in it."""
    for key, value in values.items():
        if not _is_table(value) and not _are_tables(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in values.items():
        inner = f"{path}.{_key(key)}" if path else _key(key)
        if _is_table(value):
            yield f"\n[{inner}]"
            yield from _table(value, inner)
        elif _are_tables(value):
            for one in value:
                yield f"\n[[{inner}]]"
                yield from _table(one, inner)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_table(one) for one in value)


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _lines(value) if "\n" in value else _text(value)
        case int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return f"{{{', '.join(f'{_key(key)} = {_inline(one)}' for key, one in value.items())}}}"
        case Sequence():
            return f"[{', '.join(_inline(one) for one in value)}]"
        case _:
            raise TypeError(f"TOML has no way to say {value!r}")


def _inline(value: object) -> str:
    """Write a value inside a list, where nothing may run over the line."""
    return _text(value) if isinstance(value, str) else _value(value)


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{CONTROL.sub(_escaped, escaped)}"'


def _lines(text: str) -> str:
    """Write a text of more lines as it looks, from the line after its key on."""
    escaped = text.replace("\\", "\\\\").replace(FENCE, '\\"\\"\\"')
    lines = [CONTROL.sub(_escaped, line) for line in escaped.split("\n")]
    if lines[-1].endswith('"'):
        lines[-1] = f'{lines[-1][:-1]}\\"'
    return f"{FENCE}\n{chr(10).join(lines)}{FENCE}"


def _escaped(found: re.Match[str]) -> str:
    return SHORT.get(found[0], f"\\u{ord(found[0]):04x}")
