"""Support that ends in the coming year: of everyone, or of a team lead's own team."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.figures.queries import threshold_of
from meedoen.records.flows.cliff_queries import CliffCard, ending_support
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.named import Named
from meedoen.rules.flows.told_cliff import Stretch
from meedoen.rules.periods import add_months
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, as_file, marks_of, row
from meedoen.web.shared.charts import Point, line_chart
from meedoen.web.shared.counting import language, shown_text
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pages import ViewerRequest, page

READ_ONLY = ("GET", "HEAD")


@page(Permission.SEE_ENDING_SUPPORT, methods=READ_ONLY)
def cliff_page(request: ViewerRequest) -> HttpResponse:
    """Show how many people lose their last support, and when."""
    card = _card(request)
    tables = _tables(card)
    sentence = _sentence(card)
    context = {
        "card": card,
        "crumbs": [] if card.own_team else [(_("Stromen"), reverse("policy:flows"))],
        "tables": tables,
        "sentence": sentence,
        "chart": _chart(card, sentence),
        "overdue": shown_text(card.told.overdue),
        "goes_on": shown_text(card.told.goes_on),
        "law": _law(card),
        "untold": list(_untold(card)),
        "marks": marks_of(tables, [card.told.falling, card.told.overdue, card.told.goes_on]),
    }
    return render(request, "policy/cliff.html", context)


@page(Permission.SEE_ENDING_SUPPORT, methods=READ_ONLY)
def cliff_export(request: ViewerRequest) -> HttpResponse:
    """Return the tables of the page as a file."""
    return as_file(request, f"{_('afloop')}-{clock.today().isoformat()}", _tables(_card(request)))


def _card(request: ViewerRequest) -> CliffCard:
    card = ending_support(request.viewer, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _tables(card: CliffCard) -> list[FlowTable]:
    told = card.told
    columns = [_("Loopt af"), _("Tot dan samen")]
    rows = [row(_stretch_name(one), columns, [one.ending, one.by_then]) for one in told.stretches]
    tables = [FlowTable(_("Wanneer de laatste steun afloopt"), _("Wanneer"), columns, rows)]
    if not card.own_team:
        tables.append(_group_table(_("Per team"), _("Team"), told.teams, card.teams, card))
    tables.append(_group_table(_("Per wijk"), _("Wijk"), told.districts, card.districts, card))
    return [table for table in tables if table.rows]


def _stretch_name(stretch: Stretch) -> str:
    last = add_months(stretch.first, stretch.months) - timedelta(days=1)
    return _between(stretch.first, last)


def _between(first: date, last: date) -> str:
    words = {"first": day_text(first, "medium"), "last": day_text(last, "medium")}
    return _("%(first)s tot en met %(last)s") % words


def _group_table(
    caption: str, first: str, told: Named[int], names: Mapping[int, str], card: CliffCard
) -> FlowTable:
    steps = [_("Vanaf %(day)s") % {"day": day_text(day, "medium")} for day in card.told.steps]
    columns = [*(steps if len(steps) > 1 else ()), _("Samen")]
    return FlowTable(caption, first, columns, list(_group_rows(told, names, columns)))


def _group_rows(
    told: Named[int], names: Mapping[int, str], columns: Sequence[str]
) -> Iterator[FlowRow]:
    """Give the groups in the order of their names, who has none, and then the others together.

    Nothing when nobody can be told of by name: that is said for everyone already.
    """
    if not told.rows:
        return
    known = [number for number in names if number in told.rows]
    for number in (*known, *(told.rows.keys() - names.keys())):
        yield _group_row(names.get(number, _("Niet bekend")), told.rows[number], columns)
    if told.rest is not None:
        yield _group_row(_("Andere, samen"), told.rest, columns)


def _group_row(name: str, counts: Sequence[int], columns: Sequence[str]) -> FlowRow:
    steps = counts if len(counts) > 1 else ()
    return row(name, columns, [*steps, sum(counts)])


def _chart(card: CliffCard, sentence: str) -> str:
    """Draw how many have lost their last support by each day; nothing when that is nobody."""
    if not card.told.stretches:
        return ""
    points = [Point(card.told.stretches[0].first, 0)]
    points += [Point(add_months(one.first, one.months), one.by_then) for one in card.told.stretches]
    return line_chart(
        _("Mensen van wie de laatste steun afloopt"), sentence, points, None, language()
    )


def _sentence(card: CliffCard) -> str:
    told = card.told
    if told.falling.text == "0":
        return _("In de komende twaalf maanden loopt van niemand de laatste steun af.")
    words = {"people": shown_text(told.falling)}
    text = (
        _("Van %(people)s mensen loopt in de komende twaalf maanden de laatste steun af.") % words
    )
    if told.falling.text == "1":
        text = _("Van één mens loopt in de komende twaalf maanden de laatste steun af.")
    if not told.stretches:
        return text
    most = max(told.stretches, key=lambda one: one.ending / one.months)
    words = {"people": number_text(most.ending), "when": _stretch_name(most)}
    return f"{text} " + _("De meeste bij elkaar: %(people)s, van %(when)s.") % words


def _untold(card: CliffCard) -> Iterator[str]:
    """Say why a table of teams or districts is not there, where there is something to tell."""
    if not card.told.stretches:
        return
    if not card.told.teams.rows and not card.own_team:
        yield _("Per team gaat het om te weinig mensen om te tonen.")
    if not card.told.districts.rows:
        yield _("Per wijk gaat het om te weinig mensen om te tonen.")


def _law(card: CliffCard) -> str:
    """Say how many end by law; empty where that is not told."""
    by_law = card.told.by_law
    if not by_law:
        return ""
    return _(
        "Bij %(people)s van hen omdat de termijn van de participatiebaan om is (Participatiewet, "
        "artikel 10a)."
    ) % {"people": number_text(by_law)}
