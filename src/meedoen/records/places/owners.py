"""Whom to ask about a place: its owner, else who may answer for the whole organisation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from meedoen.records.directory.models import Contact
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import ContactRole, PlaceStatus

IN_STEAD = (ContactRole.COORDINATOR, ContactRole.RECEPTION)
"""Who is asked about a place without an owner of its own, in this order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask about a place, by mail or by phone; one of the two may be empty."""

    contact_id: int
    name: str
    email: str
    phone: str


def asked_about(viewer: Viewer, places: Sequence[Place]) -> dict[int, Asked]:
    """Return whom to ask about each place, by its id; without an entry there is nobody.

    Who can be mailed goes before who can only be called: a mail comes by itself.
    """
    by_organisation = _contacts(viewer, {place.organisation_id for place in places})
    found = {}
    for place in places:
        contacts = by_organisation.get(place.organisation_id, ())
        if asked := _first(contacts, place.owner_id):
            found[place.pk] = Asked(asked.pk, asked.name, asked.email, asked.phone)
    return found


def asked_at(viewer: Viewer, *, organisation_ids: set[int]) -> dict[int, Asked]:
    """Return whom to ask at each organisation about more than one place, by its id."""
    found = {}
    for organisation_id, contacts in _contacts(viewer, organisation_ids).items():
        if asked := _first(contacts, None):
            found[organisation_id] = Asked(asked.pk, asked.name, asked.email, asked.phone)
    return found


def _first(contacts: Iterable[Contact], owner_id: int | None) -> Contact | None:
    in_order = sorted(
        (one for one in contacts if _rank(one, owner_id) is not None),
        key=lambda one: (not one.email, _rank(one, owner_id), one.pk),
    )
    return in_order[0] if in_order else None


def _rank(contact: Contact, owner_id: int | None) -> int | None:
    if contact.pk == owner_id:
        return -1
    role = ContactRole(contact.role)
    return IN_STEAD.index(role) if role in IN_STEAD else None


def _contacts(viewer: Viewer, organisation_ids: set[int]) -> Mapping[int, list[Contact]]:
    """Return the contacts that can be asked today, by organisation.

    Not who was only named by whoever found a place, as long as nobody looked at that place: the
    one who is asked gets to read who comes to the organisation.
    """
    today = clock.today()
    owned = Place.objects.filter(municipality_id=viewer.municipality_id, owner_id=OuterRef("pk"))
    found_only = owned.filter(foundplace__isnull=False).exclude(status=PlaceStatus.LISTED)
    known = owned.filter(status=PlaceStatus.LISTED)
    running = (
        Contact.objects.visible_to(viewer)
        .filter(starts_on__lte=today, ends_on__gt=today)
        .exclude(Exists(found_only) & ~Exists(known))
    )
    found: dict[int, list[Contact]] = {}
    for group in in_groups(sorted(organisation_ids)):
        for contact in running.filter(organisation_id__in=group):
            found.setdefault(contact.organisation_id, []).append(contact)
    return found
