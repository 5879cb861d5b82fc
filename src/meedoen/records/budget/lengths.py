"""Which texts of a page are longer than there is room for.

SQLite keeps whatever it is given and PostgreSQL does not, so the room is measured before
anything is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from meedoen.records.budget.models import Goal, ImportedRow, ImportedValue, Reference
from meedoen.rules.budget.page import Goal as GoalOnPage
from meedoen.rules.budget.page import IndicatorRow, Page

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the page, what people call it, and the field it is to be kept in."""

    name: str
    text: str
    model: type[Model]
    field: str


def too_long(page: Page, source: str) -> list[str]:
    """Say of every text that does not fit where it stands, how long it is and what fits."""
    texts = [_Text(_("De naam van het bestand"), source, Goal, "source")]
    for goal in page.goals:
        texts += _in_goal(goal)
    for row in page.indicators:
        texts += _in_row(row)
    return [line for text in texts if (line := _problem(text))]


def _in_goal(goal: GoalOnPage) -> Iterator[_Text]:
    words = {"code": _begin(goal.code)}
    yield _Text(_("Doel %(code)s: het nummer") % words, goal.code, Goal, "code")
    yield _Text(_("Doel %(code)s: de titel") % words, goal.title, Goal, "title")
    for one in goal.references:
        words["mention"] = _begin(one.code)
        name = _("Doel %(code)s: de verwijzing naar %(mention)s") % words
        yield _Text(name, one.code, Reference, "code")


def _in_row(row: IndicatorRow) -> Iterator[_Text]:
    words: dict[str, str | int] = {"row": _begin(row.indicator)}
    yield _Text(_("Rij “%(row)s”: de naam") % words, row.indicator, ImportedRow, "name")
    yield _Text(_("Rij “%(row)s”: de eenheid") % words, row.unit, ImportedRow, "unit")
    for number, cell in enumerate(row.columns, start=1):
        label, value = cell.label or "", cell.value.shown
        words |= {"number": number, "label": _begin(label)}
        heading = _("Rij “%(row)s”: het opschrift van kolom %(number)s") % words
        yield _Text(heading, label, ImportedValue, "label")
        yield _Text(heading, cell.entity or "", ImportedValue, "entity")
        yield _Text(heading, cell.period or "", ImportedValue, "period")
        yield _Text(
            _("Rij “%(row)s”: de waarde bij “%(label)s”") % words, value, ImportedValue, "value"
        )


def _problem(text: _Text) -> str:
    room = text.model._meta.get_field(text.field)  # noqa: SLF001 - Django documents it
    most = room.max_length if isinstance(room, Field) else None
    if most is None or len(text.text) <= most:
        return ""
    words = {"name": text.name, "count": len(text.text), "most": most}
    return _("%(name)s heeft %(count)s tekens; er passen er %(most)s. Kort dit in.") % words


def _begin(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
