"""The tables of the page about the network; what its file holds comes from the same lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.records.referrals.network_queries import NetworkCard
from meedoen.rules.flows.calendar import Period, Span
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.referral_statements import MUNICIPALITY, RESIDENT
from meedoen.rules.network.figures import NetworkFigures
from meedoen.rules.network.picture import REST, NetworkCell, NetworkPicture
from meedoen.rules.periods import add_months
from meedoen.web.policy.flow_forms import period_name
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, row
from meedoen.web.policy.network_words import (
    MEASURES,
    district_name,
    measure_name,
    party_names,
)
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import THEMES, listed


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """What went from one party to one or more others, and what it was often about.

    What is not shown goes on one line for every sender; `is_whole` is a total.
    """

    source: str
    target: str
    count: Shown
    themes: str = ""
    districts: str = ""
    is_whole: bool = False

    @property
    def shown(self) -> str:
        """Return the number as people read it."""
        return shown_text(self.count)


def lines_of(card: NetworkCard, picture: NetworkPicture) -> list[NetworkLine]:
    """Return the square as lines: the senders in order, each with its total, and everything."""
    names = party_names(picture, card.names)
    lines: list[NetworkLine] = []
    for node in picture.nodes:
        cells = [one for one in picture.cells if one.source == node.code]
        if not cells:
            continue
        name = names[node.code]
        lines += [_line(card, names, one) for one in cells if not one.shown.hidden]
        hidden = [one for one in cells if one.shown.hidden]
        if hidden:
            targets = listed(names[one.target] for one in hidden)
            lines.append(NetworkLine(name, targets, hidden[0].shown))
        lines.append(NetworkLine(name, _("Samen"), node.sent, is_whole=True))
    return [*lines, NetworkLine(_("Iedereen samen"), _("Samen"), picture.total, is_whole=True)]


def _line(card: NetworkCard, names: Mapping[str, str], cell: NetworkCell) -> NetworkLine:
    return NetworkLine(
        names[cell.source],
        names[cell.target],
        cell.shown,
        listed(THEMES[one] for one in cell.themes),
        listed(district_name(one, card.districts) for one in cell.districts),
    )


def tables_of(card: NetworkCard) -> list[FlowTable]:
    """Return every table of the page, as its file holds them."""
    return [*_square(card), quarter_table(card), comparison_table(card), _alone(card)]


def is_told(picture: NetworkPicture) -> bool:
    """Tell whether anything is shown of a party by name; all together is no picture."""
    return any(not one.shown.hidden and {one.source, one.target} != {REST} for one in picture.cells)


def _square(card: NetworkCard) -> list[FlowTable]:
    picture = card.picture
    if picture is None or not is_told(picture):
        return []
    lines = lines_of(card, picture)
    return [_pairs(lines), *_about(lines), received_table(card, picture)]


def _pairs(lines: Sequence[NetworkLine]) -> FlowTable:
    rows = [row(one.source, [one.target], [one.count], is_whole=one.is_whole) for one in lines]
    return FlowTable(_("Wie naar wie verwijst"), _("Van"), [_("Naar")], rows)


def _about(lines: Sequence[NetworkLine]) -> Iterator[FlowTable]:
    texts = (
        (_("Onderwerpen met veel verwijzingen"), "themes"),
        (_("Wijken met veel verwijzingen"), "districts"),
    )
    for caption, field in texts:
        rows = [
            row(one.source, [one.target], [Shown(getattr(one, field), hidden=False)])
            for one in lines
            if getattr(one, field)
        ]
        yield FlowTable(caption, _("Van"), [_("Naar")], rows)


def received_table(card: NetworkCard, picture: NetworkPicture) -> FlowTable:
    """Return what every party sent and received; their order is that of the picture."""
    names = party_names(picture, card.names)
    columns = [_("Verstuurd"), _("Gekregen")]
    rows = [row(names[node.code], columns, [node.sent, node.received]) for node in picture.nodes]
    return FlowTable(_("Verstuurd en gekregen"), _("Wie"), columns, rows)


def quarter_table(card: NetworkCard) -> FlowTable:
    """Return the measures of the last quarters, the newest first."""
    columns = [measure_name(field) for field in MEASURES]
    rows = [
        row(quarter_name(one), columns, [getattr(one, field) for field in MEASURES])
        for one in reversed(card.quarters)
    ]
    return FlowTable(_("De cijfers per kwartaal"), _("Kwartaal"), columns, rows)


def quarter_name(figures: NetworkFigures) -> str:
    """Return the quarter of figures in words."""
    first = add_months(figures.on.replace(day=1), 1 - figures.months)
    return period_name(Period(Span.QUARTER, first))


def comparison_table(card: NetworkCard) -> FlowTable:
    """Return the measures of the baseline year, if it is over, and of the last twelve months."""
    told = card.comparison
    now = _("Twaalf maanden tot en met %(day)s") % {"day": day_text(told.now.on)}
    years = {str(told.baseline_year): told.baseline} if told.baseline else {}
    columns = [*years, now]
    rows = [
        row(measure_name(field), columns, [getattr(one, field) for one in _sides(card)])
        for field in MEASURES
    ]
    return FlowTable(_("Vergeleken met een eerder jaar"), _("Maat"), columns, rows)


def _sides(card: NetworkCard) -> list[NetworkFigures]:
    told = card.comparison
    return [told.baseline, told.now] if told.baseline else [told.now]


def _alone(card: NetworkCard) -> FlowTable:
    column = _("Verwijzingen in twaalf maanden")
    rows: list[FlowRow] = [row(name, [column], [0]) for name in card.not_connected]
    return FlowTable(_("Organisaties zonder verwijzing"), _("Organisatie"), [column], rows)


def largest_text(card: NetworkCard, picture: NetworkPicture) -> str:
    """Say which pair has the most referrals; empty when none is shown by name."""
    names = party_names(picture, card.names)
    shown = [
        one
        for one in picture.cells
        if not one.shown.hidden and REST not in {one.source, one.target}
    ]
    if not shown:
        return ""
    most = max(shown, key=lambda one: int(one.shown.text))
    return _("De meeste gingen van %(source)s naar %(target)s: %(count)s.") % {
        "source": _in_sentence(most.source, names),
        "target": _in_sentence(most.target, names),
        "count": shown_text(most.shown),
    }


def _in_sentence(code: str, names: Mapping[str, str]) -> str:
    """Return a party inside a sentence; the name of an organisation keeps its capital."""
    match code:
        case code if code == str(MUNICIPALITY):
            return _("de gemeente")
        case code if code == str(RESIDENT):
            return _("inwoners zelf")
        case _organisation:
            return names[code]
