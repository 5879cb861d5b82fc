"""What must hold of organisations, contacts and locations; all that is wrong is said at once.

Each check returns the details as they are kept: without spaces around them, numbers as digits.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.exceptions import ValidationError as NotANumberError
from stdnum.nl import postcode

from meedoen.records.directory.models import LATITUDE_RANGE, LONGITUDE_RANGE
from meedoen.records.directory.new import ContactDetails, LocationDetails, OrganisationDetails
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.kvk import KvkError, KvkProblem, check_kvk

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_WEBSITE = 200, 4_000, 200
LONGEST_PERSON, LONGEST_PHONE, LONGEST_EMAIL = 150, 20, 254
LONGEST_LOCATION, LONGEST_STREET, LONGEST_NUMBER, LONGEST_TOWN = 120, 120, 12, 80
LONGEST_NOTE = 300
_PHONE = re.compile(r"\+?[0-9](?:[ ()/.-]{0,2}[0-9]){5,18}")
_BAG = re.compile(r"[0-9]{16}")
_is_website = URLValidator(schemes=["http", "https"])

KVK_SENTENCES = {
    KvkProblem.NOT_DIGITS: gettext_lazy("Een KVK-nummer heeft alleen cijfers."),
    KvkProblem.WRONG_LENGTH: gettext_lazy(
        "Een KVK-nummer heeft precies 8 cijfers, ook nullen vooraan."
    ),
    KvkProblem.ONLY_ZEROS: gettext_lazy("Dit is geen KVK-nummer. Laat het leeg als er geen is."),
}


def refuse_if(faults: Sequence[str]) -> None:
    """Raise ActionRefusedError when there are faults, each told once."""
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))


# --- organisations -------------------------------------------------------------------------------


def checked_organisations(
    viewer: Viewer, given: Sequence[OrganisationDetails], *, besides: Sequence[int] = ()
) -> list[OrganisationDetails]:
    """Return organisations as they are kept; `besides` are the ids of those that change.

    Raises ActionRefusedError with everything that is wrong.
    """
    faults: list[str] = []
    kept = []
    for details in given:
        plain = replace(
            details,
            name=" ".join(details.name.split()),
            description=details.description.strip(),
            website=details.website.strip(),
            kvk_number=details.kvk_number.strip(),
        )
        if plain.kvk_number:
            try:
                plain = replace(plain, kvk_number=check_kvk(plain.kvk_number))
            except KvkError as error:
                faults.append(str(KVK_SENTENCES[error.problem]))
        faults += _organisation_faults(plain)
        kept.append(plain)
    faults += _taken(viewer, kept, besides)
    refuse_if(faults)
    return kept


def _organisation_faults(details: OrganisationDetails) -> Iterator[str]:
    yield from _length(_("De naam"), details.name, LONGEST_NAME, needed=True)
    yield from _described_faults(details.description, details.website)


def checked_description(description: str, website: str) -> tuple[str, str]:
    """Return what an organisation says of itself as it is kept. Raises ActionRefusedError."""
    kept = (description.strip(), website.strip())
    refuse_if(list(_described_faults(*kept)))
    return kept


def _described_faults(description: str, website: str) -> Iterator[str]:
    yield from _length(_("De omschrijving"), description, LONGEST_DESCRIPTION)
    yield from _length(_("Het adres van de website"), website, LONGEST_WEBSITE)
    if website:
        try:
            _is_website(website)
        except ValidationError:
            yield _("Een website begint met https://, zoals https://www.voorbeeld.nl.")


def _taken(
    viewer: Viewer, given: Sequence[OrganisationDetails], besides: Sequence[int]
) -> Iterator[str]:
    """Say which names and KVK numbers are somebody else's already."""
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    rows = rows.exclude(pk__in=besides)
    names = Counter(one.name.casefold() for one in given)
    numbers = Counter(one.kvk_number for one in given if one.kvk_number)
    # Compared here: databases differ in which capitals they know.
    known_names = {name.casefold() for name in rows.values_list("name", flat=True)}
    for one in given:
        if one.name.casefold() in known_names or names[one.name.casefold()] > 1:
            yield _("Er is al een organisatie die %(name)s heet. Kies een andere naam.") % {
                "name": one.name
            }
        if one.kvk_number and numbers[one.kvk_number] > 1:
            yield _("KVK-nummer %(number)s staat er twee keer bij.") % {"number": one.kvk_number}
    for group in in_groups(sorted(numbers)):
        for number, name in rows.filter(kvk_number__in=group).values_list("kvk_number", "name"):
            yield _("KVK-nummer %(number)s is al van %(name)s. Kijk of u die bedoelt.") % {
                "number": number,
                "name": name,
            }


# --- contacts ------------------------------------------------------------------------------------


