"""What refusals of referrals teach, as tables and sentences for the page about coverage."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.referrals.network_queries import LearnedCard
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.network.picture import NO_DISTRICT
from meedoen.rules.vocabulary import DeclineReason, Theme
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, marks_of, row
from meedoen.web.policy.network_words import district_name
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_words import DECLINE_REASONS
from meedoen.web.shared.words import THEMES, mid_sentence


def about_refusals(card: LearnedCard) -> Mapping[str, Any]:
    """Return what the part of the page about refusals needs."""
    return {
        "learned": card,
        "learned_from": day_text(card.start),
        "learned_until": day_text(card.end),
        "refused_sentence": _refused_sentence(card),
        "unmet_sentence": _unmet_sentence(card),
        "learned_tables": tables_of(card),
        "full": [(one.name, THEMES[one.theme], day_text(one.until)) for one in card.full],
        "learned_marks": marks_of(tables_of(card), [card.refusals.total, card.unmet.total]),
    }


def tables_of(card: LearnedCard) -> list[FlowTable]:
    """Return the tables in which a number is shown, in the order of the page."""
    refused = [_by_theme, _by_district] if card.refusals.crossed else [_refused_in_short]
    tables = [*(make(card) for make in refused), _unmet(card)]
    return [table for table in tables if _says_something(table)]


def _says_something(table: FlowTable) -> bool:
    return any(
        cell.text.isdecimal() and cell.text != "0" for one in table.rows for cell in one.cells
    )


def _refused_in_short(card: LearnedCard) -> FlowTable:
    """Return the totals alone, where the cells would hide them."""
    told, column = card.refusals, [_("Aantal")]
    groups = [
        *((THEMES[one], shown) for one, shown in told.theme_totals.items()),
        *(
            (district_name(one, card.districts), told.district_totals[one])
            for one in _in_order(card, told.district_totals)
        ),
        *((DECLINE_REASONS[one], shown) for one, shown in told.reason_totals.items()),
    ]
    rows = [row(str(name), column, [one]) for name, one in groups]
    rows.append(row(_("Alles samen"), column, [told.total], is_whole=True))
    return FlowTable(_("Nee's per onderwerp, per wijk en per reden"), _("Wat"), column, rows)


def _by_theme(card: LearnedCard) -> FlowTable:
    told, columns = card.refusals, _reason_columns()
    rows = [
        _line(str(THEMES[theme]), columns, told.themes, theme, told.theme_totals[theme])
        for theme in told.theme_totals
    ]
    rows.append(_whole(card))
    return FlowTable(_("Nee's per onderwerp en reden"), _("Onderwerp"), columns, rows)


def _by_district(card: LearnedCard) -> FlowTable:
    told, columns = card.refusals, _reason_columns()
    rows = [
        _line(
            district_name(district, card.districts),
            columns,
            told.districts,
            district,
            told.district_totals[district],
        )
        for district in _in_order(card, told.district_totals)
    ]
    rows.append(_whole(card))
    return FlowTable(_("Nee's per wijk en reden"), _("Wijk"), columns, rows)


def _unmet(card: LearnedCard) -> FlowTable:
    return _unmet_crossed(card) if card.unmet.crossed else _unmet_in_short(card)


def _unmet_crossed(card: LearnedCard) -> FlowTable:
    told = card.unmet
    themes = list(told.theme_totals)
    columns = [*(str(THEMES[theme]) for theme in themes), _("Samen")]
    rows = [
        row(
            district_name(district, card.districts),
            columns,
            [*(told.cells[theme, district] for theme in themes), told.district_totals[district]],
        )
        for district in _in_order(card, told.district_totals)
    ]
    totals = [*(told.theme_totals[theme] for theme in themes), told.total]
    rows.append(row(_("Hele gemeente"), columns, totals, is_whole=True))
    return FlowTable(_("Gevraagd en niemand gevonden"), _("Wijk"), columns, rows)


def _unmet_in_short(card: LearnedCard) -> FlowTable:
    told, column = card.unmet, [_("Aantal")]
    rows = [row(str(THEMES[one]), column, [shown]) for one, shown in told.theme_totals.items()]
    rows += [
        row(district_name(one, card.districts), column, [told.district_totals[one]])
        for one in _in_order(card, told.district_totals)
    ]
    rows.append(row(_("Alles samen"), column, [told.total], is_whole=True))
    return FlowTable(_("Gevraagd en niemand gevonden"), _("Onderwerp of wijk"), column, rows)


def _reason_columns() -> list[str]:
    return [*(str(DECLINE_REASONS[reason]) for reason in DeclineReason), _("Samen")]


def _line(
    name: str,
    columns: Sequence[str],
    cells: Mapping[tuple[Any, DeclineReason], Shown],
    key: Theme | int,
    total: Shown,
) -> FlowRow:
    return row(name, columns, [*(cells[key, reason] for reason in DeclineReason), total])


def _whole(card: LearnedCard) -> FlowRow:
    told = card.refusals
    totals = [*(told.reason_totals[reason] for reason in DeclineReason), told.total]
    return row(_("Hele gemeente"), _reason_columns(), totals, is_whole=True)


def _in_order(card: LearnedCard, districts: Mapping[int, Shown]) -> list[int]:
    """Return the districts by name, and none last."""
    return [one for one in (*card.districts, NO_DISTRICT) if one in districts]


def _refused_sentence(card: LearnedCard) -> str:
    told = card.refusals
    if told.total.text == "0":
        return _("Niemand zei nee.")
    if told.total.hidden and any(map(_number, told.theme_totals.values())):
        return _("Hoe vaak samen nee is gezegd, tonen we niet: daaruit volgt een klein aantal.")
    if told.total.hidden:
        return _(
            "Er waren te weinig nee's om te tonen wat zij leren: zo blijft niemand herkenbaar."
        )
    text = _("Er werd %(total)s keer nee gezegd.") % {"total": shown_text(told.total)}
    if not told.crossed:
        return f"{text} {_most_refused(card)}".strip()
    known = {key: one for key, one in told.themes.items() if _number(one)}
    if not known:
        return text
    theme, reason = max(known, key=lambda key: _number(known[key]))
    return f"{text} " + _("Het vaakst bij %(theme)s, met als reden: %(reason)s (%(count)s).") % {
        "theme": mid_sentence(THEMES[theme]),
        "reason": mid_sentence(DECLINE_REASONS[reason]),
        "count": shown_text(known[theme, reason]),
    }


def _most_refused(card: LearnedCard) -> str:
    """Say for what was refused most, by the totals alone."""
    known = {key: one for key, one in card.refusals.theme_totals.items() if _number(one)}
    if not known:
        return ""
    theme = max(known, key=lambda key: _number(known[key]))
    return _("Het vaakst bij %(theme)s (%(count)s).") % {
        "theme": mid_sentence(THEMES[theme]),
        "count": shown_text(known[theme]),
    }


def _unmet_sentence(card: LearnedCard) -> str:
    total = card.unmet.total
    if total.text == "0":
        return _("Voor elke verwijzing is iemand gevonden, of er wordt nog gezocht.")
    if total.hidden:
        return _("Voor een klein aantal verwijzingen vond niemand een plek; wij tonen het niet.")
    return ngettext(
        "Voor %(total)s verwijzing is niemand gevonden.",
        "Voor %(total)s verwijzingen is niemand gevonden.",
        _number(total),
    ) % {"total": shown_text(total)}


def _number(one: Shown) -> int:
    return int(one.text) if one.text.isdecimal() else 0
