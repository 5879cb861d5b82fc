"""What stands in a row, and everything that is wrong with it at once."""

from datetime import date

import pytest

from meedoen.rules.directory_file.columns import missing, propose_mapping
from meedoen.rules.directory_file.meanings import cost, language_level, place_kind, split_street
from meedoen.rules.directory_file.values import parse, texts_of, tidy
from meedoen.rules.directory_file.words import ONLY_HSDS, Field
from meedoen.rules.files.reading import Row
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

INTERESTS = {"koken": "cooking", "cooking": "cooking", "tuinieren": "gardening"}
WHOLE = {
    Field.ORGANISATION: "De Linde",
    Field.ORGANISATION_KIND: "vereniging",
    Field.KVK: "1234 5678",
    Field.TITLE: "Eettafel",
    Field.KIND: "Vrijwilligerswerk",
    Field.TIMES: "ma 9-12",
    Field.CAPACITY: "4 plaatsen",
    Field.LANGUAGE_LEVEL: "b1",
    Field.INTERESTS: "Koken, tuinieren",
    Field.COST: "€ 2,50",
    Field.PUBLIC: "Ja",
    Field.POSTCODE: "1234ab",
    Field.STREET: "Lindelaan 1a",
}


def parsed(**changes):
    texts = {field: changes.get(field, text) for field, text in WHOLE.items()}
    texts |= {Field(name): text for name, text in changes.items()}
    kept = {field: text for field, text in texts.items() if text}
    return parse(kept, today=date(2026, 3, 2), interests=INTERESTS)


def faults(**changes):
    return [(fault.problem.value, fault.field) for fault in parsed(**changes).faults]


def test_a_whole_row():
    row = parsed()
    assert not row.faults
    assert (row.organisation.kind, row.organisation.kvk) == (
        OrganisationKind.ASSOCIATION,
        "12345678",
    )
    assert (row.place.kind, row.place.capacity, row.place.language_level) == (
        PlaceKind.VOLUNTEER_WORK,
        4,
        3,
    )
    assert row.place.interests == {"cooking", "gardening"}
    assert (row.place.cost, row.place.is_public) == ((250, ""), True)
    assert (row.address.street, row.address.house_number) == ("Lindelaan", "1a")
    assert row.address.postcode == "1234AB"


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("organisation", "", "missing_value"),
        ("title", "", "missing_value"),
        ("kvk", "1234567", "kvk_wrong_length"),
        ("kvk", "KVK12345", "kvk_not_digits"),
        ("kvk", "00000000", "kvk_only_zeros"),
        ("kind", "Rommelmarkt", "kind_unknown"),
        ("organisation_kind", "Circus", "organisation_kind_unknown"),
        ("postcode", "1234", "postcode_wrong"),
        ("postcode", "B-9000", "postcode_wrong"),
        ("times", "in overleg", "times_unclear"),
        ("times", "ma 25-26", "time_impossible"),
        ("capacity", "veel", "not_a_number"),
        ("capacity", "9999", "not_a_number"),
        ("capacity", "-1", "not_a_number"),
        ("language_level", "vloeiend", "language_level_unknown"),
        ("public", "misschien", "not_yes_or_no"),
        ("title", "x" * 121, "too_long"),
        ("description", "x" * 4_001, "too_long"),
        ("organisation", "=1+1", "formula"),
        ("times", "#N/A", "cell_error"),
        ("email", "niemand", "email_left_out"),
        ("phone", "bel maar", "phone_left_out"),
        ("website", "javascript:alert(1)", "website_left_out"),
        ("website", "geen", "website_left_out"),
        ("interests", "Koken, Vliegen", "interest_left_out"),
    ],
)
def test_what_is_wrong_has_a_code_and_a_field(field, text, problem):
    assert faults(**{field: text}) == [(problem, Field(field))]


def test_everything_is_told_at_once():
    found = {field for _problem, field in faults(kvk="1", kind="Markt", times="?", postcode="1")}
    assert found == {Field.KVK, Field.KIND, Field.TIMES, Field.POSTCODE}


