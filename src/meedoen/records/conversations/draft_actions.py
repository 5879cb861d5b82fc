"""Saving what somebody is writing about a conversation, so that nothing of anybody is lost.

Two people, or one person in two windows, may write under one key. Whoever saves on another
version than the last one keeps their own text as a draft of its own, and is told who was first.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.conversations.models import Conversation, Draft
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.queries import districts_of_visible

LONGEST_DRAFT = 200_000
"""In bytes: many times what the form can hold, and little enough for any database."""

NEVER_KEPT = ("csrf", "password")
"""A field whose name holds one of these words is no part of what somebody writes."""


class DraftTooLongError(ActionRefusedError):
    """More was typed than a draft can hold."""


class DraftChangedError(ActionRefusedError):
    """Somebody else, or the same person elsewhere, was first; the text is kept under `split_key`.

    `finished` says that the conversation is in the file already; `by` is the name of who was
    first, empty when nobody knows, and `is_own` says that it was the viewer, somewhere else.
    """

    def __init__(self, before: "Before", kept: "SavedDraft") -> None:
        """Keep who was first, and where the own text is now."""
        super().__init__(_("Iemand anders schreef ook. Uw tekst is apart bewaard."))
        self.by, self.at = before.by, before.at
        self.is_own, self.finished = before.is_own, before.finished
        self.split_key, self.split_version = kept.key, kept.version


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it stands in the database now."""

    key: uuid.UUID
    version: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """Who was first with a draft or with the whole conversation, and when."""

    by: str
    at: datetime
    is_own: bool
    finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed on a page, `turn` times sent from one `window`; see `save_draft`."""

    key: uuid.UUID
    pseudonym_id: int
    content: Mapping[str, Sequence[str]]
    version: int
    window: str = ""
    turn: int = 0

    def written(self) -> str:
        """Return what the database keeps. Raises DraftTooLongError."""
        fields = {
            name: list(values)
            for name, values in self.content.items()
            if not any(word in name.lower() for word in NEVER_KEPT)
        }
        text = json.dumps({"window": self.window, "turn": self.turn, "fields": fields})
        if len(text.encode()) > LONGEST_DRAFT:
            raise DraftTooLongError(
                _("Dit is te veel om te bewaren. Maak het verhaal korter dan het nu is.")
            )
        return text

    def story(self) -> str:
        """Return the story as far as it was typed."""
        return "".join(self.content.get("story", ())).replace("\r\n", "\n").strip()


def save_draft(viewer: Viewer, *, typed: Typed, final: bool = False) -> SavedDraft:
    """Save what was typed so far; version 0 begins a draft.

    A window may send the same text again when it never heard the answer: its later turns replace
    its earlier ones, whatever the version. `final` says that the whole form was sent, so that
    even a small difference with what is in the file is worth keeping.

    Raises ActionRefusedError, DraftTooLongError, and DraftChangedError when somebody was first:
    then what was typed is a draft of its own.
    """
    # An error from inside the action would take back what it has just kept.
    found = _save(viewer, typed=typed, final=final)
    if isinstance(found, DraftChangedError):
        raise found
    return found


@action(Permission.RECORD_CONVERSATION)
def _save(viewer: Viewer, *, typed: Typed, final: bool) -> SavedDraft | DraftChangedError:
    if viewer.membership_id is None or not districts_of_visible(
        viewer, pseudonym_ids=[typed.pseudonym_id]
    ):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    row = _locked(viewer, typed)
    finished = _finished(viewer, typed, final=final)
    if finished is not None:
        return _beside_what_is_finished(viewer, typed, row, finished)
    if row is None:
        return _begin(viewer, typed)
    return _onto(viewer, typed, row)


@action(Permission.RECORD_CONVERSATION)
def discard_draft(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Throw a draft away; a team lead may also throw away that of somebody else in the team.

    Raises ActionRefusedError when it is not there or somebody else's.
    """
    row = Draft.objects.visible_to(viewer).filter(key=key).select_for_update().first()
    if row is None:
        raise ActionRefusedError(_("Dit concept is er niet meer."))
    if row.saved_by_id != viewer.membership_id and viewer.role != Role.TEAM_LEAD:
        raise ActionRefusedError(_("Dit concept is van iemand anders. Vraag het eerst."))
    row.delete()


@dataclass(frozen=True, slots=True)
class DraftMark:
    """Which state of a draft a finished form was made from."""

    version: int
    window: str = ""


