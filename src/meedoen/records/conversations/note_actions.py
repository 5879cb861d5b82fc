"""Writing notes beside the conversations, and correcting them so that the correction shows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.conversations.corrections import check_reason
from meedoen.records.conversations.models import Note
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules.retention import RecordKind, keep_until, shipped_retention
from meedoen.rules.vocabulary import LegalTask

LONGEST_NOTE_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """A note about a day, written down for a law; that also says how long it is kept.

    A `key` that was made beforehand lets the same note be sent twice and kept once.
    """

    pseudonym_id: int
    text: str
    about_on: date
    legal_task: LegalTask
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


class NoteIsThereError(ActionRefusedError):
    """A note with this key is there already."""


class NoteChangedError(ActionRefusedError):
    """Somebody else corrected this note in the meantime."""


@action(Permission.RECORD_CONVERSATION)
def write_notes(viewer: Viewer, *, notes: Sequence[NewNote]) -> list[uuid.UUID]:
    """Write notes and return their keys, in the same order.

    Raises ActionRefusedError, all or none; NoteIsThereError for a key that is known.
    """
    wanted = [note.pseudonym_id for note in notes]
    if set(wanted) - districts_of_visible(viewer, pseudonym_ids=wanted).keys():
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    for note in notes:
        _check(note.text, note.about_on)
    now = clock.now()
    rows = [
        Note(
            municipality_id=viewer.municipality_id,
            pseudonym_id=note.pseudonym_id,
            key=note.key or uuid.uuid4(),
            text=note.text.strip(),
            about_on=note.about_on,
            legal_task=note.legal_task,
            keep_until=_keep_until(note.legal_task, note.about_on),
            written_by_id=viewer.membership_id,
            written_at=note.recorded_at or now,
        )
        for note in notes
    ]
    try:
        with transaction.atomic():
            Note.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise NoteIsThereError(_("Deze notitie staat al in het dossier.")) from error
    return [row.key for row in rows]


@action(Permission.RECORD_CONVERSATION)
def correct_note(
    viewer: Viewer, *, key: uuid.UUID, text: str, reason: str, about_on: date
) -> uuid.UUID:
    """Let a better note take the place of one, which stays to be read; return the new key.

    Raises ActionRefusedError; NoteChangedError when somebody else corrected it in the meantime.
    """
    _check(text, about_on)
    check_reason(reason)
    old = Note.objects.visible_to(viewer).filter(key=key).first()
    if old is None:
        raise ActionRefusedError(_("Deze notitie bestaat niet of is niet voor u."))
    if (text.strip(), about_on) == (old.text, old.about_on):
        raise ActionRefusedError(_("Er is niets veranderd. Verbeter de tekst of de dag."))
    new = Note(
        municipality_id=viewer.municipality_id,
        pseudonym_id=old.pseudonym_id,
        text=text.strip(),
        about_on=about_on,
        legal_task=old.legal_task,
        keep_until=_keep_until(LegalTask(old.legal_task), about_on),
        written_by_id=viewer.membership_id,
        written_at=clock.now(),
        replaces=old,
        correction_reason=reason.strip(),
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        # One note takes the place of another once; who comes second is told.
        if "unique" not in str(error).lower():
            raise
        raise NoteChangedError(
            _(
                "Iemand anders heeft deze notitie net verbeterd. Lees hieronder wat er nu staat. "
                "Wat u typte, staat er nog: pas het aan en sla opnieuw op."
            )
        ) from error
    return new.key


def _keep_until(task: LegalTask, about_on: date) -> date:
    return keep_until(task, RecordKind.NOTE, about_on, shipped_retention())


def _check(text: str, about_on: date) -> None:
    if not text.strip():
        raise ActionRefusedError(_("Schrijf op wat u wilt onthouden."))
    if len(text.strip()) > LONGEST_NOTE_TEXT:
        raise ActionRefusedError(_("De notitie is te lang. Houd over wat nodig is."))
    if about_on > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
