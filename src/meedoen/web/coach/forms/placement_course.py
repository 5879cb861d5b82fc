"""The whole course of a placement as rows: how it stood, from which day, and why.

Each row is some fields of the form itself, so that all mistakes stand in one list. Rows come and
go by buttons that send the form, without a script; nothing that was typed gets lost by that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import (
    PLACEMENT_OUTCOMES,
    REASONS_OF,
    REASONS_TO_PAUSE,
    REASONS_TO_WAIT_AGAIN,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from meedoen.web.coach.forms.placement_move import Why, why_of
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.words import MOVE_REASONS, OUTCOMES, PLACEMENT_STATES

FIELDS = ("state", "on", "why")
MOST_STEPS = 30
SEEN, BUTTON = "seen", "step"
DROP, INSERT = "drop-", "insert-"
"""What a button sends, before the number of its row counted from 0."""


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One row as the template shows it; `number` counts from 1, as people do."""

    number: int
    state: BoundField
    on: BoundField
    why: BoundField
    drop: str
    insert: str


class CourseForm(forms.Form):
    """The rows of a course; made by `shown_course` or `sent_course`."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False
    marks_optional = False

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, total: int, initial: Any = None) -> None:
        """Take how many rows there are."""
        super().__init__(data, initial=initial)
        self.total = total
        for at in range(total):
            self._add_row(at)

    def rows(self) -> list[CourseRow]:
        """Return the rows in order."""
        return [
            CourseRow(
                number=at + 1,
                state=self[f"state-{at}"],
                on=self[f"on-{at}"],
                why=self[f"why-{at}"],
                drop=f"{DROP}{at}",
                insert=f"{INSERT}{at}",
            )
            for at in range(self.total)
        ]

    def steps(self) -> list[CourseStep]:
        """Return the steps; the form has been checked."""
        given = self.cleaned_data
        return [
            _step(given[f"state-{at}"], given[f"on-{at}"], given[f"why-{at}"])
            for at in range(self.total)
        ]

    def _add_row(self, at: int) -> None:
        number = at + 1
        self.fields[f"state-{at}"] = forms.TypedChoiceField(
            label=format_lazy(_("Stap {number}: hoe het stond"), number=number),
            choices=[CHOOSE, *choices(PLACEMENT_STATES)],
            coerce=PlacementState,
            error_messages={"required": _("Kies hoe het stond.")},
        )
        self.fields[f"on-{at}"] = PastDayField(
            label=format_lazy(_("Stap {number}: dag"), number=number)
        )
        self.fields[f"why-{at}"] = forms.ChoiceField(
            label=format_lazy(_("Stap {number}: waarom"), number=number),
            choices=_reasons,
            required=False,
        )


def shown_course(steps: Sequence[CourseStep], *, seen: int) -> CourseForm:
    """Return the form with a course as it is known now."""
    initial: dict[str, Any] = {SEEN: seen}
    for at, step in enumerate(steps):
        initial |= {
            f"state-{at}": step.state.value,
            f"on-{at}": _shown_day(step),
            f"why-{at}": Why(step.outcome, step.reason).code,
        }
    return CourseForm(total=len(steps), initial=initial)


def sent_course(sent: QueryDict) -> CourseForm:
    """Return the form as it was sent, after what its button does with the rows.

    Rows without anything in them are left out, unless a button just asked for one.
    """
    rows = [row for row in _typed(sent) if any(row.values())]
    asked = sent.get(BUTTON, "")
    at = _number(asked, len(rows))
    if at is not None and asked.startswith(DROP) and len(rows) > 1:
        del rows[at]
    elif at is not None and asked.startswith(INSERT):
        rows.insert(at + 1, dict.fromkeys(FIELDS, ""))
    rows = rows[:MOST_STEPS] or [dict.fromkeys(FIELDS, "")]
    data = {f"{name}-{at}": row[name] for at, row in enumerate(rows) for name in FIELDS}
    known = data | {SEEN: sent.get(SEEN, "")}
    if changes_rows(sent):
        # Nothing is judged yet: the rows only come and go.
        return CourseForm(total=len(rows), initial=known)
    return CourseForm(known, total=len(rows))


def changes_rows(sent: QueryDict) -> bool:
    """Return whether a button was pressed that adds or removes a row."""
    return sent.get(BUTTON, "").startswith((DROP, INSERT))


def _typed(sent: QueryDict) -> Iterator[dict[str, str]]:
    for at in range(MOST_STEPS + 1):
        if f"state-{at}" in sent:
            yield {name: sent.get(f"{name}-{at}", "").strip() for name in FIELDS}


def _number(asked: str, total: int) -> int | None:
    text = asked.rpartition("-")[2]
    at = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else total
    return at if at < total else None


def _step(state: PlacementState, on: date, code: str) -> CourseStep:
    why = why_of(code)
    # People say the last day; the course tells the first day on which it was over.
    over = timedelta(days=1) if state is PlacementState.ENDED else timedelta()
    return CourseStep(state=state, on=on + over, outcome=why.outcome, reason=why.reason)


def _shown_day(step: CourseStep) -> date:
    over = timedelta(days=1) if step.state is PlacementState.ENDED else timedelta()
    return step.on - over


def _reasons() -> list[Any]:
    """Return everything that can be said about why, by what it is about."""
    ends: Mapping[Outcome, frozenset[MoveReason]] = REASONS_OF
    plain = [one for one in Outcome if one in PLACEMENT_OUTCOMES and one not in ends]
    for_now = REASONS_TO_PAUSE | REASONS_TO_WAIT_AGAIN
    groups = [
        (
            _("Even niet, of terug op de wachtlijst"),
            [(one.value, MOVE_REASONS[one]) for one in MoveReason if one in for_now],
        ),
        (_("Gestopt, of gaat niet door"), [(one.value, OUTCOMES[one]) for one in plain]),
        *(
            (
                OUTCOMES[outcome],
                [(Why(outcome, one).code, MOVE_REASONS[one]) for one in MoveReason if one in fit],
            )
            for outcome, fit in ends.items()
        ),
    ]
    return [("", _("geen reden nodig")), *groups]
