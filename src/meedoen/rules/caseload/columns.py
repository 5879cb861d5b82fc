"""Which column holds what: the names that municipal files give their columns."""

from collections.abc import Mapping, Sequence

from meedoen.rules.caseload.words import Field
from meedoen.rules.files.headings import by_name

REQUIRED = (Field.BSN, Field.FAMILY_NAME, Field.BIRTH_DATE, Field.BENEFIT_START, Field.DISTRICT)
"""FULL_NAME does instead of FAMILY_NAME."""

# The first name that a file has is taken; written without spaces, points and capitals.
NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.BSN: ("bsn", "burgerservicenummer", "bsnnummer", "bsnnr", "bsnclient", "sofinummer"),
    Field.GIVEN_NAME: (
        *("roepnaam", "voornaam", "voornamen", "eerstevoornaam", "voorletters", "initialen"),
    ),
    Field.PREFIX: (
        *("tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels"),
        *("voorvoegselgeslachtsnaam", "tussenv", "tv"),
    ),
    Field.FAMILY_NAME: (
        *("achternaam", "geslachtsnaam", "familienaam", "achternaamclient", "anaam"),
    ),
    Field.FULL_NAME: (
        *("naam", "volledigenaam", "clientnaam", "naamclient", "naamklant", "klantnaam"),
        *("naaminwoner", "client", "klant", "inwoner"),
    ),
    Field.BIRTH_DATE: ("geboortedatum", "gebdatum", "gebdat", "geboortedat", "datumgeboorte"),
    Field.PHONE: (
        *("telefoon", "telefoonnummer", "telefoonnr", "tel", "telnr", "mobiel"),
        *("mobielnummer", "mobieltelefoonnummer", "telefoonmobiel", "telefoon1", "gsm"),
    ),
    Field.DISTRICT: (
        *("wijkcode", "wijk", "wijknaam", "cbswijk", "wijkcodecbs", "woonwijk", "wijkomschrijving"),
    ),
    Field.BENEFIT_START: (
        *("ingangsdatum", "begindatum", "startdatum", "datumingang", "ingangsdatumuitkering"),
        *("begindatumuitkering", "startdatumuitkering", "datumingangrecht", "uitkeringvanaf"),
        *("datumaanvanguitkering", "ingangsdatumrecht", "datumbegin", "datumstart"),
    ),
    Field.BENEFIT_END: (
        *("einddatum", "datumeinde", "einddatumuitkering", "datumeindeuitkering", "eindedatum"),
        *("beeindigingsdatum", "datumbeeindiging", "einddatumrecht", "uitkeringtot"),
    ),
    Field.COACH: (
        *("klantmanager", "consulent", "coach", "participatiecoach", "contactpersoon"),
        *("regisseur", "casemanager", "klantregisseur", "behandelaar", "emailklantmanager"),
        *("emailconsulent", "emailcoach", "naamklantmanager", "naamconsulent"),
    ),
}


def propose_mapping(headings: Sequence[str]) -> dict[Field, str]:
    """Return the heading for each field that can be told by its name alone.

    A full name is left out when the family name has a column of its own.
    """
    found = by_name(headings, NAMES)
    if Field.FAMILY_NAME in found:
        found.pop(Field.FULL_NAME, None)
    return found


def missing(mapping: Mapping[Field, str]) -> tuple[Field, ...]:
    """Return the required fields that have no column."""
    has_name = Field.FULL_NAME in mapping
    return tuple(
        field
        for field in REQUIRED
        if field not in mapping and not (field == Field.FAMILY_NAME and has_name)
    )
