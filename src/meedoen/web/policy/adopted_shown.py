"""Figures of adopted documents as people read them: what each is, and why two of them differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.documents.adopted import AdoptedCard, RectificationCard
from meedoen.records.documents.differences import Differences
from meedoen.records.figures.revised import Revision
from meedoen.rules.documents.differences import Pair, Reason, Standing
from meedoen.rules.indicators.causes_elsewhere import Subject
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.policy.document_shown import about
from meedoen.web.shared.counting import in_language, marks_in, part_name, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import PLACE_KINDS, Words, listed

REASONS: Mapping[Reason, Promise] = {
    Reason.ONLY_ONE: gettext_lazy("staat maar in één van de twee"),
    Reason.OTHER_KIND: gettext_lazy("het ene is beloofd, begroot of verwacht, het andere geteld"),
    Reason.OTHER_REFERENCE_DATE: gettext_lazy("andere peildatum"),
    Reason.OTHER_DEFINITION: gettext_lazy("andere manier van tellen"),
    Reason.LATER_KNOWLEDGE: gettext_lazy("later vastgelegd"),
    Reason.OTHER_PROMISE: gettext_lazy("er is iets anders beloofd, begroot of verwacht"),
    Reason.RECTIFIED: gettext_lazy("gerectificeerd"),
    Reason.SHOWN_OTHERWISE: gettext_lazy("in één van de twee verborgen of anders afgerond"),
}

OTHERWISE: Mapping[Subject, Words] = {
    Subject.PEOPLE: gettext_lazy("bij %(people)s mensen sinds de eerste meting"),
    Subject.ASKS: gettext_lazy("bij %(people)s verwijzingen sinds de eerste meting"),
    Subject.PAIRS: gettext_lazy(
        "paren van organisaties die er sinds de eerste meting bij kwamen: %(people)s"
    ),
    Subject.ORGANISATIONS: gettext_lazy(
        "organisaties die sinds de eerste meting anders meetellen: %(people)s"
    ),
    Subject.PLACES: gettext_lazy("plekken die sinds de eerste meting anders meetellen: %(people)s"),
}
"""Of how many something was recorded since the first of two figures was measured."""


@dataclass(frozen=True, slots=True)
class AdoptedRow:
    """A figure of a document, as adopted, as rectified, and as it would be now.

    `now` is empty when nothing else is known now, and for what was never counted; of a figure that
    is hidden it is the same mark, whether it was revised or not. `figure_id` is None where no page
    is: of what was not counted, and of a district or kind that is hidden.
    """

    adopted_id: int
    figure_id: int | None
    code: str
    name: str
    about: str
    text: str
    rectified: Sequence["RectifiedLine"]
    now: str
    is_revised: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class RectifiedLine:
    """A rectification: to what, when, by whom and why."""

    text: str
    day: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A figure in two documents; a dash where one has none."""

    name: str
    first: str
    second: str
    difference: str
    reasons: str


def name_of(catalogue: Catalogue, indicator: str, part: str, on: date | None) -> str:
    """Name a figure as on its day, with the class of it when it is one."""
    definition = catalogue.definitions.get(indicator)
    name = indicator if definition is None else in_language(definition.name_on(on))
    return f"{name}: {part_name(part)}" if part else name


def about_card(card: AdoptedCard) -> str:
    """Say what a figure of a document is: counted on a day, or aimed for in a year, and where."""
    kind = "" if card.place_kind is None else str(PLACE_KINDS[card.place_kind])
    where = ", ".join(one for one in (card.district, kind) if one)
    return about(card.kind, card.year, card.reference_date, where)


def adopted_row(
    catalogue: Catalogue, card: AdoptedCard, revisions: Mapping[int, Revision]
) -> AdoptedRow:
    """Return a figure with what it was rectified to and what it would be now."""
    revision = revisions.get(card.figure_id or 0)
    is_part = card.district_id is not None or card.place_kind is not None
    return AdoptedRow(
        adopted_id=card.adopted_id,
        figure_id=None if card.shown.hidden and is_part else card.figure_id,
        code=card.code,
        name=name_of(catalogue, card.indicator, card.part, card.reference_date),
        about=about_card(card),
        text=shown_text(card.shown),
        rectified=[_rectified(one) for one in card.rectifications],
        now="" if revision is None else _now(card, revision),
        is_revised=revision is not None and revision.changed and not card.shown.hidden,
        is_counted=card.is_counted,
    )


def _now(card: AdoptedCard, revision: Revision) -> str:
    if card.shown.hidden:
        # Also when it would be shown today: that it changed would tell of what is hidden.
        return shown_text(card.shown)
    return shown_text(revision.now) if revision.changed or revision.is_hidden else ""


def _rectified(card: RectificationCard) -> RectifiedLine:
    return RectifiedLine(shown_text(card.shown), day_text(card.at), card.by, card.reason)


def difference_rows(catalogue: Catalogue, found: Differences) -> Iterator[DifferenceRow]:
    """Give the figures of two documents side by side, with why they differ in words."""
    for pair in found.pairs:
        subject = pair.subject
        where = [found.districts.get(subject.district, "")]
        if subject.place_kind:
            where.append(str(PLACE_KINDS[PlaceKind(subject.place_kind)]))
        days = [one.reference_date for one in (pair.first, pair.second) if one is not None]
        on = max((day for day in days if day is not None), default=None)
        name = name_of(catalogue, subject.indicator, subject.part, on)
        yield DifferenceRow(
            name=", ".join(one for one in (name, *where) if one),
            first=_side(pair.first),
            second=_side(pair.second),
            difference=_difference(pair),
            reasons=_why(pair, found.learned),
        )


def _difference(pair: Pair) -> str:
    if pair.difference is None:
        return ""
    return f"{pair.difference:+}" if pair.difference else "0"


def marks_beside(found: Differences) -> Mapping[str, str]:
    """Return the marks of protected numbers among the figures of two documents."""
    sides = (one for pair in found.pairs for one in (pair.first, pair.second) if one is not None)
    return marks_in(one.now.text for one in sides)


def _side(one: Standing | None) -> str:
    """Say what stands in a document: what holds now, with what was adopted when that differs."""
    if one is None:
        return "-"
    text = shown_text(one.now)
    if one.rectified is not None:
        words = {"now": text, "was": shown_text(one.shown)}
        text = _("%(now)s (vastgesteld als %(was)s)") % words
    return f"{text}, {about(one.kind, one.subject.year, one.reference_date)}"


def _why(pair: Pair, learned: Mapping[int, Revision]) -> str:
    if not pair.reasons:
        return _("hetzelfde")
    words = [str(REASONS[reason]) for reason in pair.reasons]
    for one in (pair.first, pair.second):
        revision = learned.get((one.figure_id if one else None) or 0)
        if revision is not None:
            count = {"people": shown_text(revision.count)}
            words.append(str(OTHERWISE[revision.subject]) % count)
    return listed(words)
