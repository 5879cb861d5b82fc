"""The line of filters above the list of people; it stands in the address of the page."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.hand_over_queries import BusyCoachCard
from meedoen.records.people.queries import CaseloadFilter
from meedoen.records.people.reach import Reach

OWN, TEAM = "own", "team"
COLLEAGUE = "coach-"


class CaseloadForm(forms.Form):
    """Which people to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Naam"), max_length=100, required=False)
    district = forms.TypedChoiceField(label=_("Wijk"), coerce=int, empty_value=None, required=False)
    whose = forms.ChoiceField(
        label=_("Van wie"), choices=[(OWN, _("Mijn mensen")), (TEAM, _("Het hele team"))]
    )
    reach = forms.ChoiceField(
        label=_("Bereik"),
        choices=[
            ("", _("Iedereen")),
            (Reach.NEVER_SPOKEN.value, _("Nog nooit gesproken")),
            ("3", _("3 maanden of langer niet gesproken")),
            ("6", _("6 maanden of langer niet gesproken")),
            ("12", _("Een jaar of langer niet gesproken")),
            (Reach.NO_NEXT_STEP.value, _("Geen volgende stap gepland")),
            (Reach.STEP_OVERDUE.value, _("Volgende stap is te laat")),
            (Reach.NO_CONTACT.value, _("Wil geen contact")),
        ],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            ("last_spoken", _("Langst niet gesproken")),
            ("name", _("Naam")),
            ("district", _("Wijk")),
            ("next_contact", _("Eerste volgende stap")),
        ],
    )

    def __init__(
        self,
        given: Mapping[str, str],
        *,
        viewer: Viewer,
        districts: Sequence[DistrictCard],
        coaches: Sequence[BusyCoachCard] = (),
    ) -> None:
        """Take what the address says, and the usual values for the rest.

        `coaches` are the colleagues of whom the viewer may choose one.
        """
        usual = {"whose": OWN if viewer.role == Role.COACH else TEAM, "order": "last_spoken"}
        # An address that was kept from before the filter on reach.
        if "not_spoken" in given:
            usual["bereik"] = given["not_spoken"]
        super().__init__(usual | dict(given))
        self.fields["whose"].choices += [  # type: ignore[attr-defined]
            (f"{COLLEAGUE}{card.membership_id}", card.name)
            for card in coaches
            if card.membership_id != viewer.membership_id
        ]
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle wijken")),
            *((str(card.district_id), card.name) for card in districts),
        ]

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field in the address; reach is called by its Dutch word there."""
        return super().add_prefix({"reach": "bereik"}.get(field_name, field_name))

    def wanted(self) -> CaseloadFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        whose, reach = given.get("whose", ""), given.get("reach", "")
        return CaseloadFilter(
            words=given.get("words", ""),
            district_id=given.get("district"),
            own_only=whose == OWN,
            coach_id=_coach_id(whose),
            reach=Reach(reach) if reach and not reach.isdecimal() else Reach.EVERYONE,
            not_spoken_months=int(reach) if reach.isdecimal() else None,
            order=given.get("order", "last_spoken"),
        )


def _coach_id(whose: str) -> int | None:
    return int(whose.removeprefix(COLLEAGUE)) if whose.startswith(COLLEAGUE) else None
