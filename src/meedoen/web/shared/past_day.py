"""A field for a day on which something was."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.web.shared.widgets import DayInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EARLIEST = date(1990, 1, 1)
"""An earlier day is a slip of the year; no work that is recorded here is that old."""


class PastDayField(forms.DateField):
    """A day up to and including today."""

    widget = DayInput

    def __init__(self, *, label: "_StrPromise") -> None:
        """Take the label of the field."""
        super().__init__(label=label)
        self.error_messages["required"] = _("Vul de dag in.")
        self.error_messages["invalid"] = _("Vul een dag in die bestaat, zoals 31-12-2025.")

    def validate(self, value: Any) -> None:
        """Refuse a day that has not come, or one that nobody can mean."""
        super().validate(value)
        if value and value > clock.today():
            raise ValidationError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
        if value and value < EARLIEST:
            raise ValidationError(_("De datum ligt te ver terug. Kijk of het jaartal klopt."))
