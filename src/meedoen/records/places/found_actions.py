"""Entering a place that somebody found, and deciding whether it comes into the directory.

A found place is usable at once, for the person who found it only.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from meedoen.records.directory.models import Contact, Location
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.places.actions import NewPlace, keep_new_places
from meedoen.records.places.checks import detail_faults
from meedoen.records.places.displacement_queries import displacement_card
from meedoen.records.places.finding import make_findable
from meedoen.records.places.found_only import without_found_only
from meedoen.records.places.found_queries import OrganisationChoice, organisations_alike
from meedoen.records.places.models import FoundPlace, Place, PlaceConfirmation
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.places.alike import same_name
from meedoen.rules.places.freshness import confirm_by
from meedoen.rules.places.kinds import rules_of
from meedoen.rules.vocabulary import (
    ContactRole,
    FoundBy,
    FreshnessAnswer,
    OrganisationKind,
    PlaceKind,
    PlaceStatus,
    StartWindow,
)

FURTHEST_DAYS = 366
"""A first day further back or ahead is a slip of the year."""
LONGEST_ORGANISATION, LONGEST_STREET, LONGEST_CONTACT = 200, 120, 150
LONGEST_REASON = 500
POSTCODE = re.compile(r"[1-9]\d{3} ?[A-Za-z]{2}")
PHONE = re.compile(r"\+?[\d ()-]{8,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFoundPlace:
    """A place that somebody found; little is needed.

    `organisation` is a name as it was typed. When it looks like that of a known one,
    `organisation_id` says which was meant, or `is_another` that it is a new one. `half_days` is
    a mask of when the person is there, `starts_on` the first day.
    """

    title: str
    kind: PlaceKind
    half_days: int
    district_id: int
    starts_on: date
    organisation: str
    organisation_id: int | None = None
    is_another: bool = False
    organisation_kind: OrganisationKind = OrganisationKind.PRIVATE_INITIATIVE
    description: str = ""
    street: str = ""
    postal_code: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    found_by: FoundBy = FoundBy.RESIDENT


class OrganisationKnownError(ActionRefusedError):
    """An organisation with almost this name is known; `choices` are those that may be meant."""

    def __init__(self, choices: Sequence[OrganisationChoice]) -> None:
        """Keep the organisations to choose from."""
        names = ", ".join(f"“{one.name}”" for one in choices)
        super().__init__(_("We kennen al: %(names)s. Kies of u die bedoelt.") % {"names": names})
        self.choices = tuple(choices)


@action(Permission.ENTER_FOUND_PLACE)
def enter_found_place(viewer: Viewer, *, pseudonym_id: int, place: NewFoundPlace) -> uuid.UUID:
    """Enter a place that this person found, and return its key.

    For a coach about people of the team, for a resident about oneself. The same that is sent
    again is kept once. Raises ActionRefusedError with all that is wrong; OrganisationKnownError
    when the organisation may be one that is known.
    """
    if pseudonym_id not in districts_of_visible(viewer, pseudonym_ids=[pseudonym_id]):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    hold(viewer, pseudonym_ids=[pseudonym_id])
    if faults := list(_faults(place)):
        raise ActionRefusedError(" ".join(faults))
    organisation_id = _organisation(viewer, place)
    if known := _there_already(viewer, pseudonym_id, place, organisation_id):
        return known
    [place_id] = keep_new_places(viewer, places=[_new_place(viewer, place, organisation_id)])
    FoundPlace.objects.create(
        municipality_id=viewer.municipality_id,
        place_id=place_id,
        pseudonym_id=pseudonym_id,
        found_by=FoundBy.RESIDENT if viewer.role is Role.RESIDENT else place.found_by,
        entered_at=clock.now(),
        entered_by_id=viewer.membership_id,
    )
    note_changes(viewer, [pseudonym_id])
    return Place.objects.get(municipality_id=viewer.municipality_id, pk=place_id).key


@action(Permission.VERIFY_PLACES)
def verify_found_place(
    viewer: Viewer, *, place_key: uuid.UUID, accept: bool, reason: str = ""
) -> None:
    """Take a found place into the directory, or refuse it with a reason that the finder reads.

    Whoever accepts has asked the organisation, so that the place is confirmed today. A placement
    that runs there goes on either way. Raises ActionRefusedError: for who entered it, for a place
    that was decided about, for refusing without a reason, and for a participation job of which
    nobody checked that it takes no paid work away.
    """
    row = _open_found(viewer, place_key)
    words = reason.strip()
    if faults := list(_verifying_faults(viewer, row, words, accept=accept)):
        raise ActionRefusedError(" ".join(faults))
    now, today = clock.now(), clock.today()
    FoundPlace.objects.visible_to(viewer).filter(pk=row.pk).update(
        decided_at=now, decided_by_id=viewer.membership_id, reason=words
    )
    places = Place.objects.filter(municipality_id=viewer.municipality_id, pk=row.place_id)
    if accept:
        places.update(
            status=PlaceStatus.LISTED,
            confirmed_on=today,
            confirm_by=confirm_by(PlaceKind(row.place.kind), today),
            changed_at=now,
        )
        PlaceConfirmation.objects.create(
            municipality_id=viewer.municipality_id,
            place_id=row.place_id,
            answer=FreshnessAnswer.STILL_RIGHT,
            answered_at=now,
            answered_by_id=viewer.membership_id,
        )
    else:
        places.update(status=PlaceStatus.REFUSED, changed_at=now)
    make_findable(viewer, place_ids=[row.place_id])
    note_changes(viewer, [row.pseudonym_id])


# --- entering ------------------------------------------------------------------------------------


def _faults(place: NewFoundPlace) -> Iterator[str]:
    today = clock.today()
    if not 0 < len(place.organisation.strip()) <= LONGEST_ORGANISATION:
        yield _("Vul in bij welke organisatie of welk initiatief de plek is.")
    if not rules_of(place.kind, today).found_by_person:
        yield _("Deze soort plek loopt altijd via de gemeente. Kies een andere soort.")
    if not abs(place.starts_on - today) <= timedelta(days=FURTHEST_DAYS):
        yield _("Kies een eerste dag die hoogstens een jaar geleden is, of een jaar vooruit.")
    if len(place.street) > LONGEST_STREET:
        yield _("Het adres is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_STREET}
    if place.postal_code and not POSTCODE.fullmatch(place.postal_code):
        yield _("Schrijf de postcode als 1234 AB.")
    if holds_bsn(place.organisation):
        yield _("In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg.")
    yield from _contact_faults(place)
    # Nothing is known of the organisation yet, and nothing else of the place refers to it.
    yield from detail_faults(_details(place, organisation_id=0))


def _contact_faults(place: NewFoundPlace) -> Iterator[str]:
    if len(place.contact_name) > LONGEST_CONTACT:
        yield _("De naam van de contactpersoon is te lang.")
    if place.contact_name and not (place.contact_phone or place.contact_email):
        yield _("Vul ook een telefoonnummer of e-mailadres van de contactpersoon in.")
    if place.contact_phone and not PHONE.fullmatch(place.contact_phone):
        yield _("Het telefoonnummer klopt niet. Vul alle cijfers in.")
    if place.contact_email:
        try:
            validate_email(place.contact_email)
        except ValidationError:
            yield _("Het e-mailadres klopt niet. Een goed adres is bijvoorbeeld naam@voorbeeld.nl.")


def _organisation(viewer: Viewer, place: NewFoundPlace) -> int:
    """Return the organisation that is meant, after entering it when it is new."""
    found = organisations_alike(viewer, name=place.organisation)
    if place.organisation_id is not None:
        own = Organisation.objects.filter(municipality_id=viewer.municipality_id)
        if not without_found_only(viewer, own).filter(pk=place.organisation_id).exists():
            raise ActionRefusedError(_("Deze organisatie bestaat niet. Kies een andere."))
        return place.organisation_id
    if found and same_name(found[0].name, place.organisation):
        return found[0].organisation_id
    if found and not place.is_another:
        raise OrganisationKnownError(found)
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                municipality_id=viewer.municipality_id,
                name=" ".join(place.organisation.split()),
                kind=place.organisation_kind,
            ).pk
    except IntegrityError as error:
        # Somebody else entered it at this moment.
        found = organisations_alike(viewer, name=place.organisation)
        raise OrganisationKnownError(found) from error


def _there_already(
    viewer: Viewer, pseudonym_id: int, place: NewFoundPlace, organisation_id: int
) -> uuid.UUID | None:
    """Return the key of the same place of this person that nobody decided about yet."""
    rows = FoundPlace.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id,
        decided_at__isnull=True,
        place__organisation_id=organisation_id,
        place__title=place.title.strip(),
    )
    return rows.values_list("place__key", flat=True).first()


def _new_place(viewer: Viewer, place: NewFoundPlace, organisation_id: int) -> NewPlace:
    return _details(
        place,
        organisation_id=organisation_id,
        location_id=_location(viewer, place, organisation_id),
        owner_id=_contact(viewer, place, organisation_id),
        closes_on=_leaves_on(viewer, organisation_id),
    )


def _leaves_on(viewer: Viewer, organisation_id: int) -> date | None:
    """Return the later day on which an organisation takes part no more; None when it goes on."""
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, pk=organisation_id)
    return rows.filter(left_on__gt=clock.today()).values_list("left_on", flat=True).first()


def _details(
    place: NewFoundPlace,
    *,
    organisation_id: int,
    location_id: int | None = None,
    owner_id: int | None = None,
    closes_on: date | None = None,
) -> NewPlace:
    today = clock.today()
    rules = rules_of(place.kind, today)
    return NewPlace(
        status=PlaceStatus.PROPOSED,
        organisation_id=organisation_id,
        location_id=location_id,
        owner_id=owner_id,
        district_id=place.district_id,
        kind=place.kind,
        title=place.title.strip(),
        description=place.description.strip(),
        # For this person only; how much room there is for others comes with verifying.
        capacity=1,
        half_days=place.half_days,
        # Usable at once: somebody can be placed today who begins later.
        opens_on=min(place.starts_on, today),
        closes_on=closes_on,
        start_window=StartWindow.BY_APPOINTMENT,
        next_start_on=place.starts_on if place.starts_on > today else None,
        legal_task=rules.legal_task,
        purpose=rules.purpose,
        asks_attendance=rules.attendance,
    )


def _location(viewer: Viewer, place: NewFoundPlace, organisation_id: int) -> int | None:
    street = place.street.strip()
    postal_code = place.postal_code.replace(" ", "").upper()
    if not street and not postal_code:
        return None
    where = {
        "municipality_id": viewer.municipality_id,
        "organisation_id": organisation_id,
        "street": street,
        "postal_code": postal_code,
    }
    # What was typed holds the number of the house; apart from that there may be several alike.
    there = Location.objects.filter(**where, house_number="", closed_on=None).order_by("pk").first()
    if there is None:
        there = Location.objects.create(
            **where, district_id=place.district_id, name=street or postal_code
        )
    return there.pk


def _contact(viewer: Viewer, place: NewFoundPlace, organisation_id: int) -> int | None:
    if not place.contact_phone and not place.contact_email:
        return None
    others = Place.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=organisation_id
    )
    return Contact.objects.create(
        municipality_id=viewer.municipality_id,
        organisation_id=organisation_id,
        # At an organisation with more places this one is asked about this place alone.
        role=ContactRole.GUIDANCE if others.exists() else ContactRole.COORDINATOR,
        name=place.contact_name.strip(),
        phone=place.contact_phone.strip(),
        email=place.contact_email.strip(),
        starts_on=clock.today(),
    ).pk


# --- verifying -----------------------------------------------------------------------------------


def _open_found(viewer: Viewer, place_key: uuid.UUID) -> FoundPlace:
    """Return a found place, held until the end of the transaction."""
    rows = FoundPlace.objects.visible_to(viewer).filter(place__key=place_key)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.select_related("place").first()
    if row is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    return row


def _verifying_faults(
    viewer: Viewer, row: FoundPlace, reason: str, *, accept: bool
) -> Iterator[str]:
    if row.decided_at is not None:
        yield _("Over deze plek is al besloten. Open de pagina opnieuw.")
        return
    if row.entered_by_id is not None and row.entered_by_id == viewer.membership_id:
        yield _("U heeft deze plek zelf ingevoerd. Vraag een collega om ernaar te kijken.")
    if len(reason) > LONGEST_REASON:
        yield _("De uitleg is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}
    if not accept and not reason:
        yield _("Schrijf op waarom de plek niet in de lijst komt. De inwoner leest dit.")
    if accept and displacement_card(viewer, row.place).is_missing:
        yield _(
            "Bij deze plek hoort een toets op verdringing, en die is er nog niet of telt niet. "
            "Doe eerst de toets."
        )
