"""What a policy adviser fills in: a day to measure, what to link, what to publish."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.budget.targets import FIRST_YEAR, HIGHEST_TARGET, LAST_YEAR
from meedoen.records.organisations import clock
from meedoen.web.shared.widgets import DayInput

NOT_IN_LIST = {"invalid_choice": _("Deze keuze bestaat niet. Kies er een uit de lijst.")}
"""What a list says of a choice that it does not have."""


def not_to_come(day: date) -> None:
    """Raise ValidationError for a day that has not been yet."""
    if day > clock.today():
        raise ValidationError(_("Deze dag is nog niet geweest. Kies vandaag of een dag ervoor."))


class MeasureForm(forms.Form):
    """On which day to measure."""

    on = forms.DateField(
        label=_("Peildatum"),
        help_text=_("We tellen hoe het op die dag was, met alles wat nu bekend is."),
        widget=DayInput,
        validators=[not_to_come],
    )


class KnownForm(forms.Form):
    """Count on a day, with what was known at the end of another."""

    on = forms.DateField(
        label=_("Peildatum"),
        help_text=_("De dag waarover het cijfer gaat."),
        widget=DayInput,
        validators=[not_to_come],
    )
    known_on = forms.DateField(
        label=_("Bekend op"),
        help_text=_("We tellen met wat aan het einde van deze dag bekend was."),
        widget=DayInput,
        validators=[not_to_come],
    )


class TargetForm(forms.Form):
    """The number that the text of a goal promises for an indicator, and for which year."""

    target = forms.IntegerField(
        label=_("Beloofd aantal"),
        help_text=_("Alleen als de tekst van het doel een aantal noemt dat in geen tabel staat."),
        min_value=0,
        max_value=HIGHEST_TARGET,
        required=False,
    )
    target_year = forms.IntegerField(
        label=_("Jaar van het beloofde aantal"),
        help_text=_("Laat dit leeg als de tekst geen jaar noemt."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the number when only its year was filled in."""
        typed = super().clean() or self.cleaned_data
        if typed.get("target_year") is not None and typed.get("target", 0) is None:
            self.add_error("target", _("Vul bij dit jaar ook in welk aantal er beloofd is."))
        return typed


class LinkForm(TargetForm):
    """Which indicator shows how a goal is doing, and the number its text promises."""

    prefix = "link"
    field_order = ("indicator", "target", "target_year")

    indicator = forms.ChoiceField(
        label=_("Indicator"),
        help_text=_("Het cijfer komt dan in de tabel van dit doel te staan."),
        error_messages={
            "invalid_choice": _(
                "Deze indicator staat er al, of bestaat niet. Kies een andere uit de lijst."
            )
        },
    )


class PublishForm(forms.Form):
    """Which figures to publish, and what to say about them."""

    prefix = "publish"

    on = forms.TypedChoiceField(
        label=_("Peildatum"),
        help_text=_("Een dag waarop gemeten is. De jaareinden ervoor komen er ook bij."),
        coerce=date.fromisoformat,
        error_messages=NOT_IN_LIST,
    )
    explanation = forms.CharField(
        label=_("Toelichting"),
        help_text=_(
            "Staat boven aan de pagina. Leg uit wat iemand moet weten om de cijfers te lezen."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
    )
