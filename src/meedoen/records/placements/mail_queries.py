"""What a mail to an organisation says of placements that wait for its word: how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.organisations import clock
from meedoen.records.organisations.accounts import accounts_at
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.placements.month_queries import count_to_confirm
from meedoen.records.placements.months import month_before
from meedoen.records.places.owners import Asked, asked_at
from meedoen.rules.placement_states import BEFORE_START, HOLDS_A_SEAT
from meedoen.rules.vocabulary import PlacementState


@dataclass(frozen=True, slots=True)
class StartToTell:
    """A placement that waits for the first day to be told, at an organisation without accounts.

    `introduced` is whether the organisation and the person met already.
    """

    placement_id: int
    title: str
    organisation_id: int
    organisation: str
    introduced: bool
    asked: Asked


@dataclass(frozen=True, slots=True)
class OrganisationToTell:
    """An organisation with placements that wait for its word.

    `months` counts the people about whom `month` (its first day) is not confirmed, `starts` those
    whose start is not. `accounts` are the addresses of who can sign in; without any, `asked` is
    who gets a link.
    """

    organisation_id: int
    organisation: str
    month: date
    months: int
    starts: int
    accounts: tuple[str, ...]
    asked: Asked | None


def starts_to_tell(
    viewer: Viewer, *, placement_ids: Sequence[int] | None = None
) -> Sequence[StartToTell]:
    """Return the starts that wait at organisations where nobody can sign in; for Meedoen itself.

    With `placement_ids` these alone.
    """
    if viewer.role is not Role.SYSTEM:
        return []
    rows = Placement.objects.visible_to(viewer).filter(state__in=BEFORE_START)
    if placement_ids is not None:
        rows = rows.filter(pk__in=placement_ids)
    found = list(rows.select_related("place__organisation").order_by("pk"))
    organisation_ids = {row.place.organisation_id for row in found}
    accounts = accounts_at(viewer, organisation_ids=organisation_ids)
    asked = asked_at(viewer, organisation_ids=organisation_ids - accounts.keys())
    return [
        StartToTell(
            placement_id=row.pk,
            title=row.place.title,
            organisation_id=row.place.organisation_id,
            organisation=row.place.organisation.name,
            introduced=row.state == PlacementState.INTRODUCED,
            asked=asked[row.place.organisation_id],
        )
        for row in found
        if row.place.organisation_id in asked and asked[row.place.organisation_id].email
    ]


def organisations_to_tell(viewer: Viewer) -> Sequence[int]:
    """Return the ids of the organisations with placements, in order; for Meedoen itself."""
    if viewer.role is not Role.SYSTEM:
        return []
    running = Placement.objects.visible_to(viewer).filter(state__in=HOLDS_A_SEAT)
    return sorted(set(running.values_list("place__organisation_id", flat=True)))


def organisation_to_tell(viewer: Viewer, *, organisation_id: int) -> OrganisationToTell | None:
    """Return what waits for the word of an organisation; None when it does not take part."""
    if viewer.role is not Role.SYSTEM:
        return None
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, pk=organisation_id)
    row = rows.first()
    if row is None or (row.left_on is not None and row.left_on <= clock.today()):
        return None
    there = Viewer(
        municipality_id=viewer.municipality_id,
        role=Role.LINK_HOLDER,
        organisation_id=organisation_id,
    )
    waiting = Placement.objects.visible_to(there).filter(state__in=BEFORE_START)
    signed_in = accounts_at(viewer, organisation_ids={organisation_id})
    accounts = signed_in.get(organisation_id, {})
    return OrganisationToTell(
        organisation_id=organisation_id,
        organisation=row.name,
        month=month_before(clock.today()),
        months=count_to_confirm(there),
        starts=waiting.count(),
        accounts=tuple(accounts.values()),
        asked=None if accounts else _asked(viewer, organisation_id),
    )


def _asked(viewer: Viewer, organisation_id: int) -> Asked | None:
    return asked_at(viewer, organisation_ids={organisation_id}).get(organisation_id)
