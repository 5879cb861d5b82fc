"""Why a file cannot be read, in sentences for who sent it: what is wrong, and what to do."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from meedoen.rules.caseload.refusal import FileFault, UnreadableFileError
from meedoen.rules.caseload.words import Field, FileProblem


def sentences(error: UnreadableFileError) -> list[str]:
    """Return a sentence or two for each reason."""
    return [_sentence(fault) for fault in error.problems]


def _sentence(fault: FileFault) -> str:
    if fault.problem == FileProblem.WRONG_TYPE:
        return _wrong_type(str(fault.facts["found"]))
    return _texts()[fault.problem] % fault.facts


def _wrong_type(found: str) -> str:
    things = {
        "pdf": _("een PDF"),
        "document": _("een tekstdocument of presentatie"),
        "web_page": _("een webpagina"),
        "archive": _("een ingepakt bestand (zip)"),
    }
    return _(
        "Dit is %(found)s. Sla het overzicht op als CSV of als Excel-bestand (XLSX) en kies dat."
    ) % {"found": things.get(found, _("geen tabel"))}


def _texts() -> Mapping[FileProblem, str]:
    return {
        FileProblem.NOT_TEXT: _(
            "Dit bestand is geen leesbare tekst. Sla het op als “CSV UTF-8” of als Excel-bestand "
            "(XLSX) en kies dat."
        ),
        FileProblem.EMPTY: _("Dit bestand is leeg. Kies het bestand met de inwoners erin."),
        FileProblem.NO_HEADINGS: _(
            "Op de eerste regel staan geen kolomnamen. Zet boven elke kolom wat erin staat, zoals "
            "BSN, Achternaam en Geboortedatum."
        ),
        FileProblem.NO_ROWS: _(
            "Onder de kolomnamen staat niemand. Kies het bestand met de inwoners erin."
        ),
        FileProblem.DOUBLE_HEADINGS: _(
            "Deze kolomnaam staat er meer dan één keer: %(headings)s. Geef elke kolom een eigen "
            "naam."
        ),
        FileProblem.TOO_LARGE: _(
            "Dit bestand is te groot: het mag hooguit %(most)s MB zijn. Bewaar alleen de kolommen "
            "die nodig zijn, of verdeel het over meer bestanden."
        ),
        FileProblem.TOO_MANY_ROWS: _(
            "Er staan te veel regels in: hooguit %(most)s. Verdeel het over meer bestanden."
        ),
        FileProblem.TOO_MANY_COLUMNS: _(
            "Er zijn te veel kolommen: hooguit %(most)s. Bewaar alleen de kolommen die nodig zijn."
        ),
        FileProblem.TOO_MANY_CELLS: _(
            "Het werkblad is te groot. Vaak staat er ver naar rechts of naar beneden nog een cel "
            "met iets erin. Kopieer alleen de tabel naar een nieuw bestand en kies dat."
        ),
        FileProblem.FORMULAS: _(
            "Er staan formules in dit bestand. Plak de tabel als waarden in een nieuw bestand, of "
            "sla het op als CSV, en kies dat."
        ),
        FileProblem.BROKEN_LINE: _(
            "Vanaf regel %(line)s kan het bestand niet worden gelezen. Vaak staat daar een "
            "aanhalingsteken te veel of te weinig. Verbeter dat, of sla het overzicht op als "
            "Excel-bestand (XLSX)."
        ),
        FileProblem.BROKEN_WORKBOOK: _(
            "Dit bestand kan niet worden geopend. Open het in Excel of LibreOffice, sla het "
            "opnieuw op als XLSX en kies dat."
        ),
        FileProblem.LOCKED_WORKBOOK: _(
            "Op dit bestand zit een wachtwoord. Sla het op zonder wachtwoord en kies dat."
        ),
    }


def field_names(fields: Sequence[Field]) -> str:
    """Return the names of fields as people know them, with commas between."""
    names = {
        Field.BSN: _("burgerservicenummer (BSN)"),
        Field.GIVEN_NAME: _("voornaam"),
        Field.PREFIX: _("tussenvoegsel"),
        Field.FAMILY_NAME: _("achternaam"),
        Field.FULL_NAME: _("hele naam"),
        Field.BIRTH_DATE: _("geboortedatum"),
        Field.PHONE: _("telefoonnummer"),
        Field.DISTRICT: _("wijk"),
        Field.BENEFIT_START: _("begin van de uitkering"),
        Field.BENEFIT_END: _("laatste dag van de uitkering"),
        Field.COACH: _("coach"),
    }
    return ", ".join(names[field] for field in fields)
