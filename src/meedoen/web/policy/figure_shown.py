"""A kept figure as people read it: where it is of, what explains it, and what was learned since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.figures.balances import BalanceOfFigure
from meedoen.records.figures.causes_told import Cause, Sort
from meedoen.records.figures.opened import OpenedFigure
from meedoen.records.figures.revised import Revision
from meedoen.rules.indicators.causes_elsewhere import Noted, Subject
from meedoen.rules.indicators.labels import KINDS
from meedoen.rules.vocabulary import EntryKind, PlaceKind, ReferralEvent
from meedoen.web.policy.flow_tables import FlowTable, row
from meedoen.web.shared.counting import in_language, part_name, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_words import EVENTS
from meedoen.web.shared.words import PLACE_KINDS, Words

NOTED: Mapping[Noted, Words] = {
    Noted.ORGANISATION: gettext_lazy("organisatie die erbij kwam of wegging"),
    Noted.PLACE: gettext_lazy("wat een plek is en wanneer die open is"),
    Noted.SEAT: gettext_lazy("bezette plaats op een plek"),
    Noted.CONFIRMATION: gettext_lazy("plek die is nagekeken"),
}
REVISED: Mapping[Subject, Words] = {
    Subject.PEOPLE: gettext_lazy(
        "Met wat nu bekend is, is dit cijfer herzien: %(now)s in plaats van %(then)s. Bij "
        "%(people)s mensen is sinds %(day)s iets vastgelegd waardoor zij anders meetellen."
    ),
    Subject.ASKS: gettext_lazy(
        "Met wat nu bekend is, is dit cijfer herzien: %(now)s in plaats van %(then)s. Bij "
        "%(people)s verwijzingen is sinds %(day)s iets vastgelegd waardoor die anders meetellen."
    ),
    Subject.PAIRS: gettext_lazy(
        "Met wat nu bekend is, is dit cijfer herzien: %(now)s in plaats van %(then)s. Paren "
        "van organisaties waarvan sinds %(day)s is vastgelegd dat de een naar de ander verwees: "
        "%(people)s."
    ),
    Subject.ORGANISATIONS: gettext_lazy(
        "Met wat nu bekend is, is dit cijfer herzien: %(now)s in plaats van %(then)s. "
        "Organisaties waarvan sinds %(day)s iets is vastgelegd waardoor zij anders meetellen: "
        "%(people)s."
    ),
    Subject.PLACES: gettext_lazy(
        "Met wat nu bekend is, is dit cijfer herzien: %(now)s in plaats van %(then)s. "
        "Plekken waarvan sinds %(day)s iets is vastgelegd waardoor die anders meetellen: "
        "%(people)s."
    ),
}
"""Why a figure is another one now, by what it is that counts otherwise."""


@dataclass(frozen=True, slots=True)
class BalanceShown:
    """Start + new - ended = end: the table, and the same in a sentence."""

    table: FlowTable
    sentence: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A district, kind of place or organisation with its figure; `figure_id` None leads nowhere."""

    name: str
    text: str
    figure_id: int | None


