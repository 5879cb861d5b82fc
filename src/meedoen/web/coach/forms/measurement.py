"""A measurement on the ladder as it should have been, and why it was wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from meedoen.records.ladder.actions import NewMeasurement
from meedoen.records.ladder.queries import MeasurementCard
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.ladder.rungs import Rung
from meedoen.web.coach.forms.ladder import LadderForm
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField

LONGEST_REASON = 300
GIVEN = {True: "yes", False: "no", None: ""}


class CorrectMeasurementForm(LadderForm):
    """The questions and rungs of a measurement, with its day and why it is put right."""

    reason = forms.CharField(
        label=_("Waarom verbetert u deze meting?"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Schrijf op waarom u de meting verbetert.")},
    )
    measured_on = PastDayField(label=_("Dag van de meting"))

    def __init__(self, data: Any = None, *, card: MeasurementCard) -> None:
        """Begin with the measurement as it is."""
        super().__init__(data)
        self.initial = {**self.initial, **_as_it_was(card)}

    def clean_reason(self) -> str:
        """Refuse a diagnosis as a reason."""
        text = str(self.cleaned_data["reason"])
        refuse_diagnosis(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for answers too: a measurement has a rung."""
        cleaned = super().clean()
        if self.answers() == Answers():
            self.add_error(None, _("Beantwoord de vragen: een trede komt uit antwoorden."))
        return cleaned

    def rungs(self) -> list[BoundField]:
        """Return the fields about rungs, in order."""
        return [self["set_rung"], self["deviation_reason"], *self.beside()]

    def corrected(self, pseudonym_id: int) -> NewMeasurement:
        """Return the measurement as it should have been; the form has been checked."""
        found = self.new_measurement(pseudonym_id, self.cleaned_data["measured_on"])
        if found is None:
            raise ValueError("The form was not checked: there is no measurement in it.")
        return found


def _as_it_was(card: MeasurementCard) -> Mapping[str, object]:
    return {
        "measured_on": card.measured_on,
        "set_rung": "" if card.set_rung == card.derived_rung else str(card.set_rung.value),
        "deviation_reason": card.deviation_reason,
        "potential_rung": _number(card.potential_rung),
        "own_rung": _number(card.own_rung),
        "own_words": card.own_words,
        **{code: GIVEN[answer] for code, answer in card.answers.as_mapping().items()},
    }


def _number(rung: Rung | None) -> str:
    return "" if rung is None else str(rung.value)
