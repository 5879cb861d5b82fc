"""What is an organisation's own: who works at one acts for that one, and for no other."""

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import PARTNERS, Viewer


def is_at_organisation(viewer: Viewer) -> bool:
    """Return whether the viewer acts for one organisation, and so sees only what is its own."""
    return viewer.role in PARTNERS or viewer.link_id is not None


def demand_own(viewer: Viewer, organisation_ids: set[int]) -> None:
    """Raise ActionRefusedError when a partner acts for another organisation than the own."""
    if is_at_organisation(viewer) and organisation_ids - {viewer.organisation_id}:
        raise ActionRefusedError(_("Deze organisatie bestaat niet of is niet voor u."))
