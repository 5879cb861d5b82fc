"""What a coach decides about a participation job: each matter its own small form."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.participation_jobs.limits import (
    LONGEST_WORDS,
    MOST_CENTS,
    MOST_HOURS,
    first_and_last_day,
)
from meedoen.records.participation_jobs.queries import DecisionCard
from meedoen.rules.participation_job.decided import Answer
from meedoen.rules.participation_job.facts import SchoolingChoice
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.shared.choices import choices
from meedoen.web.shared.clock_words import ANSWERS, SCHOOLING_CHOICES
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.widgets import DayInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DAY_MISSING = {
    "required": _("Vul de dag in."),
    "invalid": _("Vul een dag in die bestaat, zoals 31-12-2026."),
}


class WhyField(forms.CharField):
    """On what a decision rests; never an illness or a diagnosis."""

    def __init__(
        self,
        *,
        label: "_StrPromise",
        help_text: "_StrPromise | str" = "",
        missing: "_StrPromise | None" = None,
    ) -> None:
        """Take the label; with `missing`, what is said when nothing was typed, it is needed."""
        super().__init__(
            label=label,
            help_text=help_text,
            required=missing is not None,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
            validators=[refuse_diagnosis],
        )
        if missing is not None:
            self.error_messages["required"] = missing


class NearDayField(forms.DateField):
    """A day in the past or to come that somebody can mean."""

    widget = DayInput

    def __init__(
        self,
        *,
        label: "_StrPromise",
        help_text: "_StrPromise | str" = "",
        required: bool = False,
    ) -> None:
        """Take the label."""
        super().__init__(
            label=label, help_text=help_text, required=required, error_messages=DAY_MISSING
        )

    def validate(self, value: Any) -> None:
        """Refuse a slip of the year."""
        super().validate(value)
        first, last = first_and_last_day()
        if value and not first <= value <= last:
            raise ValidationError(_("Deze dag is te ver weg. Kijk of het jaartal klopt."))


class YesOrNoField(forms.TypedChoiceField):
    """A question that is answered with yes or no."""

    widget = forms.RadioSelect

    def __init__(self, *, label: "_StrPromise", help_text: "_StrPromise | str" = "") -> None:
        """Take the question."""
        super().__init__(
            label=label,
            help_text=help_text,
            choices=lambda: choices(ANSWERS, [Answer.YES, Answer.NO]),
            coerce=lambda value: value == Answer.YES,
            empty_value=None,
        )
        self.error_messages["required"] = _("Kies ja of nee.")


class ClockForm(forms.Form):
    """What all of them share: what a colleague wrote down meanwhile is not replaced unseen."""

    use_required_attribute = False

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, seen: int, initial: dict[str, Any] | None = None
    ) -> None:
        """Take the newest word that the page shows, and what the form begins with."""
        super().__init__(data, initial={**(initial or {}), "seen": seen})

    def show(self, seen: int) -> None:
        """Let this be the newest word that the page shows, when it is sent again."""
        send_along(self, "seen", str(seen))


class SchoolingForm(ClockForm):
    """Schooling beside the job: article 10a(5)."""

    choice = forms.TypedChoiceField(
        label=_("Wat besloot de gemeente?"),
        choices=lambda: choices(SCHOOLING_CHOICES),
        coerce=SchoolingChoice,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de gemeente besloot.")},
    )
    decided_on = PastDayField(label=_("Dag van het besluit"))
    words = WhyField(
        label=_("Waarom?"),
        help_text=_("Nodig als er geen scholing wordt aangeboden. Schrijf geen ziekte op."),
    )


class AssessForm(ClockForm):
    """An assessment of the chance of work: article 10a(8), (9) and (10)."""

    grew = YesOrNoField(label=_("Is de kans op werk groter geworden?"))
    assessed_on = PastDayField(label=_("Dag van de beoordeling"))
    words = WhyField(
        label=_("Waarop rust dit?"),
        help_text=_("Wat kan de inwoner nu, wat nog niet? Schrijf geen ziekte op."),
        missing=_("Schrijf op waarop dit rust."),
    )


class GoOnForm(AssessForm):
    """The same, of going on for a year."""

    grew = YesOrNoField(label=_("Maakt een jaar langer de kans op werk veel beter?"))


class FirstExtensionForm(ClockForm):
    """A third year: other work in another environment, article 10a(9)."""

    other_work = forms.BooleanField(label=_("De inwoner doet ander werk"), required=False)
    other_environment = forms.BooleanField(
        label=_("De inwoner werkt in een andere omgeving"), required=False
    )
    decided_on = PastDayField(label=_("Dag van het besluit"))
    words = WhyField(
        label=_("Welk werk, en waarom langer?"), missing=_("Schrijf op waarop dit rust.")
    )


class SecondExtensionForm(ClockForm):
    """A fourth year: article 10a(10)."""

    decided_on = PastDayField(label=_("Dag van het besluit"))
    words = WhyField(label=_("Waarom langer?"), missing=_("Schrijf op waarop dit rust."))


class LeftOutForm(ClockForm):
    """Work under another provision that is left out of the two years: article 10a(3)."""

    starts_on = NearDayField(label=_("Eerste dag"), required=True)
    last_day = NearDayField(
        label=_("Laatste dag"),
        help_text=_("Laat leeg als het nog loopt. Hooguit zes maanden tellen niet mee."),
    )
    words = WhyField(
        label=_("Bij welke organisatie, en waarom is er zicht op een contract?"),
        missing=_("Schrijf op waarop dit rust."),
    )


class FactForm(ClockForm):
    """A fact about the person: yes, no, or that nobody knows."""

    answer = forms.TypedChoiceField(
        label=_("Wat is bekend?"),
        choices=lambda: choices(ANSWERS),
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een antwoord.")},
    )


class PaymentForm(ClockForm):
    """A premium that was paid."""

    paid_on = PastDayField(label=_("Dag van betalen"))
    euros = forms.DecimalField(
        label=_("Bedrag in euro"),
        min_value=Decimal("0.01"),
        max_value=Decimal(MOST_CENTS) / 100,
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": _("Vul het bedrag in."),
            "invalid": _("Vul een bedrag in, zoals 150,00."),
            "min_value": _("Vul een bedrag in van meer dan nul euro."),
            "max_value": _("Dit bedrag is te groot. Kijk of het klopt."),
            "max_digits": _("Dit bedrag is te groot. Kijk of het klopt."),
            "max_decimal_places": _("Vul een bedrag in met hooguit twee cijfers na de komma."),
        },
    )


class PremiumForm(ClockForm):
    """A decision on the premium for six months: article 10a(6)."""

    cooperated = YesOrNoField(label=_("Werkte de inwoner genoeg mee?"))
    hours_per_week = forms.DecimalField(
        label=_("Uren per week, gemiddeld"),
        help_text=_("Zoals afgesproken, of zoals bevestigd als dat anders was."),
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=3,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": _("Vul het aantal uren in."),
            "invalid": _("Vul een getal in, zoals 12 of 12,5."),
            "min_value": _("Vul een aantal uren in van 0 of meer."),
            "max_value": _("Vul een aantal uren in van hooguit 40."),
            "max_digits": _("Vul een getal in, zoals 12 of 12,5."),
            "max_decimal_places": _("Vul hooguit één cijfer na de komma in."),
        },
    )
    decided_on = PastDayField(label=_("Dag van het besluit"))
    words = WhyField(
        label=_("Toelichting"),
        help_text=_("Nodig als de inwoner niet genoeg meewerkte. Schrijf geen ziekte op."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, when somebody did not cooperate enough."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("cooperated") is False and given.get("words") == "":
            self.add_error("words", _("Schrijf op waarom de inwoner niet genoeg meewerkte."))
        return given


class TakeBackForm(forms.Form):
    """Why something that was decided does not hold."""

    use_required_attribute = False

    words = WhyField(
        label=_("Waarom klopt dit niet?"), missing=_("Schrijf op waarom dit niet klopt.")
    )


class EndByLawForm(forms.Form):
    """The last day of work, when the law ends it."""

    use_required_attribute = False

    last_day = PastDayField(label=_("Laatste dag"))

    def __init__(self, data: Any = None, *, last_day: date) -> None:
        """Begin with the last day that the law allows."""
        super().__init__(data, initial={"last_day": last_day})


class WhatIfForm(forms.Form):
    """What would move when a date moves; nothing is kept, so it stands in the address."""

    marks_optional = False

    start = NearDayField(label=_("Andere eerste dag"))
    out_from = NearDayField(
        label=_("Werk dat niet meetelt, vanaf"),
        help_text=_("Werk via een andere voorziening, met zicht op een contract."),
    )
    out_until = NearDayField(label=_("Tot en met"))
    third_year = forms.BooleanField(label=_("Verlengd met een derde jaar"), required=False)
    fourth_year = forms.BooleanField(label=_("Verlengd met een vierde jaar"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch without a beginning, or with an end before it."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("out_from"), given.get("out_until")
        if last and not first and "out_from" not in self.errors:
            self.add_error("out_from", _("Vul ook de eerste dag in."))
        if first and last and last < first:
            self.add_error("out_until", _("Deze dag ligt voor de eerste dag. Kies een latere dag."))
        if given.get("fourth_year") and not given.get("third_year"):
            self.add_error("fourth_year", _("Een vierde jaar kan pas na een derde."))
        if self.is_bound and not self.errors and not any(given.values()):
            raise ValidationError(_("Vul een datum in of kies een verlenging."))
        return given


def begin_with(held: DecisionCard | None, day_name: str) -> dict[str, Any]:
    """Return what a form begins with: the word that holds, else today."""
    if held is None:
        return {day_name: clock.today()}
    one = held.decided
    begun: dict[str, Any] = {day_name: one.on, "words": held.words, "choice": one.choice}
    return begun | {
        "grew": one.choice,
        "answer": one.choice,
        "other_work": one.other_work,
        "other_environment": one.other_environment,
        "last_day": one.ends_on and one.ends_on - timedelta(days=1),
    }
