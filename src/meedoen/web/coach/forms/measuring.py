"""What stands above the overview of measuring: whose people, over which period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.ladder.growth_queries import PeriodWanted
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.periods import add_months
from meedoen.web.coach.forms.caseload import OWN, TEAM
from meedoen.web.shared.words import Words

THIS_YEAR, LAST_12_MONTHS = "this_year", "last_12_months"
YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a period, both included."""

    first_day: date
    last_day: date


class MeasuringForm(forms.Form):
    """Whose people and which period; what is left out gets its usual value."""

    marks_optional = False

    whose = forms.ChoiceField(
        label=_("Van wie"), choices=[(OWN, _("Mijn mensen")), (TEAM, _("Het hele team"))]
    )
    period = forms.ChoiceField(label=_("Groei over"))

    def __init__(self, given: Mapping[str, str], *, viewer: Viewer) -> None:
        """Take what the address says, and the usual values for the rest."""
        self._usual = {
            "whose": OWN if viewer.role == Role.COACH else TEAM,
            "period": LAST_12_MONTHS,
        }
        known = {name: given[name] for name in self._usual if name in given}
        super().__init__(self._usual | known)
        self.fields["period"].choices = list(_periods())  # type: ignore[attr-defined]

    def wanted(self) -> PeriodWanted:
        """Return what to ask for; a value that cannot be used counts as not given."""
        days = _days_of(self.chosen("period"))
        return PeriodWanted(
            first_day=days.first_day, last_day=days.last_day, own_only=self.chosen("whose") == OWN
        )

    def chosen(self, name: str) -> str:
        """Return the choice that counts: what was asked, or the usual value."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or self._usual[name])


def _periods() -> list[tuple[str, Words]]:
    year = clock.today().year
    return [
        (LAST_12_MONTHS, _("De laatste 12 maanden")),
        (THIS_YEAR, _("Dit jaar tot vandaag")),
        *((str(one), str(one)) for one in range(year - 1, year - YEARS_BACK, -1)),
    ]


def _days_of(period: str) -> Stretch:
    today = clock.today()
    if period == THIS_YEAR:
        return Stretch(today.replace(month=1, day=1), today)
    if period == LAST_12_MONTHS:
        return Stretch(add_months(today, -12) + timedelta(days=1), today)
    return Stretch(date(int(period), 1, 1), date(int(period), 12, 31))
