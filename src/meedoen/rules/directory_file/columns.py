"""Which column holds what: the names that lists of organisations and places give their columns."""

from collections.abc import Mapping, Sequence

from meedoen.rules.directory_file.words import Field
from meedoen.rules.files.headings import by_name

REQUIRED = (Field.ORGANISATION,)

# The first name that a file has is taken; written without spaces, points and capitals.
NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.ORGANISATION_ID: (
        *("organisatieid", "organisationid", "organizationid", "organisatienummer", "aanbiederid"),
    ),
    Field.ORGANISATION: (
        *("organisatie", "organisatienaam", "naamorganisatie", "aanbieder", "instelling"),
        *("naaminstelling", "vereniging", "stichting", "partner", "organisation", "organization"),
        *("organisationname", "organizationname", "provider", "naam", "name"),
    ),
    Field.ORGANISATION_KIND: (
        *("soortorganisatie", "organisatiesoort", "typeorganisatie", "organisatietype"),
        *("organisationtype", "organisationkind", "organizationtype"),
    ),
    Field.KVK: (
        *("kvk", "kvknummer", "kvknr", "kamervankoophandel", "handelsregisternummer"),
        *("kvknumber", "chamberofcommerce"),
    ),
    Field.ABOUT: (
        *("overdeorganisatie", "omschrijvingorganisatie", "organisatieomschrijving"),
        *("aboutorganisation", "organisationdescription", "organizationdescription"),
    ),
    Field.WEBSITE: ("website", "site", "url", "webadres", "link", "homepage", "internet"),
    Field.CONTACT: (
        *("contactpersoon", "contact", "naamcontactpersoon", "coordinator", "contactname"),
        *("contactperson", "beheerder"),
    ),
    Field.EMAIL: (
        *("email", "emailadres", "mail", "mailadres", "emailcontactpersoon", "contactemail"),
        *("emailaddress",),
    ),
    Field.PHONE: (
        *("telefoon", "telefoonnummer", "telefoonnr", "tel", "telnr", "mobiel", "phone"),
        *("telephone", "phonenumber", "contactphone"),
    ),
    Field.LOCATION: (
        *("locatie", "locatienaam", "naamlocatie", "gebouw", "accommodatie", "location"),
        *("locationname", "venue", "building"),
    ),
    Field.STREET: ("straat", "straatnaam", "adres", "bezoekadres", "street", "address", "address1"),
    Field.HOUSE_NUMBER: (*("huisnummer", "huisnr", "nummer", "nr", "housenumber", "streetnumber"),),
    Field.POSTCODE: ("postcode", "pc6", "pc", "postalcode", "zip", "zipcode"),
    Field.TOWN: ("plaatsnaam", "woonplaats", "stad", "plaats", "dorp", "town", "city"),
    Field.DISTRICT: (
        *("wijk", "wijkcode", "wijknaam", "cbswijk", "wijkcodecbs", "stadsdeel", "district"),
        *("districtcode", "neighbourhood"),
    ),
    Field.PLACE_ID: (
        *("id", "plekid", "activiteitid", "aanbodid", "bronid", "uniekid", "code", "placeid"),
        *("serviceid", "activityid", "sourceid", "externalid"),
    ),
    Field.TITLE: (
        *("plek", "titel", "activiteit", "naamactiviteit", "naamplek", "aanbod", "naamaanbod"),
        *("functie", "cursus", "title", "place", "activity", "service", "servicename"),
    ),
    Field.KIND: (
        *("soort", "soortplek", "soortactiviteit", "type", "categorie", "rubriek", "kind"),
        *("category", "placekind"),
    ),
    Field.DESCRIPTION: (
        *("omschrijving", "beschrijving", "toelichting", "watdoejedaar", "inhoud"),
        *("description", "summary"),
    ),
    Field.TIMES: (
        *("tijden", "tijd", "dagenentijden", "openingstijden", "dagdelen", "dagdeel", "wanneer"),
        *("dagen", "times", "schedule", "openinghours", "halfdays"),
    ),
    Field.CAPACITY: (
        *("capaciteit", "aantalplaatsen", "plaatsen", "aantalplekken", "maximum"),
        *("maxdeelnemers", "capacity", "seats"),
    ),
    Field.LANGUAGE_LEVEL: (
        *("taalniveau", "taal", "niveaunederlands", "gevraagdtaalniveau", "languagelevel"),
    ),
    Field.INTERESTS: (
        *("interesses", "interesse", "themas", "thema", "trefwoorden", "tags", "interests"),
    ),
    Field.COST: ("kosten", "prijs", "eigenbijdrage", "bijdrage", "tarief", "cost", "price", "fee"),
    Field.PUBLIC: (*("openbaar", "publiek", "opwebsite", "voorpubliek", "iszichtbaar", "public"),),
}


def propose_mapping(headings: Sequence[str]) -> dict[Field, str]:
    """Return the heading for each field that can be told by its name alone."""
    return by_name(headings, NAMES)


def missing(mapping: Mapping[Field, str]) -> tuple[Field, ...]:
    """Return the required fields that have no column."""
    return tuple(field for field in REQUIRED if field not in mapping)
