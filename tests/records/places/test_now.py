"""The open places kept in the process: used again only as long as nothing changed."""

from datetime import date

import pytest
from django.db import transaction

from meedoen.records.directory.models import DirectoryChange
from meedoen.records.organisations.models import District
from meedoen.records.places import now as places
from meedoen.records.places.actions import hold_seats
from meedoen.records.places.models import Place
from meedoen.records.places.now import places_now
from meedoen.records.places.queries import open_places
from meedoen.rules.matching.place_columns import PlaceColumns
from meedoen.rules.vocabulary import SubjectKind
from tests.matching import check_jobs
from tests.town import Town, build_town
from tests.web.coach.scenes import on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, outside any transaction, with nothing kept of another."""
    places._kept.clear()
    return build_town()


def is_right(town: Town) -> bool:
    """Compare what is kept with what is read anew, as facts and as columns."""
    kept, fresh = places_now(town.anna), open_places(town.anna)
    columns, anew = kept.columns, PlaceColumns.of(fresh)
    return list(kept.facts) == fresh and all(
        bool((getattr(columns, name) == getattr(anew, name)).all())
        for name in ("number", "room", "asks", "opens", "closes", "is_unchecked", "half_days")
    )


def test_what_did_not_change_is_not_read_again(town: Town, django_assert_num_queries) -> None:
    first = places_now(town.anna)
    with django_assert_num_queries(2):
        assert places_now(town.bram) is first


def test_a_seat_taken_is_seen_without_reading_the_rest(town: Town) -> None:
    before = places_now(town.anna)
    with transaction.atomic():
        hold_seats(town.system, changes={town.garden: 1})
    after = places_now(town.anna)
    assert is_right(town)
    assert after.columns.asks is before.columns.asks


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anders"},
        {"closes_on": date(2020, 1, 1)},
        {"is_full": True},
        {"capacity": 9, "taken": 3},
        {"language_level_asked": 4},
        {"status": "refused"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_change_of_a_place_is_seen(town: Town, change) -> None:
    places_now(town.anna)
    Place.objects.filter(pk=town.garden).update(**change)
    assert is_right(town)


def test_a_row_that_is_saved_or_changed_in_bulk_is_seen(town: Town) -> None:
    places_now(town.anna)
    row = Place.objects.get(pk=town.garden)
    row.half_days_needed = 2
    row.save(update_fields=["half_days_needed"])
    assert is_right(town)
    row.half_days_needed = 3
    Place.objects.bulk_update([row], ["half_days_needed"])
    assert is_right(town)


def test_changes_that_took_long_are_seen_by_what_they_add_up_to(town: Town, monkeypatch) -> None:
    places_now(town.anna)
    monkeypatch.setattr("meedoen.records.places.revised.next_revision", lambda: 1)
    Place.objects.filter(pk=town.garden).update(title="Lang bezig")
    monkeypatch.setattr(places, "MARGIN", -1)
    assert is_right(town)


def test_a_check_a_middle_a_location_and_a_new_day_are_seen(town: Town) -> None:
    with on(date(2026, 3, 2)):
        places_now(town.anna)
        check_jobs(town)
        assert is_right(town)
        District.objects.filter(pk=town.north).update(latitude=53.2, longitude=6.5)
        assert is_right(town)
        kept = places_now(town.anna)
        DirectoryChange.objects.create(
            municipality_id=town.anna.municipality_id,
            organisation_id=Place.objects.get(pk=town.garden).organisation_id,
            subject=SubjectKind.LOCATION,
            subject_id=1,
            changed_at="2026-03-02T12:00:00Z",
        )
        assert places_now(town.anna) is not kept
    with on(date(2028, 3, 2)):
        assert is_right(town)
        assert [one.is_unchecked for one in places_now(town.anna).facts] == [True, False, True]


def test_inside_a_transaction_everything_is_read_and_nothing_kept(town: Town) -> None:
    before = places_now(town.anna)
    try:
        with transaction.atomic():
            Place.objects.filter(pk=town.garden).update(title="Nooit gebeurd")
            assert places_now(town.anna).facts[0].title == "Nooit gebeurd"
            raise LookupError
    except LookupError:
        assert places_now(town.anna) is before


def test_municipalities_are_kept_apart(town: Town) -> None:
    assert len(places_now(town.anna).facts) == 3
    assert list(places_now(town.vera).facts) == []
