"""What was said in one conversation, and what someone wishes and can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.actions import NewConversation
from meedoen.records.conversations.queries import Wishes
from meedoen.records.organisations import clock
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, PlaceKind
from meedoen.web.shared.choices import choices
from meedoen.web.shared.health import health_hint, refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.reasons import half_days_text, interest_name, interests
from meedoen.web.shared.words import (
    CHANNELS,
    DAYS,
    FUNCTIONAL_DEMANDS,
    HALF_DAYS,
    LANGUAGE_LEVELS,
    PARTS,
    PLACE_KINDS,
    Words,
    listed,
    mid_sentence,
)

LONGEST_STORY = 10_000
LONGEST_OTHER_LIMITS = 300


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the week of half-days, with a box for each part of it."""

    day: Words
    boxes: Sequence[BoundWidget]


class ConversationForm(forms.Form):
    """What was said, what someone wishes and can.

    Of a health word in the story the coach is told once: `hint` says so until the same hint comes
    back in `hint_seen`, which is what pressing again does.
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
        choices=lambda: [("", _("Niet gevraagd")), *choices(LANGUAGE_LEVELS)],
        coerce=lambda value: LanguageLevel(int(value)),
        empty_value=None,
        required=False,
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
    other_limits = forms.CharField(
        label=_("Wat gaat er verder niet?"),
        help_text=_("Zoals: kan niet langer dan een uur achter elkaar zitten."),
        max_length=LONGEST_OTHER_LIMITS,
        required=False,
    )
    hint_seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, wishes: Wishes | None = None) -> None:
        """Begin with what came out of the conversation before, if there was one."""
        super().__init__(data, initial=_known(wishes))
        self.hint = ""

    def clean_other_limits(self) -> str:
        """Refuse a diagnosis: what someone cannot do is enough."""
        text = str(self.cleaned_data["other_limits"])
        refuse_diagnosis(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Find health words in the story that the coach was not told about yet."""
        cleaned: dict[str, Any] = super().clean() or {}
        hint = health_hint(cleaned.get("story", ""))
        if hint and cleaned.get("hint_seen") != _mark(hint):
            self.hint = hint
        return cleaned

    def hint_mark(self) -> str:
        """Return what says, when it is sent along, that this hint was read."""
        return _mark(self.hint)

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

    def chosen_times(self) -> str:
        """Return when and where someone can, as one line."""
        ticked = self["half_days"].value() or []
        where = gettext("hele gemeente") if self["whole_town"].value() else gettext("eigen wijk")
        when = half_days_text([code for code in HALF_DAYS if code in ticked])
        return f"{when}; {where}" if when else where

    def chosen_language(self) -> str:
        """Return how well someone speaks Dutch, or that it was not asked."""
        level = str(self["language_level"].value() or 0)
        words = {str(code.value): word for code, word in LANGUAGE_LEVELS.items()}
        asked = self["language_level"].value() not in {None, ""}
        return mid_sentence(words[level]) if asked and level in words else gettext("niet gevraagd")

    def chosen_limits(self) -> str:
        """Return what is ticked as not possible and what was added, as one line."""
        ticked = self._ticked("functional_limits", FUNCTIONAL_DEMANDS)
        return "; ".join(filter(None, [ticked, self["other_limits"].value() or ""]))

    def _ticked(self, name: str, words: Mapping[Any, Words]) -> str:
        ticked = self[name].value() or []
        return listed(mid_sentence(word) for code, word in words.items() if code in ticked)

    def new_conversation(self, pseudonym_id: int, key: UUID) -> NewConversation:
        """Return the conversation as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewConversation(
            pseudonym_id=pseudonym_id,
            key=key,
            held_on=given["held_on"],
            channel=given["channel"],
            story=given["story"],
            wished_kinds=frozenset(given["wished_kinds"]),
            interests=frozenset(given["interests"]),
            half_days=half_days.from_codes(given["half_days"]),
            whole_town=given["whole_town"],
            language_level=given["language_level"],
            functional_limits=frozenset(given["functional_limits"]),
            other_limits=given["other_limits"],
        )


def _mark(hint: str) -> str:
    return sha256(hint.encode()).hexdigest()


def _known(wishes: Wishes | None) -> dict[str, Any]:
    """Return what the form begins with."""
    begin: dict[str, Any] = {
        "held_on": clock.today(),
        "channel": Channel.IN_PERSON.value,
        "whole_town": True,
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
        "other_limits": wishes.other_limits,
    }
