"""What is agreed about a placement from a day on; what is left open is as the place says."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.placements.terms_actions import MOST_HOURS_A_WEEK, NewTerms
from meedoen.records.placements.terms_queries import TermsCard, TermsChoices
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Guidance
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.shared.place_words import GUIDANCES
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import HALF_DAYS

AS_PLACE = ("", _("Zoals de plek zegt"))


class TermsForm(forms.Form):
    """Hours, half-days, guidance and location, and from which day on."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    starts_on = forms.DateField(
        label=_("Vanaf welke dag?"),
        help_text=_("Een dag die al geweest is mag ook: dan verbetert u wat er stond."),
        widget=DayInput,
        error_messages={
            "required": _("Vul de dag in."),
            "invalid": _("Vul een dag in die bestaat, zoals 31-12-2026."),
        },
    )
    hours_a_week = forms.DecimalField(
        label=_("Uren per week"),
        help_text=_("Laat leeg als het is zoals de plek zegt."),
        min_value=Decimal("0.5"),
        max_value=MOST_HOURS_A_WEEK,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        error_messages={
            "invalid": _("Vul een aantal uren in, zoals 12 of 7,5."),
            "min_value": _("Vul minstens een half uur in, of laat het leeg."),
            "max_value": _("Dit is meer dan 60 uur per week. Kijk of het aantal klopt."),
            "max_decimal_places": _("Vul halve of tiende uren in, zoals 7,5."),
        },
    )
    half_days = forms.MultipleChoiceField(
        label=_("Dagdelen van deze inwoner"),
        help_text=_("Kies niets als het is zoals de plek zegt."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    guidance = forms.ChoiceField(
        label=_("Begeleiding"),
        choices=lambda: [AS_PLACE, *((one.value, word) for one, word in GUIDANCES.items())],
        widget=forms.RadioSelect,
        required=False,
    )
    location = forms.TypedChoiceField(
        label=_("Locatie"), coerce=int, empty_value=None, required=False
    )
    why = forms.CharField(
        label=_("Waarom verandert het?"),
        help_text=_("Niets over gezondheid: schrijf op wat iemand wel of niet kan."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    # What a colleague agreed on while this one typed is not replaced unseen.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, choices: TermsChoices, now: TermsCard | None = None
    ) -> None:
        """Take what can be agreed, and begin with what holds `now`."""
        super().__init__(data, initial=_known(now) | {"seen": choices.seen})
        self._offer("half_days", [(code, HALF_DAYS[code]) for code in _codes(choices.half_days)])
        self._offer("location", [AS_PLACE, *((str(pk), name) for pk, name in choices.locations)])

    def new_terms(self) -> NewTerms:
        """Return what is to be agreed; the form has been checked."""
        given = self.cleaned_data
        return NewTerms(
            starts_on=given["starts_on"],
            hours_a_week=given["hours_a_week"],
            half_days=half_days.from_codes(given["half_days"]),
            guidance=Guidance(given["guidance"]) if given["guidance"] else None,
            location_id=given["location"],
            why=given["why"],
        )

    def show(self, seen: int) -> None:
        """Let this be the statement that the page tells, when it is sent again."""
        send_along(self, "seen", str(seen))

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _codes(mask: int) -> tuple[str, ...]:
    return half_days.codes(mask)


def _known(now: TermsCard | None) -> dict[str, Any]:
    day: dict[str, Any] = {"starts_on": clock.today(), "guidance": ""}
    if now is None:
        return day
    return day | {
        "hours_a_week": now.hours_a_week,
        "half_days": list(_codes(now.half_days)),
        "guidance": now.guidance.value if now.guidance else "",
        "location": str(now.location_id or ""),
    }
