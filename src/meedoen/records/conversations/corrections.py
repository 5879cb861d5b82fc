"""What corrections of conversations and of notes have in common."""

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError

LONGEST_CORRECTION_REASON = 300


def check_reason(reason: str) -> None:
    """Raise ActionRefusedError when a correction has no reason, or one that is too long."""
    if not reason.strip():
        raise ActionRefusedError(_("Schrijf op waarom u dit verbetert."))
    if len(reason.strip()) > LONGEST_CORRECTION_REASON:
        raise ActionRefusedError(_("De reden is te lang. Maak er een of twee zinnen van."))
