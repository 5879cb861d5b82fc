"""Accepting an invitation: whoever holds the link chooses a password."""

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.links.actions import use_link
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Account, Membership
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.vocabulary import LinkPurpose

WEAKNESSES: Mapping[str, Promise] = {
    "password_too_short": gettext_lazy(
        "Kies een langer wachtwoord: minstens %(min_length)s tekens."
    ),
    "password_too_common": gettext_lazy("Dit wachtwoord gebruiken te veel mensen. Kies een ander."),
    "password_too_similar": gettext_lazy(
        "Dit wachtwoord lijkt te veel op uw naam of e-mailadres. Kies een ander."
    ),
}
"""By the code of the rule; Django says some of it in English."""


@transaction.atomic
def accept_invitation(viewer: Viewer, *, membership_id: int, password: str) -> None:
    """Give the account of an invited colleague its first password.

    Only for who holds the link of the invitation, which is used up. Raises ActionRefusedError
    for a password that is too weak, an account that has one already, and access that ended.
    """
    if viewer.role is not Role.LINK_HOLDER:
        raise ActionRefusedError(_("Een uitnodiging neemt u aan met de link uit de mail."))
    use_link(
        viewer, purpose=LinkPurpose.ACCEPT_INVITATION, subject_id=membership_id, answer="accepted"
    )
    account = _invited(viewer, membership_id)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise ActionRefusedError(" ".join(map(_weakness, error.error_list))) from error
    account.set_password(password)
    account.save(update_fields=["password"])


def _weakness(fault: ValidationError) -> str:
    """Return a fault of a password in our own words; what we do not know stays as it is."""
    words = WEAKNESSES.get(fault.code or "")
    return fault.messages[0] if words is None else str(words) % (fault.params or {})


def _invited(viewer: Viewer, membership_id: int) -> Account:
    memberships = Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id__in=[viewer.organisation_id],
        pk=membership_id,
        ended_at__isnull=True,
    )
    rows = Account.objects.filter(membership__in=memberships, is_active=True)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    account = rows.first()
    if account is None or account.has_usable_password():
        raise ActionRefusedError(_("Deze uitnodiging geldt niet meer."))
    return account
