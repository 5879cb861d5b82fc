"""Every move of a placement says under which law the place is, as the place says it then."""

from datetime import date

from meedoen.records.figures.sources import sources
from meedoen.records.history.models import Entry
from meedoen.records.placements.actions import confirm_start, move_one
from meedoen.records.placements.correcting import correct_start_day
from meedoen.records.places.models import Place
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.vocabulary import LegalTask, MoveReason, PlacementState
from tests.records.placements.test_placing import on, proposed
from tests.records.places.public_scenes import change_place


def test_a_move_takes_the_law_of_the_place_and_a_correction_keeps_what_was_said(town):
    key = proposed(town)
    with on(date(2026, 3, 10)):
        confirm_start(town.petra, key=key, started_on=date(2026, 3, 9))
    change_place(
        town,
        Place.objects.get(pk=town.garden).key,
        day=date(2026, 4, 1),
        legal_task=LegalTask.SOCIAL_SUPPORT,
    )
    with on(date(2026, 4, 10)):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.PAUSED,
            on=date(2026, 4, 9),
            reason=MoveReason.AGREED_BREAK,
        )
        correct_start_day(town.anna, key=key, started_on=date(2026, 3, 16))
    rows = Entry.objects.visible_to(town.connie).filter(kind="placement", replaced_by=None)
    said = dict(rows.values_list("state", "legal_task"))
    assert said == {
        "proposed": LegalTask.PARTICIPATION,
        "active": LegalTask.PARTICIPATION,
        "paused": LegalTask.SOCIAL_SUPPORT,
    }
    known = sources(town.connie).known_at(None).history
    paused = known.state == code_of(PlacementState.PAUSED)
    assert known.legal_task[paused].tolist() == [code_of(LegalTask.SOCIAL_SUPPORT)]


def test_what_is_no_placement_says_no_law(town):
    others = Entry.objects.visible_to(town.connie).exclude(kind="placement")
    assert set(others.values_list("legal_task", flat=True)) == {""}
