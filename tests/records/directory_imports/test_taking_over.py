"""What a file says is taken over into the directory, once, and again without doing it twice."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.directory_imports import apply as applying
from meedoen.records.directory_imports import queries
from meedoen.records.directory_imports.actions import start_applying
from meedoen.records.directory_imports.models import DirectoryFile, DirectoryRow, SourceId
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place, PlacePeriod
from meedoen.rules.files.words import FileState
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind, PlaceStatus
from tests.records.directory_imports.files import (
    BUURTHUIS,
    EETTAFEL,
    KOFFIE,
    cards,
    csv_file,
    differences,
    numbered,
    previewed,
    problems,
    sent,
    taken_over,
    verdicts,
)
from tests.work import work_off


def counts():
    """Give how much there is of everything that an import can write."""
    models = (Organisation, Location, Contact, Place, PlacePeriod, DirectoryChange, SourceId)
    return {model.__name__: model._base_manager.count() for model in models}


def test_a_row_becomes_an_organisation_with_address_contact_and_place(town):
    key = taken_over(town.lea, csv_file(EETTAFEL, KOFFIE))
    linde = Organisation.objects.get(kvk_number="12345678")
    assert (linde.name, linde.kind) == ("Buurthuis De Linde", OrganisationKind.ASSOCIATION)
    assert linde.website == "https://www.delinde.example"
    address = Location.objects.get(organisation=linde)
    assert (address.postal_code, address.house_number, address.town) == ("9999AB", "1", "Testveld")
    nel = Contact.objects.visible_to(town.lea).get(organisation=linde)
    assert (nel.name, nel.email, nel.phone) == ("Nel Nepstra", "nel@delinde.example", "06 12345678")
    table, coffee = Place.objects.filter(organisation=linde).order_by("title")
    assert (table.title, table.kind) == ("Eettafel", PlaceKind.NEIGHBOURHOOD_ACTIVITY)
    assert (table.location, table.owner, table.district_id) == (address, nel, town.north)
    assert (table.capacity, table.cost_cents, table.is_public) == (12, 450, True)
    assert (table.interests, table.language_level_asked) == (["cooking"], 1)
    assert [one["rule"] for one in table.sessions] == ["FREQ=WEEKLY;BYDAY=MO,TH"]
    assert (coffee.half_days, coffee.is_public) == (1 << 6, False)
    card = queries.file(town.lea, key=key)
    assert (card.state, card.done) == (FileState.DONE, 2)


def test_imported_places_are_stale_until_somebody_confirms_them(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    place = Place.objects.get(title="Eettafel")
    assert (place.confirmed_on, place.confirm_by) == (None, None)
    assert place.status == PlaceStatus.LISTED


def test_the_same_file_again_changes_nothing(town):
    content = csv_file(EETTAFEL, KOFFIE, *numbered(5), BUURTHUIS | {"KVK": ""})
    taken_over(town.lea, content)
    before = counts()
    key = previewed(town.lea, content)
    assert set(verdicts(town.lea, key).values()) == {"same"}
    taken_over(town.lea, content)
    assert counts() == before


def test_nothing_is_done_before_somebody_says_so(town):
    before = counts()
    previewed(town.lea, csv_file(EETTAFEL))
    assert counts() == before


def test_a_changed_row_changes_the_place_from_today_on_and_keeps_what_was(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    place = Place.objects.get(title="Eettafel")
    content = csv_file(EETTAFEL | {"Tijden": "di 16-19", "Capaciteit": "20", "Kosten": "gratis"})
    key = previewed(town.lea, content)
    assert verdicts(town.lea, key) == {2: "changed"}
    assert differences(town.lea, key, 2) == {
        "times": ("", "di 16-19"),
        "capacity": ("12", "20"),
        "cost": ("", "gratis"),
    }
    taken_over(town.lea, content)
    place.refresh_from_db()
    assert (place.capacity, place.cost_cents) == (20, 0)
    assert [one["rule"] for one in place.sessions] == ["FREQ=WEEKLY;BYDAY=TU"]
    assert PlacePeriod.objects.filter(place=place).count() == 2


def test_an_empty_cell_empties_nothing(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    bare = {name: EETTAFEL[name] for name in ("Organisatie", "KVK", "Activiteit", "ID")}
    assert verdicts(town.lea, previewed(town.lea, csv_file(bare))) == {2: "same"}


def test_an_organisation_that_was_renamed_here_is_found_by_what_its_source_calls_it(town):
    content = csv_file(EETTAFEL | {"KVK": ""})
    taken_over(town.lea, content)
    Organisation.objects.filter(name="Buurthuis De Linde").update(name="Huis van de buurt")
    Place.objects.filter(title="Eettafel").update(title="Samen eten")
    key = previewed(town.lea, content)
    assert verdicts(town.lea, key) == {2: "changed"}
    assert differences(town.lea, key, 2) == {
        "organisation": ("Huis van de buurt", "Buurthuis De Linde"),
        "title": ("Samen eten", "Eettafel"),
    }


def test_the_same_number_at_another_source_means_nothing(town):
    taken_over(town.lea, csv_file(EETTAFEL), source="Sociale kaart")
    other = EETTAFEL | {"Organisatie": "Ander huis", "KVK": "87654321", "Postcode": "9998 CD"}
    key = previewed(town.lea, csv_file(other), source="Bibliotheek")
    assert verdicts(town.lea, key) == {2: "new"}


def test_a_place_that_was_closed_here_is_not_opened_by_a_file(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    place = Place.objects.get(title="Eettafel")
    Place.objects.filter(pk=place.pk).update(opens_on="2020-01-01", closes_on="2020-02-01")
    key = taken_over(town.lea, csv_file(EETTAFEL | {"Capaciteit": "40"}))
    assert problems(town.lea, key, 2) == [("place_closed", "title")]
    place.refresh_from_db()
    assert (str(place.closes_on), place.capacity) == ("2020-02-01", 12)


def test_places_that_are_missing_from_a_complete_file_are_only_told(town):
    taken_over(town.lea, csv_file(EETTAFEL, KOFFIE))
    before = counts()
    content = csv_file(EETTAFEL)
    assert verdicts(town.lea, previewed(town.lea, content)) == {2: "same"}
    key = taken_over(town.lea, content, is_complete=True)
    assert verdicts(town.lea, key) == {0: "missing", 2: "same"}
    assert cards(town.lea, key)[0].title == "Koffie schenken"
    assert counts() == before
    assert Place.objects.get(title="Koffie schenken").closes_on.year == 9999


def test_a_place_with_a_row_that_is_wrong_is_not_missing(town):
    taken_over(town.lea, csv_file(EETTAFEL, KOFFIE))
    wrong = KOFFIE | {"Tijden": "in overleg"}
    key = previewed(town.lea, csv_file(EETTAFEL, wrong), is_complete=True)
    assert verdicts(town.lea, key) == {2: "same", 3: "refused"}


def test_one_contact_for_all_places_of_an_organisation(town):
    taken_over(town.lea, csv_file(EETTAFEL, KOFFIE))
    assert Contact.objects.visible_to(town.lea).filter(email="nel@delinde.example").count() == 1
    content = csv_file(EETTAFEL | {"Telefoon": "050 1234567"}, KOFFIE)
    taken_over(town.lea, content)
    assert Contact.objects.visible_to(town.lea).get(email="nel@delinde.example").phone == (
        "050 1234567"
    )


def test_what_a_file_says_is_erased_when_it_is_done_with(town):
    key = taken_over(town.lea, csv_file(EETTAFEL))
    file = DirectoryFile.objects.visible_to(town.lea).get(key=key)
    assert bytes(file.content) == b""
    row = DirectoryRow.objects.visible_to(town.lea).get(file=file)
    assert (row.values, row.group) == ("", "")
    assert row.place.title == "Eettafel"


def test_what_a_file_says_is_kept_encrypted_while_it_waits(town):
    key = previewed(town.lea, csv_file(EETTAFEL))
    file = DirectoryFile.objects.visible_to(town.lea).get(key=key)
    assert b"Nel Nepstra" not in bytes(file.content)


def test_less_room_than_there_are_people_is_left_out_and_told(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    Place.objects.filter(title="Eettafel").update(taken=8)
    key = taken_over(town.lea, csv_file(EETTAFEL | {"Capaciteit": "3", "Kosten": "gratis"}))
    assert problems(town.lea, key, 2) == [("capacity_left_out", "capacity")]
    place = Place.objects.get(title="Eettafel")
    assert (place.capacity, place.cost_cents) == (12, 0)


def test_what_changed_after_the_report_is_left_alone(town):
    taken_over(town.lea, csv_file(EETTAFEL))
    key = previewed(town.lea, csv_file(EETTAFEL | {"Capaciteit": "20"}))
    Place.objects.filter(title="Eettafel").update(cost_cents=100)
    start_applying(town.lea, key=key)
    work_off()
    assert problems(town.lea, key, 2) == [("changed_meanwhile", "")]
    assert Place.objects.get(title="Eettafel").capacity == 12


def questions_of_a_lot(town, many):
    key = previewed(town.lea, csv_file(*numbered(many)))
    start_applying(town.lea, key=key, in_background=False)
    run = applying._start(town.lea.municipality_id, queries.work_of(town.lea, key=key))
    with CaptureQueriesContext(connection) as asked:
        assert run.take_some()
    return len(asked)


def test_a_lot_asks_few_questions_however_many_rows_it_has(town):
    few, many = questions_of_a_lot(town, 10), questions_of_a_lot(town, 200)
    # Nothing for each row; what is written in parts takes a question for each part.
    assert many < few + 40 < 200


def test_a_report_asks_few_questions_however_many_rows_it_has(town):
    asked = {}
    for many in (10, 400):
        key = sent(town.lea, csv_file(*numbered(many)))
        with CaptureQueriesContext(connection) as asking:
            previewed(town.lea, b"", key=key)
        asked[many] = len(asking)
    assert asked[400] < asked[10] + 10
