"""Making the placement of a referral, and choosing which referrals a list shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.cards import PlaceCard
from meedoen.records.referrals.lists import SentFilter
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import Theme
from meedoen.web.coach.forms.caseload import OWN, TEAM
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.words import THEMES

LIST = "lijst"
"""The name in the address of which list is shown."""


class PlaceForm(forms.Form):
    """At which place of the organisation that said yes; nothing to choose when it is named."""

    use_required_attribute = False

    PART = "place"

    place = forms.TypedChoiceField(
        label=gettext_lazy("Om welke plek gaat het?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Kies om welke plek het gaat.")},
    )

    def __init__(self, data: Any = None, *, places: Sequence[PlaceCard] | None) -> None:
        """Take the places to choose from; None when the referral names one."""
        super().__init__(data, prefix=self.PART)
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                CHOOSE,
                *((str(one.place_id), one.title) for one in places),
            ]


class ReferralsForm(forms.Form):
    """Which referrals a list shows; what is left out gets its usual value."""

    marks_optional = False

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waarvoor"),
        choices=lambda: [("", _("Alles")), *choices(THEMES, REFERRED_FOR)],
        coerce=Theme,
        empty_value=None,
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Van wie"),
        choices=[
            (TEAM, gettext_lazy("Het hele team")),
            (OWN, gettext_lazy("Mijn mensen")),
        ],
    )

    def __init__(self, given: Mapping[str, str], *, viewer: Viewer) -> None:
        """Take what the address says, and the usual values for the rest."""
        usual = {"whose": TEAM if viewer.role == Role.TEAM_LEAD else OWN}
        super().__init__(usual | dict(given))

    def wanted(self, show: str) -> SentFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        return SentFilter(show=show, theme=given.get("theme"), own_only=given.get("whose") == OWN)
