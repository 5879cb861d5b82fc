"""What a coach writes down about sheltered work, new and old."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.sheltered.actions import MAY_ASK
from meedoen.records.sheltered.limits import LONGEST_TEXT
from meedoen.records.sheltered.queries import WswCard
from meedoen.rules.sheltered.columns import MOST_HOURS
from meedoen.rules.sheltered.states import reasons_for, step_for
from meedoen.rules.sheltered.words import (
    ObjectionState,
    ShelteredParty,
    ShelteredReason,
    ShelteredState,
    WswCategory,
    WswKind,
)
from meedoen.web.shared.choices import choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.sheltered_words import (
    OBJECTION_STATES,
    SHELTERED_DAYS,
    SHELTERED_PARTIES,
    SHELTERED_REASONS,
    WSW_CATEGORIES,
    WSW_KINDS,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NOT_LINKED = "-"
"""Stands for no placement; no key looks like this."""
MISTAKEN_NUMBER = _("Vul een getal in, zoals 28 of 28,5.")
"""Said for what is no number."""
HIGHEST_PERCENT = 100


class HoursField(forms.DecimalField):
    """Hours a week, with at most two decimals."""

    def __init__(self, *, label: "_StrPromise", required: bool = True, help_text: Any = "") -> None:
        """Take the label and whether it may be left empty."""
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            min_value=Decimal("0.01"),
            max_value=MOST_HOURS,
            max_digits=5,
            decimal_places=2,
            localize=True,
            error_messages={
                "required": _("Vul de uren in."),
                "invalid": MISTAKEN_NUMBER,
                "min_value": _("Vul meer dan 0 uur in."),
                "max_value": _("Een week heeft 168 uur. Vul minder uren in."),
            },
        )


class OwnWordsField(forms.CharField):
    """A few sentences in somebody's own words; an illness or a diagnosis is not kept."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, label: "_StrPromise", missing: Any = "", help_text: Any = "") -> None:
        """Take the label; `missing` is said when it may not be left empty."""
        super().__init__(
            label=label,
            help_text=help_text,
            required=bool(missing),
            max_length=LONGEST_TEXT,
            validators=[refuse_diagnosis],
            error_messages={"required": missing} if missing else None,
        )


class RequestForm(forms.Form):
    """Who asks for sheltered work, and when."""

    use_required_attribute = False

    asked_on = PastDayField(label=_("Dag van de aanvraag"))
    asked_by = forms.TypedChoiceField(
        label=_("Wie vraagt het aan?"),
        choices=lambda: [
            (party.value, SHELTERED_PARTIES[party]) for party in ShelteredParty if party in MAY_ASK
        ],
        coerce=ShelteredParty,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie het aanvraagt.")},
    )

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"asked_on": clock.today()})


class StepForm(forms.Form):
    """One step of a track: its day, and whatever the table of steps asks for."""

    use_required_attribute = False
    marks_optional = False

    on = PastDayField(label=_("Dag"))
    reason = forms.TypedChoiceField(
        label=_("Waarom?"),
        coerce=ShelteredReason,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de reden van deze stap.")},
    )
    week_hours = HoursField(
        label=_("Uren per week in het contract"),
        required=False,
        help_text=_("Weet u de uren nog niet? Laat dit leeg en vul ze later aan."),
    )
    placement_key = forms.TypedChoiceField(
        label=_("Op welke plek?"),
        coerce=uuid.UUID,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    explanation = OwnWordsField(label=_("Toelichting"))

    def __init__(
        self,
        data: Any = None,
        *,
        state: ShelteredState,
        to: ShelteredState,
        placements: Mapping[uuid.UUID, str],
    ) -> None:
        """Leave out what this step does not ask for."""
        super().__init__(data, initial={"on": clock.today()})
        step, reasons = step_for(state, to), reasons_for(state, to)
        self.fields["on"].label = str(SHELTERED_DAYS[to])
        if reasons:
            self.fields["reason"].required = step.reason_needed
            self.fields["reason"].choices = choices(SHELTERED_REASONS, reasons)  # type: ignore[attr-defined]
        else:
            del self.fields["reason"]
        if step.explanation_needed:
            self.fields["explanation"].required = True
            self.fields["explanation"].label = _("Waarom beslist de gemeente dit?")
            self.fields["explanation"].error_messages["required"] = _(
                "Schrijf op waarom de gemeente dit beslist: bij dit besluit is dat nodig."
            )
        if to is not ShelteredState.EMPLOYED:
            del self.fields["week_hours"]
        if to is not ShelteredState.EMPLOYED or not placements:
            del self.fields["placement_key"]
        else:
            self.fields["placement_key"].choices = [  # type: ignore[attr-defined]
                ("", _("Staat nog niet bij de plaatsingen")),
                *((str(key), title) for key, title in placements.items()),
            ]


class ReasonForm(forms.Form):
    """Why something that was written down is put right."""

    use_required_attribute = False

    reason = OwnWordsField(
        label=_("Waarom verbetert u dit?"), missing=_("Schrijf op waarom u dit verbetert.")
    )


class StepDayForm(ReasonForm):
    """The day on which a step really was."""

    on = PastDayField(label=_("De goede dag"))

    field_order = ("on", "reason")

    def __init__(self, data: Any = None, *, on: date) -> None:
        """Begin with the day as it is known now."""
        super().__init__(data, initial={"on": on})


class ObjectionForm(forms.Form):
    """A resident objects to a decision."""

    use_required_attribute = False

    on = PastDayField(label=_("Dag waarop het bezwaar binnenkwam"))
    text = OwnWordsField(label=_("Wat vindt de inwoner?"))

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"on": clock.today()})


