"""The choice from a list of places."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.proposals.queries import OfferCard


class ChoiceForm(forms.Form):
    """Which place, what the resident says of it, and who found it. Nothing is chosen beforehand."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    place = forms.TypedChoiceField(
        label=_("Welke plek kiest de inwoner?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een plek.")},
    )
    resident_said = forms.CharField(
        label=_("Wat vindt de inwoner van deze plek?"),
        help_text=_("In de woorden van de inwoner."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat de inwoner zelf van deze plek vindt.")},
    )
    self_found = forms.BooleanField(
        label=_("De inwoner heeft deze plek zelf gevonden"), required=False
    )

    def __init__(self, data: Any = None, *, offers: Sequence[OfferCard]) -> None:
        """Take the places that there are to choose from."""
        super().__init__(data)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(offer.place.place_id), gettext("Kies %(place)s") % {"place": offer.place.title})
            for offer in offers
        ]

    def buttons(self) -> list[BoundWidget]:
        """Return the radio button of each place, in the order of the offers."""
        return list(self["place"])
