"""The questions of the participation ladder, the rung they lead to, and what goes beside it."""

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from meedoen.records.ladder.actions import NewMeasurement
from meedoen.rules.ladder.assess import (
    Assessment,
    answers_before,
    assess,
    contradictions,
    next_question,
)
from meedoen.rules.ladder.questions import Answers, Question
from meedoen.rules.ladder.rungs import Rung
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.words import QUESTION_HELP, QUESTIONS, RUNGS, Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_REASON = 500
ANSWERS = {"yes": True, "no": False, "": None}
CODES = {True: "yes", False: "no"}


class QuestionField(forms.TypedChoiceField):
    """A question of the ladder: yes, no, or not asked.

    `asked_after` holds, for the script, the answers after which the question makes sense.
    """

    def __init__(self, question: Question) -> None:
        """Take the words of the question."""
        super().__init__(
            label=str(QUESTIONS[question]),
            help_text=str(QUESTION_HELP[question]),
            choices=[("yes", _("Ja")), ("no", _("Nee")), ("", _("Niet gevraagd"))],
            coerce=ANSWERS.__getitem__,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
        self.template_name = "coach/parts/question.html"
        self.asked_after = json.dumps(
            {before.value: CODES[answer] for before, answer in answers_before(question).items()}
        )


def _rungs(nothing: Words) -> Callable[[], list[tuple[str, Words]]]:
    """Return the choices, made anew for the language of each page."""
    return lambda: [
        ("", nothing),
        *((str(rung.value), f"{rung.value}. {word}") for rung, word in RUNGS.items()),
    ]


class RungField(forms.TypedChoiceField):
    """A rung, or none."""

    def __init__(self, *, label: "_StrPromise", nothing: Words) -> None:
        """Take the label, and what choosing no rung is called."""
        super().__init__(
            label=label,
            choices=_rungs(nothing),
            coerce=lambda value: Rung(int(value)),
            empty_value=None,
            required=False,
        )


class LadderForm(forms.Form):
    """The questions of the ladder, and what goes beside the rung.

    `assessment` is the rung that follows from the answers, once the form was checked and
    questions were answered. The one who fills it in first sees that rung, in `shown_rung`,
    before it is kept.
    """

    use_required_attribute = False
    marks_optional = False

    set_rung = RungField(
        label=_("Welke trede legt u vast?"), nothing=_("De trede die uit de antwoorden volgt")
    )
    deviation_reason = forms.CharField(
        label=_("Waarom een andere trede?"),
        help_text=_("Alleen nodig als u een andere trede kiest. Geen ziekte of diagnose."),
        max_length=LONGEST_REASON,
        required=False,
    )
    potential_rung = RungField(
        label=_("Welke trede kan de inwoner binnen een jaar halen?"), nothing=_("Niet gevraagd")
    )
    own_rung = RungField(
        label=_("Op welke trede zet de inwoner zichzelf?"), nothing=_("Niet gevraagd")
    )
    own_words = forms.CharField(
        label=_("Wat zegt de inwoner daarover?"),
        help_text=_("In de woorden van de inwoner."),
        max_length=LONGEST_REASON,
        required=False,
    )
    shown_rung = forms.CharField(max_length=1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        """Begin with no question asked."""
        super().__init__(data, initial={question.value: "" for question in Question})
        for question in Question:
            self.fields[question.value] = QuestionField(question)
        self.assessment: Assessment | None = None

    def clean_deviation_reason(self) -> str:
        """Refuse a diagnosis as a reason."""
        text = str(self.cleaned_data["deviation_reason"])
        refuse_diagnosis(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Check the answers to the questions of the ladder, and the rungs that were set."""
        cleaned: dict[str, Any] = super().clean() or {}
        answers = self.answers()
        if answers == Answers():
            self._refuse_without_answers()
        elif self._answers_are_whole(answers):
            self.assessment = assess(answers)
            self._check_set_rung(self.assessment.rung)
        return cleaned

    def _refuse_without_answers(self) -> None:
        """Refuse what only goes with a measurement; it would be lost."""
        for name in ("set_rung", "potential_rung", "own_rung", "own_words"):
            if self.cleaned_data.get(name):
                self.add_error(
                    name, _("Beantwoord eerst de vragen: een trede komt uit antwoorden.")
                )

    def _answers_are_whole(self, answers: Answers) -> bool:
        for found in contradictions(answers):
            self.add_error(
                found.question.value,
                _("Dit past niet bij het antwoord op de vraag naar een contract. Kies opnieuw."),
            )
        missing = next_question(answers)
        if missing is not None:
            self.add_error(
                missing.value,
                _("Beantwoord ook deze vraag, of zet alle vragen op “niet gevraagd”."),
            )
        return missing is None and not contradictions(answers)

    def _check_set_rung(self, derived: Rung) -> None:
        set_rung = self.cleaned_data.get("set_rung")
        reason = self.cleaned_data.get("deviation_reason", "")
        if (
            set_rung not in {None, derived}
            and not reason
            and not self.has_error("deviation_reason")
        ):
            self.add_error(
                "deviation_reason",
                _("De gekozen trede is anders dan uit de antwoorden volgt. Schrijf op waarom."),
            )

    def answers(self) -> Answers:
        """Return what was answered so far."""
        return Answers.from_mapping(
            {question.value: self.cleaned_data.get(question.value) for question in Question}
        )

    def rung_was_shown(self) -> bool:
        """Say whether the rung of these answers, if any, was on the screen before."""
        if self.assessment is None:
            return True
        return bool(self.cleaned_data["shown_rung"] == str(self.assessment.rung.value))

    def questions(self) -> list[BoundField]:
        """Return the questions of the ladder, in order."""
        return [self[question.value] for question in Question]

    def beside(self) -> list[BoundField]:
        """Return what may be noted beside the rung."""
        return [self["potential_rung"], self["own_rung"], self["own_words"]]

    def new_measurement(self, pseudonym_id: int, measured_on: date) -> NewMeasurement | None:
        """Return the measurement as it is to be kept; None when no question was answered."""
        if self.assessment is None:
            return None
        given = self.cleaned_data
        differs = given["set_rung"] not in {None, self.assessment.rung}
        return NewMeasurement(
            pseudonym_id=pseudonym_id,
            measured_on=measured_on,
            answers=self.answers(),
            set_rung=given["set_rung"],
            deviation_reason=given["deviation_reason"] if differs else "",
            potential_rung=given["potential_rung"],
            own_rung=given["own_rung"],
            own_words=given["own_words"],
        )
