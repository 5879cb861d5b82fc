"""Putting a signal off, and the line of filters above the signals."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.signals.actions import MOST_WORDS, days_to_snooze
from meedoen.records.signals.queries import CoachCount, SnoozeCard, Totals
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.signal_words import SIGNALS
from meedoen.web.shared.widgets import DayInput

OWN, TEAM = "own", "team"


class SnoozeForm(forms.Form):
    """Until when, and why."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Toon dit weer op"),
        widget=DayInput,
        error_messages={
            "required": _("Vul in wanneer u dit weer wilt zien."),
            "invalid": _("Vul een dag in die bestaat, zoals 31-12-2026."),
        },
    )
    reason = forms.CharField(
        label=_("Waarom kan dit later?"),
        help_text=_("Uw team leest dit ook. Schrijf op wat u weet of hebt afgesproken."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom dit later kan.")},
    )
    # What was put off by somebody else while this one typed is not replaced unseen.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, last: SnoozeCard | None) -> None:
        """Propose a week; `last` is the last time it was put off, which the page shows."""
        until = clock.today() + timedelta(days=7)
        super().__init__(data, initial={"until": until, "seen": last and last.snooze_id})
        first, furthest = days_to_snooze()
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": furthest.isoformat()}

    def show(self, last: SnoozeCard | None) -> None:
        """Let this be the last time it was put off that the page shows, when it is sent again."""
        send_along(self, "seen", str(last.snooze_id) if last else "")

    def clean_reason(self) -> str:
        """Refuse an illness, a diagnosis or a treatment: the whole team reads this."""
        reason: str = self.cleaned_data["reason"]
        refuse_diagnosis(reason)
        return reason

    def clean_until(self) -> date:
        """Refuse a day that is too near or too far."""
        day: date = self.cleaned_data["until"]
        first, last = days_to_snooze()
        if not first <= day <= last:
            raise ValidationError(
                _("Kies een dag van %(first)s tot en met %(last)s.")
                % {"first": day_text(first), "last": day_text(last)}
            )
        return day


class SignalFilterForm(forms.Form):
    """Whose signals to show, and of which kind; it stands in the address of the page."""

    marks_optional = False

    whose = forms.ChoiceField(label=_("Van wie"), required=False)
    kind = forms.ChoiceField(label=_("Waarover"), required=False)

    def __init__(
        self, given: Mapping[str, str], *, viewer: Viewer, coaches: Sequence[CoachCount]
    ) -> None:
        """Take what the address says; a coach begins with the own people."""
        usual = OWN if viewer.role == Role.COACH else TEAM
        super().__init__({"whose": given.get("whose") or usual, "kind": given.get("kind", "")})
        self._viewer, self._usual = viewer, usual
        others = [one for one in coaches if one.membership_id != viewer.membership_id]
        own = [(OWN, _("Mijn mensen"))] if viewer.role == Role.COACH else []
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            *own,
            (TEAM, _("Het hele team")),
            *((str(one.membership_id), one.name) for one in others),
        ]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Alles")),
            *((kind.value, SIGNALS[kind]) for kind in SignalKind),
        ]

    def wanted(self) -> tuple[int | None, SignalKind | None]:
        """Return whose (a membership, None for the team) and which kind.

        What cannot be used counts as not given.
        """
        self.is_valid()
        whose = self.cleaned_data.get("whose", self._usual)
        kind = self.cleaned_data.get("kind")
        coach_id = None
        if whose == OWN:
            coach_id = self._viewer.membership_id
        elif whose != TEAM:
            coach_id = int(whose)
        return coach_id, SignalKind(kind) if kind else None

    def count(self, totals: Totals) -> None:
        """Say behind each kind how many there are; kinds that are not there are left out."""
        chosen = self.cleaned_data.get("kind")
        there = {one.kind.value: one.total for one in totals.kinds}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Alles")),
            *(
                (value, f"{SIGNALS[SignalKind(value)]} ({number_text(there.get(value, 0))})")
                for value in [*there, *([chosen] if chosen and chosen not in there else [])]
            ),
        ]
