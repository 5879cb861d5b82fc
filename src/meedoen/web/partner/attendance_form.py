"""The form for who was there in a week: for each person and day a choice, and hours."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meedoen.records.placements.attendance_actions import MOST_HOURS, NewDay
from meedoen.records.placements.attendance_queries import AttendanceWeek, DayCell, PersonWeek
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Presence
from meedoen.web.shared.attendance_words import PRESENCES
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import DAYS

EMPTY = ("", _("Nog niet ingevuld"))


@dataclass(frozen=True, slots=True)
class DayFields:
    """The fields of one day of somebody; `seen` is the number of what the page shows of it."""

    cell: DayCell
    presence: BoundField
    hours: BoundField
    seen_name: str


@dataclass(frozen=True, slots=True)
class PersonFields:
    """The fields of one person, day by day."""

    person: PersonWeek
    days: Sequence[DayFields]


class AttendanceForm(forms.Form):
    """Who was there: only days that have come, of who took part then."""

    use_required_attribute = False
    marks_optional = False

    def __init__(self, data: Any = None, *, week: AttendanceWeek) -> None:
        """Make two fields for each day of each person, filled with what was said last."""
        super().__init__(data)
        self.week = week
        for person in week.people:
            for cell in person.cells:
                self._add(person, cell)

    def _add(self, person: PersonWeek, cell: DayCell) -> None:
        weekday = DAYS[half_days.DAYS[cell.day.weekday()]]
        day = f"{weekday} {day_text(cell.day, 'medium')}"
        about = {"name": person.given_name, "day": day}
        said = cell.said
        # What was noted can become something else, but not nothing: what was said stays said.
        choices = [*([] if said else [EMPTY]), *((one.value, PRESENCES[one]) for one in Presence)]
        self.fields[_name(person.key, cell.day, "presence")] = forms.TypedChoiceField(
            label=format_html('{day}<span class="meedoen-hidden">, {name}</span>', **about),
            choices=choices,
            coerce=Presence,
            empty_value=None,
            required=False,
            initial=said.presence.value if said else None,
        )
        self.fields[_name(person.key, cell.day, "hours")] = forms.DecimalField(
            label=format_html(
                '{hours}<span class="meedoen-hidden">, {name}, {day}</span>',
                hours=_("Uren"),
                **about,
            ),
            min_value=0,
            max_value=MOST_HOURS,
            max_digits=3,
            decimal_places=1,
            localize=True,
            required=False,
            initial=said.hours if said else None,
            error_messages={
                "invalid": _("Vul een getal in, zoals 3 of 3,5."),
                "max_value": _("Vul hoogstens 16 uur per dag in."),
            },
        )

    def clean(self) -> dict[str, Any]:
        """Refuse hours for who was not there."""
        given = self.cleaned_data
        for person, cell in self._cells():
            presence = given.get(_name(person.key, cell.day, "presence"))
            hours = given.get(_name(person.key, cell.day, "hours"))
            if hours is not None and presence is not Presence.PRESENT:
                name = _name(person.key, cell.day, "presence")
                self.add_error(name, _("U vulde uren in. Kies dan “Was er”."))
        return given

    def people(self) -> Iterator[PersonFields]:
        """Yield the fields, person by person."""
        for person in self.week.people:
            yield PersonFields(
                person,
                [
                    DayFields(
                        cell,
                        self[_name(person.key, cell.day, "presence")],
                        self[_name(person.key, cell.day, "hours")],
                        _name(person.key, cell.day, "seen"),
                    )
                    for cell in person.cells
                ],
            )

    def new_days(self, seen: Mapping[str, str]) -> list[NewDay]:
        """Return what was filled in; `seen` is what was sent, with the numbers of what it showed.

        The form has been checked.
        """
        found = []
        for person, cell in self._cells():
            presence = self.cleaned_data[_name(person.key, cell.day, "presence")]
            if presence is None:
                continue
            text = seen.get(_name(person.key, cell.day, "seen"), "")
            found.append(
                NewDay(
                    key=person.key,
                    day=cell.day,
                    presence=presence,
                    hours=self.cleaned_data[_name(person.key, cell.day, "hours")],
                    seen=int(text) if text.isascii() and text.isdecimal() else 0,
                )
            )
        return found

    def _cells(self) -> Iterator[tuple[PersonWeek, DayCell]]:
        for person in self.week.people:
            for cell in person.cells:
                yield person, cell


def _name(key: uuid.UUID, day: date, field: str) -> str:
    return f"{key}-{day.isoformat()}-{field}"
