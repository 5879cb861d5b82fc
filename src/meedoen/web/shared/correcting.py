"""Where what was written down can be put right, for those who may."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WhereToCorrect:
    """Gives the address of the page on which each thing can be put right."""

    conversation: Callable[[uuid.UUID], str]
    ladder: Callable[[int], str]
    domains: Callable[[uuid.UUID], str]
