"""Why a file cannot be read, in sentences for who sent it: what is wrong, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from meedoen.rules.files.refusal import FileFault, UnreadableFileError
from meedoen.rules.files.words import FileProblem


def file_sentences(error: UnreadableFileError, *, own: Mapping[FileProblem, str]) -> list[str]:
    """Return a sentence or two for each reason.

    `own` are the sentences of one kind of file: those that name what should stand in it.
    """
    return [_sentence(fault, own) for fault in error.problems]


def _sentence(fault: FileFault, own: Mapping[FileProblem, str]) -> str:
    if fault.problem == FileProblem.WRONG_TYPE:
        return _wrong_type(str(fault.facts["found"]))
    return {**_texts(), **own}[fault.problem] % fault.facts


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
        FileProblem.BROKEN_JSON: _(
            "Dit bestand begint als JSON, maar is niet heel. Haal het nog een keer op bij de bron."
        ),
        FileProblem.NO_SERVICES: _(
            "In dit JSON-bestand staat geen aanbod. Kies wat de bron geeft bij "
            "“/services?full=true”."
        ),
    }
