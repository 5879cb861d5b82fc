"""An organisation says itself what it does; its name, kind and KVK number it does not change."""

from django.utils.translation import gettext as _

from meedoen.records.directory.checks import checked_description
from meedoen.records.directory.finding import make_organisations_findable
from meedoen.records.directory.locking import locked
from meedoen.records.directory.noting import Noted, demand_unchanged, note_all
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.rules.vocabulary import SubjectKind


@action(Permission.MANAGE_PLACES)
def describe_own_organisation(
    viewer: Viewer, *, description: str, website: str, seen: int | None = None
) -> None:
    """Write down what the own organisation does and where its website is; for who works there.

    `seen` is the number of its newest change that was shown; None skips the question whether
    somebody else changed it in the meantime. Raises ActionRefusedError.
    """
    if viewer.role not in PARTNERS or viewer.organisation_id is None:
        raise ActionRefusedError(_("Alleen de organisatie zelf kan dit doen."))
    number = viewer.organisation_id
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    row = locked(rows, [number], missing=_("Deze organisatie bestaat niet."))[number]
    if seen is not None:
        demand_unchanged(viewer, subject=SubjectKind.ORGANISATION, seen={number: seen})
    before = {"description": row.description, "website": row.website}
    row.description, row.website = checked_description(description, website)
    row.save(update_fields=["description", "website"])
    note_all(
        viewer,
        [
            Noted(
                organisation_id=number,
                subject=SubjectKind.ORGANISATION,
                subject_id=number,
                before=before,
                after={"description": row.description, "website": row.website},
            )
        ],
    )
    make_organisations_findable(viewer, organisation_ids=[number])
