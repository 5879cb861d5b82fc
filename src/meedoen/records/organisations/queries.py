"""Who someone is and in which roles; the members and districts of a municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import (
    Account,
    District,
    Membership,
    Municipality,
    Organisation,
)
from meedoen.records.organisations.viewer import MAY, Permission, Role, Viewer


@dataclass(frozen=True, slots=True)
class RoleCard:
    """One of the roles in which an account may act."""

    membership_id: int
    role: Role
    municipality: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is signed in, acting in one role."""

    name: str
    viewer: Viewer
    municipality: str
    organisation: str
    roles: tuple[RoleCard, ...]


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member as the functional administrator sees it."""

    name: str
    email: str
    role: Role
    team: str
    organisation: str


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One line of the table of permissions: a permission and the roles that carry it."""

    permission: Permission
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class DistrictCard:
    """A district to choose from."""

    district_id: int
    code: str
    name: str


def person_for(account_id: int, *, membership_id: int | None = None) -> Person | None:
    """Return who this account is, in the wanted role or else the first; None without any role.

    Not about other people: everyone may know who they are themselves.
    """
    memberships = list(
        Membership.objects.filter(
            account_id=account_id, account__is_active=True, ended_at__isnull=True
        )
        .select_related("municipality", "organisation", "account")
        .order_by("id")
    )
    if not memberships:
        return None
    chosen = next((row for row in memberships if row.pk == membership_id), memberships[0])
    return Person(
        name=chosen.account.name,
        viewer=_viewer(chosen),
        municipality=chosen.municipality.name,
        organisation=chosen.organisation.name if chosen.organisation else "",
        roles=tuple(_role_card(row) for row in memberships),
    )


def _viewer(membership: Membership) -> Viewer:
    return Viewer(
        municipality_id=membership.municipality_id,
        role=Role(membership.role),
        membership_id=membership.pk,
        account_id=membership.account_id,
        organisation_id=membership.organisation_id,
        team_id=membership.team_id,
    )


def _role_card(membership: Membership) -> RoleCard:
    return RoleCard(
        membership_id=membership.pk,
        role=Role(membership.role),
        municipality=membership.municipality.name,
        organisation=membership.organisation.name if membership.organisation else "",
    )


class UnknownMunicipalityError(LookupError):
    """There is no municipality with this code."""


def system_viewer(code: str) -> Viewer:
    """Return Meedoen itself, acting for the municipality with this CBS code.

    For commands on the server. Raises UnknownMunicipalityError, naming the codes there are.
    """
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None:
        known = ", ".join(Municipality.objects.order_by("code").values_list("code", flat=True))
        raise UnknownMunicipalityError(
            f"There is no municipality {code} here; there are: {known or 'none yet'}."
            f" Enter it with `meedoen add-municipality {code}`."
        )
    return Viewer.system(municipality.pk)


def account_known(email: str) -> bool:
    """Return whether somebody can sign in with this address; for commands on the server."""
    return Account.objects.filter(email=email.lower()).exists()


def organisation_named(viewer: Viewer, *, name: str) -> int:
    """Return the id of the partner of the viewer's municipality with this name.

    Raises ActionRefusedError when there is none.
    """
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, name=name)
    organisation_id = rows.values_list("pk", flat=True).first()
    if organisation_id is None:
        raise ActionRefusedError(_("Er is hier geen organisatie %(name)s.") % {"name": name})
    return organisation_id


def municipality_codes() -> list[str]:
    """Return the codes of the municipalities in this installation, for commands that do all."""
    return list(Municipality.objects.order_by("code").values_list("code", flat=True))


def members(viewer: Viewer) -> Sequence[MemberCard]:
    """Return who acts for the municipality now, for who may see that; residents are left out."""
    if not viewer.may(Permission.SEE_MEMBERS):
        return []
    rows = (
        Membership.objects.filter(municipality_id=viewer.municipality_id, ended_at__isnull=True)
        .exclude(role=Role.RESIDENT)
        .select_related("account", "team", "organisation")
        .order_by("role", "account__name")
    )
    return [
        MemberCard(
            name=row.account.name,
            email=row.account.email,
            role=Role(row.role),
            team=row.team.name if row.team else "",
            organisation=row.organisation.name if row.organisation else "",
        )
        for row in rows
    ]


def permission_table(_viewer: Viewer) -> Sequence[PermissionRow]:
    """Return the table of permissions; it is no secret, but shown to who is signed in."""
    return [
        PermissionRow(
            permission=permission,
            roles=frozenset(role for role, carried in MAY.items() if permission in carried),
        )
        for permission in Permission
    ]


def municipality_name(viewer: Viewer) -> str:
    """Return the name of the viewer's municipality."""
    return Municipality.objects.get(pk=viewer.municipality_id).name


def districts(viewer: Viewer) -> Sequence[DistrictCard]:
    """Return the districts of the viewer's municipality, by name."""
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return [DistrictCard(district_id=row.pk, code=row.code, name=row.name) for row in rows]
