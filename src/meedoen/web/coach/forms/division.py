"""Asking for a division of the free places, and answering a line of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import DistrictCard
from meedoen.rules.places.refusals import refusal_rules
from meedoen.rules.vocabulary import ChoiceReason, PlaceKind, Preference, RefusalReason
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.match_words import (
    CHOICE_REASONS,
    PREFERENCES,
    REFUSAL_REASONS,
    REFUSAL_SIDES,
)
from meedoen.web.shared.words import PLACE_KINDS, Words

LONGEST_SAID = 500


def _refusals() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Return the reasons under the side that each of them is of, today."""
    today = clock.today()
    return [
        (
            side_name,
            choices(
                REFUSAL_REASONS,
                [one for one in RefusalReason if refusal_rules(one, today).side is side],
            ),
        )
        for side, side_name in REFUSAL_SIDES.items()
    ]


class DivideForm(forms.Form):
    """What a division is narrowed to; nothing chosen is everyone and every place."""

    marks_optional = False

    kinds = forms.TypedMultipleChoiceField(
        label=_("Alleen deze soorten plekken"),
        help_text=_("Niets aangekruist: alle soorten."),
        coerce=PlaceKind,
        choices=choices(PLACE_KINDS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    district = forms.TypedChoiceField(
        label=_("Alleen inwoners uit deze wijk"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any = None, *, districts: Sequence[DistrictCard]) -> None:
        """Take the districts of the municipality."""
        super().__init__(data)
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Alle wijken")),
            *((str(one.district_id), one.name) for one in districts),
        ]


class _AnswerForm(forms.Form):
    """What the resident thinks of it; asked for with every answer."""

    use_required_attribute = False

    preference = forms.TypedChoiceField(
        label=_("Wat wil de inwoner het liefst?"),
        coerce=Preference,
        choices=[CHOOSE, *choices(PREFERENCES)],
        error_messages={"required": _("Kies wat de inwoner het liefst wil.")},
    )
    resident_said = forms.CharField(
        label=_("Wat zegt de inwoner er zelf van?"),
        help_text=_("In de woorden van de inwoner."),
        max_length=LONGEST_SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat de inwoner er zelf van zegt.")},
    )


class AcceptForm(_AnswerForm):
    """The resident goes to this place: why this one."""

    prefix = "ja"

    reason = forms.TypedChoiceField(
        label=_("Waarom deze plek?"),
        coerce=ChoiceReason,
        choices=[CHOOSE, *choices(CHOICE_REASONS)],
        error_messages={"required": _("Kies waarom het deze plek wordt.")},
    )
    field_order = ("reason", "preference", "resident_said")


class RefuseForm(_AnswerForm):
    """The place does not come to be for this resident: by whom, and why."""

    prefix = "nee"

    reason = forms.TypedChoiceField(
        label=_("Waarom gaat het niet door?"),
        coerce=RefusalReason,
        choices=lambda: [CHOOSE, *_refusals()],
        error_messages={"required": _("Kies waarom het niet doorgaat.")},
    )
    tell_place = forms.BooleanField(
        label=_("Laat de organisatie de reden weten als die over de plek gaat"),
        help_text=_("De organisatie leest niet om wie het gaat."),
        required=False,
    )
    field_order = ("reason", "preference", "resident_said")
