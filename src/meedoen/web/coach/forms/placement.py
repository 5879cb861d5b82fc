"""What can be changed about a placement: each change its own small form."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.widgets import DayInput


class StartDayForm(forms.Form):
    """The day on which a placement really started."""

    started_on = PastDayField(label=_("Eerste dag"))

    def __init__(self, data: Any = None, *, started_on: date) -> None:
        """Begin with the day as it is known now."""
        super().__init__(data, initial={"started_on": started_on})


class PlannedEndForm(forms.Form):
    """The last day that was agreed on; left empty when there is none."""

    planned_end_on = forms.DateField(
        label=_("Afgesproken laatste dag"),
        help_text=_("Laat leeg als er geen laatste dag is afgesproken."),
        widget=DayInput,
        required=False,
        error_messages={"invalid": _("Vul een dag in die bestaat, zoals 31-12-2026.")},
    )
    # What a colleague agreed on while this one typed is not replaced unseen.
    seen = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, planned_end_on: date | None) -> None:
        """Begin with the day as it is known now."""
        known = {"planned_end_on": planned_end_on, "seen": iso(planned_end_on)}
        super().__init__(data, initial=known)

    def show(self, planned_end_on: date | None) -> None:
        """Let this be the day that the page tells, when it is sent again."""
        send_along(self, "seen", iso(planned_end_on))

    def clean_planned_end_on(self) -> date | None:
        """Refuse a day that has passed."""
        day: date | None = self.cleaned_data["planned_end_on"]
        if day is not None and day < clock.today():
            raise ValidationError(
                _("Deze dag is al geweest. Kies een latere dag, of stop de plaatsing.")
            )
        return day


def iso(day: date | None) -> str:
    """Return a day as a hidden field holds it, in every language; empty for none."""
    return day.isoformat() if day else ""


class ConfirmForm(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""