def finish_draft(viewer: Viewer, *, key: uuid.UUID, pseudonym_id: int, mark: DraftMark) -> None:
    """Remove the draft that became a conversation, unless somebody wrote on in the meantime.

    Called by the action that keeps the conversation, in its transaction.
    """
    rows = Draft.objects.visible_to(viewer).filter(key=key, pseudonym_id=pseudonym_id)
    for row in rows.select_for_update(of=("self",)):
        own = row.saved_by_id == viewer.membership_id
        if row.version <= mark.version or (own and _window(row) == mark.window):
            row.delete()


def _begin(viewer: Viewer, typed: Typed) -> SavedDraft | DraftChangedError:
    try:
        with transaction.atomic():
            return _add(viewer, typed)
    except IntegrityError:
        row = _locked(viewer, typed)
    if row is not None:
        return _onto(viewer, typed, row)
    # The key is taken by something that is not for this viewer; nothing tells them what.
    return _add(viewer, replace(typed, key=uuid.uuid4(), version=0))


def _onto(viewer: Viewer, typed: Typed, row: Draft) -> SavedDraft | DraftChangedError:
    own = row.saved_by_id == viewer.membership_id
    same_window = own and typed.window != "" and _window(row) == typed.window
    if row.version == typed.version or same_window:
        if same_window and typed.turn and typed.turn <= _turn(row):
            return SavedDraft(row.key, row.version, row.saved_at)
        return _update(viewer, typed, row)
    before = Before(row.saved_by.account.name, row.saved_at, is_own=own)
    return DraftChangedError(before, _apart(viewer, typed))


def _beside_what_is_finished(
    viewer: Viewer, typed: Typed, row: Draft | None, finished: Before
) -> SavedDraft | DraftChangedError:
    """Keep what was typed about a conversation that is in the file already, if it says more."""
    own = row if row is not None and row.saved_by_id == viewer.membership_id else None
    if finished.is_own and not finished.finished:
        if own is not None and _window(own) == typed.window:
            own.delete()
        return SavedDraft(typed.key, typed.version, finished.at)
    if own is None:
        return DraftChangedError(finished, _apart(viewer, typed))
    own.key = uuid.uuid4()
    return DraftChangedError(finished, _update(viewer, typed, own))


def _apart(viewer: Viewer, typed: Typed) -> SavedDraft:
    """Keep the text as a draft of its own, once for each window."""
    own = Draft.objects.visible_to(viewer).filter(
        saved_by_id=viewer.membership_id, pseudonym_id=typed.pseudonym_id
    )
    for row in own.exclude(key=typed.key).select_for_update(of=("self",)):
        if typed.window and _window(row) == typed.window:
            return _update(viewer, typed, row)
    return _add(viewer, replace(typed, key=uuid.uuid4(), version=0))


def _add(viewer: Viewer, typed: Typed) -> SavedDraft:
    now = clock.now()
    row = Draft.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=typed.pseudonym_id,
        key=typed.key,
        content=typed.written(),
        # Thrown away in another window: what goes on here counts on.
        version=typed.version + 1,
        started_at=now,
        saved_at=now,
        saved_by_id=viewer.membership_id or 0,
    )
    return SavedDraft(row.key, row.version, row.saved_at)


def _update(viewer: Viewer, typed: Typed, row: Draft) -> SavedDraft:
    row.content = typed.written()
    row.version += 1
    row.saved_at = clock.now()
    row.saved_by_id = viewer.membership_id or 0
    row.save(update_fields=["key", "content", "version", "saved_at", "saved_by"])
    return SavedDraft(row.key, row.version, row.saved_at)


def _locked(viewer: Viewer, typed: Typed) -> Draft | None:
    rows = Draft.objects.visible_to(viewer).select_related("saved_by__account")
    rows = rows.filter(key=typed.key, pseudonym_id=typed.pseudonym_id)
    return rows.select_for_update(of=("self",)).first()


def _finished(viewer: Viewer, typed: Typed, *, final: bool) -> Before | None:
    """Return who finished this conversation; not `finished` when nothing new was typed since.

    What was on its way while the form was sent arrives after it: the same story, or less of it.
    """
    rows = Conversation.objects.visible_to(viewer).select_related("held_by__account", "entry")
    row = rows.filter(key=typed.key).first()
    if row is None:
        return None
    own = row.held_by_id == viewer.membership_id
    kept = row.story.replace("\r\n", "\n")
    return Before(
        by=row.held_by.account.name if row.held_by else "",
        at=row.entry.recorded_at,
        is_own=own,
        finished=final or not (own and kept.startswith(typed.story())),
    )


def _window(row: Draft) -> str:
    return str(json.loads(row.content)["window"])


def _turn(row: Draft) -> int:
    return int(json.loads(row.content)["turn"])
