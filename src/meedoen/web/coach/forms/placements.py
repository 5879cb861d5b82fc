"""The line of filters above the lists of placements; it stands in the address of the page."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.hand_over_queries import BusyCoachCard
from meedoen.records.placements.list_queries import (
    OrganisationName,
    PlacementFilter,
    PlacementList,
)
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.coach.forms.caseload import COLLEAGUE, OWN, TEAM
from meedoen.web.shared.words import PLACE_KINDS

LIST = "lijst"
"""The name in the address of which list is shown."""
PLACE = "plek"
"""The same of the only place of which placements are shown."""

USUAL_ORDER = {
    PlacementList.STARTING.value: "held",
    PlacementList.ENDING.value: "end",
    PlacementList.OVERDUE.value: "end",
}


class PlacementsForm(forms.Form):
    """Which placements to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Naam"), max_length=100, required=False)
    whose = forms.ChoiceField(
        label=_("Van wie"), choices=[(OWN, _("Mijn mensen")), (TEAM, _("Het hele team"))]
    )
    kind = forms.TypedChoiceField(
        label=_("Soort plek"),
        choices=lambda: [("", _("Alle soorten")), *((k.value, w) for k, w in PLACE_KINDS.items())],
        coerce=PlaceKind,
        empty_value=None,
        required=False,
    )
    organisation = forms.TypedChoiceField(
        label=_("Organisatie"), coerce=int, empty_value=None, required=False
    )
    district = forms.TypedChoiceField(label=_("Wijk"), coerce=int, empty_value=None, required=False)
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            ("since", _("Staat het langst zo")),
            ("name", _("Naam")),
            ("place", _("Plek")),
            ("end", _("Laatste dag, vroegste eerst")),
            ("held", _("Vrijgehouden tot, vroegste eerst")),
        ],
    )
    # From the page of a place; nobody chooses it here.
    place = forms.UUIDField(required=False, widget=forms.HiddenInput)
    which = forms.TypedChoiceField(
        label=_("Lijst"),
        choices=[(one.value, one.value) for one in PlacementList],
        coerce=PlacementList,
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        given: Mapping[str, str],
        *,
        viewer: Viewer,
        districts: Sequence[DistrictCard],
        organisations: Sequence[OrganisationName],
        coaches: Sequence[BusyCoachCard] = (),
    ) -> None:
        """Take what the address says, and the usual values for the rest.

        `coaches` are the colleagues of whom the viewer may choose one.
        """
        usual = {
            "whose": OWN if viewer.role == Role.COACH else TEAM,
            "order": USUAL_ORDER.get(given.get(LIST, ""), "since"),
            LIST: PlacementList.RUNNING.value,
        }
        super().__init__(usual | dict(given))
        self._offer(
            "whose",
            [
                (OWN, _("Mijn mensen")),
                (TEAM, _("Het hele team")),
                *(
                    (f"{COLLEAGUE}{card.membership_id}", card.name)
                    for card in coaches
                    if card.membership_id != viewer.membership_id
                ),
            ],
        )
        self._offer(
            "organisation",
            [
                ("", _("Alle organisaties")),
                *((str(card.organisation_id), card.name) for card in organisations),
            ],
        )
        self._offer(
            "district",
            [("", _("Alle wijken")), *((str(card.district_id), card.name) for card in districts)],
        )

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field in the address; what nobody chooses has a Dutch word there."""
        return super().add_prefix({"which": LIST, "place": PLACE}.get(field_name, field_name))

    def wanted(self) -> PlacementFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        whose = given.get("whose", "")
        of_colleague = whose.startswith(COLLEAGUE)
        return PlacementFilter(
            which=given.get("which", PlacementList.RUNNING),
            words=given.get("words", ""),
            kind=given.get("kind"),
            district_id=given.get("district"),
            organisation_id=given.get("organisation"),
            place_key=given.get("place"),
            own_only=whose == OWN,
            coach_id=int(whose.removeprefix(COLLEAGUE)) if of_colleague else None,
            order=given.get("order", "since"),
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
