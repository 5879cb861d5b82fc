"""The times at which a place is open, as rows of a form: days, from and to, and how often.

Each row is some fields of the form itself, so that all mistakes stand in one list. A time that
no choice here can say, from an import, stays what it is until it is taken away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.rules.schedule.rhythm import Rhythm, rhythm_of, rule_of
from meedoen.rules.schedule.sessions import Session
from meedoen.web.shared.place_words import RHYTHMS
from meedoen.web.shared.widgets import DayInput, TimeInput
from meedoen.web.shared.words import DAYS

MOST_ROWS = 30
SPARE_ROWS = 2
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M"]
AS_IT_WAS = "as_it_was"
"""Stands for a rule that no rhythm says; it comes back in the field `rule`."""

DAY_ERROR = _("Vul een dag in die bestaat, zoals 31-12-2027.")
TIME_ERROR = _("Vul een tijd in, zoals 9:30.")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One row as the template shows it."""

    number: int
    days: BoundField
    opens_at: BoundField
    closes_at: BoundField
    rhythm: BoundField
    holidays: BoundField
    first_on: BoundField
    last_on: BoundField
    rule: BoundField
    away: BoundField
    is_filled: bool

    @property
    def is_spare(self) -> bool:
        """Return whether this is a row for one time more, with nothing in it that is wrong."""
        fields = (self.days, self.opens_at, self.closes_at, self.first_on, self.last_on)
        return self.number > 1 and not self.is_filled and not any(one.errors for one in fields)

    @property
    def is_bounded(self) -> bool:
        """Return whether a last day stands in the row, or something is wrong with its days."""
        return bool(self.last_on.value() or self.last_on.errors or self.first_on.errors)


def row_fields(number: int, *, with_rule: bool) -> dict[str, forms.Field]:
    """Return the fields of a row; `with_rule` when the row may keep a rule of its own."""
    name, which = _names(number), number + 1
    rhythms = [(one.value, words) for one, words in RHYTHMS.items()]
    if with_rule:
        rhythms.append((AS_IT_WAS, _("Zoals het nu is")))

    def label(text: Any) -> Any:
        return format_lazy(_("Tijd {number}: {what}"), number=which, what=text)

    return {
        name["days"]: forms.MultipleChoiceField(
            label=label(_("op welke dagen")),
            choices=list(DAYS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        name["opens_at"]: forms.TimeField(
            label=label(_("van")),
            required=False,
            input_formats=TIME_FORMATS,
            widget=TimeInput,
            error_messages={"invalid": TIME_ERROR},
        ),
        name["closes_at"]: forms.TimeField(
            label=label(_("tot")),
            required=False,
            input_formats=TIME_FORMATS,
            widget=TimeInput,
            error_messages={"invalid": TIME_ERROR},
        ),
        name["rhythm"]: forms.ChoiceField(
            label=label(_("hoe vaak")), choices=rhythms, required=False
        ),
        name["holidays"]: forms.BooleanField(
            label=label(_("ook op feestdagen open")), required=False
        ),
        name["first_on"]: forms.DateField(
            label=label(_("eerste keer")),
            required=False,
            widget=DayInput,
            error_messages={"invalid": DAY_ERROR},
        ),
        name["last_on"]: forms.DateField(
            label=label(_("laatste keer")),
            required=False,
            widget=DayInput,
            error_messages={"invalid": DAY_ERROR},
        ),
        name["rule"]: forms.CharField(max_length=200, required=False, widget=forms.HiddenInput),
        name["away"]: forms.BooleanField(label=label(_("weghalen")), required=False),
    }


def row_initial(number: int, session: Session) -> dict[str, Any]:
    """Return what a row begins with."""
    name, known = _names(number), rhythm_of(session.rule)
    rhythm, days = known if known else (None, ())
    return {
        name["days"]: list(days),
        name["opens_at"]: session.opens_at,
        name["closes_at"]: session.closes_at,
        name["rhythm"]: rhythm.value if rhythm else AS_IT_WAS,
        name["holidays"]: not session.without_holidays,
        name["first_on"]: session.first_on,
        name["last_on"]: session.last_on,
        name["rule"]: "" if rhythm else session.rule,
    }


def row_of(form: forms.Form, number: int) -> SessionRow:
    """Return a row of a form, as the template shows it."""
    fields = {part: form[name] for part, name in _names(number).items()}
    filled = any(fields[part].value() for part in ("days", "opens_at", "closes_at", "rule"))
    return SessionRow(number=number + 1, is_filled=filled, **fields)


def sessions_in(given: Mapping[str, Any], rows: int, *, from_on: date) -> tuple[Session, ...]:
    """Return the times that were filled in; `from_on` is the first day when none was given."""
    return tuple(
        Session(
            rule=_rule(row),
            first_on=row["first_on"] or from_on,
            last_on=row["last_on"],
            opens_at=row["opens_at"],
            closes_at=row["closes_at"],
            without_holidays=not row["holidays"],
        )
        for row in _filled(given, rows)
    )


def row_mistakes(given: Mapping[str, Any], rows: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in the rows: the name of the field, and the sentence."""
    for number in range(rows):
        row, name = _row(given, number), _names(number)
        if row["away"] or not _is_filled(row):
            continue
        if not row["days"] and not _keeps_rule(row):
            yield name["days"], gettext("Kies minstens één dag van de week.")
        if row["opens_at"] is None and name["opens_at"] in given:
            yield name["opens_at"], gettext("Vul in hoe laat het begint.")
        if row["closes_at"] is None and name["closes_at"] in given:
            yield name["closes_at"], gettext("Vul in hoe laat het klaar is.")
        if row["opens_at"] and row["closes_at"] and row["closes_at"] <= row["opens_at"]:
            yield name["closes_at"], gettext("De eindtijd ligt niet na de begintijd.")


def _filled(given: Mapping[str, Any], rows: int) -> Iterator[Mapping[str, Any]]:
    for number in range(rows):
        row = _row(given, number)
        if not row["away"] and _is_filled(row):
            yield row


def _is_filled(row: Mapping[str, Any]) -> bool:
    return bool(row["days"] or row["opens_at"] or row["closes_at"] or _keeps_rule(row))


def _keeps_rule(row: Mapping[str, Any]) -> bool:
    return bool(row["rhythm"] == AS_IT_WAS and row["rule"])


def _rule(row: Mapping[str, Any]) -> str:
    if _keeps_rule(row):
        return str(row["rule"])
    rhythm = Rhythm(row["rhythm"]) if row["rhythm"] in set(Rhythm) else Rhythm.WEEKLY
    return rule_of(rhythm, row["days"])


def _row(given: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    return {part: given.get(name) for part, name in _names(number).items()}


def _names(number: int) -> Mapping[str, str]:
    """Return the name of each field of a row, by its part."""
    parts: Sequence[str] = (
        "days",
        "opens_at",
        "closes_at",
        "rhythm",
        "holidays",
        "first_on",
        "last_on",
        "rule",
        "away",
    )
    return {part: f"time_{number}_{part}" for part in parts}
