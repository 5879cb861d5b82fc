"""Somebody wants no contact for a while."""

from typing import Any

from meedoen.web.coach.forms.attempt import NoContactFields


class PauseForm(NoContactFields):
    """Why somebody wants no contact, and when to ask again: both are needed."""

    use_required_attribute = False
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """Ask for both."""
        self.demand_no_contact()
        return self.cleaned_data