class AnswerForm(forms.Form):
    """What became of an objection."""

    use_required_attribute = False

    on = PastDayField(label=_("Dag"))
    state = forms.TypedChoiceField(
        label=_("Hoe liep het af?"),
        coerce=ObjectionState,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het bezwaar afliep.")},
    )
    text = OwnWordsField(label=_("Toelichting"))

    def __init__(self, data: Any = None, *, state: ShelteredState) -> None:
        """Leave out what asks for a new decision instead."""
        super().__init__(data, initial={"on": clock.today()})
        left_out = {ObjectionState.RECEIVED}
        if state is ShelteredState.REFUSED:
            left_out.add(ObjectionState.UPHELD)
        answers = [one for one in ObjectionState if one not in left_out]
        self.fields["state"].choices = choices(OBJECTION_STATES, answers)  # type: ignore[attr-defined]


class HoursForm(forms.Form):
    """Other hours in a contract from a day on."""

    use_required_attribute = False

    starts_on = PastDayField(label=_("Vanaf"))
    week_hours = HoursField(label=_("Uren per week in het contract"))

    def __init__(self, data: Any = None, *, week_hours: Decimal | None) -> None:
        """Begin with the hours as they are known now."""
        super().__init__(data, initial={"starts_on": clock.today(), "week_hours": week_hours})


class SubsidyForm(forms.Form):
    """Of which job the wage-cost subsidy is worked out."""

    use_required_attribute = False

    starts_on = PastDayField(label=_("Vanaf"))
    minimum_wage = forms.DecimalField(
        label=_("Minimumloon per maand"),
        help_text=_("In euro's, voor een week van 36 uur, zonder vakantiebijslag."),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": _("Vul het minimumloon in."),
            "invalid": _("Vul een bedrag in, zoals 2300 of 2300,50."),
            "min_value": _("Vul een bedrag in van meer dan 0 euro."),
        },
    )
    week_hours = HoursField(label=_("Uren per week in het contract"))
    full_week_hours = HoursField(label=_("Uren van een volle week in vergelijkbaar werk"))
    loonwaarde = forms.DecimalField(
        label=_("Loonwaarde in procenten"),
        help_text=_(
            "Wat het werk waard is, als deel van het minimumloon. Staat de loonwaarde nog niet "
            "vast? Laat dit leeg: dan geldt het vaste deel van de eerste zes maanden."
        ),
        min_value=0,
        max_value=HIGHEST_PERCENT,
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        error_messages={
            "invalid": MISTAKEN_NUMBER,
            "min_value": _("Vul een percentage in van 0 tot en met 100."),
            "max_value": _("Vul een percentage in van 0 tot en met 100."),
        },
    )

    def clean_loonwaarde(self) -> Decimal | None:
        """Return the loonwaarde as a part of one."""
        percent: Decimal | None = self.cleaned_data["loonwaarde"]
        return None if percent is None else percent / HIGHEST_PERCENT


class WswForm(forms.Form):
    """How somebody has old sheltered work, from a day on."""

    use_required_attribute = False

    starts_on = PastDayField(label=_("Eerste dag"))
    week_hours = HoursField(label=_("Uren per week"))
    category = forms.TypedChoiceField(
        label=_("Arbeidshandicap volgens UWV"),
        choices=lambda: choices(WSW_CATEGORIES),
        coerce=WswCategory,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de categorie.")},
    )
    kind = forms.TypedChoiceField(
        label=_("Hoe werkt deze inwoner?"),
        choices=lambda: choices(WSW_KINDS),
        coerce=WswKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de inwoner werkt.")},
    )

    def __init__(self, data: Any = None, *, known: WswCard | None = None) -> None:
        """Begin with how it is known now; the day is then the one of the change."""
        begin: dict[str, Any] = {}
        if known is not None:
            begin = {
                "starts_on": clock.today(),
                "week_hours": known.week_hours,
                "category": known.category.value,
                "kind": known.kind.value,
            }
        super().__init__(data, initial=begin)
        if known is not None:
            self.fields["starts_on"].label = _("Vanaf")


class WswEndForm(forms.Form):
    """The last day of old sheltered work."""

    last_day = PastDayField(label=_("Laatste dag"))

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"last_day": clock.today()})
