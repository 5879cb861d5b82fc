import pytest

from meedoen.rules.caseload.columns import missing, propose_mapping
from meedoen.rules.caseload.words import Field


def test_dutch_headings_are_recognised():
    headings = [
        *("Burgerservicenummer", "Geslachtsnaam", "Voorvoegsel", "Voorletters", "Geb.datum"),
        *("Tel. nr.", "WIJKCODE", "Ingangsdatum uitkering", "Datum einde", "Klantmanager", "Iets"),
    ]
    assert propose_mapping(headings) == {
        Field.BSN: "Burgerservicenummer",
        Field.FAMILY_NAME: "Geslachtsnaam",
        Field.PREFIX: "Voorvoegsel",
        Field.GIVEN_NAME: "Voorletters",
        Field.BIRTH_DATE: "Geb.datum",
        Field.PHONE: "Tel. nr.",
        Field.DISTRICT: "WIJKCODE",
        Field.BENEFIT_START: "Ingangsdatum uitkering",
        Field.BENEFIT_END: "Datum einde",
        Field.COACH: "Klantmanager",
    }


@pytest.mark.parametrize(
    ("headings", "field", "chosen"),
    [
        (["Voorletters", "Roepnaam"], Field.GIVEN_NAME, "Roepnaam"),
        (["Wijk", "Wijkcode"], Field.DISTRICT, "Wijkcode"),
        (["Beëindigingsdatum"], Field.BENEFIT_END, "Beëindigingsdatum"),
        (["Naam", "BSN"], Field.FULL_NAME, "Naam"),
        (["Naam", "Achternaam"], Field.FULL_NAME, None),
        (["Bsn-nummer"], Field.BSN, "Bsn-nummer"),
        (["Bsn partner"], Field.BSN, None),
    ],
)
def test_the_better_of_two_headings_is_chosen_and_nothing_is_guessed(headings, field, chosen):
    assert propose_mapping(headings).get(field) == chosen


def test_what_lacks_is_told_and_a_full_name_does_for_a_family_name():
    assert missing({}) == (
        Field.BSN,
        Field.FAMILY_NAME,
        Field.BIRTH_DATE,
        Field.BENEFIT_START,
        Field.DISTRICT,
    )
    assert Field.FAMILY_NAME not in missing({Field.FULL_NAME: "Naam"})
