"""Scenes that are put back: the same rows as when they are built, and never on anything else."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction

from meedoen.records.organisations.models import District, Membership
from meedoen.records.people.models import Pseudonym
from tests.records.figures.scenes import crowd, take_in, take_part
from tests.standing_town import _tables, kept, standing_town

pytestmark = pytest.mark.django_db


@contextmanager
def tried():
    """Give the town, and take away all that was done on it."""
    with transaction.atomic(), standing_town() as town:
        yield town
        transaction.set_rollback(True)


def counted(scene):
    """Return a scene that is kept, and the list that grows when it is really built."""
    built = []

    def build(town, *values, **named):
        built.append(values)
        return scene(town, *values, **named)

    # Under a name of its own: no other test asks for it.
    build.__qualname__ = f"{scene.__qualname__} {id(built)}"
    return kept(build), built


def lived(town, count):
    """Write new rows, change one, and take one away."""
    take_in(town, "1_1_3")
    people = crowd(town, count)
    take_part(town, people, on=date(2024, 3, 1))
    District.objects.filter(pk=town.north).update(name="Noorderveld")
    assert Membership.objects.filter(pk=town.ab.membership_id).delete()[0] == 1
    return people


def test_what_is_put_back_is_what_was_built_row_for_row():
    scene, built = counted(lived)
    seen = []
    for _ in range(3):
        with tried() as town:
            seen.append((scene(town, 3), _tables()))
    assert seen[0] == seen[1] == seen[2]
    assert len(built) == 1
    with tried() as town:
        assert District.objects.get(pk=town.north).name == "Noord"


def test_a_scene_with_other_values_is_another_scene():
    scene, built = counted(crowd)
    for count in (2, 3, 2):
        with tried() as town:
            assert len(scene(town, count)) == count
            assert Pseudonym.objects.count() == 4 + count
    assert built == [(2,), (3,)]


def test_after_something_else_was_written_a_scene_is_built_like_any_other():
    scene, built = counted(crowd)
    for _ in range(2):
        with tried() as town:
            District.objects.filter(pk=town.north).update(name="Noorderveld")
            scene(town, 2)
            assert District.objects.get(pk=town.north).name == "Noorderveld"
    assert len(built) == 2


def test_a_scene_on_another_scene_is_put_back_only_there():
    first, built = counted(crowd)
    second, built_on_it = counted(take_in)
    for _ in range(2):
        with tried() as town:
            first(town, 2)
            second(town, "1_1_3")
            both = _tables()
        with tried() as town:
            second(town, "1_1_3")
            assert _tables() != both
    assert len(built) == 1
    assert len(built_on_it) == 2


def test_a_scene_within_a_scene_belongs_to_it():
    inner, built = counted(crowd)
    outer, built_around = counted(lambda town: inner(town, 2))
    seen = []
    for _ in range(2):
        with tried() as town:
            seen.append((inner(town, 2), _tables()))
        with tried() as town:
            seen.append((outer(town), _tables()))
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert len(built) == len(built_around) == 1


def test_what_a_scene_gave_is_not_changed_by_who_got_it():
    scene, _built = counted(crowd)
    with tried() as town:
        scene(town, 2).clear()
    with tried() as town:
        assert len(scene(town, 2)) == 2


def test_outside_the_town_nothing_is_watched():
    with tried():
        pass
    assert connection.execute_wrappers == []
