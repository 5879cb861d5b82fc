"""Correcting what was written down about a conversation: the old row and its entry stay."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.conversations.corrections import check_reason
from meedoen.records.conversations.last_spoken import work_out_last_spoken
from meedoen.records.conversations.models import Conversation
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.retention import RecordKind, keep_until, shipped_retention
from meedoen.rules.vocabulary import Channel, EntryKind, LegalTask, Outcome, PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A conversation as it should have been written down; `half_days` is a mask."""

    held_on: date
    channel: Channel
    story: str
    wished_kinds: frozenset[PlaceKind]
    interests: frozenset[str]
    half_days: int
    whole_town: bool
    language_level: LanguageLevel | None
    functional_limits: frozenset[FunctionalDemand]
    other_limits: str = ""


class ConversationChangedError(ActionRefusedError):
    """Somebody else corrected this conversation in the meantime."""


@action(Permission.RECORD_CONVERSATION)
def correct_conversation(
    viewer: Viewer, *, key: uuid.UUID, correction: Correction, reason: str
) -> uuid.UUID:
    """Let a better conversation take the place of one, which stays; return the new key.

    So does the entry in the history: figures as they were known before do not move. Who held the
    conversation, for which law, and the measurement that came out of it stay as they were.
    Raises ActionRefusedError; ConversationChangedError when somebody else corrected it meanwhile.
    """
    check_reason(reason)
    if correction.held_on > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
    old = Conversation.objects.visible_to(viewer).filter(key=key).select_related("entry").first()
    if old is None:
        raise ActionRefusedError(_("Dit gesprek bestaat niet of is niet voor u."))
    # Whoever corrects the same conversation at once waits here, and then finds it replaced.
    hold(viewer, pseudonym_ids=[old.pseudonym_id])
    _refuse_replaced(viewer, old)
    new = _corrected(viewer, old, correction, reason.strip())
    if not _differs(old, new):
        raise ActionRefusedError(_("Er is niets veranderd. Verbeter wat niet klopt."))
    [new.entry] = state_all(viewer, [_statement(old.entry, correction.held_on)])
    new.save(force_insert=True)
    work_out_last_spoken(viewer, pseudonym_id=old.pseudonym_id)
    return new.key


def _refuse_replaced(viewer: Viewer, old: Conversation) -> None:
    if Conversation.objects.visible_to(viewer).filter(replaces=old).exists():
        raise ConversationChangedError(
            _(
                "Iemand anders heeft dit gesprek net verbeterd. Lees wat er nu staat. Wat u "
                "typte, staat er nog: pas het aan en sla opnieuw op."
            )
        )


def _corrected(viewer: Viewer, old: Conversation, given: Correction, reason: str) -> Conversation:
    return Conversation(
        municipality_id=viewer.municipality_id,
        pseudonym_id=old.pseudonym_id,
        held_by_id=old.held_by_id,
        held_on=given.held_on,
        channel=given.channel,
        story=given.story,
        wished_kinds=sorted(given.wished_kinds),
        interests=sorted(given.interests),
        half_days=half_days.check_mask(given.half_days),
        whole_town=given.whole_town,
        language_level=given.language_level,
        functional_limits=sorted(given.functional_limits),
        other_limits=given.other_limits,
        legal_task=old.legal_task,
        keep_until=keep_until(
            LegalTask(old.legal_task), RecordKind.CONVERSATION, given.held_on, shipped_retention()
        ),
        replaces=old,
        correction_reason=reason,
    )


SAID = (
    "held_on",
    "channel",
    "story",
    "wished_kinds",
    "interests",
    "half_days",
    "whole_town",
    "language_level",
    "functional_limits",
    "other_limits",
)
"""What can be corrected."""


def _differs(old: Conversation, new: Conversation) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in SAID)


def _statement(entry: Entry, held_on: date) -> Statement:
    return Statement(
        pseudonym_id=entry.pseudonym_id,
        kind=EntryKind.CONVERSATION,
        starts_on=held_on,
        ends_on=on_one_day(held_on),
        outcome=Outcome(entry.outcome),
        district_id=entry.district_id,
        replaces_id=entry.pk,
    )
