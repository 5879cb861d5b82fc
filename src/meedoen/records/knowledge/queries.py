"""What was shared, as a list and as a thread."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from meedoen.records.knowledge.models import Post, PostQuerySet, PostReport
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.search.queries import asks_something, search
from meedoen.rules.vocabulary import PostKind, SearchKind, Theme

POSTS_ON_A_PAGE = 20
MOST_FOUND = 500
"""So many of what words find are looked through, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """What part of the posts to show; `unanswered` gives questions without an answer."""

    words: str = ""
    theme: Theme | None = None
    district_id: int | None = None
    kind: PostKind | None = None
    unanswered: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post in a list or thread; `writer` is the organisation, or the municipality."""

    key: uuid.UUID
    kind: PostKind
    theme: Theme
    district: str
    title: str
    body: str
    writer: str
    author: str
    written_at: datetime
    replies: int
    is_own: bool
    is_hidden: bool
    hidden_reason: str
    reports: tuple[str, ...]
    """Why people think that it does not belong there; for who keeps watch only."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A note or question with its answers, oldest first."""

    post: PostCard
    replies: Sequence[PostCard]


def posts(
    viewer: Viewer, *, wanted: PostFilter, number: int = 1, size: int = POSTS_ON_A_PAGE
) -> Page[PostCard]:
    """Return one page of notes and questions: what fits the words best, else the newest first."""
    rows = _filtered(viewer, wanted)
    if asks_something(viewer, text=wanted.words):
        found = search(viewer, text=wanted.words, kind=SearchKind.POST)[:MOST_FOUND]
        in_order = _in_order(rows, [one.subject_id for one in found])
    else:
        in_order = rows.order_by("-written_at", "-pk")
    return page_of(in_order, lambda page: _cards(viewer, page), number=number, size=size)


def thread(viewer: Viewer, *, key: uuid.UUID) -> Thread | None:
    """Return a note or question with its answers; None when it is not there for this viewer."""
    row = _with_writer(Post.objects.visible_to(viewer).filter(key=key, parent=None)).first()
    if row is None:
        return None
    replies = Post.objects.visible_to(viewer).filter(parent_id=row.pk)
    answers = list(_with_writer(replies).order_by("written_at", "pk"))
    [first, *rest] = _cards(viewer, [row, *answers])
    return Thread(first, rest)


def thread_of(viewer: Viewer, *, key: uuid.UUID) -> uuid.UUID | None:
    """Return the key of the note or question that a post belongs to; it may be that one itself."""
    rows = Post.objects.visible_to(viewer).filter(key=key).select_related("parent")
    row = rows.first()
    if row is None:
        return None
    return row.parent.key if row.parent else row.key


def reported_count(viewer: Viewer) -> int:
    """Return how many posts somebody must look at; 0 for who does not keep watch."""
    if not viewer.may(Permission.MODERATE_KNOWLEDGE):
        return 0
    open_reports = PostReport.objects.visible_to(viewer).filter(settled_at__isnull=True)
    return open_reports.values("post_id").distinct().count()


def _filtered(viewer: Viewer, wanted: PostFilter) -> PostQuerySet:
    rows = Post.objects.visible_to(viewer)
    if wanted.reported and viewer.may(Permission.MODERATE_KNOWLEDGE):
        # An answer that is reported is found through the question it stands with.
        reports = PostReport.objects.visible_to(viewer).filter(settled_at__isnull=True)
        about = reports.values_list("post_id", flat=True)
        rows = rows.filter(Q(pk__in=about) | Q(replies__pk__in=about)).distinct()
    rows = rows.filter(parent=None)
    if wanted.theme:
        rows = rows.filter(theme=wanted.theme)
    if wanted.district_id:
        # What is about the whole municipality is about this district too.
        rows = rows.filter(Q(district_id=wanted.district_id) | Q(district=None))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.unanswered:
        answered = Q(replies__isnull=False, replies__hidden_at__isnull=True)
        rows = rows.filter(kind=PostKind.QUESTION).exclude(answered)
    return _with_writer(rows)


def _with_writer(rows: PostQuerySet) -> PostQuerySet:
    return rows.select_related("district", "organisation", "author__account", "municipality")


def _in_order(rows: QuerySet[Post], numbers: Sequence[int]) -> QuerySet[Post]:
    places = Case(
        *[When(pk=number, then=Value(at)) for at, number in enumerate(numbers)],
        default=Value(len(numbers)),
        output_field=IntegerField(),
    )
    return rows.filter(pk__in=numbers).order_by(places, "pk")


def _cards(viewer: Viewer, rows: Sequence[Post]) -> list[PostCard]:
    numbers = [row.pk for row in rows]
    answers = Post.objects.visible_to(viewer).filter(parent_id__in=numbers, hidden_at=None)
    replies = dict(
        answers.order_by()
        .values_list("parent_id")
        .annotate(Count("pk"))
        .values_list("parent_id", "pk__count")
    )
    reports = _reports(viewer, numbers)
    return [_card(viewer, row, replies.get(row.pk, 0), reports.get(row.pk, ())) for row in rows]


def _reports(viewer: Viewer, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    if not viewer.may(Permission.MODERATE_KNOWLEDGE):
        return {}
    rows = PostReport.objects.visible_to(viewer).filter(
        post_id__in=numbers, settled_at__isnull=True
    )
    found: dict[int, tuple[str, ...]] = {}
    for post_id, reason in rows.order_by("pk").values_list("post_id", "reason"):
        found[post_id] = (*found.get(post_id, ()), reason)
    return found


def _card(viewer: Viewer, row: Post, replies: int, reports: tuple[str, ...]) -> PostCard:
    return PostCard(
        key=row.key,
        kind=PostKind(row.kind),
        theme=Theme(row.theme),
        district=row.district.name if row.district else "",
        title=row.title,
        body=row.body,
        writer=row.organisation.name if row.organisation else row.municipality.name,
        author=row.author.account.name if row.author else "",
        written_at=row.written_at,
        replies=replies,
        is_own=row.author_id is not None and row.author_id == viewer.membership_id,
        is_hidden=row.hidden_at is not None,
        hidden_reason=row.hidden_reason,
        reports=reports,
    )
