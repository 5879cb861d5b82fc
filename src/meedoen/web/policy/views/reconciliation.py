"""Start + new - ended = end, per kind and per district, and what was corrected since."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from meedoen.records.flows.queries import BalanceCard, reconciliation
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.reconciliation import Group
from meedoen.rules.flows.shown_balances import WHOLE, ShownBalance
from meedoen.rules.flows.told_balances import REST_OF_DISTRICTS, REST_OF_KINDS
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.policy.asking import over, without_mistakes
from meedoen.web.policy.flow_forms import ReconciliationForm, period_name
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, as_file, marks_of, row
from meedoen.web.policy.flow_words import CORRECTIONS, outcome_name
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import PLACE_KINDS

READ_ONLY = ("GET", "HEAD")


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def reconciliation_page(request: ViewerRequest) -> HttpResponse:
    """Show that stock and flow of a period fit, and what was corrected at the beginning."""
    form = ReconciliationForm(request.GET)
    crumbs = [(_("Stromen"), reverse("policy:flows"))]
    if not form.is_valid():
        context: Mapping[str, Any] = {"form": form, "crumbs": crumbs}
        return render(request, "policy/reconciliation.html", context, status=422)
    card = _card(request, form)
    tables = _tables(card, form)
    whole = card.told.shown.lines[WHOLE]
    context = {
        "form": form,
        "card": card,
        "crumbs": crumbs,
        "tables": tables,
        "sentence": _sentence(whole),
        "corrected": _corrected(card, whole, form),
        "measured_on": day_text(card.measured_at) if card.measured_at else "",
        "measured_link": _measured_link(card, form),
        "marks": marks_of(tables),
    }
    return render(request, "policy/reconciliation.html", context)


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def reconciliation_export(request: ViewerRequest) -> HttpResponse:
    """Return the tables of the page as a file."""
    form = without_mistakes(ReconciliationForm(request.GET))
    tables = _tables(_card(request, form), form)
    return as_file(request, f"{_('aansluiting')}-{form.period.code}", tables)


def _card(request: ViewerRequest, form: ReconciliationForm) -> BalanceCard:
    return over(request.viewer, form.period, reconciliation, unit=form.unit, known_on=form.known_on)


def _tables(card: BalanceCard, form: ReconciliationForm) -> list[FlowTable]:
    """Return the tables: kinds and districts each with the whole, then outcomes, corrections."""
    shown = card.told.shown
    words = {"period": period_name(form.period)}
    kinds = _there(card, [*map(Group, PlaceKind)], REST_OF_KINDS)
    districts = _there(card, [Group(district=one) for one in card.districts], REST_OF_DISTRICTS)
    tables = [_balance_table(_("Per soort plek, %(period)s") % words, _("Soort plek"), kinds, card)]
    if districts:
        tables.append(_balance_table(_("Per wijk, %(period)s") % words, _("Wijk"), districts, card))
    if shown.outcomes.rows or shown.outcomes.rest:
        tables.append(_outcomes(card, _("Waarom gestopt, %(period)s") % words))
    if shown.corrections:
        tables.append(_corrections(card))
    return tables


def _there(card: BalanceCard, groups: Sequence[Group], rest: Group) -> list[Group]:
    """Return the groups that have a line, the rest at the end; none when there is only the rest.

    What is told of everything together says that already.
    """
    lines = card.told.shown.lines
    named = [one for one in groups if one in lines and one != rest]
    joins = card.told.joins_kinds if rest == REST_OF_KINDS else card.told.joins_districts
    if joins and not named:
        return []
    return [*named, *([rest] if rest in lines else [])]


def _balance_table(
    caption: str, first: str, groups: Sequence[Group], card: BalanceCard
) -> FlowTable:
    columns = list(_columns(card))
    lines = card.told.shown.lines
    rows = [row(_name(one, card), columns, _counts(lines[one], card)) for one in groups]
    whole = row(_("Alles samen"), columns, _counts(lines[WHOLE], card), is_whole=True)
    return FlowTable(caption, first, columns, [*rows, whole])


def _columns(card: BalanceCard) -> Iterator[str]:
    if card.published_at is not None:
        yield from (_("Begin, toen bekend"), _("Correcties"))
    yield from (_("Begin"), _("Nieuw"), _("Gestopt"), _("Eind"))


def _counts(line: ShownBalance, card: BalanceCard) -> Iterator[Shown]:
    if card.published_at is not None:
        yield from (line.published, line.difference)
    yield from (line.start, line.new, line.ended, line.end)


def _name(group: Group, card: BalanceCard) -> str:
    if group.kind is not None:
        joins = group == REST_OF_KINDS and card.told.joins_kinds
        return _("Andere soorten, samen") if joins else str(PLACE_KINDS[group.kind])
    if group == REST_OF_DISTRICTS:
        return _("Andere wijken, samen") if card.told.joins_districts else _("Geen wijk bekend")
    return card.districts[group.district or 0]


def _outcomes(card: BalanceCard, caption: str) -> FlowTable:
    told = card.told.shown.outcomes
    columns = [_("Aantal")]
    rows = [row(str(outcome_name(one)), columns, counts) for one, counts in told.rows.items()]
    if told.rest is not None:
        rows.append(row(_("Andere redenen, samen"), columns, told.rest))
    return FlowTable(caption, _("Hoe het stopte"), columns, rows)


def _corrections(card: BalanceCard) -> FlowTable:
    columns = [_("Aantal")]
    rows: list[FlowRow] = [
        row(str(CORRECTIONS[one]), columns, [count])
        for one, count in card.told.shown.corrections.items()
    ]
    return FlowTable(_("Waarom het begin is gecorrigeerd"), _("Correctie"), columns, rows)


def _sentence(whole: ShownBalance) -> str:
    numbers = {
        "start": shown_text(whole.start),
        "new": shown_text(whole.new),
        "ended": shown_text(whole.ended),
        "end": shown_text(whole.end),
    }
    if any(one.hidden for one in (whole.start, whole.new, whole.ended, whole.end)):
        return _("Een deel van de aantallen is te klein om te tonen.")
    return (
        _(
            "%(start)s bij het begin, %(new)s nieuw erbij en %(ended)s gestopt eraf: "
            "%(end)s aan het eind."
        )
        % numbers
    )


def _corrected(card: BalanceCard, whole: ShownBalance, form: ReconciliationForm) -> str:
    """Say what was known then; empty when the start is counted as known now."""
    if card.published_at is None:
        return ""
    words = {"day": day_text(card.published_at), "eve": day_text(form.period.eve)}
    if whole.difference.hidden:
        return _("Wat op %(day)s over %(eve)s bekend was, is te klein om te tonen.") % words
    if whole.difference.text == "0":
        return _("Op %(day)s was over %(eve)s hetzelfde aantal bekend als nu.") % words
    words |= {"then": shown_text(whole.published), "difference": whole.difference.text}
    return (
        _(
            "Volgens wat op %(day)s bekend was, waren het er op %(eve)s %(then)s. Sindsdien is dat "
            "gecorrigeerd met %(difference)s. Dat is het administratief verschil: zonder die "
            "correcties sluit de rekening niet."
        )
        % words
    )


def _measured_link(card: BalanceCard, form: ReconciliationForm) -> str:
    """Return the query for the start as it was measured, when it was."""
    if card.measured_at is None:
        return ""
    asked = {
        "periode": form.period.code,
        "wat": form.cleaned_data["wat"],
        "bekend": timezone.localdate(card.measured_at).isoformat(),
    }
    return f"?{urlencode(asked)}"
