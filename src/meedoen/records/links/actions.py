"""Making links, using one up by answering, taking them back, and forgetting old ones.

Called by the actions that send or answer, in their transaction.
"""

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meedoen.records.links.models import Link, LinkEvent, Mailing
from meedoen.records.links.state import LinkProblem, problem_of
from meedoen.records.links.tokens import key_in, token_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.vocabulary import LinkEventKind, LinkPurpose


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link to make; see `records.links.models.Link` for what each part means."""

    purpose: LinkPurpose
    subject_id: int
    organisation_id: int
    recipient: str
    expires_at: datetime
    owner_id: int | None = None
    about: Mapping[str, str] = field(default_factory=dict)


class LinkSpentError(ActionRefusedError):
    """The link that somebody answers with does not hold any more; `problem` says why."""

    def __init__(self, problem: LinkProblem) -> None:
        """Keep the problem beside a sentence for people."""
        self.problem = problem
        super().__init__(_("Deze link werkt niet meer. Open de link opnieuw en lees wat er staat."))


def make_link(
    viewer: Viewer,
    *,
    purpose: LinkPurpose,
    subject_id: int,
    organisation_id: int,
    recipient: str,
    expires_at: datetime,
    owner_id: int | None = None,
    about: Mapping[str, str] | None = None,
) -> str:
    """Make a link and return the token that goes into its address."""
    new = NewLink(
        purpose=purpose,
        subject_id=subject_id,
        organisation_id=organisation_id,
        recipient=recipient,
        expires_at=expires_at,
        owner_id=owner_id,
        about=about or {},
    )
    return make_links(viewer, links=[new])[0]


def make_links(viewer: Viewer, *, links: Sequence[NewLink]) -> list[str]:
    """Make links and return their tokens, in the same order."""
    rows = Link.objects.bulk_create(
        [
            Link(
                municipality_id=viewer.municipality_id,
                purpose=new.purpose,
                subject_id=new.subject_id,
                about=dict(new.about),
                organisation_id=new.organisation_id,
                owner_id=new.owner_id,
                recipient=new.recipient,
                made_at=clock.now(),
                made_by_id=viewer.membership_id,
                expires_at=new.expires_at,
            )
            for new in links
        ],
        batch_size=500,
    )
    return [token_of(row.key, LinkPurpose(row.purpose)) for row in rows]


def use_link(viewer: Viewer, *, purpose: LinkPurpose, subject_id: int, answer: str) -> None:
    """Use up the link that the viewer holds, with a code or day of what was answered.

    Somebody with an account has no link, and nothing happens. Two answers at the same moment:
    the first counts. Raises LinkSpentError when the link does not hold any more, and
    ActionRefusedError when it is for something else.
    """
    if viewer.link_id is None:
        return
    rows = Link.objects.visible_to(viewer).filter(purpose=purpose, subject_id=subject_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.select_related("organisation").first()
    if row is None:
        raise ActionRefusedError(_("Deze link is voor iets anders."))
    problem = problem_of(row, clock.now())
    if problem is not None:
        raise LinkSpentError(problem)
    now = clock.now()
    Link.objects.visible_to(viewer).update(answered_at=now, about={**row.about, "answer": answer})
    LinkEvent.objects.create(
        municipality_id=viewer.municipality_id,
        link_id=row.pk,
        kind=LinkEventKind.ANSWERED,
        happened_at=now,
    )


def demand_link(viewer: Viewer, *, purpose: LinkPurpose, subject_ids: Set[int]) -> None:
    """Raise ActionRefusedError when the viewer holds a link that is not about all of this.

    For the actions that somebody with an account may do of everything at the own organisation:
    who holds a link does it of the one thing in the link.
    """
    if viewer.role is not Role.LINK_HOLDER:
        return
    own = Link.objects.visible_to(viewer).filter(purpose=purpose)
    if subject_ids - set(own.values_list("subject_id", flat=True)):
        raise ActionRefusedError(_("Deze link is voor iets anders."))


def note_sent(viewer: Viewer, *, purpose: LinkPurpose, tokens: Sequence[str]) -> None:
    """Note that the mail with these links left."""
    keys = _keys(purpose, tokens)
    Link.objects.visible_to(viewer).filter(key__in=keys).update(sent_at=clock.now())


def unmake_links(viewer: Viewer, *, purpose: LinkPurpose, tokens: Sequence[str]) -> None:
    """Remove links of a mail that did not leave; nobody has them."""
    keys = _keys(purpose, tokens)
    Link.objects.visible_to(viewer).filter(key__in=keys, sent_at__isnull=True).delete()


def revoke_links(
    viewer: Viewer, *, purpose: LinkPurpose, subject_id: int, except_tokens: Sequence[str] = ()
) -> int:
    """Let the links about a subject hold no more; return how many were still open."""
    rows = Link.objects.visible_to(viewer).filter(
        purpose=purpose, subject_id=subject_id, answered_at__isnull=True, revoked_at__isnull=True
    )
    return rows.exclude(key__in=_keys(purpose, except_tokens)).update(revoked_at=clock.now())


def forget_old_links(viewer: Viewer) -> int:
    """Forget to whom links were sent long ago, and remove those nobody used; return how many.

    What was said with a link goes on pointing to it, and so does the log of its use. How long
    is the setting LINKS_KEPT_DAYS.
    """
    before = clock.now() - timedelta(days=settings.LINKS_KEPT_DAYS)
    old = Link.objects.visible_to(viewer).filter(made_at__lt=before)
    used = LinkEvent.objects.filter(link_id=OuterRef("pk"))
    removed, _by_table = old.filter(~Exists(used), answered_at__isnull=True).delete()
    blanked = old.exclude(recipient="").update(recipient="")
    Mailing.objects.filter(municipality_id=viewer.municipality_id, claimed_at__lt=before).delete()
    return removed + blanked


def _keys(purpose: LinkPurpose, tokens: Sequence[str]) -> list[uuid.UUID]:
    return [key for token in tokens if (key := key_in(token, purpose)) is not None]
