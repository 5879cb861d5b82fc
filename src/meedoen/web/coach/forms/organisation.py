"""What a coach fills in about an organisation itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.directory import checks
from meedoen.records.directory.cards import OrganisationCard
from meedoen.records.directory.new import OrganisationDetails
from meedoen.records.places.organisation_actions import LONGEST_REASON
from meedoen.rules.vocabulary import OrganisationKind
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.organisation_form import DescriptionField, SeenField, WebsiteField
from meedoen.web.shared.place_form import DayField
from meedoen.web.shared.words import ORGANISATION_KINDS


class OrganisationForm(forms.Form):
    """An organisation as it is, or becomes."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Naam"),
        max_length=checks.LONGEST_NAME,
        error_messages={"required": _("Vul de naam van de organisatie in.")},
    )
    kind = forms.TypedChoiceField(
        label=_("Soort organisatie"),
        choices=lambda: [CHOOSE, *choices(ORGANISATION_KINDS)],
        coerce=OrganisationKind,
        error_messages={"required": _("Kies wat voor organisatie het is.")},
    )
    kvk_number = forms.CharField(
        label=_("KVK-nummer"),
        help_text=_("8 cijfers. Leeg als de organisatie niet bij de KVK staat."),
        max_length=20,
        required=False,
    )
    description = DescriptionField()
    website = WebsiteField()
    seen = SeenField()

    def details(self) -> OrganisationDetails:
        """Return the organisation as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return OrganisationDetails(**{name: given[name] for name in self.fields if name != "seen"})


def organisation_initial(card: OrganisationCard, *, seen: int) -> dict[str, Any]:
    """Return what the form for a change begins with."""
    return {
        "name": card.name,
        "kind": card.kind.value,
        "kvk_number": card.kvk_number,
        "description": card.description,
        "website": card.website,
        "seen": seen,
    }


class LeaveForm(forms.Form):
    """From which day on an organisation takes part no more, and why."""

    use_required_attribute = False

    left_on = DayField(label=_("Vanaf welke dag doet de organisatie niet meer mee?"))
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    seen = SeenField()

    def __init__(self, data: Any = None, *, people: int, seen: int) -> None:
        """Begin empty; with people placed there the reason is needed."""
        super().__init__(data, initial={"seen": seen})
        reason = self.fields["reason"]
        reason.required = people > 0
        reason.error_messages["required"] = gettext("Schrijf op waarom de organisatie stopt.")


class SeenForm(forms.Form):
    """Only what was seen, for a button that changes something by itself."""

    seen = SeenField()
