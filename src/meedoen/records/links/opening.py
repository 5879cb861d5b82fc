"""Opening a signed link: who holds it becomes a viewer that reaches one thing, or is told why not.

A link that was made up, is unknown, or is for another purpose is all the same to who tries it:
nothing. Only who has a link that we did send is told what is the matter with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from meedoen.records.links.models import Link, LinkEvent
from meedoen.records.links.state import LinkProblem, problem_of
from meedoen.records.links.tokens import key_in
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.vocabulary import LinkEventKind, LinkPurpose

SAME_USE = timedelta(minutes=1)
"""Opening a link again so soon after is not noted once more: nobody fills the log with one link."""


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link that holds: who holds it as a viewer, and the one thing that it is about."""

    viewer: Viewer
    link_id: int
    purpose: LinkPurpose
    subject_id: int
    organisation_id: int
    owner_id: int | None
    recipient: str
    about: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link that was sent and does not hold: why, and what was answered with it, if anything.

    It knows no viewer, so nothing can be looked up or changed with it.
    """

    problem: LinkProblem
    municipality_id: int
    link_id: int
    answer: str = ""
    answered_at: datetime | None = None


def open_link(
    token: str, *, purpose: LinkPurpose, note: bool = True
) -> HeldLink | RefusedLink | None:
    """Return the link in an address; None when it is none of ours, or for another purpose.

    Whether its subject is still as it was is known where the subject is; see `refuse`. That it
    was opened, or tried in vain, is noted unless `note` is False.
    """
    key = key_in(token, purpose)
    if key is None:
        return None
    row = Link.objects.with_key(key).select_related("organisation").first()
    if row is None or row.purpose != purpose:
        return None
    problem = problem_of(row, clock.now())
    if note:
        _note(row.municipality_id, row.pk, _kind(problem))
    return _held(row) if problem is None else _refused(row, problem)


def refuse(held: HeldLink, problem: LinkProblem) -> RefusedLink:
    """Return a link as one that does not hold, because of what became of its subject."""
    municipality_id = held.viewer.municipality_id
    _note(municipality_id, held.link_id, LinkEventKind.REFUSED)
    return RefusedLink(problem, municipality_id, held.link_id)


def _kind(problem: LinkProblem | None) -> LinkEventKind:
    """Return what to note; looking up what one answered is no try to answer again."""
    fine = problem in {None, LinkProblem.ANSWERED}
    return LinkEventKind.OPENED if fine else LinkEventKind.REFUSED


def _held(row: Link) -> HeldLink:
    viewer = Viewer(
        municipality_id=row.municipality_id,
        role=Role.LINK_HOLDER,
        organisation_id=row.organisation_id,
        link_id=row.pk,
    )
    return HeldLink(
        viewer=viewer,
        link_id=row.pk,
        purpose=LinkPurpose(row.purpose),
        subject_id=row.subject_id,
        organisation_id=row.organisation_id,
        owner_id=row.owner_id,
        recipient=row.recipient,
        about=row.about,
        expires_at=row.expires_at,
    )


def _refused(row: Link, problem: LinkProblem) -> RefusedLink:
    return RefusedLink(
        problem=problem,
        municipality_id=row.municipality_id,
        link_id=row.pk,
        answer=row.about.get("answer", ""),
        answered_at=row.answered_at,
    )


def _note(municipality_id: int, link_id: int, kind: LinkEventKind) -> None:
    now = clock.now()
    same = LinkEvent.objects.filter(link_id=link_id, kind=kind, happened_at__gt=now - SAME_USE)
    if not same.exists():
        LinkEvent.objects.create(
            municipality_id=municipality_id, link_id=link_id, kind=kind, happened_at=now
        )
