"""Setting whether Meedoen suggests places in a municipality, and who answers for that."""

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.matching_queries import newest_setting
from meedoen.records.organisations.models import MatchingSetting, Municipality
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.matching_register.standard import CONTACT
from meedoen.rules.personal_numbers import holds_bsn

LONGEST_CONTACT, LONGEST_OBJECTION, LONGEST_REASON = 500, 1000, 300


@action(Permission.SET_MATCHING)
def set_matching(
    viewer: Viewer,
    *,
    is_on: bool,
    contact: str,
    objection: str,
    reason: str,
    seen: int | None,
) -> None:
    """Keep from now on whether places are suggested, whom to ask, and how to object.

    `seen` is the number of the setting that was shown; None when there was none. The same that is
    sent again is kept once. Raises ActionRefusedError with everything that is wrong, when nothing
    changes, and when somebody else changed it in the meantime.
    """
    # One administrator after another: else two would both follow the same setting.
    Municipality.objects.select_for_update().get(pk=viewer.municipality_id)
    contact, objection, reason = contact.strip(), objection.strip(), reason.strip()
    _check(contact, objection, reason)
    newest = newest_setting(viewer)
    if newest is not None and (newest.is_on, newest.contact, newest.objection) == (
        is_on,
        contact,
        objection,
    ):
        if newest.pk != seen and newest.reason == reason:
            return
        raise ActionRefusedError(_("Er verandert niets. Pas iets aan, of ga terug."))
    if (newest.pk if newest else None) != seen:
        raise ActionRefusedError(
            _("Iemand anders heeft dit net veranderd. Bekijk het en probeer het opnieuw.")
        )
    MatchingSetting.objects.create(
        municipality_id=viewer.municipality_id,
        is_on=is_on,
        contact=contact,
        objection=objection,
        reason=reason,
        set_at=clock.now(),
        set_by_id=viewer.membership_id,
    )


def _check(contact: str, objection: str, reason: str) -> None:
    faults = []
    if contact and (len(contact) > LONGEST_CONTACT or not CONTACT.fullmatch(contact)):
        faults.append(_("Vul een e-mailadres in, of een adres dat begint met https://."))
    if len(objection) > LONGEST_OBJECTION:
        faults.append(_("Maak de tekst over bezwaar korter: hooguit 1000 tekens."))
    if not 0 < len(reason) <= LONGEST_REASON:
        faults.append(_("Schrijf op waarom u dit verandert, in hooguit 300 tekens."))
    if holds_bsn(f"{objection} {reason}"):
        faults.append(_("Hier staat een burgerservicenummer. Haal het weg."))
    if faults:
        raise ActionRefusedError(" ".join(faults))
