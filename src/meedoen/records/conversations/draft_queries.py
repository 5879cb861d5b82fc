"""What is being written and not finished, for those who may open the file."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meedoen.records.conversations.actions import NewConversation
from meedoen.records.conversations.models import Conversation, Draft
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident

FIRST_WORDS = 12
"""So many words of the story are enough to know a draft again."""

UNTOUCHED_DAYS = 90
"""After so many days the writer is asked what to do with a draft; nothing removes it by itself.

What was said ninety days ago is hardly remembered well enough to finish the text (AVG, article
5(1)d and e: personal data are right, and kept no longer than needed).
"""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft about somebody, with the first words of the story to know it by."""

    key: uuid.UUID
    saved_by: str
    is_own: bool
    started_at: datetime
    saved_at: datetime
    version: int
    first_words: str


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """An own draft in a list, with whom it is about."""

    key: uuid.UUID
    resident_key: uuid.UUID
    name: str
    started_at: datetime
    saved_at: datetime
    first_words: str


def drafts_about(viewer: Viewer, *, pseudonym_id: int) -> Sequence[DraftCard]:
    """Return what is being written about someone, the last saved first."""
    rows = Draft.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("saved_by__account").order_by("-saved_at", "-pk")
    return [_card(viewer, row) for row in rows]


def draft_about(viewer: Viewer, *, pseudonym_id: int, key: uuid.UUID) -> DraftCard | None:
    """Return one draft about someone; None when it is not there or not for this viewer."""
    rows = Draft.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id, key=key)
    row = rows.select_related("saved_by__account").first()
    return None if row is None else _card(viewer, row)


def draft_content(viewer: Viewer, *, key: uuid.UUID) -> Mapping[str, Sequence[str]] | None:
    """Return what stood in the form, by name of field; None when there is no such draft."""
    row = Draft.objects.visible_to(viewer).filter(key=key).first()
    return None if row is None else _fields(row)


def open_drafts(viewer: Viewer) -> Sequence[OpenDraft]:
    """Return the viewer's own drafts, the one that lies longest first."""
    return _own(viewer, until=None)


def stale_drafts(viewer: Viewer) -> Sequence[OpenDraft]:
    """Return the own drafts that nobody touched for ninety days, to finish or throw away."""
    return _own(viewer, until=clock.now() - timedelta(days=UNTOUCHED_DAYS))


def is_in_file(viewer: Viewer, *, conversation: NewConversation) -> bool:
    """Return whether exactly this is what the file holds under the key of the conversation."""
    if conversation.key is None:
        return False
    rows = Conversation.objects.visible_to(viewer).filter(
        key=conversation.key,
        pseudonym_id=conversation.pseudonym_id,
        held_by_id=viewer.membership_id,
        held_on=conversation.held_on,
        channel=conversation.channel,
        half_days=conversation.half_days,
        whole_town=conversation.whole_town,
        language_level=conversation.language_level,
        other_limits=conversation.other_limits,
        legal_task=conversation.legal_task,
    )
    row = rows.first()
    return row is not None and (
        row.story,
        row.wished_kinds,
        row.interests,
        row.functional_limits,
    ) == (
        conversation.story,
        sorted(conversation.wished_kinds),
        sorted(conversation.interests),
        sorted(conversation.functional_limits),
    )


def _own(viewer: Viewer, until: datetime | None) -> Sequence[OpenDraft]:
    drafts = Draft.objects.visible_to(viewer).filter(saved_by_id=viewer.membership_id)
    if until is not None:
        drafts = drafts.filter(saved_at__lte=until)
    rows = list(drafts.select_related("pseudonym").order_by("saved_at", "pk"))
    people = Resident.objects.visible_to(viewer)
    names = {
        person.pseudonym_id: str(person)
        for person in people.filter(pseudonym_id__in={row.pseudonym_id for row in rows})
    }
    return [
        OpenDraft(
            key=row.key,
            resident_key=row.pseudonym.key,
            name=names[row.pseudonym_id],
            started_at=row.started_at,
            saved_at=row.saved_at,
            first_words=_first_words(row),
        )
        for row in rows
        if row.pseudonym_id in names
    ]


def _card(viewer: Viewer, row: Draft) -> DraftCard:
    return DraftCard(
        key=row.key,
        saved_by=row.saved_by.account.name,
        is_own=row.saved_by_id == viewer.membership_id,
        started_at=row.started_at,
        saved_at=row.saved_at,
        version=row.version,
        first_words=_first_words(row),
    )


def _fields(row: Draft) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = json.loads(row.content)["fields"]
    return fields


def _first_words(row: Draft) -> str:
    words = " ".join(_fields(row).get("story", [])).split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
