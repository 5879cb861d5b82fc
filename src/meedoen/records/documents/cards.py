"""What people get to see of a document of the budget cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from meedoen.records.documents.missing import MissingLine
from meedoen.records.documents.models import Light
from meedoen.records.documents.quoting import Newest
from meedoen.rules.documents.words import (
    Colour,
    DocumentKind,
    DocumentMove,
    DocumentState,
    LightSubject,
    Question,
    QuotedKind,
)
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.texts import Text


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list, with when it last made a step."""

    key: UUID
    kind: DocumentKind
    year: int
    number: int
    title: str
    reference_date: date
    state: DocumentState
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class QuotedCard:
    """A quoted figure as it stands in a text; `revised` is what a rectification made of it.

    `name` is None for an indicator that cannot be read any more. `is_there` is false when no such
    figure was counted, printed or promised. `newest` is what was measured last, where that is not
    what everyone reads.
    """

    text: str
    hidden: bool
    indicator: str
    name: Text | None
    kind: QuotedKind
    year: int | None
    reference_date: date | None
    district: str
    is_there: bool
    figure_id: int | None
    revised: Shown | None = None
    newest: Newest | None = None


@dataclass(frozen=True, slots=True)
class TextCard:
    """The text of one question; `text_id` None when nobody wrote anything yet.

    `pieces` are the text and the figures in it, in order.
    """

    question: Question
    text_id: int | None
    text: str
    pieces: Sequence[str | QuotedCard]
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class LightCard:
    """A traffic light as it stands."""

    subject: LightSubject
    colour: Colour
    cause: str
    consequence: str
    steering: str
    at: datetime
    by: str


def light_card(row: Light) -> LightCard:
    """Return a light as it was set."""
    return LightCard(
        subject=LightSubject(row.subject),
        colour=Colour(row.colour),
        cause=row.cause,
        consequence=row.consequence,
        steering=row.steering,
        at=row.at,
        by=row.by.account.name if row.by else "",
    )


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """An answer to a comment; the text is empty when it was only settled."""

    text: str
    settles: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CommentCard:
    """A comment with its answers; `chapter` 0 is about the whole document."""

    comment_id: int
    chapter: int
    question: Question | None
    text: str
    at: datetime
    by: str
    replies: Sequence[ReplyCard]

    @property
    def is_open(self) -> bool:
        """Return whether nobody settled it yet."""
        return not any(one.settles for one in self.replies)


@dataclass(frozen=True, slots=True)
class CouncilQuestionCard:
    """A question of the council with its newest answer; `answer` None when there is none yet.

    `passage` is the paragraph that it is about, empty when it is about the whole text.
    """

    key: UUID
    code: str
    question: Question
    paragraph: int
    passage: str
    asked_by: str
    asked_on: date
    text: str
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChapterCard:
    """A chapter; `number` counts from 1 and stays when another chapter goes."""

    number: int
    goal_id: int
    code: str
    title: str
    texts: Sequence[TextCard]
    lights: Mapping[LightSubject, LightCard]


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step that was made, by whom."""

    move: DocumentMove
    note: str
    known_at: datetime | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document with all that stands in it.

    `figures_print` tells the figures as shown from any others: who adopts sends it along.
    `missing` is what it lacks before it can be offered, empty for one that is past that.
    `offered_by_viewer` says that somebody else must adopt it.
    """

    key: UUID
    kind: DocumentKind
    year: int
    number: int
    title: str
    reference_date: date
    state: DocumentState
    revision: int
    chapters: Sequence[ChapterCard]
    comments: Sequence[CommentCard]
    steps: Sequence[StepCard]
    missing: Sequence[MissingLine]
    council_questions: Sequence[CouncilQuestionCard]
    figures_print: str
    offered_by_viewer: bool


@dataclass(frozen=True, slots=True)
class QuotableLine:
    """A figure that a text may quote: what to type, and what it shows now.

    `newest` is what was measured last, where that is not what everyone reads.
    """

    quote: str
    indicator: str
    name: Text | None
    kind: QuotedKind
    year: int | None
    reference_date: date | None
    text: str
    newest: Newest | None = None
