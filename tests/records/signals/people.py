"""What the tests on signals share: what stands open, and a crowd."""

from datetime import date

from meedoen.records.signals.actions import catch_up, refresh_all
from meedoen.records.signals.models import Signal
from tests.town import Town
from tests.web.coach.scenes import on

TODAY = date(2026, 9, 1)


def open_kinds(town: Town, person=None) -> list[tuple[str, str]]:
    """Return name of the kind and first name of everyone with an open signal, in order."""
    rows = Signal.objects.visible_to(town.system).filter(ended_at__isnull=True)
    if person is not None:
        rows = rows.filter(pseudonym_id=person.pseudonym_id)
    return sorted(rows.values_list("kind", "pseudonym__resident__given_name"))


def night(town: Town, day: date = TODAY) -> None:
    """Work out everyone's signals, as the worker does in the night."""
    with on(day):
        refresh_all(town.system)


def caught_up(town: Town, day: date = TODAY) -> int:
    """Deal with what changed, as a page does."""
    with on(day):
        return catch_up(town.anna)
