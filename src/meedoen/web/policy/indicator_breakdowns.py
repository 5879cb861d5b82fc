"""The newest figure of an indicator per district, per kind of place and per organisation."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.figures.breakdowns import BrokenDown, broken_down
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.cells import is_left_out
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, row
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import PLACE_KINDS


def breakdowns_of(viewer: Viewer, definition: Definition, on: date) -> list[FlowTable]:
    """Return the tables of a day on which was measured, for each breakdown that is allowed.

    They are protected together with each other and with what the figure is a part of.
    """
    found = broken_down(viewer, on=on, indicators=[definition.code])
    if found is None:
        return []
    words = {"day": day_text(on)}
    tables = [
        _table(
            found,
            definition,
            _("Per wijk op %(day)s") % words,
            _("Wijk"),
            lambda cell: found.districts.get(cell.district or 0, ""),
        ),
        _table(
            found,
            definition,
            _("Per soort plek op %(day)s") % words,
            _("Soort plek"),
            lambda cell: str(PLACE_KINDS[PlaceKind(cell.place_kind)]) if cell.place_kind else "",
        ),
        _table(
            found,
            definition,
            _("Per organisatie op %(day)s") % words,
            _("Organisatie"),
            lambda cell: found.organisations.get(cell.organisation or 0, ""),
        ),
    ]
    return [table for table in tables if table.rows]


def _table(
    found: BrokenDown,
    definition: Definition,
    caption: str,
    first: str,
    name_of: Callable[[Cell], str],
) -> FlowTable:
    """Put the cells that this name is about in a table; a cell by both is in neither."""
    columns = [in_language(definition.unit).capitalize()]
    rows: list[FlowRow] = []
    for cell, kept in found.cells.items():
        by_both = cell.district is not None and cell.place_kind
        left_out = cell.part or by_both or is_left_out(cell, kept.shown)
        mine = cell.indicator == definition.code and not left_out
        if mine and (name := name_of(cell)):
            rows.append(row(name, columns, [kept.shown]))
    return FlowTable(caption, first, columns, sorted(rows, key=lambda one: one.name))
