"""Between which two dates somebody looks at the ladder: whole months, so that no day stands alone.

Free days would let somebody subtract two periods that differ by one day, and find one person.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.rules.flows.calendar import Period, Span, period_of, recent_periods
from meedoen.web.policy.flow_forms import PeriodField, period_name

YEARS_OFFERED = 6


class LadderForm(forms.Form):
    """From which month up to and including which; nothing chosen is this year."""

    marks_optional = False

    van = PeriodField(label=gettext_lazy("Vanaf het begin van"), required=False)
    tot = PeriodField(label=gettext_lazy("Tot en met het eind van"), required=False)

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Take what the address says; the months that are looked at are always offered."""
        today = clock.today()
        first, last = date(today.year, 1, 1), date(today.year, today.month, 1)
        usual = {"van": Period(Span.MONTH, first).code, "tot": Period(Span.MONTH, last).code}
        super().__init__(usual | {name: text for name, text in given.items() if text})
        for name in usual:
            field: Any = self.fields[name]
            field.choices = list(_months(str(self.data[name])))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("van"), found.get("tot")
        if first is not None and last is not None and last.last < first.first:
            self.add_error("tot", _("Deze maand ligt voor het begin. Kies een latere."))
        return found

    @property
    def start(self) -> date:
        """Return the first day of a form without mistakes."""
        found: date = self.cleaned_data["van"].first
        return found

    @property
    def end(self) -> date:
        """Return the last day that has been."""
        found: date = min(self.cleaned_data["tot"].last, clock.today())
        return found


def _months(asked: str) -> Iterator[tuple[str, str]]:
    offered = [
        period
        for period in recent_periods(clock.today(), YEARS_OFFERED)
        if period.span is Span.MONTH
    ]
    # What is no period is said as a mistake, and is not offered.
    with suppress(ValueError):
        offered += [period_of(asked)] if asked not in {one.code for one in offered} else []
    yield from ((one.code, period_name(one)) for one in offered)
