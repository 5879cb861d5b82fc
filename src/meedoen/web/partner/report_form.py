"""The form in which an organisation reports a worry, or proposes to end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.report_actions import LONGEST_TEXT, REASONS_TO_END
from meedoen.rules.vocabulary import MoveReason, PartnerReportKind
from meedoen.web.partner.start_form import ANY_REASON
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import MOVE_REASONS

ENDS = PartnerReportKind.PROPOSES_END
KIND_CHOICES = [
    (PartnerReportKind.WORRY.value, _("Ik maak me zorgen")),
    (ENDS.value, _("Ik stel voor om te stoppen, of het is al gestopt")),
]
NOT_BEGUN_CHOICES = [
    (PartnerReportKind.WORRY.value, _("Ik maak me zorgen")),
    (ENDS.value, _("Deze persoon komt niet, of het gaat niet door")),
]


class ReportForm(forms.Form):
    """What to tell the coach at any moment; nothing is ticked beforehand."""

    use_required_attribute = False
    marks_optional = False

    kind = forms.TypedChoiceField(
        label=_("Wat wilt u melden?"),
        coerce=PartnerReportKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u wilt melden.")},
    )
    last_day = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Alleen bij stoppen. De dag mag nog komen."),
        widget=DayInput,
        required=False,
        error_messages={"invalid": _("Vul een dag in die bestaat, zoals 31-12-2026.")},
    )
    reason = forms.TypedChoiceField(
        label=_("Waarom wilt u stoppen?"),
        help_text=_("Alleen bij stoppen."),
        choices=[
            ANY_REASON,
            *((one.value, MOVE_REASONS[one]) for one in MoveReason if one in REASONS_TO_END),
        ],
        coerce=MoveReason,
        empty_value=None,
        required=False,
    )
    text = forms.CharField(
        label=_("Toelichting voor de coach"),
        help_text=_(
            "Kort: wat ziet u, en wat is er nodig? Geen ziekte of diagnose. De inwoner mag dit "
            "lezen."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, data: Any = None, *, began: bool, kind: str = "") -> None:
        """Ask for a last day of who `began`; `kind` is what the address chose already."""
        super().__init__(data, initial={"kind": kind})
        self.fields["kind"].choices = KIND_CHOICES if began else NOT_BEGUN_CHOICES  # type: ignore[attr-defined]
        if not began:
            del self.fields["last_day"]
            self.fields["reason"].label = _("Waarom niet?")
            self.fields["reason"].help_text = _("Alleen als deze persoon niet komt.")

    def clean(self) -> dict[str, Any]:
        """Refuse a kind without what belongs to it, and what belongs to the other kind."""
        given = self.cleaned_data
        kind = given.get("kind")
        if kind is ENDS:
            if given.get("reason") is None:
                self.add_error("reason", _("Kies waarom."))
            if "last_day" in given and given["last_day"] is None:
                self.add_error("last_day", _("Vul de laatste dag in."))
        if kind is PartnerReportKind.WORRY:
            if not given.get("text") and "text" in given:
                self.add_error("text", _("Schrijf kort op waarover u zich zorgen maakt."))
            if given.get("reason") is not None or given.get("last_day") is not None:
                self.add_error("kind", _("Kies stoppen, of maak de vakken over stoppen leeg."))
        return given
