"""Which goals and indicators to look at on the first page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.web.policy.forms import NOT_IN_LIST
from meedoen.web.policy.outlook_words import KINDS
from meedoen.web.policy.standing_rows import Standing, StandingGoal, StandingRow

LONGEST_SEARCH = 100


class StandingForm(forms.Form):
    """Words that a goal or an indicator must have in its name, and what is expected of it."""

    marks_optional = False

    zoek = forms.CharField(
        label=gettext_lazy("Doel of indicator"), required=False, max_length=LONGEST_SEARCH
    )
    stand = forms.ChoiceField(
        label=gettext_lazy("Haalt het dit jaar?"), required=False, error_messages=NOT_IN_LIST
    )

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Take what the address says, and offer every verdict."""
        super().__init__({name: given.get(name, "") for name in self.base_fields})
        field: Any = self.fields["stand"]
        field.choices = [
            ("", _("Alles")),
            *((code, str(text)) for code, (_kind, _mark, text) in KINDS.items()),
        ]

    @property
    def is_asked(self) -> bool:
        """Tell whether anything was chosen, or asked in a way that cannot be read."""
        return not self.is_valid() or any(self.cleaned_data.values())

    def chosen(self, standing: Standing) -> Standing:
        """Return what fits, nothing when that cannot be read.

        A goal whose own name fits keeps all its indicators.
        """
        if not self.is_asked:
            return standing
        if self.errors:
            return Standing(goals=(), without=())
        words = str(self.cleaned_data["zoek"]).casefold().split()
        state = str(self.cleaned_data["stand"])
        goals = tuple(self._goal(one, words, state) for one in standing.goals)
        return Standing(
            goals=tuple(one for one in goals if one.rows or (not state and _named(one, words))),
            without=tuple(_fitting(standing.without, words, state)),
        )

    def _goal(self, one: StandingGoal, words: Sequence[str], state: str) -> StandingGoal:
        mine = [] if _named(one, words) else words
        return replace(one, rows=tuple(_fitting(one.rows, mine, state)))


def _named(one: StandingGoal, words: Sequence[str]) -> bool:
    name = f"{one.goal.code} {one.goal.title}".casefold()
    return all(word in name for word in words)


def _fitting(rows: Sequence[StandingRow], words: Sequence[str], state: str) -> list[StandingRow]:
    return [
        row
        for row in rows
        if state in ("", row.verdict.code) and all(word in row.name.casefold() for word in words)
    ]
