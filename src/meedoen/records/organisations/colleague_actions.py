"""Letting colleagues of an organisation in, and ending their access at once."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.viewer import PARTNERS, Permission, Role, Viewer

LONGEST_NAME, LONGEST_EMAIL = 150, 254


@action(Permission.INVITE_COLLEAGUES)
def invite_colleague(
    viewer: Viewer, *, organisation_key: uuid.UUID, email: str, name: str, role: Role
) -> int:
    """Let somebody in at an organisation and return the id of the membership.

    Without an account there is one from now on, without a password: nobody can sign in with it
    before its owner chose one. A lead lets people in at the own organisation only. Raises
    ActionRefusedError with everything that is wrong.
    """
    organisation = _organisation(viewer, organisation_key)
    if organisation.left_on is not None and organisation.left_on <= clock.today():
        raise ActionRefusedError(
            _("Deze organisatie doet niet meer mee. Laat die eerst weer meedoen.")
        )
    organisation_id = organisation.pk
    address, called = email.strip(), name.strip()
    faults = []
    if role not in PARTNERS:
        faults.append(_("Kies wat deze collega mag."))
    if not 0 < len(called) <= LONGEST_NAME:
        faults.append(_("Vul de naam van uw collega in."))
    if not _is_email(address):
        faults.append(_("Dit is geen e-mailadres. Kijk het na."))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    if (same := _running(viewer, organisation_id).filter(account__email=address.lower())).exists():
        # Somebody who was a colleague, and is to decide from now on, or the other way round.
        if same.filter(role=role).exists():
            raise ActionRefusedError(_("Deze collega doet al mee."))
        raise ActionRefusedError(
            _("Deze collega doet al mee, met andere rechten. Stop die toegang eerst.")
        )
    try:
        with transaction.atomic():
            return invite(
                viewer,
                email=address,
                name=called,
                role=role,
                organisation_id=organisation_id,
                invited_as=called,
            )
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Iemand anders nodigt dit adres net uit. Probeer het opnieuw.")
        ) from error


@action(Permission.INVITE_COLLEAGUES)
def end_colleague(viewer: Viewer, *, organisation_key: uuid.UUID, membership_id: int) -> str:
    """End somebody's access to an organisation at once, and return their name.

    The next page that they open already is closed to them. A lead cannot end the access of the
    last one at the own organisation who decides about it. Raises ActionRefusedError.
    """
    organisation_id = _organisation(viewer, organisation_key).pk
    rows = _running(viewer, organisation_id).order_by("pk")
    if connection.features.has_select_for_update:
        # All at the organisation: two leads who end each other's access leave one over.
        rows = rows.select_for_update(of=("self",))
    colleagues = {row.pk: row for row in rows.select_related("account")}
    leaving = colleagues.get(membership_id)
    if leaving is None:
        raise ActionRefusedError(_("Deze collega doet hier niet mee, of al niet meer."))
    others = [row for row in colleagues.values() if row.pk != membership_id]
    if viewer.role in PARTNERS and not any(row.role == Role.PARTNER_LEAD for row in others):
        raise ActionRefusedError(
            _("Er moet een beheerder overblijven. Nodig eerst een andere beheerder uit.")
        )
    Membership.objects.filter(pk=leaving.pk).update(ended_at=clock.now())
    return leaving.invited_as or leaving.account.name


def _organisation(viewer: Viewer, key: uuid.UUID) -> Organisation:
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, key=key)
    if viewer.role in PARTNERS:
        rows = rows.filter(pk__in=[viewer.organisation_id])
    row = rows.first()
    if row is None:
        raise ActionRefusedError(_("Deze organisatie bestaat niet of is niet voor u."))
    return row


def _running(viewer: Viewer, organisation_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id=organisation_id,
        ended_at__isnull=True,
    )


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= LONGEST_EMAIL
