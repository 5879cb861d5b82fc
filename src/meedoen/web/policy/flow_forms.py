"""What a policy adviser asks of flows: over which period, counted how, as known when."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.rules.flows.calendar import Period, Span, period_of, recent_periods
from meedoen.rules.flows.reconciliation import Unit
from meedoen.web.policy.forms import not_to_come
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.widgets import DayInput

YEARS_OFFERED = 4
PLACEMENTS, PEOPLE = "plaatsingen", "mensen"
UNITS: Mapping[str, Unit] = {PLACEMENTS: Unit.PLACEMENTS, PEOPLE: Unit.PEOPLE}


def period_name(period: Period) -> str:
    """Return a period in words: "2026", "derde kwartaal van 2026" or "september 2026"."""
    match period.span:
        case Span.YEAR:
            return str(period.first.year)
        case Span.QUARTER:
            quarters = [
                _("eerste kwartaal van %(year)s"),
                _("tweede kwartaal van %(year)s"),
                _("derde kwartaal van %(year)s"),
                _("vierde kwartaal van %(year)s"),
            ]
            return quarters[period.number - 1] % {"year": period.first.year}
        case Span.MONTH:
            return month_text(period.first)


class PeriodField(forms.ChoiceField):
    """A year, a quarter or a month that has begun; the last years are offered."""

    def clean(self, value: Any) -> Period:
        """Return the period, also an older one that is not offered."""
        text = str(value or "").strip()
        if not text:
            return this_year()
        try:
            period = period_of(text)
        except ValueError as error:
            raise ValidationError(
                _("Deze periode bestaat niet. Kies er een uit de lijst.")
            ) from error
        if period.first > clock.today():
            raise ValidationError(_("Deze periode is nog niet begonnen. Kies een eerdere."))
        return period


class PeriodForm(forms.Form):
    """Over which period; nothing chosen is this year."""

    marks_optional = False

    periode = PeriodField(label=gettext_lazy("Periode"), required=False)

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Take what the address says; the period that is looked at is always offered."""
        super().__init__({"periode": this_year().code} | dict(given.items()))
        field: Any = self.fields["periode"]
        field.choices = list(_choices(str(self.data["periode"])))

    @property
    def period(self) -> Period:
        """Return the period of a form without mistakes."""
        found: Period = self.cleaned_data["periode"]
        return found


class ReconciliationForm(PeriodForm):
    """Also what is counted, and as known when the start is."""

    wat = forms.ChoiceField(
        label=gettext_lazy("Wat tellen"),
        choices=[
            (PLACEMENTS, gettext_lazy("Plaatsingen")),
            (PEOPLE, gettext_lazy("Mensen")),
        ],
    )
    bekend = forms.DateField(
        label=gettext_lazy("Begin zoals bekend op"),
        help_text=gettext_lazy("Leeg: zoals nu bekend."),
        widget=DayInput,
        validators=[not_to_come],
        required=False,
    )

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Take what the address says; placements are counted unless it says otherwise."""
        super().__init__({"wat": PLACEMENTS} | dict(given.items()))

    @property
    def unit(self) -> Unit:
        """Return what is counted, of a form without mistakes."""
        return UNITS[self.cleaned_data["wat"]]

    @property
    def known_on(self) -> date | None:
        """Return at the end of which day the start was known; None for now."""
        found: date | None = self.cleaned_data["bekend"]
        return found


def this_year() -> Period:
    """Return the year of today."""
    return Period(Span.YEAR, date(clock.today().year, 1, 1))


def last_day(period: Period) -> date:
    """Return the last day of a period that has been."""
    return min(period.last, clock.today())


def _choices(asked: str) -> Iterator[tuple[str, Any]]:
    offered = {period.code: period for period in recent_periods(clock.today(), YEARS_OFFERED)}
    # What is no period is said as a mistake, and is not offered.
    with suppress(ValueError):
        offered.setdefault(asked, period_of(asked))
    groups = {
        Span.YEAR: _("Jaren"),
        Span.QUARTER: _("Kwartalen"),
        Span.MONTH: _("Maanden"),
    }
    for span, name in groups.items():
        of_span = [one for one in offered.values() if one.span is span]
        yield name, [(one.code, period_name(one)) for one in of_span]
