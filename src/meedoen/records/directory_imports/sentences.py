"""Why a file with organisations and places cannot be read, and what its columns are called."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from meedoen.records.organisations.file_sentences import file_sentences
from meedoen.rules.directory_file.words import Field
from meedoen.rules.files.refusal import UnreadableFileError
from meedoen.rules.files.words import FileProblem


def sentences(error: UnreadableFileError) -> list[str]:
    """Return a sentence or two for each reason."""
    own = {
        FileProblem.EMPTY: _("Dit bestand is leeg. Kies het bestand met de organisaties erin."),
        FileProblem.NO_HEADINGS: _(
            "Op de eerste regel staan geen kolomnamen. Zet boven elke kolom wat erin staat, zoals "
            "Organisatie, Postcode en Activiteit."
        ),
        FileProblem.NO_ROWS: _(
            "Onder de kolomnamen staat niets. Kies het bestand met de organisaties erin."
        ),
    }
    return file_sentences(error, own=own)


def field_names(fields: Sequence[Field]) -> str:
    """Return the names of required fields as people know them, with commas between."""
    names = {Field.ORGANISATION: _("naam van de organisatie")}
    return ", ".join(names[field] for field in fields)
