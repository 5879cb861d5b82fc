"""What is asked about the network: of which year, and against which."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.referrals.network_queries import NetworkYears


class NetworkForm(forms.Form):
    """Of which year the picture is, and with which year the last twelve months are compared.

    Each is asked only where there is something to choose from.
    """

    marks_optional = False

    jaar = forms.TypedChoiceField(
        label=_("Beeld van"),
        coerce=int,
        error_messages={
            "invalid_choice": _("Van dit jaar is er geen beeld. Kies er een uit de lijst.")
        },
    )
    basis = forms.TypedChoiceField(
        label=_("Vergelijken met"),
        coerce=int,
        error_messages={
            "invalid_choice": _(
                "Met dit jaar kunnen we niet vergelijken. Kies er een uit de lijst."
            )
        },
    )

    def __init__(self, given: Mapping[str, Any], years: NetworkYears) -> None:
        """Take what the address says; the newest year against the own baseline year otherwise."""
        first = years.baseline if years.baseline in years.baselines else None
        usual = {
            "jaar": next(iter(years.told), ""),
            "basis": first or next(iter(years.baselines[-1:]), ""),
        }
        super().__init__(usual | dict(given.items()))
        for name, offered in (("jaar", years.told), ("basis", years.baselines)):
            if offered:
                self._offer(name, offered)
            else:
                del self.fields[name]

    @property
    def year(self) -> int | None:
        """Return the year of the picture, of a form without mistakes; None while none is over."""
        found: int | None = self.cleaned_data.get("jaar")
        return found

    @property
    def baseline(self) -> int | None:
        """Return the year to compare with; None while there is none that is over."""
        found: int | None = self.cleaned_data.get("basis")
        return found

    def _offer(self, name: str, years: Sequence[int]) -> None:
        field: Any = self.fields[name]
        field.choices = [(str(year), str(year)) for year in years]
