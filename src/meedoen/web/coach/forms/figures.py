"""What stands above the people behind a figure: which day, which group, whose people."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.figures.people import NOT_MEASURED, parts_to_open
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.indicators.language import Definition
from meedoen.web.coach.forms.caseload import OWN, TEAM
from meedoen.web.shared.counting import part_name
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import Words


class SearchForm(forms.Form):
    """A word of the name or the question of a figure."""

    marks_optional = False

    zoek = forms.CharField(label=gettext_lazy("Zoeken"), required=False, max_length=100)

    @property
    def asked(self) -> str:
        """Return what is searched for; empty for everything, and for what is too long."""
        return str(self.cleaned_data.get("zoek", "")) if self.is_valid() else ""


class FigureForm(forms.Form):
    """A day, a group of the figure and whose people; what is left out gets its usual value."""

    marks_optional = False

    on = forms.DateField(label=gettext_lazy("Peildatum"), widget=DayInput)
    part = forms.ChoiceField(label=gettext_lazy("Groep"), required=False)
    whose = forms.ChoiceField(
        label=gettext_lazy("Van wie"),
        choices=[(OWN, gettext_lazy("Mijn mensen")), (TEAM, gettext_lazy("Het hele team"))],
    )

    def __init__(self, given: Mapping[str, str], *, viewer: Viewer, definition: Definition) -> None:
        """Take what the address says, and the usual values for the rest."""
        self._definition = definition
        parts = parts_to_open(definition, _day_of_parts(given, definition))
        usual = {
            "on": clock.today().isoformat(),
            "part": parts[0],
            "whose": OWN if viewer.role == Role.COACH else TEAM,
        }
        super().__init__(usual | {name: given[name] for name in usual if given.get(name)})
        if parts == ("",):
            del self.fields["part"]
        else:
            choices = [(part, group_name(part)) for part in parts]
            self.fields["part"].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """Refuse a day that has not come, and one on which nothing was counted by this name."""
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("Deze dag is nog niet geweest."))
        if not self._definition.counts_on(on):
            raise forms.ValidationError(
                _("Op deze dag bestond dit cijfer nog niet, of niet meer. Kies een andere dag.")
            )
        return on

    @property
    def chosen_part(self) -> str:
        """Return the group that was asked for; empty for a figure without groups."""
        return str(self.cleaned_data.get("part") or "")

    @property
    def own_only(self) -> bool:
        """Return whether only the viewer's own people are asked for."""
        return bool(self.cleaned_data["whose"] == OWN)


def _day_of_parts(given: Mapping[str, str], definition: Definition) -> date:
    """Return the day whose way of counting says which groups there are: the one asked for."""
    with suppress(ValueError):
        day = date.fromisoformat(given.get("on", ""))
        if definition.counts_on(day):
            return day
    today = clock.today()
    return today if definition.counts_on(today) else definition.versions[-1].valid_from


def group_name(part: str) -> Words:
    """Return the name of a group of a figure, or of who was not measured."""
    return gettext_lazy("Niet gemeten") if part == NOT_MEASURED else part_name(part)
