"""What the database packs beside an entry is what stands in its row."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import connection

from meedoen.records.history.models import STILL_OPEN, Entry, Pseudonym
from meedoen.records.history.packed import BETWEEN_WORDS, COLUMNS
from meedoen.records.history.reading import NO_ENTRIES, WORDS, read_entries, read_some
from meedoen.rules.indicators.columns import HistoryError, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number, moment_number
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
from tests.town import Town

pytestmark = pytest.mark.django_db

WIDE = 12_345_678_901
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(town: Town, *rows: dict) -> list[Entry]:
    """Write entries as no action would, the strangest that the table takes."""
    plain = {
        "municipality_id": town.connie.municipality_id,
        "pseudonym_id": town.roos_file.pseudonym_id,
        "kind": EntryKind.CONVERSATION,
        "starts_on": date(2026, 3, 1),
        "recorded_at": NOON,
    }
    return Entry.objects.bulk_create([Entry(**plain | row) for row in rows])


def strange(town: Town) -> list[dict]:
    first = Entry.objects.visible_to(town.connie).earliest("pk").pk
    return [
        {"starts_on": date.min, "recorded_at": datetime.min.replace(tzinfo=UTC)},
        {
            "ends_on": date(9999, 12, 30),
            "recorded_at": datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        },
        {"recorded_at": NOON.replace(microsecond=1), "withdrawn": True, "replaces_id": first},
        {
            "kind": EntryKind.MEASUREMENT,
            "rung": 6,
            "ladder_version": "Trede, één; met 20 letters"[:20],
            "district_id": town.north,
        },
        {"kind": EntryKind.LIFE_DOMAIN, "score": 5, "domain": "€" * 40},
        {
            "kind": EntryKind.PLACEMENT,
            "state": PlacementState.ACTIVE,
            "place_kind": PlaceKind.VOLUNTEER_WORK,
            "outcome": Outcome.MOVED_ON_TO_PAID_WORK,
            "legal_task": LegalTask.PARTICIPATION,
            "organisation_id": town.pia.organisation_id,
            "self_found": True,
        },
    ]


def test_every_value_is_read_as_it_stands_in_the_row(town: Town):
    write(town, *strange(town))
    read = read_entries(town.connie)
    rows = list(Entry.objects.visible_to(town.connie).order_by("pk"))
    assert len(read) == len(rows) > 6
    for name, column in COLUMNS.items():
        values = [getattr(row, column.name) for row in rows]
        assert read.arrays[name].tolist() == [as_number(value) for value in values], name
    for name, words in WORDS.items():
        codes = {"": 0} | {word.value: code_of(word) for word in words}
        assert read.arrays[name].tolist() == [codes[getattr(row, name)] for row in rows], name
    for name in ("ladder_version", "domain"):
        numbers = read.names[name]
        assert read.arrays[name].tolist() == [numbers[getattr(row, name)] for row in rows], name


def as_number(value) -> int:
    if isinstance(value, datetime):
        return moment_number(value)
    if isinstance(value, date):
        return FAR_FUTURE_DAY if value == STILL_OPEN else day_number(value)
    return int(value or 0)


def test_a_later_row_is_packed_with_the_number_that_it_got(town: Town):
    """SQLite gives a row its number late, and a trigger looks at it before that."""
    [entry] = write(town, {})
    [number] = read_some(town.connie, ids=[entry.pk], names=NO_ENTRIES.names).arrays["entry"]
    assert number == entry.pk


def test_a_number_of_more_digits_than_are_packed_is_never_read_as_another(town: Town):
    Pseudonym.objects.create(pk=WIDE, municipality_id=town.connie.municipality_id)
    write(town, {"pseudonym_id": WIDE})
    if connection.vendor == "postgresql":
        assert read_entries(town.connie).arrays["person"][-1] == WIDE
    else:
        with pytest.raises(HistoryError, match="number of more than 10 digits"):
            read_entries(town.connie)


def test_a_word_with_the_character_between_words_is_refused(town: Town):
    write(town, {"kind": EntryKind.LIFE_DOMAIN, "score": 1, "domain": f"a{chr(BETWEEN_WORDS)}b"})
    with pytest.raises(HistoryError, match=r"cannot be read .*: 8 words were written"):
        read_entries(town.connie)


MADE_WITH = {
    ("sqlite", "packed_numbers"): "76eb463a9bf1bd7d",
    ("sqlite", "packed_words"): "896324050dfe1eae",
    ("postgresql", "packed_numbers"): "2dd7d20a2a453497",
    ("postgresql", "packed_words"): "72448979a8978a18",
}
"""Of the SQL by which databases that are in use pack their entries; it stays as it is."""


@pytest.mark.parametrize("name", ["packed_numbers", "packed_words"])
def test_what_packs_is_what_databases_in_use_were_made_with(name):
    """Another layout is another class, with a migration that takes this one off."""
    sql, _params = Entry._meta.get_field(name).generated_sql(connection)
    assert sha256(sql.encode()).hexdigest()[:16] == MADE_WITH[connection.vendor, name]
