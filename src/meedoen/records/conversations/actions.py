"""Writing down attempts to reach people and conversations with them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.conversations.models import Attempt, Conversation
from meedoen.records.conversations.outreach_actions import (
    NewNextStep,
    NewPause,
    plan_next_steps,
    settle_steps,
    start_pauses,
)
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import note_spoken
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.retention import RecordKind, keep_until, shipped_retention
from meedoen.rules.vocabulary import Channel, EntryKind, LegalTask, Outcome, PlaceKind

ATTEMPT_OUTCOMES = frozenset(
    {Outcome.REACHED, Outcome.NO_ANSWER, Outcome.NO_SHOW, Outcome.NO_CONTACT_WANTED}
)
IN_VAIN = frozenset({Outcome.NO_ANSWER, Outcome.NO_SHOW})
"""How an attempt came out after which it is tried again."""
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """An attempt to reach someone.

    After an attempt in vain `next_on` and `next_what` say when and how it is tried again. Of who
    wants no contact `no_contact_reason` says why, in their words, and `ask_again_on` when to ask
    again. A `key` that was made beforehand lets the same attempt be sent twice and kept once.
    """

    pseudonym_id: int
    made_on: date
    channel: Channel
    outcome: Outcome
    note: str = ""
    next_on: date | None = None
    next_what: str = ""
    no_contact_reason: str = ""
    ask_again_on: date | None = None
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConversation:
    """A conversation that was held; `half_days` is a mask of when someone can.

    A `key` that was made beforehand lets the same conversation be sent twice and kept once.
    `legal_task` is the law it is written down for, which also says how long it is kept.
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
    other_limits: str = ""
    legal_task: LegalTask = LegalTask.PARTICIPATION
    recorded_at: datetime | None = None


class AttemptIsThereError(ActionRefusedError):
    """An attempt with this key is there already."""


@action(Permission.RECORD_CONVERSATION)
def note_attempts(viewer: Viewer, *, attempts: Sequence[NewAttempt]) -> None:
    """Write down attempts to reach people, with what is agreed on after them.

    An attempt sees the next steps done that were open. Raises ActionRefusedError, all or none;
    AttemptIsThereError for a key that is known.
    """
    districts = _districts(viewer, [attempt.pseudonym_id for attempt in attempts])
    for attempt in attempts:
        _refuse_future(attempt.made_on)
        _refuse_unfit(attempt)
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
    rows = _keep_attempts(
        [
            Attempt(
                municipality_id=viewer.municipality_id,
                pseudonym_id=attempt.pseudonym_id,
                key=attempt.key or uuid.uuid4(),
                made_by_id=viewer.membership_id,
                made_on=attempt.made_on,
                channel=attempt.channel,
                outcome=attempt.outcome,
                note=attempt.note.strip(),
                entry=entry,
            )
            for attempt, entry in zip(attempts, entries, strict=True)
        ]
    )
    settle_steps(viewer, on_days=_last_days((one.pseudonym_id, one.made_on) for one in attempts))
    plan_next_steps(viewer, steps=_steps_after(attempts, [row.pk for row in rows]))
    start_pauses(viewer, pauses=_pauses(attempts))


def _keep_attempts(rows: Sequence[Attempt]) -> list[Attempt]:
    """Keep attempts; who sends the same twice, even at the same moment, is told so."""
    try:
        with transaction.atomic():
            return Attempt.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise AttemptIsThereError(_("Dit staat al in het dossier.")) from error


def _refuse_unfit(attempt: NewAttempt) -> None:
    """Raise when what comes after the attempt does not belong to how it came out."""
    if attempt.outcome not in ATTEMPT_OUTCOMES:
        raise ActionRefusedError(
            _("Kies hoe de poging afliep: bereikt, geen gehoor, niet gekomen of geen contact.")
        )
    if attempt.next_on and attempt.outcome not in IN_VAIN:
        raise ActionRefusedError(
            _("Een volgende poging hoort bij geen gehoor en bij niet gekomen.")
        )
    if attempt.ask_again_on and attempt.outcome is not Outcome.NO_CONTACT_WANTED:
        raise ActionRefusedError(_("Een dag om het weer te vragen hoort bij geen contact willen."))
    if len(attempt.note.strip()) > LONGEST_NOTE:
        raise ActionRefusedError(
            _("Schrijf in hoogstens %(most)s tekens op wat u wilt onthouden.")
            % {"most": LONGEST_NOTE}
        )


def _steps_after(attempts: Sequence[NewAttempt], attempt_ids: Sequence[int]) -> list[NewNextStep]:
    """Return when these attempts are made again; done when a later one stands among them."""
    later: dict[int, date] = {}
    steps = []
    in_order = sorted(zip(attempts, attempt_ids, strict=True), key=lambda pair: pair[0].made_on)
    for attempt, attempt_id in reversed(in_order):
        if attempt.next_on is not None:
            steps.append(
                NewNextStep(
                    pseudonym_id=attempt.pseudonym_id,
                    planned_on=attempt.next_on,
                    what=attempt.next_what,
                    attempt_id=attempt_id,
                    done_on=later.get(attempt.pseudonym_id),
                    recorded_at=attempt.recorded_at,
                )
            )
        later[attempt.pseudonym_id] = attempt.made_on
    return steps


def _pauses(attempts: Sequence[NewAttempt]) -> list[NewPause]:
    """Return the last that people said about wanting no contact."""
    last: dict[int, NewPause] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.made_on):
        if attempt.ask_again_on is not None:
            last[attempt.pseudonym_id] = NewPause(
                pseudonym_id=attempt.pseudonym_id,
                reason=attempt.no_contact_reason,
                ask_again_on=attempt.ask_again_on,
                recorded_at=attempt.recorded_at,
            )
    return list(last.values())


def _last_days(days: Iterable[tuple[int, date]]) -> dict[int, date]:
    """Return the last day of each pseudonym."""
    last: dict[int, date] = {}
    for pseudonym_id, day in days:
        last[pseudonym_id] = max(day, last.get(pseudonym_id, day))
    return last


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
                other_limits=talk.other_limits,
                legal_task=talk.legal_task,
                keep_until=keep_until(
                    talk.legal_task, RecordKind.CONVERSATION, talk.held_on, shipped_retention()
                ),
                entry=entry,
            )
            for talk, entry in zip(conversations, entries, strict=True)
        ],
        batch_size=2_000,
    )
    last_days = _last_days((talk.pseudonym_id, talk.held_on) for talk in conversations)
    note_spoken(viewer, last_days=last_days)
    settle_steps(viewer, on_days=last_days)
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
