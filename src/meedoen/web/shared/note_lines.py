"""Notes in words, for the file of a coach and for the page of the resident alike."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.conversations.note_queries import NoteCard, NoteVersion
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """What stood there before: who wrote it, about which day, and the text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as a page shows it; `corrected` and `why` are empty when it never was corrected.

    `text` and `why` are what somebody wrote, and so Dutch in every language of the page.
    """

    key: uuid.UUID
    day: date
    text: str
    who: str
    law: Words
    kept: str
    corrected: str
    why: str
    earlier: tuple[EarlierLine, ...]


def note_lines(cards: Sequence[NoteCard]) -> list[NoteLine]:
    """Return the notes in words, in the same order."""
    return [note_line(card) for card in cards]


def note_line(card: NoteCard) -> NoteLine:
    """Return one note in words."""
    return NoteLine(
        key=card.key,
        day=card.about_on,
        text=card.text,
        who=card.written_by,
        law=LEGAL_TASKS[card.legal_task],
        kept=_("Wordt bewaard tot en met %(day)s.") % {"day": day_text(card.keep_until)},
        corrected=corrected_text(card.corrected_on, card.corrected_by),
        why=card.correction_reason,
        earlier=tuple(EarlierLine(_heading(one), one.text) for one in card.earlier),
    )


def _heading(one: NoteVersion) -> str:
    days = {"written_on": day_text(one.written_on), "day": day_text(one.about_on)}
    if not one.written_by:
        return _("Opgeschreven op %(written_on)s, over %(day)s") % days
    by = days | {"who": one.written_by}
    return _("Opgeschreven op %(written_on)s door %(who)s, over %(day)s") % by


def corrected_text(on: date | None, by: str) -> str:
    """Say when and by whom something was corrected; empty when it never was."""
    if on is None:
        return ""
    if not by:
        return _("Verbeterd op %(day)s.") % {"day": day_text(on)}
    return _("Verbeterd op %(day)s door %(who)s.") % {"day": day_text(on), "who": by}
