"""How far a list of people to invite is, as a bar in four parts with its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.records.conversations.campaign_queries import Progress


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar; `left` and `width` are percentages as HTML writes them."""

    code: str
    label: str
    count: int
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class ProgressBar:
    """A bar, and how many people it stands for."""

    segments: Sequence[Segment]
    total: int


def progress_bar(progress: Progress) -> ProgressBar:
    """Return the bar: reached, tried, not tried yet, and who wants no contact."""
    parts = [
        ("reached", _("bereikt"), progress.reached),
        ("tried", _("geprobeerd"), progress.tried + progress.try_again),
        ("not-yet", _("nog niet geprobeerd"), progress.not_yet),
        ("no-contact", _("wil geen contact"), progress.no_contact),
    ]
    segments = []
    before = 0
    for code, label, count in parts:
        segments.append(
            Segment(
                code=code,
                label=label,
                count=count,
                left=_percentage(before, progress.total),
                width=_percentage(count, progress.total),
            )
        )
        before += count
    return ProgressBar(segments, progress.total)


def _percentage(count: int, total: int) -> str:
    return f"{100 * count / total:.2f}%" if total else "0%"
