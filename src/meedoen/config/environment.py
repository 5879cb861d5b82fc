"""Readers of environment variables that refuse nonsense."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable's text, or the default when it is not set or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return whether the variable says on or off.

    Raises ImproperlyConfigured for any other word.
    """
    word = os.environ.get(name, "").strip().lower()
    if not word:
        return default
    if word in {"on", "true", "yes", "1"}:
        return True
    if word in {"off", "false", "no", "0"}:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}: say on or off.")


def number(name: str, default: int) -> int:
    """Return the variable's whole number.

    Raises ImproperlyConfigured for anything else.
    """
    word = text(name, str(default))
    if not word.isdecimal():
        raise ImproperlyConfigured(f"{name} is {word!r}: give a whole number.")
    return int(word)


def words(name: str, default: str) -> list[str]:
    """Return the variable's words, which are separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """Return the variable's pairs, such as `a=b, c=d`, by what stands before the sign.

    Raises ImproperlyConfigured for anything else.
    """
    found = [word.partition("=") for word in words(name, "")]
    if any(not (key.strip() and value.strip()) for key, _sign, value in found):
        raise ImproperlyConfigured(f"{name} is {text(name)!r}: give pairs such as a=b, c=d.")
    return {key.strip(): value.strip() for key, _sign, value in found}
