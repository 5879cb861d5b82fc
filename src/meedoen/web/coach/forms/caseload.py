"""The line of filters above the list of people; it stands in the address of the page."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.queries import CaseloadFilter

OWN, TEAM = "own", "team"


class CaseloadForm(forms.Form):
    """Which people to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Naam"), max_length=100, required=False)
    district = forms.TypedChoiceField(label=_("Wijk"), coerce=int, empty_value=None, required=False)
    whose = forms.ChoiceField(
        label=_("Van wie"), choices=[(OWN, _("Mijn mensen")), (TEAM, _("Het hele team"))]
    )
    not_spoken = forms.TypedChoiceField(
        label=_("Niet gesproken"),
        choices=[
            ("", _("Maakt niet uit")),
            ("3", _("3 maanden of langer")),
            ("6", _("6 maanden of langer")),
            ("12", _("een jaar of langer")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            ("last_spoken", _("Langst niet gesproken")),
            ("name", _("Naam")),
            ("district", _("Wijk")),
        ],
    )

    def __init__(
        self, given: Mapping[str, str], *, viewer: Viewer, districts: Sequence[DistrictCard]
    ) -> None:
        """Take what the address says, and the usual values for the rest."""
        usual = {"whose": OWN if viewer.role == Role.COACH else TEAM, "order": "last_spoken"}
        super().__init__(usual | dict(given))
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle wijken")),
            *((str(card.district_id), card.name) for card in districts),
        ]

    def wanted(self) -> CaseloadFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        return CaseloadFilter(
            words=given.get("words", ""),
            district_id=given.get("district"),
            own_only=given.get("whose") == OWN,
            not_spoken_months=given.get("not_spoken"),
            order=given.get("order", "last_spoken"),
        )
