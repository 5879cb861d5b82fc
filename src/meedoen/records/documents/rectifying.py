"""Rectifying an adopted figure: a dated, reasoned act, after which both values stay to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.documents.models import AdoptedFigure, Rectification
from meedoen.records.documents.rectified_cells import cell_of, keep_rectified, rectified_texts
from meedoen.records.figures.breakdowns import KeptCell, broken_down
from meedoen.records.figures.models import Figure
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.documents.words import DocumentState, QuotedKind
from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
)
from meedoen.rules.vocabulary import PlaceKind

LONGEST_TEXT = 200
LONGEST_REASON = 2_000


@action(Permission.ADOPT_DOCUMENTS)
def rectify(viewer: Viewer, *, adopted_id: int, reason: str, text: str = "") -> int:
    """Correct a figure of an adopted document, and return the id of the rectification.

    What was counted becomes what the newest measuring of the same day says: nobody types it. What
    was printed, aimed for or expected becomes `text`. A number that was hidden stays hidden, and is
    not rectified. The figure itself stays as it was adopted. Raises ActionRefusedError with all
    that is wrong.
    """
    adopted = _held(viewer, adopted_id)
    shown, figure_id = Shown(text.strip(), hidden=False), None
    problems = [*_about_reason(reason), *number_problems(reason, text)]
    if adopted.hidden:
        # Whether there is anything to correct would tell that somebody came, went or was forgotten.
        problems.append(_("Dit cijfer is verborgen, en blijft dat. Er valt niets te rectificeren."))
    elif adopted.kind != QuotedKind.ACHIEVED:
        problems += _about_text(adopted, shown.text)
    else:
        newest = _newest(viewer, adopted)
        problems += _about_newest(adopted, newest)
        if newest is not None:
            figure_id = newest.figure_id
            shown = newest.shown
    if problems:
        raise ActionRefusedError("\n".join(problems))
    made = Rectification.objects.create(
        municipality_id=viewer.municipality_id,
        adopted=adopted,
        text=shown.text,
        hidden=shown.hidden,
        figure_id=figure_id,
        reason=reason.strip(),
        at=clock.now(),
        by_id=viewer.membership_id,
    )
    if not made.hidden:
        keep_rectified(viewer, made)
    return made.pk


def _held(viewer: Viewer, adopted_id: int) -> AdoptedFigure:
    """Return the adopted figure, held until the end: of two at once the second sees the first."""
    rows = AdoptedFigure.objects.filter(
        pk=adopted_id,
        municipality_id=viewer.municipality_id,
        document__state=DocumentState.ADOPTED.value,
    )
    adopted = rows.select_for_update(of=("self",)).first()
    if adopted is None:
        raise ActionRefusedError(_("Dit cijfer staat niet in een vastgesteld document."))
    return adopted


def _about_reason(reason: str) -> Iterator[str]:
    if not reason.strip():
        yield _("Schrijf op waarom u dit cijfer rectificeert. Iedereen kan dat lezen.")
    if len(reason.strip()) > LONGEST_REASON:
        yield _("De reden is te lang: schrijf hoogstens %(most)s tekens.") % {
            "most": LONGEST_REASON
        }


def _about_text(adopted: AdoptedFigure, text: str) -> Iterator[str]:
    """Say what is wrong with a value that was typed for what was never counted."""
    if not text:
        yield _("Vul in wat het cijfer had moeten zijn.")
    if len(text) > LONGEST_TEXT:
        yield _("Het cijfer is te lang: schrijf hoogstens %(most)s tekens.") % {
            "most": LONGEST_TEXT
        }
    if text and text == _last_text(adopted):
        yield _("Dit is wat er al staat. Er valt niets te rectificeren.")
    elif text and not _says_as_much(adopted, text):
        yield _("Hier stond een getal. Vul weer een getal in, zoals 120, ≥ 95% of -.")


def _says_as_much(adopted: AdoptedFigure, text: str) -> bool:
    """Tell whether a value says a number where the one that was adopted did."""
    if adopted.kind == QuotedKind.FORECAST:
        # With its band in words behind it.
        return any(one.isdecimal() for one in text)
    meanings = [read_value(one).meaning for one in (text, adopted.text)]
    return Meaning.TEXT not in meanings or meanings[1] is Meaning.TEXT


def _about_newest(adopted: AdoptedFigure, newest: KeptCell | None) -> Iterator[str]:
    """Say why a counted figure cannot become what the newest measuring says."""
    last = _last(adopted)
    before = adopted.figure_id if last is None else last.figure_id
    if newest is None or newest.figure_id == before:
        yield _(
            "Sinds dit cijfer is er niet opnieuw gemeten op dezelfde peildatum. Meet eerst: dan "
            "wordt het nieuwe cijfer overgenomen."
        )
    elif newest.value == _value(before):
        yield _("Het nieuw gemeten cijfer is hetzelfde. Er valt niets te rectificeren.")


def _last(adopted: AdoptedFigure) -> Rectification | None:
    return adopted.rectifications.order_by("pk").last()


def _last_text(adopted: AdoptedFigure) -> str:
    last = _last(adopted)
    return adopted.text if last is None else last.text


def _value(figure_id: int | None) -> int:
    """Return the number of a kept figure; 0 for a cell that has no row because nobody is in it."""
    if figure_id is None:
        return 0
    return Figure.objects.values_list("value", flat=True).get(pk=figure_id)


def _newest(viewer: Viewer, adopted: AdoptedFigure) -> KeptCell | None:
    """Return the figure of the newest measuring of the same day, of the same people."""
    if adopted.reference_date is None:
        return None
    found = broken_down(viewer, on=adopted.reference_date, indicators=[adopted.indicator])
    return None if found is None else found.cells.get(cell_of(adopted))


@dataclass(frozen=True, slots=True)
class PublicRectification:
    """An adopted figure and what it was rectified to, as everyone may read it."""

    indicator: str
    kind: QuotedKind
    year: int | None
    reference_date: date | None
    part: str
    district: str
    place_kind: PlaceKind | None
    was: Shown
    now: Shown
    reason: str
    at: datetime


def rectifications_of(*, document_key: UUID, goal_id: int) -> list[PublicRectification]:
    """Return what was rectified in a document about a goal, oldest first, for everyone.

    What was counted is shown as it was kept beside all that is public of its day, see
    `records.documents.rectified_cells`; what was not kept there is not shown. Empty for a document
    that is not adopted.
    """
    rows = Rectification.objects.filter(
        adopted__document__key=document_key,
        adopted__document__state=DocumentState.ADOPTED.value,
        adopted__chapter__goal_id=goal_id,
    ).select_related("adopted__district")
    kept = rectified_texts(document_key=document_key, goal_id=goal_id)
    found: list[PublicRectification] = []
    standing: dict[int, Shown] = {}
    for row in rows.order_by("pk"):
        adopted, now = row.adopted, Shown(row.text, hidden=row.hidden)
        was = standing.get(adopted.pk, Shown(adopted.text, hidden=adopted.hidden))
        if adopted.kind == QuotedKind.ACHIEVED and not row.hidden:
            text = kept.get((cell_of(adopted), row.figure_id))
            now = HIDDEN if text is None else Shown(text, hidden=False)
        found.append(_public(row, was, now))
        # A difference with a number that was not shown cannot be seen: the last one that was is it.
        standing[adopted.pk] = was if now.hidden else now
    return found


def _public(row: Rectification, was: Shown, now: Shown) -> PublicRectification:
    adopted = row.adopted
    return PublicRectification(
        indicator=adopted.indicator,
        kind=QuotedKind(adopted.kind),
        year=adopted.year,
        reference_date=adopted.reference_date,
        part=adopted.part,
        district=adopted.district.name if adopted.district else "",
        place_kind=PlaceKind(adopted.place_kind) if adopted.place_kind else None,
        was=was,
        now=now,
        reason=row.reason,
        at=row.at,
    )
