"""The line of filters above the list of people; it stands in the address of the page."""

import uuid
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.people_queries import OwnPlaceName, PeopleFilter
from meedoen.rules.vocabulary import PlacementState

ANY_PLACE = ("", _("Alle plekken"))


class PeopleForm(forms.Form):
    """Which people to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Voornaam of nummer"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Wie"),
        choices=[
            ("", _("Iedereen")),
            (PlacementState.PROPOSED.value, _("Wie nog moet beginnen")),
            (PlacementState.ACTIVE.value, _("Wie nu meedoet")),
        ],
        required=False,
    )
    place = forms.TypedChoiceField(
        label=_("Plek"), coerce=uuid.UUID, empty_value=None, required=False
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            ("since", _("Langst erbij")),
            ("name", _("Voornaam")),
            ("place", _("Plek")),
            ("end", _("Eerste laatste dag")),
        ],
    )

    def __init__(self, given: Mapping[str, str], *, places: Sequence[OwnPlaceName]) -> None:
        """Take what the address says, and the usual values for the rest."""
        super().__init__({"order": "since"} | dict(given))
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ANY_PLACE,
            *((str(place.key), place.title) for place in places),
        ]

    def wanted(self) -> PeopleFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        state = given.get("state")
        return PeopleFilter(
            words=given.get("words", ""),
            state=PlacementState(state) if state else None,
            place_key=given.get("place"),
            order=given.get("order", "since"),
        )
