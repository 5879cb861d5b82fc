"""Sharing notes, questions and answers, taking them back, and keeping watch over them."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.knowledge.models import Post, PostQuerySet, PostReport
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.search.actions import NewDocument, forget_all, index_all
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.vocabulary import PostKind, SearchKind, Theme

LONGEST_TITLE, LONGEST_BODY, LONGEST_REASON = 120, 3_000, 300
TITLE, BODY = 8, 2
"""How much a word matters in searching, by where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A note or question to share; without a district it is about the whole municipality."""

    kind: PostKind
    theme: Theme
    title: str
    body: str
    district_id: int | None = None


@action(Permission.SHARE_KNOWLEDGE)
def share(viewer: Viewer, *, post: NewPost) -> uuid.UUID:
    """Share a note or question with everyone who shares; return its key.

    Raises ActionRefusedError with everything that is wrong with it.
    """
    faults = _faults(post.title, post.body, needs_title=True)
    if post.kind is PostKind.REPLY:
        faults.append(_("Schrijf een antwoord bij de vraag waar het bij hoort."))
    if post.district_id is not None and not _is_district(viewer, post.district_id):
        faults.append(_("Deze wijk bestaat niet."))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    row = Post.objects.create(
        municipality_id=viewer.municipality_id,
        kind=post.kind,
        theme=post.theme,
        district_id=post.district_id,
        title=post.title.strip(),
        body=post.body.strip(),
        author_id=viewer.membership_id,
        organisation_id=viewer.organisation_id,
        written_at=clock.now(),
    )
    _make_findable(viewer, row)
    return row.key


@action(Permission.SHARE_KNOWLEDGE)
def reply(viewer: Viewer, *, key: uuid.UUID, body: str) -> None:
    """Answer a note or question. Raises ActionRefusedError, also when it is gone by now."""
    parent = _post(viewer, key)
    if parent.kind == PostKind.REPLY or parent.hidden_at:
        raise ActionRefusedError(_("Dit bericht is er niet meer. Antwoorden kan niet."))
    if faults := _faults("", body, needs_title=False):
        raise ActionRefusedError(" ".join(faults))
    Post.objects.create(
        municipality_id=viewer.municipality_id,
        kind=PostKind.REPLY,
        parent=parent,
        theme=parent.theme,
        district_id=parent.district_id,
        body=body.strip(),
        author_id=viewer.membership_id,
        organisation_id=viewer.organisation_id,
        written_at=clock.now(),
    )


@action(Permission.SHARE_KNOWLEDGE)
def take_back(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Take an own post away for others. Raises ActionRefusedError for one of somebody else."""
    row = _post(viewer, key)
    if row.author_id is None or row.author_id != viewer.membership_id:
        raise ActionRefusedError(_("Alleen wie dit schreef kan het weghalen."))
    _hide(viewer, row, _("Weggehaald door wie het schreef."))


@action(Permission.SHARE_KNOWLEDGE)
def report(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Say that a post does not belong there; saying it twice is saying it once.

    Raises ActionRefusedError without a reason.
    """
    if viewer.membership_id is None or not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ActionRefusedError(_("Schrijf kort op wat er niet klopt aan dit bericht."))
    row = _post(viewer, key)
    try:
        with transaction.atomic():
            PostReport.objects.create(
                municipality_id=viewer.municipality_id,
                post=row,
                reported_by_id=viewer.membership_id,
                reported_at=clock.now(),
                reason=reason.strip(),
            )
    except IntegrityError:
        # The same person said so before, and nobody has looked at it yet: it stays as it was.
        return


@action(Permission.MODERATE_KNOWLEDGE)
def hide(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Take a post away, with a reason that its author gets to read; its reports are settled."""
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ActionRefusedError(_("Schrijf op waarom u dit weghaalt. Wie het schreef leest dat."))
    _hide(viewer, _post(viewer, key), reason.strip())


@action(Permission.MODERATE_KNOWLEDGE)
def keep(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Let a post stand, or stand again; its reports are settled."""
    row = _post(viewer, key)
    _rows(viewer, row).update(hidden_at=None, hidden_by=None, hidden_reason="")
    _settle(viewer, row)
    if row.kind != PostKind.REPLY:
        _make_findable(viewer, row)


def _hide(viewer: Viewer, row: Post, reason: str) -> None:
    hidden = _rows(viewer, row).filter(hidden_at__isnull=True)
    hidden.update(hidden_at=clock.now(), hidden_by_id=viewer.membership_id, hidden_reason=reason)
    _settle(viewer, row)
    forget_all(viewer, kind=SearchKind.POST, subject_ids=[row.pk])


def _settle(viewer: Viewer, row: Post) -> None:
    # Whoever takes an own post back settles what others said of it, without getting to see that.
    whole = Viewer.system(viewer.municipality_id)
    reports = PostReport.objects.visible_to(whole).filter(post_id=row.pk, settled_at__isnull=True)
    reports.update(settled_at=clock.now())


def _rows(viewer: Viewer, row: Post) -> PostQuerySet:
    return Post.objects.visible_to(viewer).filter(pk=row.pk)


def _post(viewer: Viewer, key: uuid.UUID) -> Post:
    row = Post.objects.visible_to(viewer).filter(key=key).first()
    if row is None:
        raise ActionRefusedError(_("Dit bericht bestaat niet of is niet voor u."))
    return row


def _is_district(viewer: Viewer, district_id: int) -> bool:
    rows = District.objects.filter(municipality_id=viewer.municipality_id, pk=district_id)
    return rows.exists()


def _faults(title: str, body: str, *, needs_title: bool) -> list[str]:
    faults = []
    if needs_title and not 0 < len(title.strip()) <= LONGEST_TITLE:
        faults.append(
            _("Geef het bericht een titel van hoogstens %(most)s tekens.") % {"most": LONGEST_TITLE}
        )
    if not 0 < len(body.strip()) <= LONGEST_BODY:
        faults.append(
            _("Schrijf een bericht van hoogstens %(most)s tekens.") % {"most": LONGEST_BODY}
        )
    if holds_bsn(f"{title} {body}"):
        faults.append(_("In uw bericht staat een nummer dat een BSN kan zijn. Haal het weg."))
    return faults


def _make_findable(viewer: Viewer, row: Post) -> None:
    index_all(
        viewer,
        documents=[
            NewDocument(
                kind=SearchKind.POST,
                subject_id=row.pk,
                texts=((row.title, TITLE), (row.body, BODY)),
            )
        ],
    )
