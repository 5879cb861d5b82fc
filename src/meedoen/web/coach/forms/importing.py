"""Reading in a caseload: the file, what is in its columns, and the last question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.caseloads.queries import CoachCard, FileCard
from meedoen.records.organisations import clock
from meedoen.rules.caseload.columns import REQUIRED, missing
from meedoen.rules.caseload.words import Field
from meedoen.rules.files.reading import LARGEST_FILE, MEGABYTE
from meedoen.web.coach.import_words import FIELD_HELP, FIELDS, field_in_sentence
from meedoen.web.shared.past_day import PastDayField

ACCEPTED = ".csv,.txt,.xlsx,.xls,.ods"
NO_COLUMN = _("Kies de kolom. Zonder deze kolom gaat het niet.")
NOT_IN_FILE = ("", _("Staat niet in het bestand"))
YES, NO = "yes", "no"
COLUMN = "column_"
"""Before the code of a field, in the name of the choice of its column."""


class UploadForm(forms.Form):
    """The file to read in. What is in it decides what it is; its name does not."""

    use_required_attribute = False

    content = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "Een lijst uit uw eigen systeem: CSV, Excel of OpenDocument. Hooguit %(most)s MB."
        ),
        # An empty file is refused with the other files that cannot be read.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Kies een bestand.")},
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        """Take what was sent."""
        super().__init__(data, files)
        field = self.fields["content"]
        field.help_text = str(field.help_text) % {"most": LARGEST_FILE // MEGABYTE}

    def clean_content(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["content"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(
                gettext(
                    "Dit bestand is groter dan %(most)s MB. Haal bladen en kolommen weg die niet "
                    "nodig zijn, of verdeel het."
                )
                % {"most": LARGEST_FILE // MEGABYTE}
            )
        return file


class MappingForm(forms.Form):
    """Which column holds what, and what the file as a whole is."""

    use_required_attribute = False

    reference_date = PastDayField(label=_("Van welke dag is dit bestand?"))
    is_complete = forms.ChoiceField(
        label=_("Staat iedereen in dit bestand die bij uw team een uitkering heeft?"),
        help_text=_(
            "Bij “ja” sluiten wij het dossier van wie er niet in staat, op de dag van het bestand. "
            "U ziet eerst wie dat zijn."
        ),
        choices=[
            (YES, _("Ja, iedereen van mijn team")),
            (NO, _("Nee, het is een deel of een aanvulling")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of iedereen in het bestand staat.")},
    )
    default_coach = forms.TypedChoiceField(
        label=_("Wie begeleidt nieuwe mensen zonder coach in het bestand?"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, given: Any, *, file: FileCard, coaches: Sequence[CoachCard]) -> None:
        """Take the headings of the file and what was chosen for such headings before."""
        super().__init__(given, initial=_known(file))
        headings = [NOT_IN_FILE, *((heading, heading) for heading in file.headings)]
        # The whole name in one column does instead of the family name; `clean` sees to it.
        required = set(REQUIRED) - {Field.FAMILY_NAME}
        for field in Field:
            self.fields[COLUMN + field] = forms.ChoiceField(
                label=str(FIELDS[field]),
                help_text=str(FIELD_HELP[field]),
                choices=headings,
                required=field in required,
                initial=file.mapping.get(field, ""),
                error_messages={
                    "required": NO_COLUMN,
                },
            )
        self.fields["default_coach"].choices = [  # type: ignore[attr-defined]
            ("", _("Niemand: zo'n regel is een fout")),
            *((str(card.membership_id), card.name) for card in coaches),
        ]

    def columns(self) -> list[forms.BoundField]:
        """Return the choices of columns, for the page."""
        return [self[COLUMN + field] for field in Field]

    def mapping(self) -> dict[Field, str]:
        """Return the heading of each field that is in the file; the form has been checked."""
        given = {field: self.cleaned_data.get(COLUMN + field, "") for field in Field}
        return {field: heading for field, heading in given.items() if heading}

    def clean(self) -> dict[str, Any]:
        """Refuse a mapping without what is needed, or with a column used twice."""
        given = super().clean() or self.cleaned_data
        mapping = self.mapping()
        for field in missing(mapping):
            if COLUMN + field not in self.errors:
                self.add_error(COLUMN + field, str(NO_COLUMN))
        if Field.COACH not in mapping and given.get("default_coach") is None:
            self.add_error(
                "default_coach",
                gettext("Kies een coach, of kies hierboven de kolom waar de coach in staat."),
            )
        for field, heading in mapping.items():
            first = next(other for other, chosen in mapping.items() if chosen == heading)
            if first != field:
                self.add_error(
                    COLUMN + field,
                    gettext("Kolom “%(heading)s” koos u al bij %(field)s. Kies een andere kolom.")
                    % {"heading": heading, "field": field_in_sentence(first)},
                )
        return given


def _known(file: FileCard) -> dict[str, Any]:
    """Return what was filled in before, when somebody comes back to the columns."""
    known: dict[str, Any] = {"reference_date": file.reference_date or clock.today()}
    if file.reference_date:
        known["is_complete"] = YES if file.is_complete else NO
        known["default_coach"] = file.default_coach_id
    return known


class ApplyForm(forms.Form):
    """The last question before anything changes; only asked when many people would leave."""

    use_required_attribute = False

    leavers_confirmed = forms.BooleanField(
        error_messages={
            "required": _("Zeg dat dit klopt, of kijk eerst het bestand en de kolommen na.")
        }
    )

    def __init__(self, given: Any, *, file: FileCard) -> None:
        """Take how many would leave."""
        super().__init__(given)
        if file.must_confirm_leavers:
            self.fields["leavers_confirmed"].label = ngettext(
                "Het klopt dat de uitkering van %(total)s inwoner eindigt",
                "Het klopt dat de uitkering van %(total)s inwoners eindigt",
                file.leavers,
            ) % {"total": file.leavers}
        else:
            del self.fields["leavers_confirmed"]
