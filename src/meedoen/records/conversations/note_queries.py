"""Notes in somebody's file, each with what stood there before it was corrected."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.conversations.models import Note
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import LegalTask


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """A note as it stood before a correction."""

    text: str
    about_on: date
    written_by: str
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCard:
    """A note as it is now, with its earlier versions, newest first.

    `written_by` wrote the first version. Of a note that was corrected, `corrected_on`,
    `corrected_by` and `correction_reason` tell about the last time.
    """

    key: uuid.UUID
    text: str
    about_on: date
    legal_task: LegalTask
    keep_until: date
    written_by: str
    written_on: date
    corrected_on: date | None
    corrected_by: str
    correction_reason: str
    earlier: tuple[NoteVersion, ...]


@dataclass(frozen=True, slots=True)
class NoteToCorrect:
    """A note that somebody asked for: whose it is, and how it stands now.

    `is_newest` is false when the note that was asked for was corrected in the meantime; `note`
    is the newest in either case.
    """

    resident_key: uuid.UUID
    note: NoteCard
    is_newest: bool


def notes_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[NoteCard]:
    """Return the notes about somebody, newest first; works for the resident too."""
    rows = Note.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("written_by__account").order_by("-about_on", "-pk")
    every = list(rows)
    by_id = {row.pk: row for row in every}
    replaced = {row.replaces_id for row in every}
    return [_card(row, by_id) for row in every if row.pk not in replaced]


def note_to_correct(viewer: Viewer, *, key: uuid.UUID) -> NoteToCorrect | None:
    """Return a note as it stands now; None when it does not exist or is not for this viewer."""
    row = Note.objects.visible_to(viewer).select_related("pseudonym").filter(key=key).first()
    if row is None:
        return None
    rows = Note.objects.visible_to(viewer).filter(pseudonym_id=row.pseudonym_id)
    by_id = {one.pk: one for one in rows.select_related("written_by__account")}
    replaced_by = {one.replaces_id: one for one in by_id.values() if one.replaces_id}
    newest = row
    while newest.pk in replaced_by:
        newest = replaced_by[newest.pk]
    return NoteToCorrect(row.pseudonym.key, _card(newest, by_id), is_newest=newest.pk == row.pk)


def _card(row: Note, by_id: dict[int, Note]) -> NoteCard:
    earlier: list[Note] = []
    before = row.replaces_id
    while before is not None:
        earlier.append(by_id[before])
        before = by_id[before].replaces_id
    first = earlier[-1] if earlier else row
    return NoteCard(
        key=row.key,
        text=row.text,
        about_on=row.about_on,
        legal_task=LegalTask(row.legal_task),
        keep_until=row.keep_until,
        written_by=_name(first.written_by),
        written_on=timezone.localdate(first.written_at),
        corrected_on=timezone.localdate(row.written_at) if earlier else None,
        corrected_by=_name(row.written_by) if earlier else "",
        correction_reason=row.correction_reason,
        earlier=tuple(
            NoteVersion(
                text=one.text,
                about_on=one.about_on,
                written_by=_name(one.written_by),
                written_on=timezone.localdate(one.written_at),
            )
            for one in earlier
        ),
    )


def _name(membership: Membership | None) -> str:
    return membership.account.name if membership else ""
