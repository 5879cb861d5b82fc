"""Making an own indicator: keeping its text, putting it in force, and stopping with it."""

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.checking import demand_right
from meedoen.records.own_indicators.line_ends import unified
from meedoen.records.own_indicators.models import IndicatorText
from meedoen.rules.indicators.mistakes import DefinitionError, Mistake
from meedoen.rules.indicators.own_checks import TextMove, ToldDay
from meedoen.rules.indicators.reader import CODE
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.personal_numbers import holds_bsn

LONGEST_TEXT = 40_000
"""Characters; the longest of the package has about a tenth of it."""
LONGEST_CODE = 60


class WrongDefinitionError(ActionRefusedError):
    """The text cannot be put in force; `mistakes` says where, what is wrong, what is possible."""

    def __init__(self, error: DefinitionError) -> None:
        """Keep the mistakes, to be shown beside the text."""
        self.mistakes: tuple[Mistake, ...] = error.mistakes
        super().__init__(
            _("Deze indicator kan nog niet in gebruik. Kijk hieronder wat er anders moet.")
        )


@action(Permission.SET_INDICATORS)
def keep_draft(viewer: Viewer, *, code: str, text: str, seen: int | None) -> int:
    """Keep the text of an own indicator to go on with; return the id of what was kept.

    It may have mistakes: nothing is counted by it. `seen` is the id of the text that it follows,
    None for a new indicator. Raises ActionRefusedError, also when somebody else kept one
    meanwhile.
    """
    _demand_keepable(code, text)
    return _keep(viewer, code, TextMove.DRAFTED, text, seen)


@action(Permission.SET_INDICATORS)
def put_in_force(
    viewer: Viewer, *, code: str, text: str, seen: int | None, told: ToldDay | None = None
) -> int:
    """Let an own indicator be counted by this text from now on; return the id of what was kept.

    A new way of counting begins after `told`, the latest day of which its figure can be read.

    Raises WrongDefinitionError with every mistake in the text, and ActionRefusedError as
    `keep_draft` does.
    """
    _demand_keepable(code, text)
    try:
        demand_right(viewer, code=code, text=unified(text), told=told)
    except DefinitionError as error:
        raise WrongDefinitionError(error) from error
    return _keep(viewer, code, TextMove.PUT_IN_FORCE, text, seen)


@action(Permission.SET_INDICATORS)
def stop_using(viewer: Viewer, *, code: str, seen: int | None) -> int:
    """Count an own indicator no more for days from today on; return the id of what was kept.

    Figures that were measured stay. Raises ActionRefusedError for one that is not in force, and
    as `keep_draft` does.
    """
    rows = IndicatorText.objects.filter(municipality_id=viewer.municipality_id, code=code)
    newest = rows.exclude(move=TextMove.DRAFTED).order_by("pk").last()
    if newest is None or newest.move != TextMove.PUT_IN_FORCE:
        raise ActionRefusedError(_("Deze indicator is niet in gebruik. Open de pagina opnieuw."))
    return _keep(viewer, code, TextMove.STOPPED, newest.text, seen)


def _demand_keepable(code: str, text: str) -> None:
    if faults := list(_faults(code, text)):
        raise ActionRefusedError(" ".join(faults))


def _keep(viewer: Viewer, code: str, move: TextMove, text: str, seen: int | None) -> int:
    row = IndicatorText(
        municipality_id=viewer.municipality_id,
        code=code,
        move=move,
        text=unified(text),
        made_at=clock.now(),
        made_by_id=viewer.membership_id,
        previous_id=seen,
    )
    newest = _newest(row)
    if (newest.pk if newest else None) == seen:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            newest = _newest(row)
        else:
            return row.pk
    if newest is not None and _is_the_same(newest, row):
        # Somebody pressed twice.
        return newest.pk
    raise ActionRefusedError(_taken(code) if seen is None else _meanwhile())


def _newest(row: IndicatorText) -> IndicatorText | None:
    rows = IndicatorText.objects.filter(municipality_id=row.municipality_id, code=row.code)
    return rows.order_by("pk").last()


def _is_the_same(kept: IndicatorText, row: IndicatorText) -> bool:
    """Tell whether the same person said the same after the same text."""
    names = ("previous_id", "move", "text", "made_by_id")
    return all(getattr(kept, name) == getattr(row, name) for name in names)


def _faults(code: str, text: str) -> Iterator[str]:
    if not CODE.fullmatch(code):
        yield _(
            "De code kan zo niet. Gebruik kleine letters, cijfers en _, en begin met een letter."
        )
    if len(code) > LONGEST_CODE:
        yield _("De code is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_CODE}
    if code in shipped_catalogue().definitions:
        yield _taken(code)
    if not text.strip():
        yield _("De tekst is leeg. Schrijf hoe er geteld wordt.")
    if len(text) > LONGEST_TEXT:
        yield _("De tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_TEXT}
    if holds_bsn(text):
        yield _("In de tekst staat een nummer dat een BSN kan zijn. Haal het weg.")


def _taken(code: str) -> str:
    return _("De code %(code)s is al van een andere indicator. Kies een andere.") % {"code": code}


def _meanwhile() -> str:
    return _(
        "Iemand anders heeft deze indicator net gewijzigd. Open de pagina in een ander tabblad, "
        "kijk wat er staat, en neem over wat u nodig hebt."
    )
