"""Writing down attempts to reach people and conversations with them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.conversations.models import Attempt, Conversation
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import note_spoken
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, EntryKind, Outcome, PlaceKind

ATTEMPT_OUTCOMES = frozenset(
    {Outcome.REACHED, Outcome.NO_ANSWER, Outcome.NO_SHOW, Outcome.NO_CONTACT_WANTED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """An attempt to reach someone."""

    pseudonym_id: int
    made_on: date
    channel: Channel
    outcome: Outcome
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConversation:
    """A conversation that was held; `half_days` is a mask of when someone can.

    A `key` that was made beforehand lets the same conversation be sent twice and kept once.
    """

    pseudonym_id: int
    held_on: date
    channel: Channel
    key: uuid.UUID | None = None
    story: str = ""
    wished_kinds: frozenset[PlaceKind] = frozenset()
    interests: frozenset[str] = frozenset()
    half_days: int = half_days.NONE
    whole_town: bool = True
    language_level: LanguageLevel | None = None
    functional_limits: frozenset[FunctionalDemand] = frozenset()
    recorded_at: datetime | None = None


@action(Permission.RECORD_CONVERSATION)
def note_attempts(viewer: Viewer, *, attempts: Sequence[NewAttempt]) -> None:
    """Write down attempts to reach people. Raises ActionRefusedError, all or none."""
    districts = _districts(viewer, [attempt.pseudonym_id for attempt in attempts])
    for attempt in attempts:
        _refuse_future(attempt.made_on)
        if attempt.outcome not in ATTEMPT_OUTCOMES:
            raise ActionRefusedError(
                _("Kies hoe de poging afliep: bereikt, geen gehoor, niet gekomen of geen contact.")
            )
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=attempt.pseudonym_id,
                kind=EntryKind.ATTEMPT,
                starts_on=attempt.made_on,
                ends_on=on_one_day(attempt.made_on),
                outcome=attempt.outcome,
                district_id=districts[attempt.pseudonym_id],
                recorded_at=attempt.recorded_at,
            )
            for attempt in attempts
        ],
    )
    Attempt.objects.bulk_create(
        [
            Attempt(
                municipality_id=viewer.municipality_id,
                pseudonym_id=attempt.pseudonym_id,
                made_by_id=viewer.membership_id,
                made_on=attempt.made_on,
                channel=attempt.channel,
                outcome=attempt.outcome,
                entry=entry,
            )
            for attempt, entry in zip(attempts, entries, strict=True)
        ],
        batch_size=2_000,
    )


class AlreadyWrittenError(ActionRefusedError):
    """A conversation with this key is there already."""


@action(Permission.RECORD_CONVERSATION)
def complete_all(viewer: Viewer, *, conversations: Sequence[NewConversation]) -> list[int]:
    """Write down conversations and return their ids, in the same order.

    Raises ActionRefusedError, all or none; AlreadyWrittenError for a key that is known.
    """
    districts = _districts(viewer, [talk.pseudonym_id for talk in conversations])
    _refuse_known(viewer, [talk.key for talk in conversations if talk.key])
    for talk in conversations:
        _refuse_future(talk.held_on)
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=talk.pseudonym_id,
                kind=EntryKind.CONVERSATION,
                starts_on=talk.held_on,
                ends_on=on_one_day(talk.held_on),
                outcome=Outcome.REACHED,
                district_id=districts[talk.pseudonym_id],
                recorded_at=talk.recorded_at,
            )
            for talk in conversations
        ],
    )
    rows = Conversation.objects.bulk_create(
        [
            Conversation(
                municipality_id=viewer.municipality_id,
                pseudonym_id=talk.pseudonym_id,
                key=talk.key or uuid.uuid4(),
                held_by_id=viewer.membership_id,
                held_on=talk.held_on,
                channel=talk.channel,
                story=talk.story,
                wished_kinds=sorted(talk.wished_kinds),
                interests=sorted(talk.interests),
                half_days=half_days.check_mask(talk.half_days),
                whole_town=talk.whole_town,
                language_level=talk.language_level,
                functional_limits=sorted(talk.functional_limits),
                entry=entry,
            )
            for talk, entry in zip(conversations, entries, strict=True)
        ],
        batch_size=2_000,
    )
    last_days: dict[int, date] = {}
    for talk in conversations:
        last_days[talk.pseudonym_id] = max(
            talk.held_on, last_days.get(talk.pseudonym_id, talk.held_on)
        )
    note_spoken(viewer, last_days=last_days)
    return [row.pk for row in rows]


def _districts(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, int]:
    """Return where these people live; raise when one of them is not for this viewer."""
    districts = districts_of_visible(viewer, pseudonym_ids=pseudonym_ids)
    if set(pseudonym_ids) - districts.keys():
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    return districts


def _refuse_known(viewer: Viewer, keys: Sequence[uuid.UUID]) -> None:
    """Raise when one of these was kept; who sends at the same moment meets the unique key."""
    if keys and Conversation.objects.visible_to(viewer).filter(key__in=keys).exists():
        raise AlreadyWrittenError(_("Dit gesprek staat al in het dossier."))


def _refuse_future(day: date) -> None:
    if day > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
