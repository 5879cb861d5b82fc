"""What was said and tried, and what someone wishes and can now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.conversations.models import Attempt, Conversation
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, Outcome, PlaceKind


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A conversation in someone's file; `written_on` is the day it was recorded."""

    held_on: date
    channel: Channel
    story: str
    held_by: str
    written_on: date


@dataclass(frozen=True, slots=True)
class AttemptCard:
    """An attempt in someone's file; `written_on` is the day it was recorded."""

    made_on: date
    channel: Channel
    outcome: Outcome
    made_by: str
    written_on: date


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


def conversations_with(viewer: Viewer, *, pseudonym_id: int) -> Sequence[ConversationCard]:
    """Return the conversations with someone, newest first."""
    rows = Conversation.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("held_by__account", "entry").order_by("-held_on", "-pk")
    return [
        ConversationCard(
            held_on=row.held_on,
            channel=Channel(row.channel),
            story=row.story,
            held_by=row.held_by.account.name if row.held_by else "",
            written_on=timezone.localdate(row.entry.recorded_at),
        )
        for row in rows
    ]


def attempts_with(viewer: Viewer, *, pseudonym_id: int) -> Sequence[AttemptCard]:
    """Return the attempts to reach someone, newest first."""
    rows = Attempt.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("made_by__account", "entry").order_by("-made_on", "-pk")
    return [
        AttemptCard(
            made_on=row.made_on,
            channel=Channel(row.channel),
            outcome=Outcome(row.outcome),
            made_by=row.made_by.account.name if row.made_by else "",
            written_on=timezone.localdate(row.entry.recorded_at),
        )
        for row in rows
    ]


def wishes_of(viewer: Viewer, *, pseudonym_id: int) -> Wishes | None:
    """Return what came out of the last conversation; None when nobody spoke to them yet."""
    rows = Conversation.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    row = rows.order_by("-held_on", "-pk").first()
    if row is None:
        return None
    return Wishes(
        held_on=row.held_on,
        wished_kinds=frozenset(map(PlaceKind, row.wished_kinds)),
        interests=frozenset(row.interests),
        half_days=row.half_days,
        whole_town=row.whole_town,
        language_level=None if row.language_level is None else LanguageLevel(row.language_level),
        functional_limits=frozenset(map(FunctionalDemand, row.functional_limits)),
    )
