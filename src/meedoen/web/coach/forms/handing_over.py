"""Handing people over: whose, who of them, to whom, from when and why."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.people.hand_over_actions import MONTHS_AHEAD, HandOver
from meedoen.records.people.hand_over_queries import BusyCoachCard, CoachCard, HandableCard
from meedoen.rules.periods import add_months
from meedoen.web.shared.choices import CHOOSE
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.widgets import DayInput


class WhoseForm(forms.Form):
    """Whose people to hand over; it stands in the address."""

    marks_optional = False

    coach = forms.TypedChoiceField(
        label=_("Van welke coach?"),
        coerce=int,
        error_messages={"required": _("Kies een coach.")},
    )

    def __init__(self, given: Any, *, coaches: Sequence[BusyCoachCard]) -> None:
        """Take who of the team has people."""
        super().__init__(given)
        self.fields["coach"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((str(card.membership_id), _busy_text(card)) for card in coaches),
        ]


def _busy_text(card: BusyCoachCard) -> str:
    words = {"name": card.name, "total": card.people}
    if card.left:
        return (
            ngettext(
                "%(name)s (werkt hier niet meer, %(total)s inwoner)",
                "%(name)s (werkt hier niet meer, %(total)s inwoners)",
                card.people,
            )
            % words
        )
    return (
        ngettext("%(name)s (%(total)s inwoner)", "%(name)s (%(total)s inwoners)", card.people)
        % words
    )


class HandOverForm(forms.Form):
    """Who goes to which coach, from which day, and why."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    everyone = forms.BooleanField(required=False)
    people = forms.MultipleChoiceField(
        label=_("Of kies zelf wie"), required=False, widget=forms.CheckboxSelectMultiple
    )
    to_coach = forms.TypedChoiceField(
        label=_("Naar welke coach?"),
        coerce=int,
        error_messages={"required": _("Kies de nieuwe coach.")},
    )
    on = forms.DateField(
        label=_("Vanaf welke dag?"),
        help_text=_(
            "De eerste dag van de nieuwe coach: vandaag of later, hooguit een jaar vooruit."
        ),
        widget=DayInput,
        error_messages={
            "required": _("Vul de dag in."),
            "invalid": _("Vul een dag in die bestaat, zoals 31-12-2025."),
        },
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_(
            "De nieuwe coach leest dit in het dossier. Schrijf niets op over de gezondheid van een "
            "collega."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf kort op waarom.")},
    )

    def __init__(
        self,
        given: Any,
        *,
        handable: Sequence[HandableCard],
        coaches: Sequence[CoachCard],
        coach_id: int,
    ) -> None:
        """Take whose people these are, and to whom they may go."""
        super().__init__(given, initial={"on": clock.today()})
        latest = add_months(clock.today(), MONTHS_AHEAD)
        self.fields["on"].widget.attrs |= {
            "min": clock.today().isoformat(),
            "max": latest.isoformat(),
        }
        self._free = {str(card.key): card for card in handable if card.planned_on is None}
        self._coaches = {card.membership_id: card for card in coaches}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (key, f"{card.name} ({card.district})") for key, card in self._free.items()
        ]
        self.fields["everyone"].label = ngettext(
            "Alle mensen: %(total)s inwoner", "Alle mensen: %(total)s inwoners", len(self._free)
        ) % {"total": len(self._free)}
        to_whom = [card for card in coaches if card.membership_id != coach_id]
        self.fields["to_coach"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *(
                (team, [(str(card.membership_id), card.name) for card in cards])
                for team, cards in groupby(to_whom, lambda card: card.team)
            ),
        ]

    def clean_on(self) -> Any:
        """Refuse a day that has passed, or is too far ahead."""
        day = self.cleaned_data["on"]
        if day < clock.today():
            raise ValidationError(
                gettext("Deze dag is al geweest. Kies vandaag of een latere dag.")
            )
        latest = add_months(clock.today(), MONTHS_AHEAD)
        if day > latest:
            raise ValidationError(
                gettext("Dit is te ver vooruit. Kies een dag tot en met %(day)s.")
                % {"day": day_text(latest)}
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse nobody at all."""
        given = super().clean() or self.cleaned_data
        if not given.get("everyone") and not given.get("people") and "people" not in self.errors:
            self.add_error("people", gettext("Kies iedereen, of kruis aan wie overgaat."))
        return given

    def chosen(self) -> list[HandableCard]:
        """Return who goes over, in the order of the list; the form has been checked."""
        if self.cleaned_data["everyone"]:
            return list(self._free.values())
        keys = set(self.cleaned_data["people"])
        return [card for key, card in self._free.items() if key in keys]

    def new_coach(self) -> CoachCard:
        """Return who takes over; the form has been checked."""
        return self._coaches[self.cleaned_data["to_coach"]]

    def handovers(self) -> list[HandOver]:
        """Return what is to be done; the form has been checked."""
        given = self.cleaned_data
        return [
            HandOver(
                pseudonym_id=card.pseudonym_id,
                to_coach_id=given["to_coach"],
                on=given["on"],
                reason=given["reason"],
            )
            for card in self.chosen()
        ]
