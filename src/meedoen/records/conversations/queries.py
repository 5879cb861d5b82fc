"""What was said and tried, and what someone wishes and can now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meedoen.records.conversations.models import Attempt, Conversation, NextStep
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, Outcome, PlaceKind


@dataclass(frozen=True, slots=True)
class EarlierConversation:
    """A conversation as it stood before a correction; `written_on` is the day it was recorded."""

    held_on: date
    channel: Channel
    story: str
    written_on: date


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A conversation in someone's file; `written_on` is the day it was first recorded.

    Of one that was corrected, `corrected_on`, `corrected_by` and `correction_reason` tell about
    the last time, and `earlier` holds what stood there before, newest first.
    """

    held_on: date
    channel: Channel
    story: str
    held_by: str
    written_on: date
    key: uuid.UUID
    corrected_on: date | None = None
    corrected_by: str = ""
    correction_reason: str = ""
    earlier: tuple[EarlierConversation, ...] = ()


@dataclass(frozen=True, slots=True)
class AttemptCard:
    """An attempt in someone's file; `written_on` is the day it was recorded.

    `next_on` is the day on which it would be tried again, None when that was not planned.
    """

    made_on: date
    channel: Channel
    outcome: Outcome
    made_by: str
    written_on: date
    note: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What someone wished and could at the last conversation; `half_days` is a mask."""

    held_on: date
    wished_kinds: frozenset[PlaceKind]
    interests: frozenset[str]
    half_days: int
    whole_town: bool
    language_level: LanguageLevel | None
    functional_limits: frozenset[FunctionalDemand]
    other_limits: str = ""


@dataclass(frozen=True, slots=True)
class ConversationToCorrect:
    """A conversation that somebody asked for: whose it is, and how it stands now.

    `is_newest` is false when the one that was asked for was corrected in the meantime; the card
    and the wishes are of the newest in either case.
    """

    resident_key: uuid.UUID
    card: ConversationCard
    wishes: Wishes
    is_newest: bool


def conversations_with(viewer: Viewer, *, pseudonym_id: int) -> Sequence[ConversationCard]:
    """Return the conversations with someone, newest first; what was corrected is told in them."""
    every = _versions(viewer, pseudonym_id)
    by_id = {row.pk: row for row in every}
    replaced = {row.replaces_id for row in every}
    return [_card(row, by_id) for row in every if row.pk not in replaced]


def conversation_to_correct(viewer: Viewer, *, key: uuid.UUID) -> ConversationToCorrect | None:
    """Return a conversation as it stands now; None when there is none for this viewer."""
    rows = Conversation.objects.visible_to(viewer).select_related("pseudonym")
    asked = rows.filter(key=key).first()
    if asked is None:
        return None
    by_id = {row.pk: row for row in _versions(viewer, asked.pseudonym_id)}
    replaced_by = {row.replaces_id: row for row in by_id.values() if row.replaces_id}
    newest = by_id[asked.pk]
    while newest.pk in replaced_by:
        newest = replaced_by[newest.pk]
    return ConversationToCorrect(
        resident_key=asked.pseudonym.key,
        card=_card(newest, by_id),
        wishes=_wishes_in(newest),
        is_newest=newest.pk == asked.pk,
    )


def _versions(viewer: Viewer, pseudonym_id: int) -> Sequence[Conversation]:
    """Return every conversation with someone, also those that were replaced, newest first."""
    rows = Conversation.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("held_by__account", "entry__recorded_by__account")
    return list(rows.order_by("-held_on", "-pk"))


def _card(row: Conversation, by_id: dict[int, Conversation]) -> ConversationCard:
    earlier: list[Conversation] = []
    before = row.replaces_id
    while before is not None:
        earlier.append(by_id[before])
        before = by_id[before].replaces_id
    first = earlier[-1] if earlier else row
    corrector = row.entry.recorded_by if earlier else None
    return ConversationCard(
        held_on=row.held_on,
        channel=Channel(row.channel),
        story=row.story,
        held_by=row.held_by.account.name if row.held_by else "",
        written_on=timezone.localdate(first.entry.recorded_at),
        key=row.key,
        corrected_on=timezone.localdate(row.entry.recorded_at) if earlier else None,
        corrected_by=corrector.account.name if corrector else "",
        correction_reason=row.correction_reason,
        earlier=tuple(
            EarlierConversation(
                held_on=one.held_on,
                channel=Channel(one.channel),
                story=one.story,
                written_on=timezone.localdate(one.entry.recorded_at),
            )
            for one in earlier
        ),
    )


def attempts_with(viewer: Viewer, *, pseudonym_id: int) -> Sequence[AttemptCard]:
    """Return the attempts to reach someone, newest first."""
    steps = NextStep.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    next_days = dict(steps.values_list("attempt_id", "planned_on"))
    rows = Attempt.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("made_by__account", "entry").order_by("-made_on", "-pk")
    return [
        AttemptCard(
            made_on=row.made_on,
            channel=Channel(row.channel),
            outcome=Outcome(row.outcome),
            made_by=row.made_by.account.name if row.made_by else "",
            written_on=timezone.localdate(row.entry.recorded_at),
            note=row.note,
            next_on=next_days.get(row.pk),
        )
        for row in rows
    ]


def wishes_of(viewer: Viewer, *, pseudonym_id: int) -> Wishes | None:
    """Return what came out of the last conversation; None when nobody spoke to them yet."""
    rows = _SPOKEN.ask(viewer, pseudonym_id=pseudonym_id)
    return next(map(_wishes, rows), None)


def newest_wishes(viewer: Viewer) -> dict[int, Wishes]:
    """Return what came out of the last conversation with everyone the viewer may see.

    By pseudonym, in one question however many people there are.
    """
    rows = Conversation.objects.visible_to(viewer).current()
    newest = rows.filter(pseudonym_id=OuterRef("pseudonym_id")).order_by("-held_on", "-pk")
    last = rows.filter(pk=Subquery(newest.values("pk")[:1]))
    return {row.pseudonym_id: _wishes_in(row) for row in last.defer("story")}


def first_spoken(viewer: Viewer) -> dict[int, date]:
    """Return the day of the first conversation with everyone the viewer may see, by pseudonym."""
    rows = Conversation.objects.visible_to(viewer).current().order_by()
    firsts = rows.values("pseudonym_id").annotate(first=Min("held_on"))
    return dict(firsts.values_list("pseudonym_id", "first"))


_WISHED = (
    *("held_on", "wished_kinds", "interests", "half_days", "whole_town", "language_level"),
    *("functional_limits", "other_limits"),
)


def _spoken(viewer: Viewer, whose: Q) -> QuerySet[Conversation, tuple[Any, ...]]:
    """Return what came out of the last conversation, as values of `_WISHED`."""
    rows = Conversation.objects.visible_to(viewer).current().filter(whose)
    return rows.order_by("-held_on", "-pk").values_list(*_WISHED)[:1]


_SPOKEN = Prepared(_spoken)


def _wishes_in(row: Conversation) -> Wishes:
    return _wishes([getattr(row, name) for name in _WISHED])


def _wishes(values: Sequence[Any]) -> Wishes:
    held_on, kinds, interests, half_days, whole_town, level, limits, other_limits = values
    return Wishes(
        held_on=held_on,
        wished_kinds=frozenset(map(PlaceKind, kinds)),
        interests=frozenset(interests),
        half_days=half_days,
        whole_town=whole_town,
        language_level=None if level is None else LanguageLevel(level),
        functional_limits=frozenset(map(FunctionalDemand, limits)),
        other_limits=other_limits,
    )