@dataclass(frozen=True, slots=True)
class CauseLine:
    """Something that was recorded later, in words; `number` is 0 where it has none."""

    kind: str
    starts_on: str
    recorded_at: str
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What a figure would be now, and why; the table has no lines when nothing was recorded."""

    now: str
    sentence: str
    counts: FlowTable
    lines: Sequence[CauseLine]


def where_of(district: str, place_kind: PlaceKind | None, organisation: str = "") -> str:
    """Say of which part a figure is; empty for the whole."""
    kind = "" if place_kind is None else str(PLACE_KINDS[place_kind])
    return ", ".join(part for part in (district, kind, organisation) if part)


def balance_shown(balance: BalanceOfFigure | None) -> BalanceShown | None:
    """Say how the figure of the end of the year before became this one; None where nothing did."""
    if balance is None:
        return None
    numbers = balance.numbers
    words = {"start": day_text(balance.start), "end": day_text(balance.end)}
    columns = [_("Mensen")]
    rows = [
        row(_("Begin: %(start)s") % words, columns, [numbers.start]),
        row(_("+ Nieuw erbij"), columns, [numbers.new]),
        row(_("− Gestopt"), columns, [numbers.ended]),  # noqa: RUF001 - a minus, for people
        row(_("= Eind: %(end)s") % words, columns, [numbers.end], is_whole=True),
    ]
    caption = _("Van %(start)s tot en met %(end)s") % words
    return BalanceShown(FlowTable(caption, _("Wat"), columns, rows), _balance_sentence(balance))


def _balance_sentence(balance: BalanceOfFigure) -> str:
    numbers = balance.numbers
    if any(one.hidden for one in (numbers.start, numbers.new, numbers.ended, numbers.end)):
        return _("Een deel van de aantallen is te klein om te tonen. De rekening sluit wel.")
    if not numbers.adds_up:
        return _("De aantallen zijn afgerond. Daarom tellen ze hier niet precies op.")
    texts = {
        "start": shown_text(numbers.start),
        "new": shown_text(numbers.new),
        "ended": shown_text(numbers.ended),
        "end": shown_text(numbers.end),
    }
    return _("%(start)s + %(new)s − %(ended)s = %(end)s: de rekening sluit.") % texts  # noqa: RUF001


def place_lines(figure: OpenedFigure) -> list[PlaceLine]:
    """Return what a figure is broken down into: districts, kinds of places and organisations."""
    return [
        PlaceLine(
            where_of(one.district, one.place_kind, one.organisation),
            shown_text(one.shown),
            one.figure_id,
        )
        for one in figure.places
    ]


def parts_table(figure: OpenedFigure) -> FlowTable | None:
    """Return the classes of a figure, or its numerator and denominator; None where it has none."""
    if not figure.parts:
        return None
    columns = [_("Aantal")]
    rows = [row(part_name(part), columns, [shown]) for part, shown in figure.parts.items()]
    return FlowTable(_("Waar het cijfer uit bestaat"), _("Wat"), columns, rows)


def learned_of(revision: Revision) -> Learned:
    """Say what a kept figure would be with what is known now, and what was recorded since."""
    columns = [_("Aantal")]
    rows = [
        row(_kind(one.kind, is_correction=one.is_correction), columns, [one.count])
        for one in revision.by_kind
    ]
    caption = _("Wat sinds %(day)s is vastgelegd") % {"day": day_text(revision.known_at)}
    return Learned(
        now=shown_text(revision.now),
        sentence=_learned_sentence(revision),
        counts=FlowTable(caption, _("Wat"), columns, rows),
        lines=[_line(one) for one in revision.causes],
    )


def _kind(kind: Sort, *, is_correction: bool) -> str:
    words = {"kind": _sort(kind)}
    return _("%(kind)s: verbeterd") % words if is_correction else _("%(kind)s: nieuw") % words


def _sort(kind: Sort) -> str:
    """Name an entry, a step of a referral, or something about an organisation or a place."""
    match kind:
        case EntryKind():
            return in_language(KINDS[kind])
        case ReferralEvent():
            return _("verwijzing: %(event)s") % {"event": str(EVENTS[kind]).lower()}
        case Noted():
            return str(NOTED[kind])


def _learned_sentence(revision: Revision) -> str:
    words = {
        "then": shown_text(revision.then),
        "now": shown_text(revision.now),
        "day": day_text(revision.known_at),
        "people": shown_text(revision.count),
    }
    if revision.is_hidden:
        return _("Dit cijfer is verborgen. Daarom staat hier ook niet of er iets aan veranderd is.")
    if not revision.changed and not revision.by_kind:
        return _("Sinds %(day)s is er niets vastgelegd dat dit cijfer verandert.") % words
    if not revision.changed:
        return _("Er is sinds %(day)s iets vastgelegd, maar het cijfer is hetzelfde.") % words
    return str(REVISED[revision.subject]) % words


def _line(cause: Cause) -> CauseLine:
    what = _("nieuw")
    if cause.withdrawn:
        what = _("ingetrokken: nummer %(number)s") % {"number": cause.replaces}
    elif cause.replaces:
        what = _("verbetering van nummer %(number)s") % {"number": cause.replaces}
    return CauseLine(
        kind=_sort(cause.kind),
        starts_on=day_text(cause.starts_on),
        recorded_at=day_text(cause.recorded_at),
        what=what,
        number=cause.entry,
    )


def is_any_place_shown(figure: OpenedFigure) -> bool:
    """Tell whether any number by place may be shown: else a sentence says more than marks."""
    return any(one.shown.text.isdecimal() for one in figure.places)


def texts_of(figure: OpenedFigure, balance: BalanceShown | None) -> Iterator[str]:
    """Walk through every counted text of a figure, for the legend."""
    yield figure.shown.text
    yield from (one.text for one in figure.parts.values())
    if is_any_place_shown(figure):
        yield from (one.shown.text for one in figure.places)
    if balance is not None:
        yield from (cell.text for line in balance.table.rows for cell in line.cells)
