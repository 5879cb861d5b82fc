"""The line of filters above the list of own places; it stands in the address of the page."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.places.own_queries import OwnPlaceFilter, OwnState
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.shared.words import PLACE_KINDS


class PlaceListForm(forms.Form):
    """Which places to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(label=_("Naam van de plek"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Welke"),
        choices=[
            (OwnState.OPEN.value, _("In de lijst van plekken")),
            (OwnState.STALE.value, _("Om na te kijken")),
            (OwnState.WAITING.value, _("Wacht op de gemeente")),
            (OwnState.REFUSED.value, _("Niet opgenomen")),
            (OwnState.OVER.value, _("Gestopt")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Soort plek"),
        choices=lambda: [
            ("", _("Alle soorten")),
            *((one.value, word) for one, word in PLACE_KINDS.items()),
        ],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            ("title", _("Naam")),
            ("fresh", _("Langst niet nagekeken")),
            ("free", _("Minst vrij")),
        ],
    )

    def __init__(self, given: Mapping[str, str]) -> None:
        """Take what the address says, and the usual values for the rest."""
        super().__init__({"state": OwnState.OPEN.value, "order": "title"} | dict(given))

    def wanted(self) -> OwnPlaceFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        kind = given.get("kind")
        return OwnPlaceFilter(
            words=given.get("words", ""),
            state=OwnState(given.get("state", OwnState.OPEN)),
            kind=PlaceKind(kind) if kind else None,
            order=given.get("order", "title"),
        )
