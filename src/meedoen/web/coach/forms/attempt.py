"""An attempt to reach someone, with what comes after it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.actions import (
    ATTEMPT_OUTCOMES,
    IN_VAIN,
    LONGEST_NOTE,
    NewAttempt,
)
from meedoen.records.conversations.outreach_actions import (
    FURTHEST_MONTHS,
    LONGEST_REASON,
    LONGEST_WHAT,
)
from meedoen.records.organisations import clock
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Channel, Outcome
from meedoen.web.shared.choices import choices
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import CHANNELS, OUTCOMES, Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOMORROW, WEEK, MONTH, OTHER_DAY, NOT_PLANNED = "tomorrow", "week", "month", "day", "none"


class ComingDayField(forms.DateField):
    """A day from today, or from tomorrow, up to two years ahead."""

    widget = DayInput

    def __init__(self, *, label: "_StrPromise", help_text: Words = "", first: int = 0) -> None:
        """Take the label, and how many days from today the first day is that can be chosen."""
        super().__init__(label=label, help_text=str(help_text), required=False)
        self._first = first
        self.error_messages["invalid"] = _("Vul een dag in die bestaat, zoals 31-12-2025.")

    def validate(self, value: Any) -> None:
        """Refuse a day that has passed, or one that nobody can mean."""
        super().validate(value)
        today = clock.today()
        if value and value < today + timedelta(days=self._first):
            raise forms.ValidationError(_("Kies een dag die nog komt."))
        if value and value > add_months(today, FURTHEST_MONTHS):
            raise forms.ValidationError(
                _("De dag ligt meer dan twee jaar vooruit. Kijk of het jaartal klopt.")
            )


class NoContactFields(forms.Form):
    """Why somebody wants no contact, and when to ask again."""

    no_contact_reason = forms.CharField(
        label=_("Waarom wil de inwoner geen contact?"),
        help_text=_("In de woorden van de inwoner. Geen ziekte, diagnose of geloof."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask_again_on = ComingDayField(
        label=_("Wanneer mag u het weer vragen?"),
        help_text=_("Tussen morgen en twee jaar vooruit. Tot die dag laat u de inwoner met rust."),
        first=1,
    )

    def clean_no_contact_reason(self) -> str:
        """Refuse an illness, a diagnosis or a treatment: this line stands above the file."""
        return _without_diagnosis(self.cleaned_data["no_contact_reason"])

    def demand_no_contact(self) -> None:
        """Ask for both when somebody wants no contact."""
        given = self.cleaned_data
        if "no_contact_reason" not in self.errors and not given.get("no_contact_reason"):
            self.add_error("no_contact_reason", _("Schrijf op wat de inwoner zei."))
        if "ask_again_on" not in self.errors and not given.get("ask_again_on"):
            self.add_error("ask_again_on", _("Vul de dag in waarop u het weer mag vragen."))


class AttemptForm(NoContactFields):
    """When, how, how it came out, and then: when to try again, or when to ask again.

    What belongs to another way it came out is not looked at: without a style sheet that hides
    it, it stands there all the same.
    """

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False
    marks_optional = False

    made_on = PastDayField(label=_("Dag van de poging"))
    channel = forms.TypedChoiceField(
        label=_("Hoe probeerde u het?"),
        choices=lambda: choices(CHANNELS),
        coerce=Channel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u het probeerde.")},
    )
    outcome = forms.TypedChoiceField(
        label=_("Hoe liep het af?"),
        choices=lambda: choices(OUTCOMES, (word for word in Outcome if word in ATTEMPT_OUTCOMES)),
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afliep.")},
    )
    next_when = forms.ChoiceField(
        label=_("Wanneer probeert u het weer?"),
        choices=lambda: _next_choices(clock.today()),
        required=False,
        widget=forms.RadioSelect,
    )
    next_on = ComingDayField(label=_("Welke dag?"))
    next_what = forms.CharField(
        label=_("Wat gaat u dan doen? (niet verplicht)"),
        help_text=_("Bijvoorbeeld: 's avonds bellen."),
        max_length=LONGEST_WHAT,
        required=False,
    )
    note = forms.CharField(
        label=_("Wat wilt u onthouden? (niet verplicht)"),
        help_text=_("De inwoner kan dit lezen. Geen ziekte, diagnose of geloof."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Made with the page: sent twice, it is still one attempt.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_next_what(self) -> str:
        """Refuse an illness, a diagnosis or a treatment: this line stands in lists."""
        return _without_diagnosis(self.cleaned_data["next_what"])

    def clean_note(self) -> str:
        """Refuse an illness, a diagnosis or a treatment."""
        return _without_diagnosis(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to how it came out, and leave the rest for what it is."""
        outcome = self.cleaned_data.get("outcome")
        in_vain, alone = outcome in IN_VAIN, outcome is Outcome.NO_CONTACT_WANTED
        other_day = self.cleaned_data.get("next_when") == OTHER_DAY
        asked = {
            "next_when": in_vain,
            "next_on": in_vain and other_day,
            "next_what": in_vain,
            "no_contact_reason": alone,
            "ask_again_on": alone,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                self.errors.pop(name, None)
        if in_vain:
            self._demand_next()
        if alone:
            self.demand_no_contact()
        return self.cleaned_data

    def _demand_next(self) -> None:
        given = self.cleaned_data
        when = given.get("next_when")
        if not when and "next_when" not in self.errors:
            self.add_error(
                "next_when", _("Kies wanneer u het weer probeert, of dat u nog niets plant.")
            )
        if when == OTHER_DAY and "next_on" not in self.errors and not given.get("next_on"):
            self.add_error("next_on", _("Vul de dag in waarop u het weer probeert."))

    def new_attempt(self, pseudonym_id: int) -> NewAttempt:
        """Return the attempt as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        outcome = given["outcome"]
        again = self._next_day() if outcome in IN_VAIN else None
        alone = outcome is Outcome.NO_CONTACT_WANTED
        return NewAttempt(
            pseudonym_id=pseudonym_id,
            made_on=given["made_on"],
            channel=given["channel"],
            outcome=outcome,
            note=given["note"],
            next_on=again,
            next_what=given["next_what"] if again else "",
            no_contact_reason=given["no_contact_reason"] if alone else "",
            ask_again_on=given["ask_again_on"] if alone else None,
            key=given["key"],
        )

    def _next_day(self) -> date | None:
        when = self.cleaned_data["next_when"]
        day: date | None = self.cleaned_data["next_on"] if when == OTHER_DAY else None
        return day or quick_days(clock.today()).get(when)


def quick_days(today: date) -> dict[str, date]:
    """Return the days that can be chosen with one press."""
    return {
        TOMORROW: today + timedelta(days=1),
        WEEK: today + timedelta(days=7),
        MONTH: add_months(today, 1),
    }


def _without_diagnosis(text: str) -> str:
    refuse_diagnosis(text)
    return text


def _next_choices(today: date) -> list[tuple[str, Words]]:
    words = {
        TOMORROW: gettext("Morgen, %(day)s"),
        WEEK: gettext("Over een week, %(day)s"),
        MONTH: gettext("Over een maand, %(day)s"),
    }
    return [
        *((code, words[code] % {"day": _short(day)}) for code, day in quick_days(today).items()),
        (OTHER_DAY, gettext("Op een andere dag")),
        (NOT_PLANNED, gettext("Ik plan nog niets")),
    ]


def _short(day: date) -> str:
    return day_text(day, "EEEE d MMMM")