def test_notes_do_not_keep_a_row_from_being_taken_over():
    row = parsed(email="niemand", interests="Vliegen")
    assert not row.is_wrong
    assert (row.organisation.email, row.place.interests) == ("", None)


def test_a_row_without_a_place_is_about_the_organisation():
    row = parsed(title="", kind="")
    assert row.place is None
    assert not row.faults


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "- koken\n- eten", "@home", "+ thee"]
)
def test_text_stays_text(text):
    assert parsed(description=text).place.description == text
    assert not faults(title=text.splitlines()[0])


def test_a_description_keeps_its_lines_and_other_texts_do_not():
    assert tidy(Field.DESCRIPTION, " een \r\n\r\n twee ") == "een\n\ntwee"
    assert tidy(Field.TITLE, " een \n twee ") == "een twee"


def test_a_kvk_number_that_was_a_number_gets_its_nought_back():
    row = Row(line=2, cells=("De Linde", "1234567"), numbers=frozenset({1}), width=2)
    mapping = {Field.ORGANISATION: "Naam", Field.KVK: "KVK"}
    assert texts_of(row, ("Naam", "KVK"), mapping)[Field.KVK] == "01234567"
    text = Row(line=2, cells=("De Linde", "1234567"), numbers=frozenset(), width=2)
    assert texts_of(text, ("Naam", "KVK"), mapping)[Field.KVK] == "1234567"


@pytest.mark.parametrize(
    ("text", "cents", "note"),
    [
        ("gratis", 0, ""),
        ("0", 0, ""),
        ("€ 2,50", 250, ""),
        ("2.50 per keer", 250, "2.50 per keer"),
        ("5 euro", 500, ""),
        ("€5,-", 500, ""),
        ("vrijwillige bijdrage", 0, "vrijwillige bijdrage"),
        ("12 lessen voor 60", 0, "12 lessen voor 60"),
    ],
)
def test_money_as_people_write_it(text, cents, note):
    assert cost(text) == (cents, note)


@pytest.mark.parametrize(
    ("text", "street", "number"),
    [
        ("Lindelaan 1", "Lindelaan", "1"),
        ("Lindelaan 1a", "Lindelaan", "1a"),
        ("Lindelaan 12-14", "Lindelaan", "12-14"),
        ("Lindelaan", "Lindelaan", ""),
        ("1e Dwarsstraat 3", "1e Dwarsstraat", "3"),
    ],
)
def test_a_house_number_behind_a_street(text, street, number):
    assert split_street(text) == (street, number)


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_every_kind_is_read_by_its_code(kind):
    assert place_kind(kind.value) is kind
    assert place_kind(kind.value.upper().replace("_", " ")) is kind


@pytest.mark.parametrize(("text", "level"), [("A1", 1), ("geen", 0), ("c2", 6), ("A1+", None)])
def test_language_levels(text, level):
    assert language_level(text) == level


@pytest.mark.parametrize(
    ("headings", "mapping"),
    [
        (
            ["Organisatie", "KvK-nummer", "Activiteit", "Plaats", "Wijk", "ID"],
            {
                Field.ORGANISATION: "Organisatie",
                Field.KVK: "KvK-nummer",
                Field.TITLE: "Activiteit",
                Field.TOWN: "Plaats",
                Field.DISTRICT: "Wijk",
                Field.PLACE_ID: "ID",
            },
        ),
        (
            ["Organization name", "Service name", "Opening hours", "Postal code", "City"],
            {
                Field.ORGANISATION: "Organization name",
                Field.TITLE: "Service name",
                Field.TIMES: "Opening hours",
                Field.POSTCODE: "Postal code",
                Field.TOWN: "City",
            },
        ),
        (["Kolom 1", "Kolom 2"], {}),
    ],
)
def test_columns_are_told_by_dutch_and_english_names(headings, mapping):
    assert propose_mapping(headings) == mapping
    assert missing(mapping) == (() if mapping else (Field.ORGANISATION,))


def test_no_column_is_asked_for_what_only_services_say():
    proposed = propose_mapping([field.value for field in ONLY_HSDS])
    assert not set(proposed) & ONLY_HSDS
