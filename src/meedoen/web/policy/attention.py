"""What asks for attention on the first page: each with what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.budget.standing import achieved_numbers
from meedoen.records.documents.waiting import waiting_for_adoption
from meedoen.records.figures.queries import MeasuringCard, computing_days
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.freshness_queries import stale_places
from meedoen.rules.forecast.needed import Outlook
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.periods import add_months, is_year_end
from meedoen.web.policy.standing_rows import Standing, StandingRow
from meedoen.web.shared.counting import in_language, shown_text
from meedoen.web.shared.course import aim_in
from meedoen.web.shared.figures import day_text, number_text

NEW_RULE_MONTHS = 12
"""For so long after a day from which is counted otherwise, that is said."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something to look at: what it is, and the page where something can be done."""

    text: str
    address: str
    label: str


def attention(
    viewer: Viewer,
    catalogue: Catalogue,
    measured: Sequence[MeasuringCard],
    standing: Standing,
) -> list[Attention]:
    """Return what asks for attention, the most pressing first."""
    return [
        *_documents(viewer),
        *_in_danger(standing.promised),
        *_not_measured(viewer, measured),
        *_contradicted(viewer, catalogue, measured),
        *_counted_otherwise(catalogue),
        *_stale_places(viewer),
    ]


def _documents(viewer: Viewer) -> Iterator[Attention]:
    for one in waiting_for_adoption(viewer):
        words = {"title": one.title, "day": day_text(one.offered_at)}
        text = _("%(title)s wacht sinds %(day)s op uw besluit.") % words
        yield Attention(text, reverse("policy:document", args=[one.key]), _("Naar het document"))


def _in_danger(rows: Sequence[StandingRow]) -> Iterator[Attention]:
    for row in rows:
        if row.verdict.code == Outlook.IN_DANGER and row.target is not None:
            words = {
                "name": row.name,
                "direction": row.direction,
                "target": row.target.text,
                "forecast": row.forecast,
            }
            text = _(
                "%(name)s: het doel %(direction)s %(target)s komt in gevaar. We verwachten "
                "%(forecast)s aan het eind van het jaar."
            )
            yield _about(row.code, text % words)


def _about(code: str, text: str) -> Attention:
    return Attention(text, reverse("policy:indicator", args=[code]), _("Naar het cijfer"))


def _not_measured(viewer: Viewer, measured: Sequence[MeasuringCard]) -> Iterator[Attention]:
    """Say that the last month that is over was not measured, and what is still being computed."""
    month_end = clock.today().replace(day=1) - timedelta(days=1)
    if computing := computing_days(viewer):
        yield Attention(_computing(computing), "#meten", _("Naar meten"))
    if measured and measured[-1].reference_date < month_end:
        words = {"day": day_text(month_end), "last": day_text(measured[-1].reference_date)}
        text = _("Hoe het op %(day)s was, is niet gemeten. De laatste peildatum is %(last)s.")
        yield Attention(text % words, "#meten", _("Naar meten"))


def _computing(days: Sequence[date]) -> str:
    """Say in one line of which days figures are still being computed."""
    words = {
        "count": number_text(len(days)),
        "day": day_text(days[0]),
        "last": day_text(days[-1]),
    }
    if len(days) == 1:
        return _("De cijfers van %(day)s worden nog berekend.") % words
    return (
        _("De cijfers van %(count)s dagen worden nog berekend, van %(day)s tot en met %(last)s.")
        % words
    )


def _contradicted(
    viewer: Viewer, catalogue: Catalogue, measured: Sequence[MeasuringCard]
) -> Iterator[Attention]:
    """Say where a page prints another number for a year than was counted."""
    printed = achieved_numbers(viewer)
    for card in (one for one in measured if is_year_end(one.reference_date)):
        for code, figure in card.figures.items():
            number = aim_in(printed.get((code, card.reference_date.year), ""))
            if number is None or not figure.shown.text.isdecimal():
                continue
            if number != int(figure.shown.text) and code in catalogue.definitions:
                words = {
                    "name": in_language(catalogue[code].name),
                    "year": card.reference_date.year,
                    "printed": number_text(number),
                    "counted": shown_text(figure.shown),
                }
                text = _(
                    "%(name)s: over %(year)s staat er %(printed)s gedrukt, en we telden "
                    "%(counted)s."
                )
                yield _about(code, text % words)


def _counted_otherwise(catalogue: Catalogue) -> Iterator[Attention]:
    today = clock.today()
    since = add_months(today, -NEW_RULE_MONTHS)
    for definition in catalogue:
        for version in definition.versions[1:]:
            if since < version.valid_from <= today:
                words = {
                    "name": in_language(definition.name),
                    "day": day_text(version.valid_from),
                }
                text = _(
                    "%(name)s: sinds %(day)s tellen we dit anders. Vergelijk het niet zomaar met "
                    "eerdere jaren."
                )
                yield _about(definition.code, text % words)


def _stale_places(viewer: Viewer) -> Iterator[Attention]:
    stale = stale_places(viewer)
    if stale:
        text = ngettext(
            "%(places)s plek is niet op tijd bevestigd.",
            "%(places)s plekken zijn niet op tijd bevestigd.",
            stale,
        ) % {"places": number_text(stale)}
        yield Attention(text, reverse("policy:coverage"), _("Naar de dekking"))


def totals(rows: Sequence[StandingRow]) -> Mapping[str, int]:
    """Count the verdicts of rows, by their code."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.verdict.code] = found.get(row.verdict.code, 0) + 1
    return found