def checked_contacts(viewer: Viewer, given: Sequence[ContactDetails]) -> list[ContactDetails]:
    """Return contacts as they are kept. Raises ActionRefusedError with all that is wrong."""
    kept = [
        replace(
            details,
            name=" ".join(details.name.split()),
            email=details.email.strip(),
            phone=details.phone.strip(),
        )
        for details in given
    ]
    faults = [fault for details in kept for fault in _contact_faults(details)]
    faults += _not_there(viewer, {details.organisation_id for details in kept})
    refuse_if(faults)
    return kept


def _contact_faults(details: ContactDetails) -> Iterator[str]:
    yield from _length(_("De naam"), details.name, LONGEST_PERSON)
    if not details.email and not details.phone:
        yield _("Vul een e-mailadres of een telefoonnummer in.")
    if details.email:
        try:
            validate_email(details.email)
        except ValidationError:
            yield _("Dit is geen e-mailadres. Kijk het na.")
        yield from _length(_("Het e-mailadres"), details.email, LONGEST_EMAIL)
    if details.phone and not (
        len(details.phone) <= LONGEST_PHONE and _PHONE.fullmatch(details.phone)
    ):
        yield _("Dit is geen telefoonnummer. Vul het in zoals 06 12345678.")


# --- locations -----------------------------------------------------------------------------------


def checked_locations(viewer: Viewer, given: Sequence[LocationDetails]) -> list[LocationDetails]:
    """Return locations as they are kept. Raises ActionRefusedError with all that is wrong."""
    faults: list[str] = []
    kept = []
    for details in given:
        plain = _stripped(details)
        if plain.postal_code:
            try:
                plain = replace(
                    plain, postal_code=postcode.validate(plain.postal_code).replace(" ", "")
                )
            except NotANumberError:
                faults.append(_("Een postcode heeft vier cijfers en twee letters, zoals 1234 AB."))
        faults += _location_faults(plain)
        kept.append(plain)
    faults += _not_there(viewer, {details.organisation_id for details in kept})
    wanted = {details.district_id for details in kept}
    districts = District.objects.filter(municipality_id=viewer.municipality_id, pk__in=wanted)
    if districts.count() < len(wanted):
        faults.append(_("Deze wijk bestaat niet."))
    refuse_if(faults)
    return kept


def _stripped(details: LocationDetails) -> LocationDetails:
    return replace(
        details,
        name=" ".join(details.name.split()),
        street=" ".join(details.street.split()),
        house_number=details.house_number.strip(),
        postal_code=details.postal_code.strip(),
        town=" ".join(details.town.split()),
        bag_id=details.bag_id.strip(),
        accessibility_note=details.accessibility_note.strip(),
    )


def _location_faults(details: LocationDetails) -> Iterator[str]:
    yield from _length(_("De naam"), details.name, LONGEST_LOCATION, needed=True)
    yield from _length(_("De straat"), details.street, LONGEST_STREET)
    yield from _length(_("Het huisnummer"), details.house_number, LONGEST_NUMBER)
    yield from _length(_("De plaats"), details.town, LONGEST_TOWN)
    yield from _length(_("De toelichting"), details.accessibility_note, LONGEST_NOTE)
    if details.bag_id and not _BAG.fullmatch(details.bag_id):
        yield _("Een BAG-nummer heeft precies 16 cijfers, ook nullen vooraan.")
    yield from _position_faults(details.latitude, details.longitude)


def _position_faults(latitude: float | None, longitude: float | None) -> Iterator[str]:
    if (latitude is None) != (longitude is None):
        yield _("Vul bij de plek op de kaart twee getallen in, of geen van beide.")
    elif not (_within(latitude, LATITUDE_RANGE) and _within(longitude, LONGITUDE_RANGE)):
        yield _(
            "Deze plek op de kaart ligt niet in Nederland. Staan de getallen andersom? "
            "De breedte is ongeveer 52, de lengte ongeveer 5."
        )


def _within(value: float | None, bounds: tuple[float, float]) -> bool:
    return value is None or bounds[0] <= value <= bounds[1]


# --- what all share ------------------------------------------------------------------------------


def _length(what: str, text: str, most: int, *, needed: bool = False) -> Iterator[str]:
    if needed and not text:
        yield _("%(what)s ontbreekt. Vul die in.") % {"what": what}
    if len(text) > most:
        yield _("%(what)s is te lang: hoogstens %(most)s tekens.") % {"what": what, "most": most}


def _not_there(viewer: Viewer, organisation_ids: set[int]) -> Iterator[str]:
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    known: Mapping[int, object] = dict(
        rows.filter(pk__in=organisation_ids).values_list("pk", "left_on")
    )
    if organisation_ids - known.keys():
        yield _("Deze organisatie bestaat niet.")
