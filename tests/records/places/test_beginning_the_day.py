"""What begins to hold just after midnight."""

from dataclasses import replace

from meedoen.config.schedule import PERIODIC
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.records.places.organisation_actions import leave
from meedoen.records.places.tasks import put_the_day_in_queue
from meedoen.records.search.models import Document
from meedoen.rules.vocabulary import SearchKind
from tests.records.directory.scenes import MONDAY, NEXT_MONDAY, moestuin_key
from tests.town import Town
from tests.web.coach.scenes import on
from tests.work import work_off


def begin_the_day() -> None:
    put_the_day_in_queue()
    work_off()


def test_it_comes_back_every_day():
    assert "begin_day" in {one.name for one in PERIODIC}


def test_what_was_planned_holds_and_who_leaves_is_out_also_when_it_is_done_twice(town):
    repair = Place.objects.get(pk=town.repair)
    with on(MONDAY):
        planned = PlaceChange(
            place_id=town.repair,
            starts_on=NEXT_MONDAY,
            details=replace(details_of(repair), title="Fietsen en scooters"),
        )
        change_places(town.anna, changes=[planned])
        leave(town.anna, key=moestuin_key(town), left_on=NEXT_MONDAY)
        begin_the_day()
        assert (title(town), inside(town)) == ("Fietsen maken", 2)
    for _ in range(2):
        with on(NEXT_MONDAY):
            begin_the_day()
        assert (title(town), inside(town)) == ("Fietsen en scooters", 0)


def test_every_organisation_of_every_municipality_can_be_found_by_then(town):
    Organisation.objects.create(
        municipality_id=town.vera.municipality_id, name="Elders", kind="association"
    )
    begin_the_day()
    found = Document.objects.filter(kind=SearchKind.ORGANISATION)
    assert found.count() == Organisation.objects.count()


def title(town: Town) -> str:
    return Place.objects.get(pk=town.repair).title


def inside(town: Town) -> int:
    """Return how many people have access to De Moestuin."""
    rows = Membership.objects.filter(organisation_id=town.petra.organisation_id)
    return rows.filter(ended_at__isnull=True).count()
