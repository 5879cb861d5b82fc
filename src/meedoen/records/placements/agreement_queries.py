"""What the agreement of a placement says: between resident, organisation and municipality."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.directory.cards import ContactCard, contact_card, location_card
from meedoen.records.directory.models import Contact, Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Responsibility
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.terms_queries import TermsCard, terms_on
from meedoen.records.places.details import PlaceDetails, details_of
from meedoen.records.places.displacement_queries import CheckCard, displacement_card
from meedoen.records.places.models import Place
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.places.kinds import KindRules, rules_of
from meedoen.rules.vocabulary import ContactRole


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """All that stands in an agreement; no BSN, no birth date, nothing of the benefit.

    `starts_on` is the first day as it is known, None while the organisation did not confirm it
    and no day was named. `contacts` are those of the organisation today, the owner of the place
    first; `roles_missing` are asked for this kind and have nobody. `rules` are those of the kind
    on the first day. `terms` is what was agreed for this person, as it is now or from the first
    day on; None when it is all as the place says. `check` is the check on displacement that
    holds, None when there is none; `check_missing` says that there must be one.
    """

    organisation: str
    district: str
    address: str
    details: PlaceDetails
    terms: TermsCard | None
    rules: KindRules
    starts_on: date | None
    planned_end_on: date | None
    coach: str
    coach_email: str
    contacts: Sequence[ContactCard]
    roles_missing: Sequence[ContactRole]
    check: CheckCard | None
    check_missing: bool


def agreement_of(viewer: Viewer, *, key: uuid.UUID) -> AgreementCard | None:
    """Return what the agreement of a placement says, for coaches; None when it is not there."""
    if not viewer.may(Permission.PLACE_RESIDENT):
        return None
    rows = Placement.objects.visible_to(viewer).filter(key=key)
    row = rows.select_related("place__organisation", "place__district").first()
    if row is None:
        return None
    place = row.place
    starts_on = _starts_on(viewer, row)
    rules = rules_of(details_of(place).kind, starts_on or clock.today())
    contacts = _contacts(viewer, place)
    roles = {one.role for one in contacts}
    coach, coach_email = _coach(viewer, row.pseudonym_id)
    displacement = displacement_card(viewer, place)
    terms = terms_on(viewer, key=key, on=max(starts_on or clock.today(), clock.today()))
    return AgreementCard(
        organisation=place.organisation.name,
        district=place.district.name,
        address=_address(terms.location_id if terms else None) or _address(place.location_id),
        details=details_of(place),
        terms=terms,
        rules=rules,
        starts_on=starts_on,
        planned_end_on=row.planned_end_on,
        coach=coach,
        coach_email=coach_email,
        contacts=contacts,
        roles_missing=[role for role in rules.contact_roles if role not in roles],
        check=displacement.newest if displacement.holds else None,
        check_missing=displacement.is_missing,
    )


def _address(location_id: int | None) -> str:
    if location_id is None:
        return ""
    row = Location.objects.select_related("district").filter(pk=location_id).first()
    return location_card(row).address if row else ""


def _starts_on(viewer: Viewer, row: Placement) -> date | None:
    """Return the first day that was confirmed, or else that was named beforehand."""
    taking_part = StatePeriod.objects.visible_to(viewer).filter(
        placement=row, state__in=TAKES_PART, withdrawn=False
    )
    first = taking_part.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or row.place.next_start_on


def _contacts(viewer: Viewer, place: Place) -> list[ContactCard]:
    today = clock.today()
    rows = Contact.objects.visible_to(viewer).filter(
        organisation_id=place.organisation_id, starts_on__lte=today, ends_on__gt=today
    )
    order = list(ContactRole)
    return sorted(
        (contact_card(row) for row in rows.order_by("pk")),
        key=lambda one: (one.contact_id != place.owner_id, order.index(one.role), one.contact_id),
    )


def _coach(viewer: Viewer, pseudonym_id: int) -> tuple[str, str]:
    """Return the name and the address at work of who is responsible today."""
    current = Responsibility.objects.visible_to(viewer).current().filter(pseudonym_id=pseudonym_id)
    found = current.values_list("coach__account__name", "coach__account__email").first()
    return found or ("", "")
