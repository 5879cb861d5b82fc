"""The own indicators of a municipality, with who kept which text when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.checking import demand_right, surroundings_of
from meedoen.records.own_indicators.models import IndicatorText
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.mistakes import DefinitionError, Mistake
from meedoen.rules.indicators.own_checks import TextMove, ToldDay
from meedoen.rules.indicators.so_far import so_far


@dataclass(frozen=True, slots=True)
class TextCard:
    """One text of an own indicator: what was done with it, when and by whom."""

    text_id: int
    move: TextMove
    text: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """An own indicator: the text somebody goes on with, and whether it is in force."""

    code: str
    newest: TextCard
    counted_by: TextMove | None
    """The newest of putting in force and stopping; None when it never was in force."""
    texts: Sequence[TextCard]
    """Newest first; the list of all indicators has only the newest."""

    @property
    def is_in_force(self) -> bool:
        """Tell whether it is counted now."""
        return self.counted_by is TextMove.PUT_IN_FORCE

    @property
    def has_draft(self) -> bool:
        """Tell whether somebody kept a text that is not in force."""
        return self.newest.move is TextMove.DRAFTED


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as it was read: its definition, or what is wrong with it."""

    definition: Definition | None
    mistakes: Sequence[Mistake]
    so_far: Definition | None = None
    """What it would count all the same; None where it is right, or cannot be counted yet."""


def own_indicators(viewer: Viewer) -> list[OwnIndicator]:
    """Return the own indicators by code, each with its newest text; two questions.

    Empty for who may not see figures; without drafts for who may not make indicators.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = IndicatorText.objects.filter(municipality_id=viewer.municipality_id)
    counted = rows.exclude(move=TextMove.DRAFTED)
    shown = rows if viewer.may(Permission.SET_INDICATORS) else counted
    newest = shown.values("code").annotate(last=Max("pk")).values("last")
    last_counted = counted.values("code").annotate(last=Max("pk")).values("last")
    moves = dict(counted.filter(pk__in=last_counted).values_list("code", "move"))
    found = rows.filter(pk__in=newest).select_related("made_by__account").order_by("code")
    return [_own([_card(row)], row.code, moves.get(row.code)) for row in found]


def own_indicator(viewer: Viewer, *, code: str) -> OwnIndicator | None:
    """Return an own indicator with all its texts; None where there is none for the viewer."""
    if not viewer.may(Permission.SET_INDICATORS):
        return None
    rows = IndicatorText.objects.filter(municipality_id=viewer.municipality_id, code=code)
    texts = [_card(row) for row in rows.select_related("made_by__account").order_by("-pk")]
    counted = next((one.move for one in texts if one.move is not TextMove.DRAFTED), None)
    return _own(texts, code, counted) if texts else None


def read_text(viewer: Viewer, *, code: str, text: str, told: ToldDay | None = None) -> ReadText:
    """Read a text as putting it in force would, without keeping anything."""
    if not viewer.may(Permission.SET_INDICATORS):
        return ReadText(None, ())
    try:
        return ReadText(demand_right(viewer, code=code, text=text, told=told), ())
    except DefinitionError as error:
        return ReadText(None, error.mistakes, so_far(code, text, error.mistakes))


def names_to_choose(viewer: Viewer) -> tuple[dict[int, str], dict[int, str]]:
    """Return the districts and the organisations that a filter may name, by number."""
    around = surroundings_of(viewer, code="")
    return dict(around.districts), dict(around.organisations)


def _own(texts: Sequence[TextCard], code: str, counted_by: str | None) -> OwnIndicator:
    return OwnIndicator(code, texts[0], TextMove(counted_by) if counted_by else None, texts)


def _card(row: IndicatorText) -> TextCard:
    return TextCard(
        text_id=row.pk,
        move=TextMove(row.move),
        text=row.text,
        made_at=row.made_at,
        made_by=row.made_by.account.name if row.made_by else "",
    )
