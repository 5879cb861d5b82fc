"""The line of filters above the list of people; it stands in the address of the page."""

import uuid
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.people_queries import OwnPlaceName, PeopleFilter
from meedoen.rules.placement_states import BEFORE_START, HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.words import PLACEMENT_STATES

TO_BEGIN, TAKING_PART = "to_begin", "taking_part"
STATES: Mapping[str, frozenset[PlacementState]] = {
    TO_BEGIN: BEFORE_START,
    TAKING_PART: TAKES_PART,
    **{state.value: frozenset({state}) for state in PlacementState if state in HOLDS_A_SEAT},
}
"""What can be asked for: a group of states, or one of them."""

ANY_PLACE = ("", _("Alle plekken"))


class PeopleForm(forms.Form):
    """Which people to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Voornaam of nummer"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Wie"),
        choices=[
            ("", _("Iedereen")),
            (TO_BEGIN, _("Wie nog moet beginnen")),
            (TAKING_PART, _("Wie meedoet, ook wie er even niet is")),
            *(
                (state.value, PLACEMENT_STATES[state])
                for state in PlacementState
                if state in HOLDS_A_SEAT
            ),
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
            ("end", _("Afgesproken laatste dag")),
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
        return PeopleFilter(
            words=given.get("words", ""),
            states=STATES.get(given.get("state", ""), frozenset()),
            place_key=given.get("place"),
            order=given.get("order", "since"),
        )
