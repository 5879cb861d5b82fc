"""What somebody got as a volunteer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.allowances.actions import PaymentFacts
from meedoen.records.allowances.limits import (
    LONGEST_PAYER,
    LONGEST_REASON,
    MOST_CENTS,
    MOST_HOURS,
)
from meedoen.records.allowances.queries import PaymentCard
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField

CENTS = 100


class PaymentForm(forms.Form):
    """When, how much, by whom, and for how many hours when that is known."""

    use_required_attribute = False

    paid_on = PastDayField(label=_("Dag van de betaling"))
    amount = forms.DecimalField(
        label=_("Bedrag in euro's"),
        min_value=Decimal("0.01"),
        max_value=MOST_CENTS // CENTS,
        max_digits=7,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": _("Vul het bedrag in."),
            "invalid": _("Vul een bedrag in, zoals 50 of 52,50."),
            "min_value": _("Vul een bedrag in van meer dan 0 euro."),
            "max_value": _("Dit bedrag is te hoog. Kijk waar de komma staat."),
        },
    )
    paid_by = forms.CharField(
        label=_("Wie gaf de vergoeding?"),
        max_length=LONGEST_PAYER,
        error_messages={"required": _("Vul in wie de vergoeding gaf.")},
    )
    hours = forms.DecimalField(
        label=_("Voor hoeveel uren?"),
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een getal in, zoals 12 of 7,5.")},
    )

    def __init__(self, data: Any = None, *, known: PaymentCard | None = None) -> None:
        """Begin with what is known, if anything is."""
        begin: dict[str, Any] = {}
        if known is not None:
            begin = {
                "paid_on": known.paid_on,
                "amount": Decimal(known.cents) / CENTS,
                "paid_by": known.paid_by,
                "hours": known.hours,
            }
        super().__init__(data, initial=begin)


class PaymentCorrectForm(PaymentForm):
    """What was paid, said better, and why."""

    reason = forms.CharField(
        label=_("Waarom verbetert u dit?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op waarom u dit verbetert.")},
    )


def payment_from(given: Mapping[str, Any]) -> PaymentFacts:
    """Return what was filled in about a payment, from the cleaned data of its form."""
    return PaymentFacts(
        paid_on=given["paid_on"],
        cents=int(given["amount"] * CENTS),
        paid_by=given["paid_by"],
        hours=given["hours"],
    )
