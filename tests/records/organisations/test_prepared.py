"""Questions that are put together once answer everyone as the queryset itself would."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from meedoen.records.conversations.models import Conversation
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.scoped import UnscopedQueryError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.records.people.models import Resident
from tests.town import Town, talk
from tests.web.coach.scenes import on

TODAY = date(2026, 12, 1)


def residents(viewer: Viewer, whose: Q):
    rows = Resident.objects.visible_to(viewer).filter(whose)
    return rows.values_list("pseudonym_id", "district__code", "birth_date")


def talks(viewer: Viewer, whose: Q):
    rows = Conversation.objects.visible_to(viewer).filter(whose).order_by("pk")
    return rows.values_list("held_on", "half_days", "wished_kinds", "whole_town")


@pytest.mark.parametrize("question", [residents, talks])
def test_everyone_gets_what_the_queryset_gives_them(town: Town, question) -> None:
    people = [town.roos_file, town.sam, town.tim, town.wout]
    for coach, person in zip((town.anna, town.anna, town.carla, town.vera), people, strict=True):
        talk(coach, person, TODAY - timedelta(days=30))
    prepared, answered = Prepared(question), 0
    for viewer in (*town.members.values(), town.system):
        for person in people:
            found = prepared.ask(viewer, pseudonym_id=person.pseudonym_id)
            whose = Q(pseudonym_id=person.pseudonym_id)
            assert found == list(question(viewer, whose)), (viewer.role, person.name)
            answered += bool(found)
        assert prepared.ask(viewer) == []
    # Anna, Bram and Lea see two, Carla and Vera one, Roos her own and Meedoen itself three.
    assert answered >= 11


def test_who_hands_somebody_over_sees_nothing_from_that_day_on(town: Town) -> None:
    prepared, tomorrow = Prepared(residents), TODAY + timedelta(days=1)
    with on(TODAY):
        away = HandOver(
            pseudonym_id=town.sam.pseudonym_id,
            to_coach_id=town.carla.membership_id,
            on=tomorrow,
            reason="Verhuisd naar Zuid.",
        )
        hand_over_all(town.lea, handovers=[away])
        assert prepared.ask(town.anna, pseudonym_id=town.sam.pseudonym_id)
        assert not prepared.ask(town.carla, pseudonym_id=town.sam.pseudonym_id)
    with on(tomorrow):
        assert not prepared.ask(town.anna, pseudonym_id=town.sam.pseudonym_id)
        assert prepared.ask(town.carla, pseudonym_id=town.sam.pseudonym_id)


def test_a_question_that_forgets_who_looks_is_not_put_together(town: Town) -> None:
    with pytest.raises(UnscopedQueryError, match="visible_to"):
        Prepared(lambda _viewer, whose: Resident.objects.filter(whose).values_list("pk")).ask(
            town.anna
        )
