"""A measurement that was wrong is put right, and both stay to be seen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.sources import sources
from meedoen.records.history.models import Entry
from meedoen.records.ladder.actions import NewMeasurement, correct_measurement, measure_all
from meedoen.records.ladder.models import Measurement
from meedoen.records.ladder.queries import latest_rungs, measurements_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.detail_actions import Move, move_all
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.vocabulary import EntryKind
from tests.records.ladder.scenes import on
from tests.town import ON_RUNG_2, ON_RUNG_4, Town

MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 6)
YEAR_END = date(2026, 12, 31)
REASON = "Verkeerde dag ingevuld."


def measured(town: Town, **changes) -> NewMeasurement:
    given = {
        "pseudonym_id": town.roos_file.pseudonym_id,
        "measured_on": MARCH,
        "answers": ON_RUNG_2,
        **changes,
    }
    return NewMeasurement(**given)


def entries(town: Town) -> list[Entry]:
    rows = Entry.objects.visible_to(town.connie).filter(kind=EntryKind.MEASUREMENT)
    return list(rows.order_by("pk"))


def test_a_measurement_keeps_the_potential_and_the_residents_own_rung(town: Town) -> None:
    measure_all(
        town.anna,
        measurements=[
            measured(
                town,
                potential_rung=Rung.ORGANISED_ACTIVITIES,
                own_rung=Rung.ISOLATED,
                own_words=" Ik zie bijna niemand. ",
            )
        ],
    )
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.set_rung is Rung.CONTACTS_OUTSIDE_HOME
    assert card.potential_rung is Rung.ORGANISED_ACTIVITIES
    assert (card.own_rung, card.own_words) == (Rung.ISOLATED, "Ik zie bijna niemand.")


def test_a_correction_takes_the_place_of_what_was_wrong(town: Town) -> None:
    [wrong] = measure_all(town.anna, measurements=[measured(town)])
    right = correct_measurement(
        town.bram,
        measurement_id=wrong,
        corrected=measured(town, measured_on=date(2026, 3, 1), answers=ON_RUNG_4),
        reason=f" {REASON} ",
    )
    roos = town.roos_file.pseudonym_id
    [card] = measurements_of(town.anna, pseudonym_id=roos)
    assert (card.measurement_id, card.measured_on) == (right, date(2026, 3, 1))
    assert (card.set_rung, card.assessor) == (Rung.UNPAID_WORK, "Bram Testema")
    assert (card.correction_reason, card.corrected) == (REASON, False)
    assert latest_rungs(town.anna, pseudonym_ids=[roos]) == {roos: Rung.UNPAID_WORK}
    before, after = entries(town)
    assert after.replaces_id == before.pk
    assert (after.starts_on, after.rung) == (date(2026, 3, 1), 4)


def test_what_was_wrong_can_still_be_seen(town: Town) -> None:
    [wrong] = measure_all(town.anna, measurements=[measured(town)])
    correct_measurement(
        town.anna, measurement_id=wrong, corrected=measured(town, answers=ON_RUNG_4), reason=REASON
    )
    cards = measurements_of(
        town.anna, pseudonym_id=town.roos_file.pseudonym_id, with_corrected=True
    )
    assert [(card.set_rung, card.corrected) for card in cards] == [
        (Rung.UNPAID_WORK, False),
        (Rung.CONTACTS_OUTSIDE_HOME, True),
    ]


def test_what_was_corrected_cannot_be_corrected_again_but_its_correction_can(town: Town) -> None:
    [wrong] = measure_all(town.anna, measurements=[measured(town)])
    better = correct_measurement(
        town.anna, measurement_id=wrong, corrected=measured(town, answers=ON_RUNG_4), reason=REASON
    )
    with pytest.raises(ActionRefusedError, match="Iemand anders"):
        correct_measurement(
            town.anna, measurement_id=wrong, corrected=measured(town), reason=REASON
        )
    assert len(entries(town)) == 2
    correct_measurement(town.anna, measurement_id=better, corrected=measured(town), reason=REASON)
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.set_rung is Rung.CONTACTS_OUTSIDE_HOME


def growth_in(town: Town) -> dict[int, int]:
    """Return how many people grew in 2026 by district, as known now."""
    version = catalogue()["participation_growth"].version_on(YEAR_END)
    counts = evaluate(version, sources(town.connie).known_at(None), [YEAR_END], "district")
    return dict(zip(counts.groups or (), map(int, counts.values[0]), strict=True))


def test_after_a_move_a_correction_stays_in_the_district_of_that_day(town: Town) -> None:
    later = measured(town, measured_on=APRIL, answers=ON_RUNG_4)
    [_first, wrong] = measure_all(town.anna, measurements=[measured(town), later])
    assert growth_in(town)[town.north] == 1
    with on(date(2026, 6, 1)):
        move = Move(town.roos_file.pseudonym_id, town.south, date(2026, 5, 1))
        move_all(town.system, moves=[move])
        correct_measurement(town.anna, measurement_id=wrong, corrected=later, reason=REASON)
    assert {entry.district_id for entry in entries(town)} == {town.north}
    assert growth_in(town) == {town.north: 1, town.south: 0}


@pytest.mark.parametrize(
    ("changes", "reason", "message"),
    [
        ({}, "  ", "Schrijf op waarom"),
        ({"measured_on": date(2999, 1, 1)}, REASON, "toekomst"),
        ({"set_rung": Rung.PAID_WORK}, REASON, "anders dan uit de antwoorden"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(
    town: Town, changes: dict[str, object], reason: str, message: str
) -> None:
    [wrong] = measure_all(town.anna, measurements=[measured(town)])
    with pytest.raises(ActionRefusedError, match=message):
        correct_measurement(
            town.anna, measurement_id=wrong, corrected=measured(town, **changes), reason=reason
        )
    assert Measurement.objects.visible_to(town.anna).count() == len(entries(town)) == 1


def test_nobody_corrects_a_measurement_of_another_team_or_of_another_person(town: Town) -> None:
    [wrong] = measure_all(town.anna, measurements=[measured(town)])
    for viewer, person in ((town.carla, town.roos_file), (town.anna, town.sam)):
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            correct_measurement(
                viewer,
                measurement_id=wrong,
                corrected=measured(town, pseudonym_id=person.pseudonym_id),
                reason=REASON,
            )
    with pytest.raises(PermissionDenied):
        correct_measurement(
            town.roos, measurement_id=wrong, corrected=measured(town), reason=REASON
        )
