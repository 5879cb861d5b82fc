"""What is filled in about the tree of the budget."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.budget.line_actions import LONGEST_LINE
from meedoen.records.budget.targets import (
    FIRST_YEAR,
    HIGHEST_TARGET,
    LAST_YEAR,
    LONGEST_SOURCE,
)
from meedoen.records.budget.tree_actions import LONGEST_CODE, LONGEST_GOAL, LONGEST_NAME
from meedoen.rules.indicators.language import Direction
from meedoen.web.policy.forms import NOT_IN_LIST, not_to_come
from meedoen.web.shared.counting import DIRECTIONS
from meedoen.web.shared.widgets import DayInput

LINES = gettext_lazy("Zet elke naam op een eigen regel.")


class ProgrammeForm(forms.Form):
    """A programme of the budget."""

    code = forms.CharField(label=gettext_lazy("Nummer"), max_length=LONGEST_CODE)
    name = forms.CharField(label=gettext_lazy("Naam"), max_length=LONGEST_NAME)
    portfolio_holder = forms.CharField(
        label=gettext_lazy("Portefeuillehouder"), max_length=LONGEST_NAME, required=False
    )


class FieldForm(ProgrammeForm):
    """A policy field, and in which programme it stands."""

    programme_key = forms.ChoiceField(label=gettext_lazy("Programma"), error_messages=NOT_IN_LIST)

    def __init__(self, typed: Any, *, programmes: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer programmes, as key and name."""
        super().__init__(typed, **more)
        field: Any = self.fields["programme_key"]
        field.choices = programmes


class GoalForm(forms.Form):
    """A goal, and in which policy field it stands."""

    code = forms.CharField(
        label=gettext_lazy("Nummer"),
        help_text=gettext_lazy("Zoals het in de begroting staat: 1.1.3."),
        max_length=LONGEST_CODE,
    )
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=LONGEST_GOAL)
    year = forms.IntegerField(
        label=gettext_lazy("Jaar"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    field_key = forms.ChoiceField(
        label=gettext_lazy("Beleidsveld"), required=False, error_messages=NOT_IN_LIST
    )
    portfolio_holders = forms.CharField(
        label=gettext_lazy("Portefeuillehouders"),
        help_text=LINES,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    policy_notes = forms.CharField(
        label=gettext_lazy("Kaderstellende nota's"),
        help_text=LINES,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("Bron"), max_length=LONGEST_GOAL, required=False)
    links = forms.CharField(
        label=gettext_lazy("Hangt samen met doelen"),
        help_text=gettext_lazy("Nummers van andere doelen, met een komma ertussen."),
        required=False,
    )

    def __init__(self, typed: Any, *, fields: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer policy fields, as key and name."""
        super().__init__(typed, **more)
        field: Any = self.fields["field_key"]
        field.choices = [("", _("Nog geen beleidsveld")), *fields]


class LineForm(forms.Form):
    """A criterion or an activity of a goal, with the indicators that belong to it."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_LINE,
    )
    indicators = forms.MultipleChoiceField(
        label=gettext_lazy("Waaraan we het zien"),
        help_text=gettext_lazy("Een indicator voegt u toe op de pagina van het doel."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=NOT_IN_LIST,
    )

    def __init__(self, typed: Any, *, indicators: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the indicators of the goal, as code and name."""
        super().__init__(typed, **more)
        field: Any = self.fields["indicators"]
        field.choices = indicators


class PromiseForm(forms.Form):
    """What is promised for a year; an earlier promise stays to be read."""

    number = forms.IntegerField(
        label=gettext_lazy("Beloofd aantal"),
        help_text=gettext_lazy("Laat dit leeg om de belofte van dat jaar in te trekken."),
        min_value=0,
        max_value=HIGHEST_TARGET,
        required=False,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Jaar"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    direction = forms.TypedChoiceField(
        label=gettext_lazy("Richting"),
        choices=[
            (one.value, DIRECTIONS[one])
            for one in (Direction.AT_LEAST, Direction.AT_MOST)
            if one in DIRECTIONS
        ],
        coerce=Direction,
        error_messages=NOT_IN_LIST,
    )
    source = forms.CharField(
        label=gettext_lazy("Waar dit staat"),
        help_text=gettext_lazy("Zoals “Begroting 2026” of het nummer van een raadsbesluit."),
        max_length=LONGEST_SOURCE,
        required=False,
    )
    decided_on = forms.DateField(
        label=gettext_lazy("Dag van het besluit"),
        widget=DayInput,
        validators=[not_to_come],
        required=False,
    )

    def __init__(self, typed: Any, *, promised: AbstractSet[int | None]) -> None:
        """Know the years of which something was promised: only that can be taken back."""
        super().__init__(typed)
        self._promised = promised

    def clean(self) -> dict[str, Any]:
        """Ask for a number when there is nothing to take back."""
        given = super().clean() or self.cleaned_data
        is_read = "number" in given and "year" in given
        if is_read and given["number"] is None and given["year"] not in self._promised:
            self.add_error(
                "number", _("Voor dit jaar is niets beloofd om in te trekken. Vul een aantal in.")
            )
        return given
