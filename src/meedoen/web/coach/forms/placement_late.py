"""Somebody who takes part already: where, and on which days it began."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.course_actions import LatePlacement
from meedoen.records.places.cards import PlaceCard
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import PLACE_KINDS


class LookForm(forms.Form):
    """Words to find the place by; they stand in the address."""

    marks_optional = False

    words = forms.CharField(label=_("Welke plek of organisatie?"), max_length=100, required=False)


class LateForm(forms.Form):
    """The place and the days; one of the two days of starting may stay empty."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    place = forms.TypedChoiceField(
        label=_("Op welke plek doet de inwoner mee?"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies de plek. Staat die er niet bij? Zoek dan hierboven."),
            "invalid_choice": _("Kies een plek die hier staat, of zoek hierboven een andere."),
        },
    )
    proposed_on = PastDayField(label=_("Wanneer is het voorgesteld?"))
    trial_on = PastDayField(label=_("Eerste dag op proef"))
    started_on = PastDayField(label=_("Eerste dag dat de inwoner gewoon meedeed"))
    planned_end_on = forms.DateField(
        label=_("Afgesproken laatste dag"),
        widget=DayInput,
        required=False,
        error_messages={"invalid": _("Vul een dag in die bestaat, zoals 31-12-2026.")},
    )
    self_found = forms.BooleanField(label=_("De inwoner vond deze plek zelf"), required=False)

    def __init__(self, data: Any = None, *, places: Sequence[PlaceCard]) -> None:
        """Take the places that can be chosen."""
        super().__init__(data)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(one.key), f"{one.title}, {one.organisation} ({PLACE_KINDS[one.kind]})")
            for one in places
        ]
        for name in ("trial_on", "started_on"):
            self.fields[name].required = False

    def new(self, *, pseudonym_id: int) -> LatePlacement:
        """Return what is to be registered; the form has been checked."""
        given = self.cleaned_data
        names = ("proposed_on", "trial_on", "started_on", "planned_end_on", "self_found")
        return LatePlacement(
            pseudonym_id=pseudonym_id,
            place_key=given["place"],
            **{name: given[name] for name in names},
        )
