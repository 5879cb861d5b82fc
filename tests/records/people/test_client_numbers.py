"""The number by which an organisation knows somebody says nothing about who it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.models import Organisation
from meedoen.records.people import client_numbers as numbers
from meedoen.records.people.client_numbers import LENGTH, SIGNS, client_numbers
from meedoen.records.people.models import ClientNumber
from meedoen.records.placements.queries import guests
from meedoen.rules.vocabulary import PlacementState
from tests.at_once import at_once
from tests.records.figures.scenes import crowd
from tests.town import Town, build_town
from tests.web.coach.scenes import proposed


def test_somebody_gets_a_number_when_introduced_and_keeps_it(town: Town):
    key = proposed(town)
    [kept] = ClientNumber.objects.visible_to(town.petra).values_list("number", flat=True)
    [guest] = guests(town.petra, state=PlacementState.PROPOSED)
    assert (guest.key, guest.client_number) == (key, kept)
    assert len(kept) == LENGTH
    assert set(kept) <= set(SIGNS)


def test_two_organisations_know_the_same_person_by_different_numbers(town: Town):
    person = town.roos_file.pseudonym_id
    pairs = [(person, one.pk) for one in Organisation.objects.order_by("pk")]
    found = client_numbers(town.system, pairs=pairs)
    assert len(pairs) == 2
    assert len(set(found.values())) == 2
    assert found == client_numbers(town.system, pairs=pairs)


def test_an_organisation_sees_its_own_numbers_and_no_others(town: Town):
    person = town.roos_file.pseudonym_id
    organisation = {one.name: one.pk for one in Organisation.objects.all()}
    client_numbers(town.system, pairs=[(person, pk) for pk in organisation.values()])
    seen = ClientNumber.objects.visible_to(town.petra).values_list("organisation_id", flat=True)
    assert list(seen) == [organisation["De Moestuin"]]
    for nobody in (town.connie, town.suus, town.carla, town.vera):
        assert not ClientNumber.objects.visible_to(nobody).exists()


def test_a_number_that_is_taken_is_drawn_again(town: Town, monkeypatch):
    organisation_id = Organisation.objects.get(name="De Moestuin").pk
    drawn = iter("3" * LENGTH + "3" * LENGTH + "4" * LENGTH)
    monkeypatch.setattr(numbers.secrets, "choice", lambda _signs: next(drawn))
    for person in (town.roos_file, town.sam):
        client_numbers(town.system, pairs=[(person.pseudonym_id, organisation_id)])
    found = ClientNumber.objects.visible_to(town.system).values_list("number", flat=True)
    assert sorted(found) == ["3" * LENGTH, "4" * LENGTH]


def test_who_may_not_see_the_people_gets_no_numbers_and_no_endless_drawing(town: Town):
    organisation_id = Organisation.objects.get(name="De Moestuin").pk
    with pytest.raises(RuntimeError, match="controller cannot see"):
        client_numbers(town.connie, pairs=[(town.roos_file.pseudonym_id, organisation_id)])


def test_many_people_take_as_many_questions_as_few(town: Town):
    organisation_id = Organisation.objects.get(name="De Moestuin").pk
    people = crowd(town, 200)

    def questions(some):
        with CaptureQueriesContext(connection) as asked:
            found = client_numbers(town.system, pairs=[(one, organisation_id) for one in some])
        assert len(set(found.values())) == len(some)
        return len(asked)

    assert questions(people[:10]) == questions(people[10:])
    assert questions(people[:10]) == questions(people) == 1


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_draw_at_the_same_moment_agree(transactional_db):
    town = build_town()
    organisation_id = Organisation.objects.get(name="De Moestuin").pk
    pairs = [(town.roos_file.pseudonym_id, organisation_id)]
    found = []
    at_once(*[lambda: found.append(dict(client_numbers(town.system, pairs=pairs)))] * 2)
    assert len(found) == 2
    assert found[0] == found[1]
