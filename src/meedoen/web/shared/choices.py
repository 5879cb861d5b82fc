"""What somebody can choose from in a form, made of codes and their words."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from meedoen.web.shared.words import Words

CHOOSE = ("", _("Kies"))

E = TypeVar("E", bound=Enum)


def choices(words: Mapping[E, Words], only: Iterable[E] | None = None) -> list[tuple[str, Words]]:
    """Return the choices of a field for these codes, in the order given."""
    return [(str(code.value), words[code]) for code in (words if only is None else only)]
