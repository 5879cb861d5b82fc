"""Looking for places, the choice from a list, refusing one, and setting a rule aside."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.proposals.facts import Asked
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.queries import OfferCard
from meedoen.rules import half_days
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.places.refusals import refusal_rules
from meedoen.rules.vocabulary import (
    ChoiceReason,
    Guidance,
    Preference,
    RefusalReason,
    RefusalSide,
)
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.match_words import (
    CHOICE_REASONS,
    GUIDANCE_WANTED,
    PREFERENCES,
    REFUSAL_REASONS,
    REFUSAL_SIDES,
    TRAVEL,
    WAYS,
    not_said,
)
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import HALF_DAYS

LONGEST_TEXT = 500


class LookForm(forms.Form):
    """How the person travels, how much help and time they want, and the order of places."""

    marks_optional = False

    travel = forms.TypedChoiceField(
        label=_("Hoe komt de inwoner bij een plek?"),
        help_text=_("Dit bepaalt hoe ver weg een plek mag zijn."),
        coerce=TravelBy,
        empty_value=None,
        required=False,
        choices=lambda: [("", not_said()), *choices(TRAVEL)],
        widget=forms.RadioSelect,
    )
    guidance = forms.TypedChoiceField(
        label=_("Hoeveel hulp wil de inwoner op een plek?"),
        coerce=Guidance,
        empty_value=None,
        required=False,
        choices=lambda: [("", not_said()), *choices(GUIDANCE_WANTED)],
        widget=forms.RadioSelect,
    )
    most_half_days = forms.IntegerField(
        label=_("Hoeveel dagdelen per week wil de inwoner hooguit?"),
        help_text=_("Een ochtend, middag of avond is een dagdeel. Leeg: niet gezegd."),
        min_value=1,
        max_value=len(half_days.CODES),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    way = forms.TypedChoiceField(
        label=_("In welke volgorde?"),
        coerce=Way,
        empty_value=Way.FIT,
        required=False,
        choices=lambda: choices(WAYS),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, asked: Asked, way: Way = Way.FIT) -> None:
        """Begin with what was said before."""
        first = {
            "travel": asked.travel or "",
            "guidance": asked.guidance or "",
            "most_half_days": asked.most_half_days,
            "way": way,
        }
        super().__init__(data, initial=first)

    def asked(self) -> Asked:
        """Return what the person said."""
        given = self.cleaned_data
        return Asked(
            travel=given["travel"],
            guidance=given["guidance"],
            most_half_days=given["most_half_days"],
        )


def _preferences() -> list[tuple[str, object]]:
    return list(choices(PREFERENCES))


def _said_field(label: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("In de woorden van de inwoner."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


def _preference_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Wat wil de inwoner zelf?"),
        coerce=Preference,
        choices=_preferences,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de inwoner zelf wil.")},
    )


class ChoiceForm(forms.Form):
    """Which place and why, when the resident comes, what they want and say, and who found it.

    Nothing is chosen beforehand.
    """

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    place = forms.TypedChoiceField(
        label=_("Welke plek kiest de inwoner?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een plek.")},
    )
    reason = forms.TypedChoiceField(
        label=_("Waarom deze plek?"),
        coerce=ChoiceReason,
        choices=lambda: [CHOOSE, *choices(CHOICE_REASONS)],
        error_messages={"required": _("Kies waarom het deze plek wordt.")},
    )
    preference = _preference_field()
    resident_said = _said_field(
        _("Wat vindt de inwoner van deze plek?"),
        _("Schrijf op wat de inwoner zelf van deze plek vindt."),
    )
    half_days = forms.MultipleChoiceField(
        label=_("Op welke dagdelen komt de inwoner?"),
        help_text=_(
            "Kiest u niets, dan telt de inwoner op alle dagdelen van de plek mee tot u dagdelen "
            "afspreekt."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    self_found = forms.BooleanField(
        label=_("De inwoner heeft deze plek zelf gevonden"), required=False
    )

    def __init__(self, data: Any = None, *, offers: Sequence[OfferCard]) -> None:
        """Take the places that there are to choose from."""
        super().__init__(data)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(offer.place_id), gettext("Kies %(place)s") % {"place": offer.place.title})
            for offer in offers
        ]
        opened = reduce(or_, (offer.place.half_days for offer in offers), half_days.NONE)
        self.fields["half_days"].choices = [  # type: ignore[attr-defined]
            (code, HALF_DAYS[code]) for code in half_days.codes(opened)
        ]

    def clean_resident_said(self) -> str:
        """Refuse a diagnosis: it has no place here."""
        text: str = self.cleaned_data["resident_said"]
        refuse_diagnosis(text)
        return text

    def buttons(self) -> dict[int, BoundWidget]:
        """Return the radio button of each place, by the number of the place."""
        return {int(button.data["value"]): button for button in self["place"]}


USUAL, YES, NO = "usual", "yes", "no"
_AGAIN: Mapping[str, bool | None] = {USUAL: None, YES: True, NO: False}


class RefusalForm(forms.Form):
    """Why a place does not come to be, what the resident wants and says, and what follows."""

    use_required_attribute = False

    reason = forms.TypedChoiceField(
        label=_("Waarom gaat deze plek niet door?"),
        coerce=RefusalReason,
        error_messages={"required": _("Kies waarom deze plek niet doorgaat.")},
    )
    preference = _preference_field()
    resident_said = _said_field(
        _("Wat zegt de inwoner er zelf van?"),
        _("Schrijf op wat de inwoner er zelf van zegt."),
    )
    paused_until = forms.DateField(
        label=_("Tot wanneer stellen we deze plek niet meer voor?"),
        help_text=_("Laat dit leeg voor de tijd die bij de reden hoort."),
        widget=DayInput,
        required=False,
        error_messages={"invalid": _("Vul een dag in die bestaat, zoals 31-12-2027.")},
    )
    no_pause = forms.BooleanField(
        label=_("Geen pauze: de plek mag meteen weer in een lijst staan"), required=False
    )
    again = forms.TypedChoiceField(
        label=_("Vragen we er na de pauze opnieuw naar?"),
        choices=[
            (USUAL, _("Zoals bij de reden hoort")),
            (YES, _("Ja, zet het op de lijst van vandaag als het zover is")),
            (NO, _("Nee")),
        ],
        coerce=_AGAIN.__getitem__,
        initial=USUAL,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    tell_place = forms.BooleanField(
        label=_("Laat de organisatie de reden weten als die over de plek gaat"),
        help_text=_("De organisatie leest niet om wie het gaat."),
        initial=True,
        required=False,
    )

    def __init__(self, data: Any = None, *, is_late: bool = False) -> None:
        """Put the reasons together by the side that gives them, each with its usual pause.

        The organisation knows who was to come to a place that had been chosen, so then there is
        nothing to let it know without a name.
        """
        super().__init__(data)
        if is_late:
            del self.fields["tell_place"]
        today = clock.today()
        groups: list[tuple[Any, list[tuple[str, Any]]]] = []
        for side in RefusalSide:
            of_side = [one for one in RefusalReason if refusal_rules(one, today).side is side]
            groups.append((REFUSAL_SIDES[side], [(one.value, _with_pause(one)) for one in of_side]))
        self.fields["reason"].choices = [CHOOSE, *groups]  # type: ignore[attr-defined]
        self.fields["paused_until"].widget.attrs["min"] = clock.today().isoformat()

    def clean_resident_said(self) -> str:
        """Refuse a diagnosis: it has no place here."""
        text: str = self.cleaned_data["resident_said"]
        refuse_diagnosis(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a pause that is given and left out at once, and asking again without a pause."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("no_pause") and given.get("paused_until"):
            raise ValidationError(_("Kies een dag of geen pauze, niet allebei."))
        if given.get("no_pause") and given.get("again") is True:
            raise ValidationError(
                _("Zonder pauze is er geen dag om opnieuw te vragen. Kies een pauze of nee.")
            )
        return given


def _with_pause(reason: RefusalReason) -> str:
    days = refusal_rules(reason, clock.today()).pause_days
    return gettext("%(reason)s (pauze: %(days)s dagen)") % {
        "reason": REFUSAL_REASONS[reason],
        "days": days,
    }


class SetAsideForm(forms.Form):
    """Why a rule does not count this time."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Waarom telt deze regel nu niet?"),
        help_text=_("De reden blijft bij de lijst staan, met uw naam en de dag."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom deze regel nu niet telt.")},
    )

    def clean_reason(self) -> str:
        """Refuse a diagnosis: it has no place here."""
        text: str = self.cleaned_data["reason"]
        refuse_diagnosis(text)
        return text
