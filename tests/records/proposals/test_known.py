"""What is known of one person, asked with prepared questions, equals what is known of many."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.proposals.actions import Search
from meedoen.records.proposals.facts import Asked, Known, known_of, known_of_one
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.records.proposals.wish_actions import pick
from meedoen.records.sharing.actions import allow_sharing_all
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.vocabulary import Guidance, LegalTask, Preference, RefusalReason
from tests.matching import list_for
from tests.sharing import new_sharing
from tests.town import Town
from tests.web.coach.scenes import on

BEGUN = date(2026, 12, 1)
UNTIL = date(2026, 12, 20)


@contextmanager
def much_is_known_of_roos(town: Town) -> Iterator[None]:
    """Let Roos say how she travels, pick a place, refuse another, and be shared about."""
    with on(BEGUN):
        said = Asked(travel=TravelBy.CYCLING, guidance=Guidance.ALWAYS_NEAR, most_half_days=3)
        key = list_for(town, search=Search(asked=said))
        me = town.roos_file.pseudonym_id
        pick(town.anna, pseudonym_id=me, place_id=town.repair)
        refuse_place(
            town.anna,
            refusal=NewRefusal(
                key=key,
                place_id=town.garden,
                reason=RefusalReason.TIMES_DO_NOT_SUIT,
                preference=Preference.RATHER_ANOTHER,
                resident_said="Ik breng dan mijn kind weg.",
                tell_place=False,
            ),
        )
        for_wmo = new_sharing(
            town, me, legal_task=LegalTask.SOCIAL_SUPPORT, starts_on=BEGUN, ends_on=UNTIL
        )
        allow_sharing_all(town.anna, sharings=[for_wmo])
        yield


def of_one(town: Town) -> Known:
    return known_of_one(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def of_many(town: Town) -> Known:
    return known_of(town.anna, pseudonym_ids=[town.roos_file.pseudonym_id])


def test_one_person_is_known_as_among_many(town: Town) -> None:
    me = town.roos_file.pseudonym_id
    with much_is_known_of_roos(town):
        assert of_one(town) == of_many(town)
        assert of_one(town).asked[me].most_half_days == 3
        assert of_one(town).wished_places == {me: (town.repair,)}
        assert LegalTask.SOCIAL_SUPPORT in of_one(town).legal_tasks[me]


@pytest.mark.parametrize("later", [UNTIL - timedelta(days=1), UNTIL, UNTIL + timedelta(days=400)])
def test_a_question_put_together_on_one_day_is_asked_of_another(town: Town, later: date) -> None:
    with much_is_known_of_roos(town):
        of_one(town)
    with on(later):
        assert of_one(town) == of_many(town)
        assert bool(of_one(town).legal_tasks) is (later < UNTIL)


def test_nothing_comes_of_somebody_else_or_another_municipality(town: Town) -> None:
    me = town.roos_file.pseudonym_id
    with much_is_known_of_roos(town):
        of_one(town)
        nothing = Known({}, {}, {}, {}, {})
        assert known_of_one(town.anna, pseudonym_id=town.sam.pseudonym_id) == nothing
        assert known_of_one(town.vera, pseudonym_id=me) == nothing
        assert wishes_of(town.vera, pseudonym_id=me) is None
        assert wishes_of(town.anna, pseudonym_id=town.sam.pseudonym_id) is None
