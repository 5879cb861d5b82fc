"""Sheltered work in a year: new against the number of the year, and what is left of the Wsw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.sheltered.count_queries import ShelteredCard, sheltered_in
from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.law.sheltered import shipped_counting, shipped_wsw
from meedoen.rules.sheltered_shown import ShownRealised
from meedoen.web.shared.counting import marks_in, shown_text
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.sheltered_words import WSW_KINDS
from meedoen.web.shared.words import PLACE_KINDS, Words, mid_sentence

READ_ONLY = ("GET", "HEAD")
MOST_DIGITS = 4
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month end: people, and how many of them are lacking.

    No hours: those of one month less those of the month before are those of who came or left.
    """

    day: date
    persons: str
    to_go: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in the law, and what it says in Dutch."""

    says: str
    article: str
    address: str


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def sheltered(request: ViewerRequest) -> HttpResponse:
    """Show sheltered work of a year: what is asked for in the address, else this year."""
    card = _asked(request)
    months = [_line(one, card) for one in card.months]
    now = _line(card.now, card)
    wsw_lines = list(_wsw_lines(card))
    facts = list(_facts(card, now))
    texts = [text for one in months for text in (one.persons, one.to_go)]
    texts += [text for _name, text in facts]
    context = {
        "card": card,
        "facts": facts,
        "sentences": list(_sentences(card)),
        "source": _source(card),
        "sources": list(_sources(card)),
        "months": [] if _are_few(card) else months,
        "distance": card.required.is_established,
        "wsw": card.wsw,
        "wsw_lines": wsw_lines,
        "wsw_untold": _wsw_untold(card),
        "wsw_months": [(day, shown_text(shown)) for day, shown in _wsw_months(card)],
        "marks": marks_in(
            [*texts, *(text for _name, text in wsw_lines)]
            + [shown.text for _day, shown in _wsw_months(card)]
        ),
    }
    return render(request, "policy/sheltered.html", context)


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def sheltered_export(request: ViewerRequest) -> HttpResponse:
    """Return the year as a file, with the numbers that the page shows."""
    way = request.GET.get("soort", "")
    if way not in WAYS:
        raise Http404
    card = _asked(request)
    headings: list[Cell] = [_("Onderdeel"), _("Peildatum"), _("Wat"), _("Getal")]
    return WAYS[way](f"{_('beschut-werk')}-{card.year}", headings, list(_rows(card)))


def _asked(request: ViewerRequest) -> ShelteredCard:
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else clock.today().year
    card = sheltered_in(request.viewer, year=year, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _line(one: ShownRealised, card: ShelteredCard) -> MonthLine:
    to_go = _("niet vastgesteld")
    if card.required.is_established:
        to_go = PROTECTED
        if one.found is not None:
            to_go = number_text(one.found.persons_to_go)
    return MonthLine(one.on, shown_text(one.persons), to_go)


def _decimal(value: Decimal | None) -> str:
    """Write a number with its decimals; one that cannot be shown has its mark."""
    return PROTECTED if value is None else number_text(value, DECIMALS)


def _facts(card: ShelteredCard, now: MonthLine) -> Iterator[tuple[str, str]]:
    required = card.required.number
    norm = {"hours": card.now.hours_norm}
    yield (
        _("Aantal dat er eind %(year)s moet zijn") % {"year": card.year},
        _("niet vastgesteld") if required is None else number_text(required),
    )
    yield _("Mensen met een contract"), now.persons
    yield _("Banen, als %(hours)s uur per week één baan is") % norm, _decimal(card.now.jobs)
    yield _("Mensen die er nog bij moeten"), now.to_go
    if card.required.is_established:
        hours = card.now.hours_to_go
        yield (
            _("Uren per week die er naar de norm nog bij moeten"),
            PROTECTED if hours is None else number_text(hours),
        )


def _sentences(card: ShelteredCard) -> Iterator[str]:
    day = {"day": day_text(card.now.on)}
    yield _("Zo stond het op %(day)s, met wat nu bekend is.") % day
    if card.now.persons.hidden:
        yield _(
            "Er zijn te weinig mensen met een contract om te tonen hoeveel: zo blijft niemand "
            "herkenbaar."
        )
        if _are_few(card):
            yield _("Dat was aan het eind van elke maand van %(year)s zo.") % {"year": card.year}
    if not card.required.is_established:
        yield _(
            "Voor %(year)s is voor deze gemeente geen aantal vastgesteld in Meedoen. Dat is iets "
            "anders dan 0: er is dan ook geen afstand te noemen."
        ) % {"year": card.year}
    elif card.now.found is None:
        yield _("De afstand tonen we niet: die verraadt hoeveel mensen het zijn.")
    elif card.now.found.duty_stops:
        yield _("Het aantal is gehaald: de plicht voor dit jaar stopt (artikel 10b, zesde lid).")
    else:
        yield _to_go(card.now.found.persons_to_go or 0)
    if card.now.hours_missing:
        yield _("Van sommige contracten zijn de uren niet bekend. Die tellen bij de uren niet mee.")
    yield from _missing(card)


def _are_few(card: ShelteredCard) -> bool:
    """Return whether at every month end there were too few people to tell of."""
    return bool(card.months) and all(one.persons.hidden for one in card.months)


def _wsw_untold(card: ShelteredCard) -> str:
    """Say why not every kind of the old work is told; empty when it is."""
    if card.wsw is None or None not in card.wsw.by_kind.values():
        return ""
    if card.wsw.person_years is None:
        return _("Er zijn te weinig mensen in de Wsw om jaren te tonen.")
    return _(
        "Van sommige soorten zijn er te weinig mensen om te tonen. In het totaal tellen zij mee."
    )


def _missing(card: ShelteredCard) -> Iterator[str]:
    """Say who the indicators count and this page does not, because no job is written down."""
    for kind, shown in card.missing.items():
        if shown.text != "0":
            yield _(
                "Op een plek van de soort %(kind)s doen mensen mee van wie hier geen baan staat: "
                "%(count)s. De indicatoren tellen hen wel, deze pagina niet."
            ) % {"kind": mid_sentence(PLACE_KINDS[kind]), "count": shown_text(shown)}


def _to_go(persons: int) -> str:
    if not persons:
        return _("Het aantal mensen is gehaald, het aantal naar uren nog niet.")
    return ngettext(
        "Er moet nog %(count)s mens met een contract bij.",
        "Er moeten nog %(count)s mensen met een contract bij.",
        persons,
    ) % {"count": number_text(persons)}


def _source(card: ShelteredCard) -> Source | None:
    line = card.required.line
    return Source(line.says, line.article, line.address) if line else None


def _sources(card: ShelteredCard) -> Iterator[Source]:
    """Say how is counted: which values that nobody confirmed are a choice of the municipality."""
    counting, wsw = shipped_counting().on(card.now.on), shipped_wsw().on(card.now.on)
    values = (counting.counted_by, counting.hours_norm)
    weights = (wsw.full_week_hours, wsw.moderate_weight, wsw.severe_weight)
    for one in (*values, *weights):
        yield Source(one.says, one.article, one.address)


def _wsw_lines(card: ShelteredCard) -> Iterator[tuple[Words, str]]:
    if card.wsw is None:
        return
    yield _("Gerealiseerde arbeidsjaren"), _decimal(card.wsw.person_years)
    for kind, years in card.wsw.by_kind.items():
        yield WSW_KINDS[kind], _decimal(years)
    yield _("Standaardeenheden (SE)"), _decimal(card.wsw.standard_units)


def _wsw_months(card: ShelteredCard) -> Sequence[tuple[date, Shown]]:
    return card.wsw.months if card.wsw else ()


def _rows(card: ShelteredCard) -> Iterator[Sequence[Cell]]:
    part = _("Beschut werk")
    for line in (_line(one, card) for one in card.months):
        yield [part, line.day, _("Mensen met een contract"), line.persons]
        yield [part, line.day, _("Mensen die er nog bij moeten"), line.to_go]
    for name, text in _facts(card, _line(card.now, card)):
        yield [part, card.now.on, name, text]
    for what, years in _wsw_lines(card):
        yield [_("Wsw"), _("gemiddelde van de maanden"), what, years]
    for day, shown in _wsw_months(card):
        yield [_("Wsw"), day, _("Mensen"), shown_text(shown)]
