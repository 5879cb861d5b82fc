"""What every stored field says about people: personal, plain or technical."""

from collections.abc import Mapping
from enum import StrEnum


class Privacy(StrEnum):
    """How a field must be handled."""

    PERSONAL = "personal"
    """Says something about a person who can be recognised, also by pseudonym."""
    PLAIN = "plain"
    """Says nothing about a person: organisations, goals, definitions."""
    TECHNICAL = "technical"
    """Keys, moments and counters that the software itself needs."""


def classify(*, personal: str = "", plain: str = "", technical: str = "") -> Mapping[str, Privacy]:
    """Return the class of each field; give the names of the fields separated by spaces.

    Raises ValueError when a field is named twice.
    """
    classes: dict[str, Privacy] = {}
    for privacy, names in (
        (Privacy.PERSONAL, personal),
        (Privacy.PLAIN, plain),
        (Privacy.TECHNICAL, technical),
    ):
        for name in names.split():
            if name in classes:
                raise ValueError(f"The field {name} has two privacy classes.")
            classes[name] = privacy
    return classes
