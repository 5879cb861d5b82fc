"""Places that were kept before the directory: they change, and are found, as all others."""

from datetime import date
from importlib import import_module

from django.apps import apps

from meedoen.records.places.details import details_of, from_facts
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.models import Place, PlaceInterest, PlacePeriod
from meedoen.records.places.tasks import put_the_day_in_queue
from meedoen.records.search.queries import search
from meedoen.rules.vocabulary import FreshnessAnswer, SearchKind
from tests.town import MORNINGS, Town
from tests.work import work_off

MIGRATION = import_module("meedoen.records.places.migrations.0004_first_statements")


def kept_before(town: Town) -> Place:
    """Return a place of De Moestuin as it was kept before places changed by statements."""
    return Place.objects.create(
        municipality_id=town.anna.municipality_id,
        organisation_id=town.petra.organisation_id,
        district_id=town.north,
        kind="volunteer_work",
        title="Soep koken",
        half_days=MORNINGS,
        interests=["cooking"],
        capacity=4,
        opens_on=date(2019, 5, 1),
    )


def test_an_earlier_place_can_change_after_the_migration(town: Town) -> None:
    place = kept_before(town)
    # The tables of the tests are made from the models: only what the migration does counts here.
    for _time in range(2):
        MIGRATION.give_first_statements(apps, None)
    [first] = PlacePeriod.objects.filter(place=place)
    assert (first.starts_on, from_facts(first.facts)) == (date(2019, 5, 1), details_of(place))
    assert [one.code for one in PlaceInterest.objects.filter(place=place)] == ["cooking"]
    answer_freshness(town.petra, place_key=place.key, answer=FreshnessAnswer.FULL)
    assert Place.objects.get(pk=place.pk).is_full
    # Those that had a statement keep the one they had.
    assert PlacePeriod.objects.filter(place=town.garden).count() == 1


def test_an_earlier_place_is_found_from_the_first_night_on(town: Town) -> None:
    place = kept_before(town)
    for _night in range(2):
        put_the_day_in_queue()
        work_off()
        found = search(town.anna, text="soep", kind=SearchKind.PLACE)
        assert [one.subject_id for one in found] == [place.pk]
