"""Somebody wants no contact for a while."""

from typing import Any

from django import forms

from meedoen.records.conversations.outreach_queries import PauseCard
from meedoen.web.coach.forms.attempt import NoContactFields
from meedoen.web.coach.forms.fields import send_along


class PauseForm(NoContactFields):
    """Why somebody wants no contact, and when to ask again: both are needed."""

    use_required_attribute = False
    marks_optional = False

    # What a colleague wrote down while this one typed is not replaced unseen.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, running: PauseCard | None) -> None:
        """Take the pause that runs, which the page shows."""
        super().__init__(data, initial={"seen": running and running.pause_id})

    def show(self, running: PauseCard | None) -> None:
        """Let this be the pause that the page shows, when it is sent again."""
        send_along(self, "seen", str(running.pause_id) if running else "")

    def clean(self) -> dict[str, Any]:
        """Ask for both."""
        self.demand_no_contact()
        return self.cleaned_data
