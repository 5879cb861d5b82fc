"""How an indicator was counted before, and where it was published and adopted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.budget.published_with import PublishedLine, published_with
from meedoen.records.documents.adopted_with import AdoptedLine, adopted_with
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import Definition, Version
from meedoen.web.shared.counting import in_language, language
from meedoen.web.shared.figures import day_text

QUOTED: dict[QuotedKind, Promise] = {
    QuotedKind.ACHIEVED: gettext_lazy("Geteld"),
    QuotedKind.BUDGETED: gettext_lazy("Begroot"),
    QuotedKind.AIMED: gettext_lazy("Doel"),
    QuotedKind.FORECAST: gettext_lazy("Verwacht"),
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A way of counting from a day on; `added` and `gone` are sentences beside the one before it.

    Of the first way of counting `added` is all of it.
    """

    valid_from: date
    added: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoodRow:
    """A figure on a published page or in an adopted document."""

    title: str
    at: datetime
    what: str
    text: str
    publication_id: int | None


def versions_of(definition: Definition) -> list[VersionRow]:
    """Return the ways of counting, the newest first, with what changed in each."""
    told = [(one, _sentences(definition, one)) for one in definition.versions]
    rows, before = [], tuple[str, ...]()
    for version, sentences in told:
        rows.append(
            VersionRow(
                valid_from=version.valid_from,
                added=tuple(one for one in sentences if one not in before),
                gone=tuple(one for one in before if one not in sentences),
            )
        )
        before = sentences
    return rows[::-1]


def _sentences(definition: Definition, version: Version) -> tuple[str, ...]:
    """Say how is counted by a version, as if it were on one and the same day for all of them."""
    today = clock.today()
    result = FigureResult(
        code=definition.code,
        version=version.valid_from,
        on=today,
        known_at=timezone.localtime(clock.now()),
        value=0,
        parts={},
    )
    said = explain(definition, result, language())
    since = day_text(version.valid_from)
    more = []
    if version.name is not None:
        more.append(_("De naam was: %(name)s.") % {"name": in_language(version.name)})
    if version.unit is not None:
        more.append(_("De eenheid is %(unit)s.") % {"unit": in_language(version.unit)})
    # The sentence with the day from which it is valid differs always, and stands beside it.
    return (*(one for one in said if since not in one), *more)


def stood_in(viewer: Viewer, code: str) -> list[StoodRow]:
    """Return where the figure was published and adopted, newest first. Two questions."""
    rows = [
        *map(_published, published_with(viewer, indicator=code)),
        *_adopted(adopted_with(viewer, indicator=code)),
    ]
    return sorted(rows, key=lambda one: one.at, reverse=True)


def _published(line: PublishedLine) -> StoodRow:
    what = _("Geteld op %(day)s") % {"day": day_text(line.counted_on)}
    return StoodRow(line.title, line.published_at, what, line.text, line.publication_id)


def _adopted(lines: Sequence[AdoptedLine]) -> Iterator[StoodRow]:
    for line in lines:
        what = str(QUOTED[line.kind])
        if line.reference_date is not None:
            words = {"what": what, "day": day_text(line.reference_date)}
            what = _("%(what)s, peildatum %(day)s") % words
        elif line.year is not None:
            what = _("%(what)s voor %(year)s") % {"what": what, "year": line.year}
        yield StoodRow(line.title, line.adopted_at, what, line.text, None)
