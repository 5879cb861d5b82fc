"""One move of a placement: on which day, and with which outcome and reason.

Which outcomes and reasons may be chosen, and whether one must be, is what the table of moves in
`rules.placement_states` says.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.rules.placement_states import MOVES, outcomes_for, reasons_for
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.words import MOVE_REASONS, OUTCOMES, Words

BETWEEN = "."
"""Between the outcome and the reason in one choice: "stopped_by_resident.not_safe"."""


@dataclass(frozen=True, slots=True)
class Why:
    """The outcome and the reason of a move, as far as there are."""

    outcome: Outcome | None = None
    reason: MoveReason | None = None

    @property
    def code(self) -> str:
        """Return both as one choice of a form."""
        return BETWEEN.join(word.value for word in (self.outcome, self.reason) if word)


@dataclass(frozen=True, slots=True)
class WhyGroup:
    """Choices that belong together under one heading; `heading` is empty for those that do not."""

    heading: Words
    choices: Sequence[tuple[Why, Words]]


def common_ways(states: Collection[PlacementState], to: PlacementState) -> list[WhyGroup]:
    """Return what can be said about why, whichever of these states a placement comes from.

    Raises MoveNotAllowedError for a move that does not exist.
    """
    first, *others = ([*ways(state, to)] for state in states)
    known = [{why for group in groups for why, _word in group.choices} for groups in others]
    shared = [
        WhyGroup(
            group.heading,
            [(why, word) for why, word in group.choices if all(why in one for one in known)],
        )
        for group in first
    ]
    return [group for group in shared if group.choices]


def ways(state: PlacementState, to: PlacementState) -> list[WhyGroup]:
    """Return what can be said about why, first what needs no reason, then by who wanted it.

    Raises MoveNotAllowedError for a move that does not exist.
    """
    plain: list[tuple[Why, Words]] = [
        (Why(reason=reason), MOVE_REASONS[reason]) for reason in reasons_for(state, to)
    ]
    groups = []
    for outcome in outcomes_for(state, to):
        reasons = reasons_for(state, to, outcome)
        if reasons:
            within = [(Why(outcome, reason), MOVE_REASONS[reason]) for reason in reasons]
            groups.append(WhyGroup(OUTCOMES[outcome], within))
        else:
            plain.append((Why(outcome), OUTCOMES[outcome]))
    return [*([WhyGroup("", plain)] if plain else []), *groups]


def why_of(code: str) -> Why:
    """Return what a choice says. Raises ValueError for a code that no form offers."""
    outcome, reason = None, None
    for part in filter(None, code.split(BETWEEN)):
        if part in set(Outcome):
            outcome = Outcome(part)
        else:
            reason = MoveReason(part)
    return Why(outcome, reason)


class MoveForm(forms.Form):
    """The day of a move and why; `why` is only asked where the table knows an answer."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    on = PastDayField(label=_("Op welke dag?"))
    why = forms.ChoiceField(
        label=_("Waarom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        states: Collection[PlacementState],
        to: PlacementState,
        day: Words,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        """Take where placements come from and go to, and what the question for the day is called.

        `given` is what the address says already. Raises MoveNotAllowedError.
        """
        initial = {"on": clock.today()} | dict(given or {})
        super().__init__(data, initial=initial)
        self.fields["on"].label = str(day)
        groups = common_ways(states, to)
        if not groups:
            del self.fields["why"]
            return
        field = self.fields["why"]
        field.choices = list(_choices(groups))  # type: ignore[attr-defined]
        moves = [MOVES[state, to] for state in states]
        field.required = any(one.outcome_needed or one.reasons for one in moves)

    def chosen(self) -> Why:
        """Return why; the form has been checked."""
        return why_of(self.cleaned_data.get("why", ""))


def _choices(groups: Sequence[WhyGroup]) -> Iterator[tuple[Any, Any]]:
    for group in groups:
        if not group.heading:
            yield from ((why.code, word) for why, word in group.choices)
            continue
        # Read aloud each choice tells under which heading it stands.
        hidden = '<span class="meedoen-hidden">{}: </span>{}'
        yield (
            group.heading,
            [(why.code, format_html(hidden, group.heading, word)) for why, word in group.choices],
        )
