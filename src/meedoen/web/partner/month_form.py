"""The form for how a month went: one for each person, with nothing to fill in when all is well."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.month_actions import LONGEST_NOTE, MOST_HOURS, NewMonth
from meedoen.records.placements.month_queries import MonthSaid
from meedoen.rules.vocabulary import MonthAnswer
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.month_words import ANSWERS
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import Words

WHILE_IT_RUNS = (MonthAnswer.WORRIES, MonthAnswer.STOPPED)


class MonthForm(forms.Form):
    """How a month of one person went; `name` is said in every label, as there may be many."""

    use_required_attribute = False
    marks_optional = False

    answer = forms.TypedChoiceField(
        label=_("Hoe ging het?"),
        coerce=MonthAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ging.")},
    )
    hours = forms.DecimalField(
        label=_("Uren in deze maand"),
        help_text=_("Alleen bij meer of minder uren."),
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een getal in, zoals 12 of 7,5.")},
    )
    last_day = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Alleen als iemand is gestopt."),
        widget=DayInput,
        required=False,
        error_messages={"invalid": _("Vul een dag in die bestaat, zoals 31-12-2025.")},
    )
    note = forms.CharField(
        label=_("Toelichting voor de coach"),
        help_text=_(
            "Kort: wat ziet u, en wat is er nodig? Geen ziekte of diagnose. De inwoner mag dit "
            "lezen."
        ),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        name: str,
        key: uuid.UUID,
        month: date,
        said: MonthSaid | None = None,
        answers: Iterable[MonthAnswer] = MonthAnswer,
    ) -> None:
        """Begin with what was said before, or else with as planned where that can be."""
        given = tuple(answers)
        begin: dict[str, Any] = {}
        if MonthAnswer.AS_PLANNED in given:
            begin = {"answer": MonthAnswer.AS_PLANNED.value}
        if said is not None and said.answer in given:
            begin = {
                "answer": said.answer.value,
                "hours": said.hours,
                "last_day": said.last_day,
                "note": said.note,
            }
        super().__init__(data, prefix=str(key), initial=begin)
        self.key, self.month = key, month
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (one.value, ANSWERS[one]) for one in given
        ]
        if MonthAnswer.OTHER_HOURS not in given:
            del self.fields["hours"]
        told: Mapping[str, Words] = {"name": name, "month": month_text(month)}
        for field in self.fields.values():
            field.label = gettext("%(label)s (%(name)s)") % {**told, "label": field.label}

    def clean(self) -> dict[str, Any]:
        """Refuse an answer without what belongs to it, and what belongs to another answer."""
        given = self.cleaned_data
        answer = given.get("answer")
        for field, belongs_to, missing in (
            ("hours", MonthAnswer.OTHER_HOURS, _("Vul het aantal uren in.")),
            ("last_day", MonthAnswer.STOPPED, _("Vul de laatste dag in.")),
            ("note", MonthAnswer.WORRIES, _("Schrijf kort op waarover u zich zorgen maakt.")),
        ):
            if answer is belongs_to and given.get(field) in {None, ""} and field in given:
                self.add_error(field, missing)
        filled = any(given.get(field) not in {None, ""} for field in ("hours", "last_day", "note"))
        if answer is MonthAnswer.AS_PLANNED and filled:
            self.add_error("answer", _("Kies wat er anders ging, of maak de vakken leeg."))
        return given

    @property
    def is_open(self) -> bool:
        """Return whether there is more to see than that all went as planned."""
        return bool(self.errors) or self["answer"].value() != MonthAnswer.AS_PLANNED

    def new_month(self, seen: int | None) -> NewMonth:
        """Return what is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewMonth(
            key=self.key,
            month=self.month,
            answer=given["answer"],
            hours=given.get("hours"),
            last_day=given["last_day"],
            note=given["note"],
            seen=seen,
        )
