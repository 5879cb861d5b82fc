"""The yearly report about suggested places: whether people decide, and what comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.matching_report_queries import ReportCard, matching_report
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.followed import Followed
from meedoen.rules.matching_register.report_terms import ReportTerms, report_terms_on
from meedoen.rules.matching_register.texts import shipped_texts
from meedoen.rules.matching_register.yearly import YearReport
from meedoen.web.shared.counting import in_language, marks_in, shown_text
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.match_words import REFUSAL_REASONS, REFUSAL_SIDES
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import OUTCOMES

READ_ONLY = ("GET", "HEAD")
MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A count under a name; `of` is what it is a part of, empty when it stands alone."""

    of: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """What became of the choices in a district or at a place."""

    name: str
    chosen: str
    started: str
    ended: str
    outcomes: Sequence[tuple[str, str]]


@page(Permission.SEE_MATCHING_REPORT, methods=READ_ONLY)
def report(request: ViewerRequest) -> HttpResponse:
    """Show the report of a year: what is asked for in the address, else this year."""
    card = _asked(request)
    made = card.report
    context = {
        "card": card,
        "meaning": list(_meaning(made, report_terms_on(clock.today()))),
        "main": _main(made),
        "refusals": list(_refusals(made)),
        "rules": list(_rules(made)),
        "districts": _followed(card.districts, made.districts),
        "places": _followed(card.places, made.places),
        "divided": _divided(made),
        "marks": marks_in(one.text for one in _all(made)),
    }
    return render(request, "policy/matching_report.html", context)


@page(Permission.SEE_MATCHING_REPORT, methods=READ_ONLY)
def report_export(request: ViewerRequest) -> HttpResponse:
    """Return the report as a file, with the numbers that the page shows."""
    way = request.GET.get("soort", "")
    if way not in WAYS:
        raise Http404
    card = _asked(request)
    headings: list[Cell] = [_("Onderdeel"), _("Wat"), _("Aantal")]
    name = f"{_('plekken-voorgesteld')}-{card.year}"
    return WAYS[way](name, headings, list(_rows(card)))


def _asked(request: ViewerRequest) -> ReportCard:
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else clock.today().year
    card = matching_report(request.viewer, year=year, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _meaning(made: YearReport, terms: ReportTerms) -> Iterator[str]:
    """Say what the counts mean for whether people decide, or that there are too few to say so."""
    yield _about_first(made, terms)
    if made.median_days is not None:
        yield ngettext(
            "Tussen de lijst en de keuze zat meestal %(days)s dag.",
            "Tussen de lijst en de keuze zaten meestal %(days)s dagen.",
            made.median_days,
        ) % {"days": made.median_days}
    for rule, percent in made.aside_percent.items():
        if percent >= terms.often_aside_percent:
            yield _(
                "In %(percent)s %% van de lijsten ging deze regel opzij: %(rule)s. Bekijk of de "
                "regel klopt, of hoe ernaar wordt gevraagd."
            ) % {"percent": percent, "rule": _rule_name(rule)}


def _about_first(made: YearReport, terms: ReportTerms) -> str:
    percent, chosen = made.first_percent, made.chosen
    if percent is None or int(chosen.text) < terms.least_choices:
        return _(
            "Er zijn te weinig keuzes, of te weinig verschillende, om te zeggen hoe vaak de eerste "
            "plek van de lijst wordt gekozen. Dat kan vanaf %(least)s keuzes."
        ) % {"least": terms.least_choices}
    words = {"percent": percent, "often": terms.often_first_percent}
    if percent >= terms.often_first_percent:
        return (
            _(
                "Bij %(percent)s %% van de keuzes werd het de eerste plek van de lijst. Vanaf "
                "%(often)s %% beslist de lijst in feite zelf. Bespreek met de coaches hoe zij de "
                "lijst gebruiken, en zet hem op een neutrale volgorde als dat nodig is."
            )
            % words
        )
    return (
        _(
            "Bij %(percent)s %% van de keuzes werd het de eerste plek van de lijst. Bij de andere "
            "keuzes koos iemand een andere plek. Dat past bij een keuze door mensen: de grens "
            "waarboven wij dat niet meer zeggen, is %(often)s %%."
        )
        % words
    )


def _main(made: YearReport) -> list[Line]:
    lists, chosen, first = _("Lijsten"), _("Keuzes"), _("Eerste van de lijst")
    return [
        Line("", lists, shown_text(made.lists)),
        Line(lists, _("Zonder een plek die past"), shown_text(made.without_place)),
        Line(lists, _("Met een regel die opzij ging"), shown_text(made.with_set_aside)),
        Line(lists, _("Waaruit een plek is gekozen"), shown_text(made.chosen)),
        Line(chosen, _("De eerste van de lijst"), shown_text(made.first_chosen)),
        Line(first, _("Die de inwoner zelf al had gekozen"), shown_text(made.first_own_wish)),
    ]


def _refusals(made: YearReport) -> Iterator[Line]:
    for side, whole in made.by_side.items():
        name = str(REFUSAL_SIDES[side])
        yield Line("", name, shown_text(whole))
        for (of, reason), one in made.by_reason.items():
            if of is side:
                yield Line(name, str(REFUSAL_REASONS[reason]), shown_text(one))


def _rules(made: YearReport) -> Iterator[Line]:
    for rule, one in made.set_aside.items():
        yield Line(_("Lijsten"), _rule_name(rule), shown_text(one))


def _rule_name(rule: HardRule) -> str:
    return in_language(shipped_texts().rules[rule].name)


def _followed(names: Mapping[int, str], groups: Mapping[int, Followed]) -> list[FollowedLine]:
    return [
        FollowedLine(
            name=name,
            chosen=shown_text(one.chosen),
            started=shown_text(one.started),
            ended=shown_text(one.ended),
            outcomes=[
                (str(OUTCOMES[outcome]), shown_text(shown))
                for outcome, shown in one.outcomes.items()
            ],
        )
        for number, name in names.items()
        if (one := groups.get(number)) is not None
    ]


def _divided(made: YearReport) -> list[FollowedLine]:
    return _followed({0: _("Aangenomen uit een verdeling")}, {0: made.divided})


def _all(made: YearReport) -> Iterator[Shown]:
    yield from (made.lists, made.without_place, made.chosen, made.first_chosen)
    yield from (made.first_own_wish, made.with_set_aside, made.refusals)
    yield from (*made.set_aside.values(), *made.by_side.values(), *made.by_reason.values())
    for one in (*made.districts.values(), *made.places.values(), made.divided):
        yield from (one.chosen, one.started, one.ended, *one.outcomes.values())


def _rows(card: ReportCard) -> Iterator[Sequence[Cell]]:
    made = card.report
    main, refused = _("Lijsten en keuzes"), _("Geweigerd")
    for line in _main(made):
        yield [main, line.name, line.text]
    for line in _refusals(made):
        yield [f"{refused}: {line.of}" if line.of else refused, line.name, line.text]
    for line in _rules(made):
        yield [_("Regels die opzij gingen"), line.name, line.text]
    for part, lines in (
        (_("Per wijk"), _followed(card.districts, made.districts)),
        (_("Per plek"), _followed(card.places, made.places)),
        (_("Verdelen"), _divided(made)),
    ):
        for of in lines:
            where = f"{part}: {of.name}"
            yield [where, _("Gekozen"), of.chosen]
            yield [where, _("Begonnen"), of.started]
            yield [where, _("Gestopt"), of.ended]
            for name, text in of.outcomes:
                yield [where, f"{_('Gestopt')}: {name}", text]
