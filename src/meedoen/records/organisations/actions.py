"""Setting up municipalities, districts, teams, partners and members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import (
    Account,
    District,
    Membership,
    Municipality,
    Organisation,
    Team,
)
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.vocabulary import OrganisationKind


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """A partner to enter."""

    name: str
    kind: OrganisationKind
    kvk_number: str = ""


@transaction.atomic
def found_municipality(*, code: str, name: str, districts: Mapping[str, str]) -> Viewer:
    """Enter a municipality with its districts (code to name) and return Meedoen acting for it.

    Done on the server, before anyone can sign in; entering it again adds what is missing.
    """
    municipality, _ = Municipality.objects.get_or_create(code=code, defaults={"name": name})
    for district_code, district_name in districts.items():
        District.objects.get_or_create(
            municipality=municipality, code=district_code, defaults={"name": district_name}
        )
    return Viewer.system(municipality.pk)


@transaction.atomic
def enter_team(viewer: Viewer, *, name: str) -> int:
    """Enter a team of coaches and return its id; the same name gives the same team."""
    team, _ = Team.objects.get_or_create(municipality_id=viewer.municipality_id, name=name)
    return team.pk


@transaction.atomic
def enter_organisations(viewer: Viewer, *, organisations: Sequence[NewOrganisation]) -> list[int]:
    """Enter partners and return their ids, in the same order."""
    rows = Organisation.objects.bulk_create(
        [
            Organisation(
                municipality_id=viewer.municipality_id,
                name=organisation.name,
                kind=organisation.kind,
                kvk_number=organisation.kvk_number,
            )
            for organisation in organisations
        ]
    )
    return [row.pk for row in rows]


@transaction.atomic
def invite(
    viewer: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    team_id: int | None = None,
    organisation_id: int | None = None,
    invited_as: str = "",
) -> int:
    """Give someone a role for the viewer's municipality and return the id of the membership.

    An account with this address is used again; the password is only set on a new account.
    Raises ActionRefusedError when this is someone's role already.
    """
    account = Account.objects.filter(email=email.lower()).first()
    if account is None:
        account = Account.objects.create_user(email, name=name, password=password)
    roles = Membership.objects.filter(
        municipality_id=viewer.municipality_id, account=account, ended_at__isnull=True
    )
    if (role, organisation_id) in set(roles.values_list("role", "organisation_id")):
        raise ActionRefusedError(_("Deze persoon heeft deze rol al."))
    membership = Membership.objects.create(
        municipality_id=viewer.municipality_id,
        account=account,
        role=role,
        team_id=team_id,
        organisation_id=organisation_id,
        invited_as=invited_as,
        started_at=clock.now(),
    )
    return membership.pk
