"""How much sheltered work there is: by persons and hours, against the number of the year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.models import Municipality
from meedoen.records.sheltered.actions import NewTrack, decide_all, request_all, take_steps
from meedoen.records.sheltered.advancing import NewStep
from meedoen.records.sheltered.correcting import take_back
from meedoen.records.sheltered.count_queries import contracts, sheltered_in, wsw_jobs
from meedoen.records.sheltered.job_actions import change_hours
from meedoen.records.sheltered.models import Track
from meedoen.records.sheltered.wsw_actions import NewWswJob, enter_wsw_all
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredState, WswCategory, WswKind
from meedoen.rules.vocabulary import PlaceKind
from tests.records.sheltered.scenes import (
    ADVISED,
    ASKED,
    BEGAN,
    DECIDED,
    RESEARCHED,
    granted,
    on,
    placed,
    sheltered_place,
)
from tests.town import Town
from tests.web.coach.scenes import register_crowd

S = ShelteredState
THRESHOLD = 10


def work_for(town: Town, people: Sequence[int], hours: Decimal | None = Decimal(31)) -> None:
    """Let people begin in a sheltered job on the same day, as Anna writes it down."""
    with on():
        keys = request_all(
            town.anna,
            tracks=[
                NewTrack(pseudonym_id=one, asked_on=ASKED, asked_by=ShelteredParty.MUNICIPALITY)
                for one in people
            ],
        )
        for to, day in ((S.IN_RESEARCH, RESEARCHED), (S.ADVICE_POSITIVE, ADVISED)):
            take_steps(town.anna, steps=[NewStep(key=key, to=to, on=day) for key in keys])
        decide_all(town.anna, steps=[NewStep(key=key, to=S.GRANTED, on=DECIDED) for key in keys])
        jobs = [NewStep(key=key, to=S.EMPLOYED, on=BEGAN, week_hours=hours) for key in keys]
        take_steps(town.anna, steps=jobs)


def wsw_for(town: Town, people: Sequence[int], kind: WswKind, category: WswCategory) -> None:
    """Let people have a full week of old sheltered work since 2010."""
    with on():
        enter_wsw_all(
            town.anna,
            jobs=[
                NewWswJob(
                    pseudonym_id=one,
                    starts_on=date(2010, 1, 1),
                    week_hours=Decimal(36),
                    category=category,
                    kind=kind,
                )
                for one in people
            ],
        )


def seen(town: Town, year: int = 2026):
    with on():
        found = sheltered_in(town.connie, year=year, threshold=THRESHOLD)
    assert found is not None
    return found


def test_persons_and_hours_stand_beside_each_other(town: Town) -> None:
    work_for(town, register_crowd(town, 12))
    work_for(town, register_crowd(town, 1, after=12), hours=Decimal("15.5"))
    now = seen(town).now
    assert (now.persons.text, now.jobs, now.hours_missing) == ("13", Decimal("12.50"), False)
    assert [one.persons.text for one in seen(town).months] == ["0", "0", *["13"] * 6]


def test_a_number_that_nobody_established_is_not_0(town: Town) -> None:
    work_for(town, register_crowd(town, 12))
    found = seen(town)
    assert not found.required.is_established
    assert found.now.found is not None
    assert (found.now.found.persons_to_go, found.now.found.duty_stops) == (None, None)


def test_the_distance_is_to_the_number_of_the_own_municipality(town: Town) -> None:
    Municipality.objects.filter(pk=town.system.municipality_id).update(code="GM0014")
    found = seen(town, 2018)
    assert found.required.number == 70
    # Nobody had a job in 2018: that is a real 0, and 70 are lacking.
    assert found.now.found is not None
    assert (found.now.persons.text, found.now.found.persons_to_go) == ("0", 70)


def test_a_small_number_hides_the_hours_and_the_distance_with_it(town: Town) -> None:
    Municipality.objects.filter(pk=town.system.municipality_id).update(code="GM0014")
    work_for(town, register_crowd(town, 9))
    now = seen(town).now
    assert (now.persons.text, now.jobs, now.found, now.hours_to_go) == ("<10", None, None, None)


def test_hours_of_too_few_are_hidden_beside_many_without(town: Town) -> None:
    work_for(town, register_crowd(town, 11), hours=None)
    work_for(town, register_crowd(town, 1, after=11))
    now = seen(town).now
    assert (now.persons.text, now.jobs, now.hours_missing) == ("12", None, True)


def test_what_is_taken_back_no_longer_counts(town: Town) -> None:
    people = register_crowd(town, 11)
    work_for(town, people)
    key = Track.objects.visible_to(town.anna).get(pseudonym_id=people[0]).key
    with on():
        take_back(town.anna, key=key, reason="Begon niet.")
    assert seen(town).now.persons.text == "10"


def test_columns_tell_the_same_as_the_cards(town: Town) -> None:
    people = register_crowd(town, 3)
    work_for(town, people)
    key = Track.objects.visible_to(town.anna).get(pseudonym_id=people[1]).key
    with on():
        change_hours(town.anna, key=key, starts_on=date(2026, 5, 1), week_hours=Decimal(20))
    from meedoen.records.sheltered.queries import tracks_of

    by_card = [
        contract
        for one in people
        for card in tracks_of(town.anna, pseudonym_id=one)
        for contract in card.contracts
    ]
    assert contracts(town.connie) == by_card
    assert len(by_card) == 4


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_who_may_not_see_figures_gets_nothing(town: Town, who: str) -> None:
    work_for(town, register_crowd(town, 1))
    viewer = getattr(town, who)
    assert sheltered_in(viewer, year=2026, threshold=THRESHOLD) is None
    assert contracts(viewer) == []
    assert list(wsw_jobs(viewer)) == []


def test_another_municipality_is_not_counted(town: Town) -> None:
    from dataclasses import replace

    work_for(town, register_crowd(town, 12))
    elsewhere = replace(town.connie, municipality_id=town.vera.municipality_id)
    with on():
        found = sheltered_in(elsewhere, year=2026, threshold=THRESHOLD)
    assert found is not None
    assert found.now.persons.text == "0"


def test_no_year_before_the_law_and_none_to_come(town: Town) -> None:
    with on():
        for year in (2014, 2027):
            assert sheltered_in(town.connie, year=year, threshold=THRESHOLD) is None


def test_working_years_are_the_average_of_the_month_ends(town: Town) -> None:
    people = register_crowd(town, 24)
    wsw_for(town, people[:12], WswKind.IN_HOUSE, WswCategory.MODERATE)
    wsw_for(town, people[12:], WswKind.GUIDED_WORK, WswCategory.SEVERE)
    found = seen(town).wsw
    assert found is not None
    assert not found.is_complete
    assert found.person_years == Decimal("24.00")
    assert found.standard_units == Decimal("27.00")
    assert found.by_kind[WswKind.IN_HOUSE] == Decimal("12.00")
    whole = seen(town, 2025).wsw
    assert whole is not None
    assert whole.is_complete
    assert len(whole.months) == 12


def test_a_small_kind_and_what_would_give_it_away_are_hidden(town: Town) -> None:
    people = register_crowd(town, 40)
    wsw_for(town, people[:20], WswKind.IN_HOUSE, WswCategory.MODERATE)
    wsw_for(town, people[20:37], WswKind.SECONDED_IN_GROUP, WswCategory.MODERATE)
    wsw_for(town, people[37:], WswKind.GUIDED_WORK, WswCategory.SEVERE)
    found = seen(town).wsw
    assert found is not None
    assert found.person_years == Decimal("40.00")
    assert found.by_kind[WswKind.GUIDED_WORK] is None
    # Only one hidden kind could be found by subtraction.
    assert [kind for kind, years in found.by_kind.items() if years is None] == [
        WswKind.SECONDED_IN_GROUP,
        WswKind.GUIDED_WORK,
    ]
    # 0.25 for each of the three would give them away.
    assert found.standard_units is None


def test_who_takes_part_without_a_job_here_is_told_as_a_count(town: Town) -> None:
    place = sheltered_place(town)
    keys = [granted(town), granted(town, town.sam)]
    placed(town, place)
    placed(town, place, town.sam)
    assert seen(town).missing[PlaceKind.SHELTERED_NEW].text == "<10"
    with on():
        take_steps(town.anna, steps=[NewStep(key=key, to=S.EMPLOYED, on=BEGAN) for key in keys])
    assert seen(town).missing[PlaceKind.SHELTERED_NEW].text == "0"
    # Of a year that is over nobody is looked for.
    assert seen(town, 2025).missing == {}


def test_as_many_questions_for_10_people_as_for_60(town: Town) -> None:
    counts = []
    for count, after in ((10, 0), (50, 10)):
        # Nobody has both.
        people = register_crowd(town, 2 * count, after=2 * after)
        work_for(town, people[:count])
        wsw_for(town, people[count:], WswKind.IN_HOUSE, WswCategory.MODERATE)
        with CaptureQueriesContext(connection) as queries:
            seen(town)
        counts.append(len(queries))
    assert counts[0] == counts[1]
