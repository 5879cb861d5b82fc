"""When coach and resident speak again, chosen with one press."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.outreach_actions import LONGEST_WHAT, NewNextStep
from meedoen.records.organisations import clock
from meedoen.rules.periods import add_months
from meedoen.web.coach.forms.attempt import ComingDayField
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.words import Words

WEEK, MONTH, QUARTER, OTHER_DAY, NOTHING = "week", "month", "quarter", "day", ""


class NextStepForm(forms.Form):
    """The next step: a quick choice or a day, and what it is for."""

    use_required_attribute = False
    marks_optional = False

    next_when = forms.ChoiceField(
        label=_("Wanneer spreekt u elkaar weer?"),
        choices=lambda: _choices(clock.today()),
        initial=NOTHING,
        required=False,
        widget=forms.RadioSelect,
    )
    next_on = ComingDayField(label=_("Welke dag?"))
    next_what = forms.CharField(
        label=_("Wat gaat u dan doen?"),
        help_text=_("Bijvoorbeeld: samen naar de moestuin."),
        max_length=LONGEST_WHAT,
        required=False,
    )

    def clean_next_what(self) -> str:
        """Refuse a diagnosis: this line stands in lists."""
        text = str(self.cleaned_data["next_what"])
        refuse_diagnosis(text)
        return text

    def full_clean(self) -> None:
        """Check what was sent; a day that was filled in before a quick choice plays no part."""
        super().full_clean()
        if self.data.get("next_when") in quick_days(clock.today()):
            self.errors.pop("next_on", None)

    def clean(self) -> dict[str, Any]:
        """Ask for the day and for the choice that belong together."""
        given: dict[str, Any] = super().clean() or {}
        when, day = given.get("next_when"), given.get("next_on")
        if when == OTHER_DAY and day is None and "next_on" not in self.errors:
            self.add_error("next_on", _("Vul de dag in waarop u elkaar weer spreekt."))
        if when == NOTHING and (day or given.get("next_what")):
            self.add_error("next_when", _("Kies ook wanneer u elkaar weer spreekt."))
        return given

    def steps(self, pseudonym_id: int) -> list[NewNextStep]:
        """Return the next step as it is to be kept, if one was agreed on."""
        given = self.cleaned_data
        when = given["next_when"]
        day = given["next_on"] if when == OTHER_DAY else quick_days(clock.today()).get(when)
        if day is None:
            return []
        return [NewNextStep(pseudonym_id=pseudonym_id, planned_on=day, what=given["next_what"])]


def quick_days(today: date) -> dict[str, date]:
    """Return the days that can be chosen with one press."""
    return {
        WEEK: today + timedelta(days=7),
        MONTH: add_months(today, 1),
        QUARTER: add_months(today, 3),
    }


def _choices(today: date) -> list[tuple[str, Words]]:
    words = {
        WEEK: gettext("Over een week, %(day)s"),
        MONTH: gettext("Over een maand, %(day)s"),
        QUARTER: gettext("Over drie maanden, %(day)s"),
    }
    return [
        *(
            (code, words[code] % {"day": day_text(day, "EEEE d MMMM")})
            for code, day in quick_days(today).items()
        ),
        (OTHER_DAY, gettext("Op een andere dag")),
        (NOTHING, gettext("Nog niet afgesproken")),
    ]
