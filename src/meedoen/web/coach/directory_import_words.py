"""The words of a directory import: columns, and a sentence for whatever is wrong."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.directory_imports.queries import DifferenceCard, ProblemCard
from meedoen.rules.directory_file.words import Field, RowDecision, RowProblem, RowVerdict
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import ORGANISATION_KINDS, PLACE_KINDS, Words, listed, mid_sentence

FIELDS: Mapping[Field, Words] = {
    Field.ORGANISATION: _("Naam van de organisatie"),
    Field.ORGANISATION_KIND: _("Soort organisatie"),
    Field.KVK: _("KVK-nummer"),
    Field.ORGANISATION_ID: _("Nummer van de organisatie bij de bron"),
    Field.ABOUT: _("Over de organisatie"),
    Field.WEBSITE: _("Website"),
    Field.CONTACT: _("Contactpersoon"),
    Field.EMAIL: _("E-mailadres"),
    Field.PHONE: _("Telefoonnummer"),
    Field.LOCATION: _("Naam van de locatie"),
    Field.STREET: _("Straat"),
    Field.HOUSE_NUMBER: _("Huisnummer"),
    Field.POSTCODE: _("Postcode"),
    Field.TOWN: _("Plaatsnaam"),
    Field.DISTRICT: _("Wijk"),
    Field.PLACE_ID: _("Nummer van de plek bij de bron"),
    Field.TITLE: _("Naam van de plek"),
    Field.KIND: _("Soort plek"),
    Field.DESCRIPTION: _("Wat iemand daar doet"),
    Field.TIMES: _("Dagen en tijden"),
    Field.CAPACITY: _("Aantal plaatsen"),
    Field.LANGUAGE_LEVEL: _("Gevraagd taalniveau"),
    Field.INTERESTS: _("Interesses"),
    Field.COST: _("Kosten per keer"),
    Field.PUBLIC: _("Openbaar, ja of nee"),
    Field.AREA: _("Gebied"),
    Field.LOCATION_ID: _("Locatie"),
    Field.POSITION: _("Plek op de kaart"),
    Field.SESSIONS: _("Dagen en tijden"),
    Field.TIMES_LEFT_OUT: _("Dagen en tijden"),
    Field.TERMS: _("Interesses"),
    Field.COST_NOTE: _("Kosten per keer"),
    Field.STOPPED: _("Gestopt"),
}
"""In the order of the page; the last are only in services of another system."""

FIELD_HELP: Mapping[Field, Words] = {
    Field.STREET: _("Een huisnummer achter de straat mag ook."),
    Field.DISTRICT: _("De naam of de code van de wijk."),
    Field.PLACE_ID: _("Het nummer waaraan de bron dit aanbod zelf herkent, als dat er is."),
    Field.TITLE: _("Leeg bij een regel die alleen over een organisatie gaat."),
    Field.TIMES: _("Zoals “ma 9-12, wo 13-17” of “di en do middag”."),
    Field.INTERESTS: _("Met komma's ertussen."),
}

VERDICTS: Mapping[RowVerdict, Words] = {
    RowVerdict.REFUSED: _("Fout"),
    RowVerdict.UNCERTAIN: _("Lijkt op"),
    RowVerdict.NEW: _("Nieuw"),
    RowVerdict.CHANGED: _("Gewijzigd"),
    RowVerdict.MISSING: _("Niet meer in de lijst"),
    RowVerdict.SAME: _("Ongewijzigd"),
}
"""In the order in which they ask for attention."""

VERDICT_SENTENCES: Mapping[RowVerdict, Words] = {
    RowVerdict.REFUSED: _(
        "Deze regels worden niet overgenomen. Verbeter ze in het bestand en lees dat opnieuw in."
    ),
    RowVerdict.UNCERTAIN: _(
        "De organisatie lijkt op een die hier bekend is. Zeg zelf of het dezelfde is. Zonder keuze "
        "slaan wij de regel over."
    ),
    RowVerdict.NEW: _(
        "Deze organisaties of plekken zijn hier nog niet. Een nieuwe plek geldt als niet actueel "
        "tot iemand van de organisatie zegt dat die klopt."
    ),
    RowVerdict.CHANGED: _("Deze zijn hier bekend. Dit is wat er verandert, vanaf vandaag."),
    RowVerdict.MISSING: _(
        "Deze plekken kwamen eerder van deze bron en staan niet meer in de lijst. Wij sluiten ze "
        "niet vanzelf: vraag het na, of sluit ze zelf."
    ),
    RowVerdict.SAME: _("Deze zijn hier bekend en er verandert niets."),
}

DECISIONS: Mapping[RowDecision, Words] = {
    RowDecision.SAME: _("Dezelfde organisatie"),
    RowDecision.OTHER: _("Een andere organisatie: maak die aan"),
    RowDecision.SKIP: _("Sla deze regel over"),
}

DECISIONS_IN_SHORT: Mapping[RowDecision, Words] = {
    RowDecision.SAME: _("Dezelfde"),
    RowDecision.OTHER: _("Een andere"),
    RowDecision.SKIP: _("Overslaan"),
}
"""On a button."""

ROW_PROBLEMS: Mapping[RowProblem, Words] = {
    RowProblem.MISSING_VALUE: _(
        "%(field)s ontbreekt. Vul die in het bestand in, of kies bij de kolommen wat geldt als het "
        "er niet staat."
    ),
    RowProblem.TOO_MANY_CELLS: _(
        "deze regel heeft %(cells)s vakken, en er zijn %(headings)s kolommen. Staat er een "
        "scheidingsteken in een tekst? Zet die tekst tussen aanhalingstekens."
    ),
    RowProblem.FORMULA: _("bij %(field)s staat een formule. Zet de uitkomst er als gewone tekst."),
    RowProblem.CELL_ERROR: _(
        "bij %(field)s staat een foutmelding van het rekenblad. Vul de waarde in."
    ),
    RowProblem.TOO_LONG: _("%(field)s is te lang. Er passen hooguit %(most)s tekens."),
    RowProblem.KVK_NOT_DIGITS: _("een KVK-nummer bestaat uit cijfers. Verbeter het."),
    RowProblem.KVK_WRONG_LENGTH: _(
        "een KVK-nummer heeft precies acht cijfers, ook nullen vooraan. Verbeter het."
    ),
    RowProblem.KVK_ONLY_ZEROS: _("dit is geen KVK-nummer. Laat het leeg als er geen is."),
    RowProblem.KIND_UNKNOWN: _("deze soort plek kennen wij niet. Mogelijk zijn: %(kinds)s."),
    RowProblem.ORGANISATION_KIND_UNKNOWN: _(
        "deze soort organisatie kennen wij niet. Mogelijk zijn: %(organisation_kinds)s."
    ),
    RowProblem.POSTCODE_WRONG: _(
        "een postcode heeft vier cijfers en twee letters, zoals 1234 AB. Verbeter de postcode."
    ),
    RowProblem.DISTRICT_UNKNOWN: _(
        "deze wijk is hier niet bekend. Gebruik de naam of de code van een wijk van uw gemeente."
    ),
    RowProblem.DISTRICT_AMBIGUOUS: _(
        "er zijn meer wijken met deze naam. Gebruik de code van de wijk."
    ),
    RowProblem.TIMES_UNCLEAR: _(
        "wij kunnen de tijden niet lezen vanaf “%(part)s”. Schrijf dagen met een tijd of een "
        "dagdeel, zoals “ma 9-12, wo 13-17” of “di middag”."
    ),
    RowProblem.TIME_IMPOSSIBLE: _(
        "de tijd “%(part)s” kan niet. Schrijf het begin en daarna het einde, zoals 13:00-17:00."
    ),
    RowProblem.RULE_NOT_SUPPORTED: _(
        "de tijden komen terug op een manier die wij niet kennen. Een plek komt elke week of elke "
        "maand terug."
    ),
    RowProblem.NOT_A_NUMBER: _("%(field)s is geen heel getal van 0 tot en met %(most)s."),
    RowProblem.LANGUAGE_LEVEL_UNKNOWN: _(
        "dit taalniveau kennen wij niet. Gebruik A1, A2, B1, B2, C1, C2 of “geen”."
    ),
    RowProblem.NOT_YES_OR_NO: _("schrijf bij openbaar “ja” of “nee”."),
    RowProblem.STOPPED_AT_SOURCE: _(
        "de bron zegt dat dit niet meer loopt. Wij maken er geen plek van."
    ),
    RowProblem.NAME_OF_TWO: _(
        "er staan twee organisaties met deze naam in het bestand. Zet het KVK-nummer erbij, zodat "
        "wij weten welke het is."
    ),
    RowProblem.PLACE_TWICE: _(
        "deze plek staat ook op regel %(line)s. Laat één van de twee regels staan, of geef ze elk "
        "een eigen naam."
    ),
    RowProblem.PLACE_AMBIGUOUS: _(
        "er zijn hier meer plekken met deze naam op dit adres. Wijzig de plek zelf."
    ),
    RowProblem.PLACE_OF_OTHER: _(
        "de plek met dit nummer hoort hier bij een andere organisatie. Kijk welke klopt."
    ),
    RowProblem.ORGANISATION_LEFT: _(
        "deze organisatie doet hier niet meer mee. Laat haar eerst weer meedoen."
    ),
    RowProblem.CHANGED_MEANWHILE: _(
        "er is hier iets veranderd terwijl dit bestand wachtte. De regel is overgeslagen. Lees het "
        "bestand nog een keer in."
    ),
    RowProblem.NOT_TAKEN: _("dit kon niet worden overgenomen: %(why)s"),
    RowProblem.NOT_TO_BE_KEPT: _(
        "er staat iets in dat wij niet kunnen bewaren. Kijk of er vreemde tekens in deze regel "
        "staan."
    ),
    RowProblem.SAME_NAME: _(
        "een organisatie hier heet ook zo, en heeft een ander adres of nummer, of nog geen."
    ),
    RowProblem.SIMILAR_NAME: _("een organisatie hier heet bijna zo, en zit op dezelfde postcode."),
    RowProblem.SAME_KVK_TWICE: _("meer organisaties hier hebben dit KVK-nummer."),
    RowProblem.NAME_ON_LINE: _("op regel %(line)s staat een andere organisatie met dezelfde naam."),
    RowProblem.EMAIL_LEFT_OUT: _("dit is geen e-mailadres. Wij nemen het niet over."),
    RowProblem.PHONE_LEFT_OUT: _("dit is geen telefoonnummer. Wij nemen het niet over."),
    RowProblem.WEBSITE_LEFT_OUT: _("dit is geen adres van een website. Wij nemen het niet over."),
    RowProblem.INTEREST_LEFT_OUT: _("deze interesses kennen wij niet: %(names)s."),
    RowProblem.TIMES_LEFT_OUT: _(
        "van %(count)s tijden konden wij niet lezen wanneer het is. Die nemen wij niet over."
    ),
    RowProblem.CAPACITY_LEFT_OUT: _(
        "er doen hier %(taken)s mensen mee. Minder plaatsen kan niet: het aantal blijft zoals het "
        "is."
    ),
    RowProblem.DISTRICT_BY_ADDRESS: _(
        "de wijk staat er niet bij. Die leiden wij af uit het adres."
    ),
    RowProblem.PLACE_CLOSED: _("deze plek is hier gestopt. Een bestand opent die niet opnieuw."),
}
"""What is wrong or left out, in the middle of a sentence about one row."""


def problem_text(card: ProblemCard) -> str:
    """Say what is wrong in one row, with which field, and what to do."""
    told = str(ROW_PROBLEMS[card.problem]) % {
        "field": mid_sentence(FIELDS[card.field]) if card.field else "",
        "kinds": listed(PLACE_KINDS.values()),
        "organisation_kinds": listed(ORGANISATION_KINDS.values()),
        **{name: number_text(fact) for name, fact in card.facts.items()},
    }
    return f"{told} ({card.column})" if card.column else told


def difference_text(card: DifferenceCard) -> str:
    """Say what the file says otherwise than is known here."""
    field, old = FIELDS[card.field], _old_text(card)
    if not card.new:
        # Of a file that is done with, and of rules, only remains which fields they were.
        return gettext("%(field)s is gewijzigd") % {"field": field}
    if old:
        return gettext("%(field)s: “%(old)s” wordt “%(new)s”") % {
            "field": field,
            "old": old,
            "new": card.new,
        }
    return gettext("%(field)s wordt “%(new)s”") % {"field": field, "new": card.new}


def _old_text(card: DifferenceCard) -> str:
    if card.field is Field.KIND and card.old:
        return str(PLACE_KINDS[PlaceKind(card.old)])
    if card.field is Field.ORGANISATION_KIND and card.old:
        return str(ORGANISATION_KINDS[OrganisationKind(card.old)])
    return card.old
