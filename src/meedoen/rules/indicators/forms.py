"""What the headline of a figure is."""

from enum import StrEnum


class Form(StrEnum):
    """What the headline of a figure is."""

    COUNT = "count"
    """A number; of a word with parts the first part."""
    SHARE = "share"
    """A whole per cent, halves up: the first part of the second."""
    MEDIAN = "median"
    """A number of days within which at least half was done; the only part is of how many."""
    RATIO = "ratio"
    """So many of the first part for every 1,000 (or another number) of the second, halves up."""
