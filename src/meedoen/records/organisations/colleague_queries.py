"""Who may come in for an organisation."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.viewer import PARTNERS, Permission, Role, Viewer


@dataclass(frozen=True, slots=True)
class ColleagueCard:
    """Somebody who may come in for an organisation; `has_come_in` once a password was chosen."""

    membership_id: int
    name: str
    email: str
    role: Role
    since: datetime
    has_come_in: bool
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class ColleaguesPage:
    """An organisation with who may come in for it, by name; `left_on` as on the organisation."""

    key: uuid.UUID
    name: str
    left_on: date | None
    colleagues: Sequence[ColleagueCard]


@dataclass(frozen=True, slots=True)
class InvitedCard:
    """Somebody who was let in, for the mail about it; `has_account` when they can sign in."""

    email: str
    organisation_id: int
    organisation: str
    has_account: bool


def colleagues(
    viewer: Viewer, *, organisation_key: uuid.UUID | None = None
) -> ColleaguesPage | None:
    """Return who may come in for an organisation, or for the viewer's own without a key.

    None when it is not there or not for this viewer.
    """
    if not viewer.may(Permission.INVITE_COLLEAGUES):
        return None
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    if organisation_key is not None:
        rows = rows.filter(key=organisation_key)
    if organisation_key is None or viewer.role in PARTNERS:
        rows = rows.filter(pk__in=[viewer.organisation_id])
    organisation = rows.first()
    if organisation is None:
        return None
    running = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    return ColleaguesPage(
        key=organisation.key,
        name=organisation.name,
        left_on=organisation.left_on,
        colleagues=sorted(
            (_card(viewer, row) for row in running.select_related("account")),
            key=lambda card: (card.name, card.membership_id),
        ),
    )


def invited(viewer: Viewer, *, membership_id: int) -> InvitedCard | None:
    """Return somebody who may come in for an organisation; for Meedoen itself, which mails."""
    if viewer.role is not Role.SYSTEM:
        return None
    row = (
        Membership.objects.filter(
            municipality_id=viewer.municipality_id,
            pk=membership_id,
            ended_at__isnull=True,
            organisation__isnull=False,
            account__is_active=True,
        )
        .select_related("account", "organisation")
        .first()
    )
    if row is None or row.organisation is None:
        return None
    return InvitedCard(
        email=row.account.email,
        organisation_id=row.organisation.pk,
        organisation=row.organisation.name,
        has_account=row.account.has_usable_password(),
    )


def _card(viewer: Viewer, row: Membership) -> ColleagueCard:
    return ColleagueCard(
        membership_id=row.pk,
        name=row.invited_as or row.account.name,
        email=row.account.email,
        role=Role(row.role),
        since=row.started_at,
        has_come_in=row.account.has_usable_password(),
        is_viewer=row.pk == viewer.membership_id,
    )
