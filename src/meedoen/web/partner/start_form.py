"""What an organisation may confirm of somebody: that they met, a trial, a start, or being back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import PARTNER_MAY_CONFIRM
from meedoen.records.placements.asked import NOT_COMING
from meedoen.records.placements.report_actions import LONGEST_TEXT, REASONS_TO_END
from meedoen.rules.placement_states import next_states
from meedoen.rules.vocabulary import MoveReason, PlacementState
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import MOVE_REASONS, Words

ANY_REASON = ("", _("Kies een reden"))


@dataclass(frozen=True, slots=True)
class ConfirmWords:
    """What a move is called where an organisation confirms it.

    `link` leads to the page, `choice` is what one ticks, `day` asks for the day, and `done` is
    what is said after it, with `name`, `day` and `title` of the place.
    """

    link: Words
    choice: Words
    day: Words
    done: Words


_S = PlacementState
_START = _("Start bevestigen")
_FIRST_DAY = _("Eerste dag")

_MET = ConfirmWords(
    link=_("Kennismaking of start bevestigen"),
    choice=_("We hebben kennisgemaakt"),
    day=_("Dag van de kennismaking"),
    done=_("Bewaard: u heeft op %(day)s kennisgemaakt met %(name)s (%(title)s)."),
)
_TRIED = ConfirmWords(
    link=_START,
    choice=_("Op proef begonnen"),
    day=_FIRST_DAY,
    done=_("%(name)s is op %(day)s op proef begonnen: %(title)s."),
)
_BEGAN = ConfirmWords(
    link=_START,
    choice=_("Begonnen"),
    day=_FIRST_DAY,
    done=_("%(name)s is op %(day)s begonnen: %(title)s."),
)
_WENT_ON = ConfirmWords(
    link=_("Door na de proef"),
    choice=_("Gaat door na de proef"),
    day=_("Eerste dag na de proef"),
    done=_("%(name)s gaat sinds %(day)s door na de proef: %(title)s."),
)
_CAME_BACK = ConfirmWords(
    link=_("Komt weer"),
    choice=_("Is er weer"),
    day=_("Eerste dag dat deze persoon er weer was"),
    done=_("%(name)s doet sinds %(day)s weer mee: %(title)s."),
)
_WORDS: Mapping[tuple[PlacementState, PlacementState], ConfirmWords] = {
    (_S.PROPOSED, _S.INTRODUCED): _MET,
    (_S.PROPOSED, _S.TRIAL): _TRIED,
    (_S.PROPOSED, _S.ACTIVE): _BEGAN,
    (_S.INTRODUCED, _S.TRIAL): _TRIED,
    (_S.INTRODUCED, _S.ACTIVE): _BEGAN,
    (_S.TRIAL, _S.ACTIVE): _WENT_ON,
    (_S.PAUSED, _S.ACTIVE): _CAME_BACK,
}

ALREADY: Mapping[PlacementState, Words] = {
    _S.INTRODUCED: _("De kennismaking met %(name)s is al bevestigd."),
    _S.TRIAL: _("Dat %(name)s op proef is begonnen, is al bevestigd."),
    _S.ACTIVE: _("De start van %(name)s is al bevestigd."),
}
"""What is said to who confirms what stands there already, by the state."""


def confirmable(state: PlacementState) -> tuple[PlacementState, ...]:
    """Return where an organisation itself may bring a placement from here."""
    return tuple(to for to in next_states(state) if to in PARTNER_MAY_CONFIRM)


def confirm_words(state: PlacementState, to: PlacementState) -> ConfirmWords:
    """Return the words of a move that an organisation may confirm."""
    return _WORDS[state, to]


class StartForm(forms.Form):
    """How it stands with somebody, and since which day; nothing is ticked beforehand.

    `seen` is the state that the page showed.
    """

    use_required_attribute = False

    to = forms.ChoiceField(
        label=_("Wat kunt u bevestigen?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat u wilt bevestigen."),
            "invalid_choice": _("Dat kan nu niet. Kies wat u wilt bevestigen."),
        },
    )
    on = forms.DateField(
        label=_("Op welke dag?"),
        help_text=_("De dag van de kennismaking, of de eerste dag."),
        widget=DayInput,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, state: PlacementState) -> None:
        """Offer what may be confirmed from this state; what is the only thing needs no choice."""
        super().__init__(data, initial={"on": clock.today(), "seen": state.value})
        moves = confirmable(state)
        choices: list[tuple[str, Words]] = [
            (to.value, confirm_words(state, to).choice) for to in moves
        ]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        day = self.fields["on"]
        day.widget.attrs["max"] = clock.today().isoformat()
        if len(moves) == 1:
            self.fields["to"].widget = forms.HiddenInput()
            self.initial["to"] = moves[0].value
            day.label, day.help_text = str(confirm_words(state, moves[0]).day), ""


class LinkStartForm(StartForm):
    """The same behind a link, where one can also tell the coach that nothing comes of it."""

    reason = forms.TypedChoiceField(
        label=_("Waarom niet?"),
        help_text=_("Alleen als deze persoon niet komt."),
        choices=[
            ANY_REASON,
            *((one.value, MOVE_REASONS[one]) for one in MoveReason if one in REASONS_TO_END),
        ],
        coerce=MoveReason,
        empty_value=None,
        required=False,
    )
    text = forms.CharField(
        label=_("Wat wilt u de coach vertellen?"),
        help_text=_("Geen ziekte of diagnose. De inwoner mag dit lezen."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, data: Any = None, *, state: PlacementState) -> None:
        """Add the choice that nothing comes of it; then no day is asked."""
        super().__init__(data, state=state)
        to = self.fields["to"]
        to.choices = [*to.choices, (NOT_COMING, _("Komt niet, of het gaat niet door"))]  # type: ignore[attr-defined]
        self.fields["on"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask what belongs to the choice, and refuse what belongs to another one."""
        given = self.cleaned_data
        to = given.get("to")
        if to == NOT_COMING and given.get("reason") is None:
            self.add_error("reason", _("Kies waarom deze persoon niet komt."))
        if to not in {None, NOT_COMING}:
            if given.get("on") is None and "on" in given:
                self.add_error("on", self.fields["on"].error_messages["required"])
            if given.get("reason") is not None or given.get("text"):
                self.add_error("to", _("Kies “Komt niet”, of maak de vakken daaronder leeg."))
        return given
