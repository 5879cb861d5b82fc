"""The yearly report counts the lists of a year: each list once, with what became of it."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.placements import matching_report_queries
from meedoen.records.placements.actions import confirm_start, end
from meedoen.records.placements.matching_report_queries import matching_report
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.proposals.actions import Search, propose_found, set_rule_aside
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.records.proposals.wish_actions import pick
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.followed import FollowedFacts
from meedoen.rules.matching_register.yearly import ListFacts, RefusalFacts
from meedoen.rules.vocabulary import (
    Outcome,
    Preference,
    RefusalReason,
    RefusalSide,
)
from tests.matching import chosen, list_for

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture
def counted(monkeypatch, town):
    """Return what is handed over to be counted, before small numbers are protected."""

    def of(viewer=town.connie, year=2026):
        seen = []
        count = matching_report_queries.year_report

        def noted(*given, **apart):
            seen.append((*given[:3], apart["divided"]))
            return count(*given, **apart)

        monkeypatch.setattr(matching_report_queries, "year_report", noted)
        matching_report(viewer, year=year, threshold=10)
        return seen[0]

    return of


def a_list(*, is_chosen=False, is_first=False, is_own_wish=False, days=None, aside=()):
    return ListFacts(
        has_place=True,
        is_chosen=is_chosen,
        is_first=is_first,
        is_own_wish=is_own_wish,
        days=days,
        set_aside=frozenset(aside),
    )


def refused(town, key, place_id):
    refuse_place(
        town.anna,
        refusal=NewRefusal(
            key=key,
            place_id=place_id,
            reason=RefusalReason.TOO_FAR_AWAY,
            preference=Preference.RATHER_ANOTHER,
            resident_said="Te ver.",
        ),
    )


def test_a_list_without_an_answer_counts_as_one(town, counted):
    with clock.at(NOON):
        list_for(town)
    assert counted() == ([a_list()], [], [], [])


def test_the_first_and_the_days_until_the_choice_are_counted(town, counted):
    with clock.at(NOON):
        key = list_for(town)
    first = Proposal.objects.visible_to(town.system).get(key=key).offered[0]["place"]
    with clock.at(NOON + timedelta(days=5)):
        chosen(town, key, place=first)
    [made], *_others = counted()
    assert made == a_list(is_chosen=True, is_first=True, days=5)


def test_what_roos_had_picked_herself_is_told_apart(town, counted):
    with clock.at(NOON):
        list_for(town)
        pick(town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_id=town.garden)
        chosen(town, list_for(town))
    _before, made = counted()[0]
    assert made == a_list(is_chosen=True, is_first=True, is_own_wish=True, days=0)


def test_a_list_in_which_a_rule_was_set_aside_stands_for_both(town, counted):
    with clock.at(NOON):
        set_rule_aside(
            town.anna,
            key=list_for(town),
            rule=HardRule.TIMES_DO_NOT_OVERLAP,
            reason="Kan toch.",
            search=Search(),
        )
    assert counted()[0] == [a_list(aside=[HardRule.TIMES_DO_NOT_OVERLAP])]


def test_what_came_of_a_list_that_another_follows_is_not_lost(town, counted):
    with clock.at(NOON):
        key = list_for(town)
        set_rule_aside(
            town.anna,
            key=key,
            rule=HardRule.TIMES_DO_NOT_OVERLAP,
            reason="Kan toch.",
            search=Search(),
        )
        refused(town, key, town.repair)
        assert counted()[0] == [a_list(aside=[HardRule.TIMES_DO_NOT_OVERLAP])]
        chosen(town, key)
    made, refusals, followed, _divided = counted()
    assert sorted(one.is_chosen for one in made) == [False, True]
    assert len(refusals) == len(followed) == 1


def test_what_came_of_a_division_is_counted_apart(town, counted):
    with clock.at(NOON):
        key = list_for(town)
        Proposal.objects.visible_to(town.system).update(way=Way.DIVISION)
        refused(town, key, town.repair)
        chosen(town, key)
    made, refusals, followed, divided = counted()
    assert (made, followed) == ([], [])
    assert len(refusals) == 1
    assert [one.place_id for one in divided] == [town.garden]


def test_what_a_coach_looked_up_by_hand_does_not_count(town, counted):
    with clock.at(NOON):
        list_for(town)
        propose_found(town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_ids=[town.garden])
    assert len(counted()[0]) == 1


def test_refusals_are_counted_by_side_and_reason(town, counted):
    with clock.at(NOON):
        key = list_for(town)
        refused(town, key, town.garden)
        refused(town, key, town.repair)
    assert counted()[1] == [RefusalFacts(RefusalSide.RESIDENT, RefusalReason.TOO_FAR_AWAY)] * 2


def test_a_choice_is_followed_until_its_end(town, counted):
    def followed():
        return counted()[2]

    fate = {"place_id": town.garden, "district_id": town.north}
    with clock.at(NOON):
        placement = chosen(town, list_for(town))
    assert followed() == [FollowedFacts(**fate, has_started=False, outcome=None)]
    with clock.at(NOON + timedelta(days=7)):
        confirm_start(town.petra, key=placement, started_on=date(2026, 12, 9))
    assert followed() == [FollowedFacts(**fate, has_started=True, outcome=None)]
    with clock.at(NOON + timedelta(days=20)):
        end(town.anna, key=placement, last_day=date(2026, 12, 20), outcome=Outcome.GOAL_REACHED)
    assert followed() == [FollowedFacts(**fate, has_started=True, outcome=Outcome.GOAL_REACHED)]


def test_a_choice_that_was_taken_back_never_began(town, counted):
    with clock.at(NOON):
        key = list_for(town)
        chosen(town, key)
        refused(town, key, town.garden)
    [one] = counted()[2]
    assert (one.has_started, one.outcome) == (False, None)


def test_a_list_belongs_to_the_year_in_which_it_was_made_here(town, counted):
    # Half past midnight in the Netherlands is still the old year by the clock of the world.
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        list_for(town)
    assert counted(year=2026)[0] == []
    assert len(counted(year=2027)[0]) == 1
    assert matching_report_queries._years(town.system) == [2027]


def test_another_municipality_is_not_counted(town, counted):
    with clock.at(NOON):
        list_for(town)
    elsewhere = matching_report_queries.Viewer(
        municipality_id=town.vera.municipality_id, role=town.connie.role
    )
    assert counted(viewer=elsewhere)[0] == []


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "ab", "vera", "system"])
def test_others_get_nothing(town, who):
    assert matching_report(getattr(town, who), year=2026, threshold=10) is None


@pytest.mark.parametrize("year", [0, 1999, 3000])
def test_a_year_that_cannot_be_gives_nothing(town, year):
    assert matching_report(town.connie, year=year, threshold=10) is None


def copies(town, count):
    row = Proposal.objects.visible_to(town.system).first()
    Proposal.objects.bulk_create(
        [
            Proposal(
                **{
                    field.attname: getattr(row, field.attname)
                    for field in Proposal._meta.local_concrete_fields
                    if field.attname not in {"id", "key"}
                },
                key=uuid.uuid4(),
            )
            for _number in range(count)
        ]
    )


def test_as_many_questions_for_two_hundred_lists_as_for_ten(town):
    with clock.at(NOON):
        list_for(town)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            card = matching_report(town.connie, year=2026, threshold=10)
        return len(queries), card.report.lists.text

    copies(town, 9)
    few = asked()
    copies(town, 190)
    assert few == (6, "10")
    assert asked() == (6, "200")
