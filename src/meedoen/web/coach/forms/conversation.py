"""One conversation on one screen, with a measurement on the ladder when questions were asked."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.actions import NewConversation
from meedoen.records.conversations.queries import Wishes
from meedoen.records.ladder.actions import NewMeasurement
from meedoen.records.organisations import clock
from meedoen.rules import half_days
from meedoen.rules.ladder.assess import Assessment, assess, contradictions, next_question
from meedoen.rules.ladder.questions import Answers, Question
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, PlaceKind
from meedoen.web.coach.forms.fields import CHOOSE, PastDayField, choices
from meedoen.web.shared.reasons import interest_name, interests
from meedoen.web.shared.words import (
    CHANNELS,
    DAYS,
    FUNCTIONAL_DEMANDS,
    HALF_DAYS,
    LANGUAGE_LEVELS,
    PARTS,
    PLACE_KINDS,
    QUESTION_HELP,
    QUESTIONS,
    RUNGS,
    Words,
    listed,
    mid_sentence,
)

LONGEST_STORY = 10_000
LONGEST_REASON = 500
ANSWERS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the week of half-days, with a box for each part of it."""

    day: Words
    boxes: Sequence[BoundWidget]


class QuestionField(forms.TypedChoiceField):
    """A question of the ladder: yes, no, or not asked."""

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


