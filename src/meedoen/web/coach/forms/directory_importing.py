"""Reading in organisations and places: what is in the file, and what holds where it is silent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.directory_imports.actions import LONGEST_SOURCE
from meedoen.records.directory_imports.queries import FileCard
from meedoen.rules import half_days
from meedoen.rules.directory_file.columns import REQUIRED, missing
from meedoen.rules.directory_file.judge import Defaults
from meedoen.rules.directory_file.values import MOST_PEOPLE
from meedoen.rules.directory_file.words import ONLY_HSDS, Field, FileForm
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind
from meedoen.web.coach.directory_import_words import FIELD_HELP, FIELDS
from meedoen.web.coach.forms.importing import COLUMN, NO, NO_COLUMN, NOT_IN_FILE, YES, UploadForm
from meedoen.web.shared.words import ORGANISATION_KINDS, PLACE_KINDS, mid_sentence

ACCEPTED = ".csv,.txt,.xlsx,.xls,.ods,.json"
WORKING_DAYS = half_days.from_codes(
    f"{day}_{part}" for day in half_days.DAYS[:5] for part in half_days.PARTS[:2]
)
COLUMNS = tuple(field for field in FIELDS if field not in ONLY_HSDS)
NO_KIND = ("", _("Zo'n regel is een fout"))


class DirectoryUploadForm(UploadForm):
    """The file to read in. What is in it decides what it is; its name does not."""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        """Take what was sent."""
        super().__init__(data, files)
        field = self.fields["content"]
        field.widget.attrs["accept"] = ACCEPTED
        field.help_text = gettext(
            "Een tabel (CSV, Excel of OpenDocument), of aanbod in JSON van een bron met Open "
            "Referral (HSDS). Hooguit 20 MB."
        )


class SourceForm(forms.Form):
    """Whose list it is, which column holds what, and what holds where the file does not say it."""

    use_required_attribute = False

    source = forms.CharField(
        label=_("Van wie is deze lijst?"),
        help_text=_(
            "Zoals “Sociale kaart”. Gebruik de volgende keer dezelfde naam: zo herkennen wij wat "
            "eerder uit deze lijst kwam."
        ),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Vul in van wie de lijst is.")},
    )
    is_complete = forms.ChoiceField(
        label=_("Staat alles van deze bron in het bestand?"),
        help_text=_("Bij “ja” ziet u welke plekken er niet meer in staan. Wij sluiten die niet."),
        choices=[(YES, _("Ja, alles")), (NO, _("Nee, het is een deel"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of alles in het bestand staat.")},
    )
    organisation_kind = forms.ChoiceField(
        label=_("Wat is een organisatie zonder soort?"),
        choices=[NO_KIND, *((kind.value, word) for kind, word in ORGANISATION_KINDS.items())],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Wat is een plek zonder soort?"),
        choices=[NO_KIND, *((kind.value, word) for kind, word in PLACE_KINDS.items())],
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("Hoeveel mensen kunnen op een plek zonder aantal?"),
        help_text=_("Leeg: zo'n regel is een fout."),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        error_messages={"invalid": _("Vul een heel getal in.")},
    )
    times = forms.ChoiceField(
        label=_("Wanneer is een plek zonder tijden open?"),
        choices=[NO_KIND, (YES, _("Op werkdagen, in de ochtend en de middag"))],
        required=False,
    )

    def __init__(self, given: Any, *, file: FileCard, sources: Sequence[str]) -> None:
        """Take the headings of the file and what was chosen for such headings before."""
        super().__init__(given, initial=_known(file))
        if sources:
            self.fields["source"].help_text = gettext("Eerder gebruikt: %(names)s.") % {
                "names": ", ".join(sources)
            }
        headings = [NOT_IN_FILE, *((heading, heading) for heading in file.headings)]
        self.is_table = file.form is FileForm.TABLE
        for field in COLUMNS if self.is_table else ():
            self.fields[COLUMN + field] = forms.ChoiceField(
                label=str(FIELDS[field]),
                help_text=str(FIELD_HELP.get(field, "")),
                choices=headings,
                required=field in REQUIRED,
                initial=file.mapping.get(field, ""),
                error_messages={"required": NO_COLUMN},
            )
        if file.is_part:
            self.fields["is_complete"].initial = NO

    def columns(self) -> list[forms.BoundField]:
        """Return the choices of columns, for the page; services have none."""
        return [self[COLUMN + field] for field in COLUMNS] if self.is_table else []

    def about(self) -> list[forms.BoundField]:
        """Return the questions about the file as a whole."""
        return [self["source"], self["is_complete"]]

    def silent(self) -> list[forms.BoundField]:
        """Return the questions about what the file does not say."""
        return [self[name] for name in ("kind", "organisation_kind", "capacity", "times")]

    def mapping(self) -> dict[Field, str]:
        """Return the heading of each field that is in the file; the form has been checked."""
        given = {field: self.cleaned_data.get(COLUMN + field, "") for field in COLUMNS}
        return {field: heading for field, heading in given.items() if heading}

    def defaults(self) -> Defaults:
        """Return what holds where the file does not say it; the form has been checked."""
        given = self.cleaned_data
        kind, organisation_kind = given["kind"], given["organisation_kind"]
        return Defaults(
            kind=PlaceKind(kind) if kind else None,
            organisation_kind=OrganisationKind(organisation_kind) if organisation_kind else None,
            capacity=given["capacity"],
            half_days=WORKING_DAYS if given["times"] == YES else 0,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a mapping without what is needed, or with a column used twice."""
        given = super().clean() or self.cleaned_data
        mapping = self.mapping()
        for field in missing(mapping) if self.is_table else ():
            if COLUMN + field not in self.errors:
                self.add_error(COLUMN + field, str(NO_COLUMN))
        for field, heading in mapping.items():
            first = next(other for other, chosen in mapping.items() if chosen == heading)
            if first != field:
                self.add_error(
                    COLUMN + field,
                    gettext("Kolom “%(heading)s” koos u al bij %(field)s. Kies een andere kolom.")
                    % {"heading": heading, "field": mid_sentence(FIELDS[first])},
                )
        return given


def _known(file: FileCard) -> dict[str, Any]:
    """Return what was chosen for such a file before; of a new source nothing is chosen yet."""
    defaults = file.defaults
    return {
        "source": file.source,
        "is_complete": NO if not file.is_complete and file.source else "",
        "kind": defaults.kind or "",
        "organisation_kind": defaults.organisation_kind or "",
        "capacity": defaults.capacity,
        "times": YES if defaults.half_days else "",
    }
