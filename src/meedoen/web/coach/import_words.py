"""The words of a caseload import: columns, states, and a sentence for whatever is wrong."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.caseloads.queries import DifferenceCard, ProblemCard
from meedoen.rules.caseload.words import Field, RowDecision, RowProblem, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.words import Words, mid_sentence

FIELDS: Mapping[Field, Words] = {
    Field.BSN: _("Burgerservicenummer (BSN)"),
    Field.GIVEN_NAME: _("Voornaam"),
    Field.PREFIX: _("Tussenvoegsel"),
    Field.FAMILY_NAME: _("Achternaam"),
    Field.FULL_NAME: _("Hele naam in één kolom"),
    Field.BIRTH_DATE: _("Geboortedatum"),
    Field.PHONE: _("Telefoonnummer"),
    Field.DISTRICT: _("Wijk"),
    Field.BENEFIT_START: _("Begin van de uitkering"),
    Field.BENEFIT_END: _("Laatste dag van de uitkering"),
    Field.COACH: _("Coach"),
}

FIELD_HELP: Mapping[Field, Words] = {
    Field.BSN: "",
    Field.GIVEN_NAME: "",
    Field.PREFIX: _("Zoals “van der”, als dat een eigen kolom heeft."),
    Field.FAMILY_NAME: _("Kies deze kolom, of de kolom met de hele naam."),
    Field.FULL_NAME: _("Als voornaam en achternaam samen in één kolom staan."),
    Field.BIRTH_DATE: "",
    Field.PHONE: "",
    Field.DISTRICT: _("De naam of de code van de wijk."),
    Field.BENEFIT_START: "",
    Field.BENEFIT_END: _("Leeg bij wie nog een uitkering heeft."),
    Field.COACH: _("De naam of het e-mailadres van de coach."),
}

FILE_STATES: Mapping[FileState, Words] = {
    FileState.UPLOADED: _("Wacht op uw kolommen"),
    FileState.PREVIEWING: _("Wordt bekeken"),
    FileState.PREVIEWED: _("Wacht op uw besluit"),
    FileState.APPLYING: _("Wordt overgenomen"),
    FileState.DONE: _("Overgenomen"),
    FileState.CANCELLED: _("Niet doorgegaan"),
    FileState.FAILED: _("Kon niet gelezen worden"),
}

FILE_STATE_KINDS: Mapping[FileState, str] = {
    FileState.UPLOADED: "warning",
    FileState.PREVIEWING: "neutral",
    FileState.PREVIEWED: "warning",
    FileState.APPLYING: "neutral",
    FileState.DONE: "success",
    FileState.CANCELLED: "inactive",
    FileState.FAILED: "danger",
}
"""The kind of status badge that goes with a state; its words say the same."""

VERDICTS: Mapping[RowVerdict, Words] = {
    RowVerdict.WRONG: _("Fout"),
    RowVerdict.LOOKS_LIKE: _("Lijkt op iemand"),
    RowVerdict.NEW: _("Nieuw"),
    RowVerdict.CHANGED: _("Gewijzigd"),
    RowVerdict.BACK: _("Terug"),
    RowVerdict.LEFT: _("Weg"),
    RowVerdict.UNCHANGED: _("Ongewijzigd"),
    RowVerdict.OTHER_TEAM: _("Ander team"),
}
"""In the order in which they ask for attention."""

VERDICT_SENTENCES: Mapping[RowVerdict, Words] = {
    RowVerdict.WRONG: _(
        "Deze regels worden niet overgenomen. Verbeter ze in het bestand en lees dat opnieuw in."
    ),
    RowVerdict.LOOKS_LIKE: _(
        "Iemand met een ander burgerservicenummer heeft dezelfde geboortedatum en bijna dezelfde "
        "naam. Zeg zelf of het dezelfde persoon is. Zonder keuze slaan wij de regel over."
    ),
    RowVerdict.NEW: _("Deze mensen zijn hier nog niet bekend. Zij krijgen een dossier."),
    RowVerdict.CHANGED: _("Deze mensen zijn bekend. Dit is wat er in het dossier verandert."),
    RowVerdict.BACK: _(
        "Deze mensen zijn bekend en krijgen opnieuw een uitkering. Hun dossier gaat weer open."
    ),
    RowVerdict.LEFT: _(
        "Deze mensen hebben volgens het bestand geen uitkering meer. Hun dossier wordt gesloten, "
        "niet verwijderd."
    ),
    RowVerdict.UNCHANGED: _("Deze mensen zijn bekend en er verandert niets."),
    RowVerdict.OTHER_TEAM: _(
        "Deze mensen zijn bekend bij een ander team. Wij laten hun dossier zoals het is."
    ),
}

DECISIONS: Mapping[RowDecision, Words] = {
    RowDecision.SAME: _("Dezelfde persoon: het nummer in het bestand is goed"),
    RowDecision.OTHER: _("Iemand anders: maak een nieuw dossier"),
    RowDecision.SKIP: _("Sla deze regel over"),
}

DECISIONS_IN_SHORT: Mapping[RowDecision, Words] = {
    RowDecision.SAME: _("Dezelfde persoon"),
    RowDecision.OTHER: _("Iemand anders"),
    RowDecision.SKIP: _("Overslaan"),
}
"""On a button."""

ROW_PROBLEMS: Mapping[RowProblem, Words] = {
    RowProblem.MISSING_VALUE: _("kolom “%(column)s” is leeg. Vul deze in."),
    RowProblem.TOO_MANY_CELLS: _(
        "deze regel heeft %(cells)s vakken, en er zijn %(headings)s kolommen. Staat er een "
        "scheidingsteken in een tekst? Zet die tekst tussen aanhalingstekens."
    ),
    RowProblem.FORMULA: _(
        "in kolom “%(column)s” staat een formule. Zet de uitkomst er als gewone tekst."
    ),
    RowProblem.CELL_ERROR: _(
        "in kolom “%(column)s” staat een foutmelding van het rekenblad. Vul de waarde in."
    ),
    RowProblem.TOO_LONG: _(
        "de tekst in kolom “%(column)s” is te lang. Er passen hooguit %(most)s tekens."
    ),
    RowProblem.BSN_NOT_DIGITS: _(
        "een burgerservicenummer bestaat uit cijfers. Verbeter kolom “%(column)s”."
    ),
    RowProblem.BSN_WRONG_LENGTH: _(
        "een burgerservicenummer heeft precies negen cijfers, ook nullen vooraan. Verbeter kolom "
        "“%(column)s”."
    ),
    RowProblem.BSN_FAILS_ELEVEN_TEST: _(
        "dit is geen burgerservicenummer: het klopt niet met de elfproef. Verbeter kolom "
        "“%(column)s”."
    ),
    RowProblem.BSN_TWICE: _(
        "dit burgerservicenummer staat ook op regel %(line)s. Laat één van de twee regels staan."
    ),
    RowProblem.NOT_A_DATE: _(
        "in kolom “%(column)s” staat geen datum. Schrijf de dag als 31-12-2025."
    ),
    RowProblem.IMPOSSIBLE_DATE: _(
        "de datum in kolom “%(column)s” bestaat niet. Verbeter de datum."
    ),
    RowProblem.BIRTH_IN_FUTURE: _(
        "de geboortedatum in kolom “%(column)s” ligt in de toekomst. Verbeter de datum."
    ),
    RowProblem.BIRTH_BEFORE_1900: _(
        "de geboortedatum in kolom “%(column)s” ligt voor 1900. Verbeter de datum."
    ),
    RowProblem.START_BEFORE_BIRTH: _(
        "de uitkering begint voor de geboorte. Verbeter kolom “%(column)s”."
    ),
    RowProblem.START_TOO_FAR: _(
        "de uitkering begint meer dan een jaar later dan vandaag. Verbeter kolom “%(column)s”."
    ),
    RowProblem.END_BEFORE_START: _(
        "de uitkering eindigt voordat zij begint. Verbeter kolom “%(column)s”."
    ),
    RowProblem.END_TOO_FAR: _(
        "de uitkering eindigt meer dan tien jaar later dan vandaag. Verbeter kolom “%(column)s”."
    ),
    RowProblem.END_BEFORE_LAST_CHANGE: _(
        "de uitkering eindigt voor de laatste verandering die hier bekend is. Kijk of de datum in "
        "kolom “%(column)s” klopt."
    ),
    RowProblem.DISTRICT_UNKNOWN: _(
        "de wijk in kolom “%(column)s” is hier niet bekend. Gebruik de naam of de code van een "
        "wijk van uw gemeente."
    ),
    RowProblem.DISTRICT_AMBIGUOUS: _(
        "er zijn meer wijken met de naam in kolom “%(column)s”. Gebruik de code van de wijk."
    ),
    RowProblem.COACH_UNKNOWN: _(
        "de coach in kolom “%(column)s” is hier niet bekend. Verbeter de naam, of gebruik het "
        "e-mailadres."
    ),
    RowProblem.COACH_AMBIGUOUS: _(
        "er zijn meer coaches met de naam in kolom “%(column)s”. Gebruik het e-mailadres."
    ),
    RowProblem.COACH_MISSING: _(
        "er staat geen coach op deze regel. Vul een coach in, of kies bij de kolommen een coach "
        "voor regels zonder."
    ),
    RowProblem.OTHER_PERSON: _(
        "dit burgerservicenummer is bekend van iemand met een andere naam en geboortedatum. Zoek "
        "uit van wie het nummer is."
    ),
    RowProblem.CHANGED_MEANWHILE: _(
        "het dossier is veranderd terwijl dit bestand wachtte. De regel is overgeslagen. Lees het "
        "bestand nog een keer in."
    ),
    RowProblem.NOT_TO_BE_KEPT: _(
        "er staat iets in dat wij niet kunnen bewaren. Kijk of er vreemde tekens in deze regel "
        "staan."
    ),
    RowProblem.COACH_OF_OTHER_TEAM: _(
        "de coach in kolom “%(column)s” is van een ander team. De coach blijft zoals die is. "
        "Gebruik daarvoor “Mensen overdragen”."
    ),
    RowProblem.HAND_OVER_PLANNED: _(
        "er staat al een overdracht klaar. De coach uit het bestand nemen wij niet over."
    ),
    RowProblem.PHONE_LEFT_OUT: _(
        "het telefoonnummer in kolom “%(column)s” is te lang of geen nummer. Wij nemen het niet "
        "over."
    ),
    RowProblem.START_DIFFERS: _(
        "de uitkering begon volgens het dossier op een andere dag. Het dossier blijft zoals het is."
    ),
    RowProblem.END_DIFFERS: _(
        "de uitkering eindigde volgens het dossier op een andere dag. Het dossier blijft zoals "
        "het is."
    ),
    RowProblem.ENDED_BEFORE: _(
        "deze persoon is hier niet bekend en heeft geen uitkering meer. Er komt geen dossier."
    ),
    RowProblem.LIKE_EARLIER_LINE: _(
        "op regel %(line)s staat iemand met bijna dezelfde naam, dezelfde geboortedatum en een "
        "ander nummer. Kijk of het dezelfde persoon is."
    ),
}
"""What is wrong or left out, in the middle of a sentence about one row."""


def problem_text(card: ProblemCard) -> str:
    """Say what is wrong in one row, in which column, and what to do."""
    return str(ROW_PROBLEMS[card.problem]) % {"column": card.column, **_shown(card.facts)}


def _shown(facts: Mapping[str, str | int]) -> dict[str, str]:
    return {name: number_text(fact) for name, fact in facts.items()}


def difference_text(card: DifferenceCard) -> str:
    """Say what the file says otherwise than the file of the person."""
    new = day_text(card.new_day) if card.new_day else card.new
    if not new:
        # Of a file that is done with, only remains which fields they were.
        return gettext("%(field)s is gewijzigd") % {"field": FIELDS[card.field]}
    return gettext("%(field)s wordt %(new)s") % {"field": FIELDS[card.field], "new": new}


def field_in_sentence(field: Field) -> str:
    """Return the name of a column as it stands inside a sentence."""
    return mid_sentence(FIELDS[field])
