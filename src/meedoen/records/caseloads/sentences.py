"""Why a file with a caseload cannot be read, and what its columns are called."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from meedoen.records.organisations.file_sentences import file_sentences
from meedoen.rules.caseload.words import Field
from meedoen.rules.files.refusal import UnreadableFileError
from meedoen.rules.files.words import FileProblem


def sentences(error: UnreadableFileError) -> list[str]:
    """Return a sentence or two for each reason."""
    own = {
        FileProblem.EMPTY: _("Dit bestand is leeg. Kies het bestand met de inwoners erin."),
        FileProblem.NO_HEADINGS: _(
            "Op de eerste regel staan geen kolomnamen. Zet boven elke kolom wat erin staat, zoals "
            "BSN, Achternaam en Geboortedatum."
        ),
        FileProblem.NO_HEADINGS: _(
            "Op de eerste regel staan geen kolomnamen. Zet boven elke kolom wat erin staat, zoals "
            "BSN, Achternaam en Geboortedatum."
        ),
        FileProblem.NO_ROWS: _(
            "Onder de kolomnamen staat niemand. Kies het bestand met de inwoners erin."
        ),
    }
    return file_sentences(error, own=own)


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
