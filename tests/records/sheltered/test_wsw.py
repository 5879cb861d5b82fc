"""Old sheltered work: nobody new since 2015, and other hours or kinds as stretches."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sheltered.models import WswStretch
from meedoen.records.sheltered.queries import wsw, wsw_of
from meedoen.records.sheltered.wsw_actions import (
    NewWswJob,
    change_wsw,
    end_wsw,
    enter_wsw,
    enter_wsw_all,
    withdraw_wsw,
)
from meedoen.rules.sheltered.words import WswCategory, WswKind
from tests.records.sheltered.scenes import on
from tests.town import Person, Town

BEGAN, TURNED = date(2010, 4, 1), date(2020, 7, 1)


def job(person: Person, **changes: object) -> NewWswJob:
    """Return a full week in the company since 2010, with what a test wants otherwise."""
    given: dict[str, object] = {
        "pseudonym_id": person.pseudonym_id,
        "starts_on": BEGAN,
        "week_hours": Decimal(36),
        "category": WswCategory.MODERATE,
        "kind": WswKind.IN_HOUSE,
    }
    return NewWswJob(**{**given, **changes})  # type: ignore[arg-type]


def stretches(town: Town) -> list[tuple[date, date | None, Decimal, str]]:
    """Return the stretches of Roos, oldest first."""
    cards = wsw_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [(one.starts_on, one.ends_on, one.week_hours, one.kind.value) for one in cards][::-1]


def test_other_hours_and_another_kind_are_another_stretch(town: Town) -> None:
    with on():
        key = enter_wsw(town.anna, job=job(town.roos_file))
        after = change_wsw(
            town.anna,
            key=key,
            on=TURNED,
            week_hours=Decimal(24),
            category=WswCategory.SEVERE,
            kind=WswKind.GUIDED_WORK,
        )
        end_wsw(town.anna, key=after, last_day=date(2026, 7, 31))
    assert stretches(town) == [
        (BEGAN, TURNED, Decimal(36), "in_house"),
        (TURNED, date(2026, 8, 1), Decimal(24), "guided_work"),
    ]
    # What was said before is still there.
    assert WswStretch.objects.visible_to(town.anna).count() == 4


@pytest.mark.parametrize("day", [date(2015, 1, 1), date(2026, 3, 1)])
def test_nobody_new_comes_in(town: Town, day: date) -> None:
    with on(), pytest.raises(ActionRefusedError, match="sinds 01-01-2015 niemand nieuw"):
        enter_wsw(town.anna, job=job(town.roos_file, starts_on=day))
    assert stretches(town) == []


def test_who_had_a_job_the_day_before_may_come_back(town: Town) -> None:
    with on():
        enter_wsw_all(
            town.anna,
            jobs=[
                job(town.roos_file, ends_on=date(2016, 1, 1)),
                job(town.roos_file, starts_on=date(2018, 1, 1), kind=WswKind.SECONDED_ALONE),
            ],
        )
    assert len(stretches(town)) == 2


def test_who_left_long_ago_does_not_come_back(town: Town) -> None:
    with on():
        enter_wsw(town.anna, job=job(town.roos_file, ends_on=date(2016, 1, 1)))
        with pytest.raises(ActionRefusedError, match="te lang geleden"):
            enter_wsw(town.anna, job=job(town.roos_file, starts_on=date(2026, 3, 1)))


def test_who_left_before_2015_stays_out(town: Town) -> None:
    with on():
        enter_wsw(town.anna, job=job(town.roos_file, ends_on=date(2014, 12, 31)))
        with pytest.raises(ActionRefusedError, match="niemand nieuw"):
            enter_wsw(town.anna, job=job(town.roos_file, starts_on=date(2018, 1, 1)))


def test_two_jobs_at_once_are_refused(town: Town) -> None:
    with on():
        enter_wsw(town.anna, job=job(town.roos_file))
        with pytest.raises(ActionRefusedError, match="al een baan in de Wsw"):
            enter_wsw(town.anna, job=job(town.roos_file, starts_on=date(2012, 1, 1)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts_on": date(2027, 1, 1)}, "toekomst"),
        ({"week_hours": Decimal(0)}, "uren per week"),
        ({"ends_on": BEGAN}, "niet voor de eerste dag"),
        ({"ends_on": date(2027, 1, 1)}, "laatste dag ligt in de toekomst"),
    ],
)
def test_what_cannot_be_is_said(town: Town, changes: dict[str, object], said: str) -> None:
    with on(), pytest.raises(ActionRefusedError, match=said):
        enter_wsw(town.anna, job=job(town.roos_file, **changes))


def test_a_stretch_turns_only_within_itself_and_only_once(town: Town) -> None:
    with on():
        key = enter_wsw(town.anna, job=job(town.roos_file))
        with pytest.raises(ActionRefusedError, match="valt niet binnen"):
            end_wsw(town.anna, key=key, last_day=date(2010, 3, 31))
        end_wsw(town.anna, key=key, last_day=TURNED)
        with pytest.raises(ActionRefusedError, match="intussen gewijzigd"):
            end_wsw(town.anna, key=key, last_day=TURNED)


def test_a_mistake_is_withdrawn_unless_a_later_stretch_rests_on_it(town: Town) -> None:
    with on():
        first, later = enter_wsw_all(
            town.anna,
            jobs=[
                job(town.roos_file, ends_on=date(2016, 1, 1)),
                job(town.roos_file, starts_on=date(2018, 1, 1)),
            ],
        )
        with pytest.raises(ActionRefusedError, match="niemand nieuw"):
            withdraw_wsw(town.anna, key=first, reason="De verkeerde inwoner.")
        with pytest.raises(ActionRefusedError, match="waarom"):
            withdraw_wsw(town.anna, key=later, reason=" ")
        withdraw_wsw(town.anna, key=later, reason="De verkeerde inwoner.")
        withdraw_wsw(town.anna, key=first, reason="De verkeerde inwoner.")
    assert stretches(town) == []


def test_strangers_find_nothing_and_many_are_all_or_none(town: Town) -> None:
    with on():
        key = enter_wsw(town.anna, job=job(town.roos_file))
        for stranger in (town.carla, town.petra, town.connie, town.vera):
            assert wsw(stranger, key=key) is None
        with pytest.raises(PermissionDenied):
            end_wsw(town.roos, key=key, last_day=TURNED)
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            enter_wsw_all(
                town.anna,
                jobs=[job(town.sam), replace(job(town.sam), pseudonym_id=town.tim.pseudonym_id)],
            )
    assert wsw_of(town.anna, pseudonym_id=town.sam.pseudonym_id) == []