class ConversationForm(forms.Form):
    """What was said, what someone wishes and can, and the questions of the ladder.

    `assessment` is the rung that follows from the answers, once the form was checked and
    questions were answered. The one who fills it in first sees that rung, in `shown_rung`,
    before it is kept.
    """

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    held_on = PastDayField(label=_("Dag van het gesprek"))
    channel = forms.TypedChoiceField(
        label=_("Hoe sprak u elkaar?"), choices=lambda: choices(CHANNELS), coerce=Channel
    )
    story = forms.CharField(
        label=_("Wat vertelde de inwoner?"),
        help_text=_("In de woorden van de inwoner. Geen ziekte, diagnose of geloof."),
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf in een paar zinnen op wat de inwoner vertelde.")},
    )
    wished_kinds = forms.TypedMultipleChoiceField(
        label=_("Wat voor plek wil de inwoner?"),
        help_text=_("Niets aangevinkt betekent: alles mag."),
        choices=lambda: choices(PLACE_KINDS),
        coerce=PlaceKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interests = forms.MultipleChoiceField(
        label=_("Wat doet de inwoner graag?"),
        choices=lambda: [(code, interest_name(code)) for code in interests()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    half_days = forms.MultipleChoiceField(
        label=_("Wanneer kan de inwoner?"),
        help_text=_("Niets aangevinkt betekent: niet gevraagd. Dan valt er geen plek om af."),
        choices=lambda: [
            (code, format_html('<span class="meedoen-hidden">{}</span>', word))
            for code, word in HALF_DAYS.items()
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    whole_town = forms.BooleanField(
        label=_("Kan naar plekken in de hele gemeente komen"),
        help_text=_("Niet aangevinkt betekent: alleen in de eigen wijk."),
        required=False,
    )
    language_level = forms.TypedChoiceField(
        label=_("Hoe goed spreekt de inwoner Nederlands?"),
        choices=lambda: [CHOOSE, *choices(LANGUAGE_LEVELS)],
        coerce=lambda value: LanguageLevel(int(value)),
        error_messages={"required": _("Kies hoe goed de inwoner Nederlands spreekt.")},
    )
    functional_limits = forms.TypedMultipleChoiceField(
        label=_("Wat gaat er niet?"),
        help_text=_(
            "Alleen wat iemand niet kan doen, nooit waarom. Een ziekte of diagnose schrijven we "
            "niet op: daar mag de gemeente hier niet om vragen, en voor een goede plek is het "
            "niet nodig."
        ),
        choices=lambda: choices(FUNCTIONAL_DEMANDS),
        coerce=FunctionalDemand,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    set_rung = forms.TypedChoiceField(
        label=_("Welke trede legt u vast?"),
        choices=lambda: [
            ("", _("De trede die uit de antwoorden volgt")),
            *((str(rung.value), f"{rung.value}. {word}") for rung, word in RUNGS.items()),
        ],
        coerce=lambda value: Rung(int(value)),
        empty_value=None,
        required=False,
    )
    deviation_reason = forms.CharField(
        label=_("Waarom een andere trede?"),
        help_text=_("Alleen nodig als u een andere trede kiest."),
        max_length=LONGEST_REASON,
        required=False,
    )
    shown_rung = forms.CharField(max_length=1, required=False, widget=forms.HiddenInput)
    # Made with the page: sent twice, it is still one conversation.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, wishes: Wishes | None = None) -> None:
        """Begin with what came out of the conversation before, if there was one."""
        super().__init__(data, initial=_known(wishes))
        for question in Question:
            self.fields[question.value] = QuestionField(question)
        self.assessment: Assessment | None = None

    def clean(self) -> dict[str, Any]:
        """Check the answers to the questions of the ladder, and the rung that was set."""
        cleaned: dict[str, Any] = super().clean() or {}
        answers = self.answers()
        if answers == Answers():
            if cleaned.get("set_rung") is not None:
                self.add_error(
                    "set_rung", _("Beantwoord eerst de vragen: een trede komt uit antwoorden.")
                )
            return cleaned
        if self._answers_are_whole(answers):
            self.assessment = assess(answers)
            self._check_set_rung(self.assessment.rung)
        return cleaned

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

    def week(self) -> list[DayRow]:
        """Return the half-days as rows of a week."""
        boxes = list(self["half_days"])
        size = len(PARTS)
        return [
            DayRow(word, boxes[at * size : (at + 1) * size])
            for at, word in enumerate(DAYS.values())
        ]

    def parts(self) -> list[Words]:
        """Return the names of the parts of a day, above the week."""
        return list(PARTS.values())

    def chosen_kinds(self) -> str:
        """Return the kinds of place that are ticked, as one line."""
        return self._ticked("wished_kinds", PLACE_KINDS)

    def chosen_interests(self) -> str:
        """Return the interests that are ticked, as one line."""
        return self._ticked("interests", {code: interest_name(code) for code in interests()})

    def chosen_limits(self) -> str:
        """Return what is ticked as not possible, as one line."""
        return self._ticked("functional_limits", FUNCTIONAL_DEMANDS)

    def _ticked(self, name: str, words: Mapping[Any, Words]) -> str:
        ticked = self[name].value() or []
        return listed(mid_sentence(word) for code, word in words.items() if code in ticked)

    def new_conversation(self, pseudonym_id: int) -> NewConversation:
        """Return the conversation as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewConversation(
            pseudonym_id=pseudonym_id,
            key=given["key"],
            held_on=given["held_on"],
            channel=given["channel"],
            story=given["story"],
            wished_kinds=frozenset(given["wished_kinds"]),
            interests=frozenset(given["interests"]),
            half_days=half_days.from_codes(given["half_days"]),
            whole_town=given["whole_town"],
            language_level=given["language_level"],
            functional_limits=frozenset(given["functional_limits"]),
        )

    def new_measurement(self, pseudonym_id: int) -> NewMeasurement | None:
        """Return the measurement as it is to be kept; None when no question was answered."""
        if self.assessment is None:
            return None
        given = self.cleaned_data
        differs = given["set_rung"] not in {None, self.assessment.rung}
        return NewMeasurement(
            pseudonym_id=pseudonym_id,
            measured_on=given["held_on"],
            answers=self.answers(),
            set_rung=given["set_rung"],
            deviation_reason=given["deviation_reason"] if differs else "",
        )


def _known(wishes: Wishes | None) -> dict[str, Any]:
    """Return what the form begins with."""
    begin: dict[str, Any] = {
        "key": uuid.uuid4(),
        "held_on": clock.today(),
        "channel": Channel.IN_PERSON.value,
        "whole_town": True,
        **{question.value: "" for question in Question},
    }
    if wishes is None:
        return begin
    return begin | {
        "wished_kinds": sorted(wishes.wished_kinds),
        "interests": sorted(wishes.interests),
        "half_days": half_days.codes(wishes.half_days),
        "whole_town": wishes.whole_town,
        "language_level": "" if wishes.language_level is None else wishes.language_level.value,
        "functional_limits": sorted(wishes.functional_limits),
    }
