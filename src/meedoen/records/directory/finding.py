"""Putting organisations into the search index, whenever they are entered or changed."""

from collections.abc import Mapping, Sequence

from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.actions import NewDocument, index_all
from meedoen.records.search.models import Document
from meedoen.rules.vocabulary import OrganisationKind, SearchKind

NAME, KIND, DESCRIPTION = 8, 3, 2
"""How much a word matters, by where it stands."""

KIND_WORDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.SUBSIDISED_INSTITUTION: "gesubsidieerde instelling",
    OrganisationKind.ASSOCIATION: "vereniging",
    OrganisationKind.PRIVATE_INITIATIVE: "initiatief van inwoners",
    OrganisationKind.EMPLOYER: "werkgever bedrijf",
    OrganisationKind.MUNICIPAL_TEAM: "team van de gemeente",
}
"""The Dutch words by which a kind is found."""


def make_organisations_findable(viewer: Viewer, *, organisation_ids: Sequence[int]) -> None:
    """Make organisations findable by what they say now; called by the action that changes them."""
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    for group in in_groups(sorted(organisation_ids)):
        index_all(viewer, documents=[_document(row) for row in rows.filter(pk__in=group)])


def make_missing_findable(viewer: Viewer) -> int:
    """Put organisations into the index that were entered without it; return how many.

    Done every night; doing it again changes nothing.
    """
    documents = Document.objects.filter(
        municipality_id=viewer.municipality_id, kind=SearchKind.ORGANISATION
    )
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    missing = sorted(
        rows.exclude(pk__in=documents.values("subject_id")).values_list("pk", flat=True)
    )
    make_organisations_findable(viewer, organisation_ids=missing)
    return len(missing)


def _document(row: Organisation) -> NewDocument:
    return NewDocument(
        kind=SearchKind.ORGANISATION,
        subject_id=row.pk,
        texts=(
            (row.name, NAME),
            (KIND_WORDS[OrganisationKind(row.kind)], KIND),
            (row.description, DESCRIPTION),
        ),
    )
